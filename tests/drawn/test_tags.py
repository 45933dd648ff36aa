"""The tags say what is on the picture, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from booru_nb.drawn.pictures.kinds import KINDS
from booru_nb.drawn.posts.history import DemoPost, posts
from booru_nb.drawn.posts.places import SETTINGS
from booru_nb.drawn.posts.tags import describe

SHOWN: dict[str, Callable[[DemoPost], bool]] = {
    "rain": lambda post: post.scene.weather in {"rain", "storm"},
    "snowing": lambda post: post.scene.weather == "snow",
    "fog": lambda post: post.scene.weather == "fog",
    "sunset": lambda post: post.scene.time == "sunset",
    "night": lambda post: post.scene.time == "night",
    "full_moon": lambda post: "full_moon" in post.scene.behind,
    "rainbow": lambda post: "rainbow" in post.scene.behind,
    "cat": lambda post: any(thing.kind == "cat" for thing in post.scene.things),
    "lighthouse": lambda post: any(t.kind == "lighthouse" for t in post.scene.things),
    "red_umbrella": lambda post: any(
        (t.kind, t.look) == ("umbrella", "red") for t in post.scene.things
    ),
    ":3": lambda post: any(thing.mood == ":3" for thing in post.scene.things),
    "cherry_blossoms": lambda post: post.scene.plants == "cherry_blossoms",
    "greyscale": lambda post: post.scene.style == "greyscale",
    "white_border": lambda post: post.scene.border,
    "highres": lambda p: p.scene.width >= 1600 or p.scene.height >= 1200,
    "absurdres": lambda p: p.scene.width >= 3200 or p.scene.height >= 2400,
}


@pytest.mark.parametrize("tag", SHOWN)
def test_a_tag_is_there_only_where_it_is_shown(tag: str) -> None:
    tagged = [post for post in posts() if tag in post.tags]

    assert tagged
    assert all(SHOWN[tag](post) for post in tagged)


@pytest.mark.parametrize("tag", ["lighthouse", "cherry_blossoms", "full_moon"])
def test_what_is_shown_is_nearly_always_tagged(tag: str) -> None:
    shown = [post for post in posts() if SHOWN[tag](post)]

    assert sum(tag in post.tags for post in shown) > 0.9 * len(shown)


def test_a_picture_without_colour_has_no_tags_of_colours() -> None:
    grey = [post for post in posts() if post.scene.style in {"greyscale", "sepia"}]

    assert grey
    for post in grey:
        assert not {"blue_sky", "orange_sky", "red_umbrella", "black_cat"} & set(
            post.tags
        )


def test_a_silhouette_has_no_face() -> None:
    dark = [post for post in posts() if post.scene.style == "silhouette"]

    assert dark
    assert not any({":3", "^_^", ":d"} & set(post.tags) for post in dark)


def test_a_character_brings_its_series() -> None:
    tags = describe(
        next(
            post.scene
            for post in posts()
            if any(thing.name.startswith("beacon_") for thing in post.scene.things)
        ),
        artist="somebody",
    )

    assert tags["lantern_coast"] == "copyright"
    assert tags["beacon_(lantern_coast)"] == "character"
    assert tags["building"] == "general"


def test_a_size_alone_makes_a_picture_highres() -> None:
    scene = replace(posts()[0].scene, width=1600, height=768)

    assert describe(scene, artist="somebody")["highres"] == "meta"


def test_everything_that_may_be_there_can_be_drawn() -> None:
    named = {kind for s in SETTINGS.values() for kind in {**s.main, **s.extra}}

    assert named <= set(KINDS)
