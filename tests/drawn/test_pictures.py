"""The drawing: what a scene names can be seen."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from booru_nb.drawn.pictures.encoding import draw, size_of
from booru_nb.drawn.pictures.painter import PLACES, paint
from booru_nb.drawn.posts.history import posts
from booru_nb.drawn.posts.places import SETTINGS
from booru_nb.drawn.scene import SHORT_SIDE, Scene

SAMPLE = [post.scene for post in posts()[::9]]


def small(scene: Scene) -> Image.Image:
    """Return a scene drawn small, which is quick."""
    return paint(scene, size_of(scene, "360x360")).convert("RGB")


def difference(one: Scene, other: Scene) -> int:
    """Return how many pixels of two drawings are clearly different."""
    grey = ImageChops.difference(small(one), small(other)).convert("L")
    return sum(grey.histogram()[12:])


def opened(scene: Scene, variant: str) -> Image.Image:
    return Image.open(io.BytesIO(draw(scene, variant)))


def test_the_same_scene_gives_the_same_bytes() -> None:
    assert draw(SAMPLE[0], "original") == draw(SAMPLE[0], "original")


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_kind_of_place_is_drawn_in_its_size(setting: str) -> None:
    scene = next(post.scene for post in posts() if post.scene.setting == setting)

    picture = opened(scene, "original")

    assert picture.size == (scene.width, scene.height)
    assert min(picture.size) >= SHORT_SIDE


def test_every_place_has_a_drawing() -> None:
    assert set(PLACES) == set(SETTINGS)


@pytest.mark.parametrize("variant", ["sample", "180x180", "360x360", "720x720"])
def test_a_smaller_picture_has_the_size_that_is_stated(variant: str) -> None:
    for scene in SAMPLE[:4]:
        assert opened(scene, variant).size == size_of(scene, variant)


def test_thumbnails_are_small_files() -> None:
    sizes = [len(draw(scene, "180x180")) for scene in SAMPLE[:20]]

    assert max(sizes) < 16_000


@pytest.mark.parametrize(
    "name",
    ["sun", "full_moon", "crescent_moon", "cloud", "rainbow", "flock", "aurora"],
)
def test_what_is_named_in_the_sky_can_be_seen_there(name: str) -> None:
    scenes = [post.scene for post in posts() if name in post.scene.behind][:12]

    assert scenes
    for scene in scenes:
        without = tuple(other for other in scene.behind if other != name)
        assert difference(scene, replace(scene, behind=without)) > 12


@pytest.mark.parametrize("weather", ["rain", "snow", "fog"])
def test_the_weather_can_be_seen(weather: str) -> None:
    scenes = [post.scene for post in posts() if post.scene.weather == weather][:5]

    for scene in scenes:
        assert difference(scene, replace(scene, weather="cloudy")) > 200


def test_each_subject_can_be_seen() -> None:
    for scene in [scene for scene in SAMPLE if len(scene.things) == 1]:
        if scene.setting in {"table", "window", "simple"}:
            continue
        assert difference(scene, replace(scene, things=())) > 30, scene


def test_a_greyscale_picture_has_no_colour() -> None:
    picture = small(replace(SAMPLE[0], style="greyscale"))

    red, green, blue = picture.split()

    assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_a_border_is_white() -> None:
    picture = small(replace(SAMPLE[0], style="flat", border=True))

    assert picture.getpixel((2, 2)) == (255, 255, 255)


def test_pixel_art_is_a_png_of_large_pixels() -> None:
    scene = next(p.scene for p in posts() if p.scene.style == "pixel_art")

    picture = opened(scene, "original")
    grain = round(scene.width / 160) if scene.width % 160 == 0 else 2

    assert picture.format == "PNG"
    assert len(picture.getcolors() or []) <= 48
    assert picture.getpixel((0, 0)) == picture.getpixel((grain - 1, grain - 1))
