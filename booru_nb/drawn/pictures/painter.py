"""Draw a scene: a landscape, a still life or a portrait, in the style it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from booru_nb.drawn.pictures import (
    city,
    depths,
    land,
    rooms,
    shores,
    space,
    streets,
    tables,
    water,
)
from booru_nb.drawn.pictures.colours import (
    BLACK,
    LAMP,
    PALETTES,
    WHITE,
    Light,
    mix,
    rgb,
)
from booru_nb.drawn.pictures.lights import soft_sky
from booru_nb.drawn.pictures.pen import Pen
from booru_nb.drawn.pictures.sky import sky
from booru_nb.drawn.pictures.stage import Stage
from booru_nb.drawn.pictures.staging import place
from booru_nb.drawn.pictures.weather import fog, weather

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.pictures.stage import Ridge
    from booru_nb.drawn.scene import Scene

FINE = 2
"""How many times larger than the result a picture is drawn, for smooth edges."""

PIXEL = 128
"""The short side of a pixel-art picture before it is blown up."""

COARSE = 4
"""How many times smaller what has no edges is drawn first, and then blown up."""

COARSE_FROM = 640
"""The short side from which on that cannot be seen."""

BORDER = 3.2
SHORT = 100.0
"""The short side of every picture, in units."""


def mountains(stage: Stage, horizon: float) -> Ridge:
    """Draw mountains behind hills."""
    land.mountains(stage, horizon)
    return land.hills(stage, horizon, layers=4)


PLACES: dict[str, tuple[Callable[[Stage, float], Ridge], float]] = {
    "hills": (land.hills, 0.58),
    "mountains": (mountains, 0.60),
    "field": (land.field, 0.50),
    "forest": (land.forest, 0.56),
    "desert": (land.desert, 0.58),
    "ocean": (water.ocean, 0.58),
    "coast": (shores.coast, 0.58),
    "beach": (shores.beach, 0.46),
    "lake": (water.lake, 0.55),
    "underwater": (depths.underwater, 1.0),
    "village": (streets.village, 0.46),
    "city": (city.city, 0.50),
    "space": (space.space, 1.0),
    "table": (tables.table, 1.0),
    "window": (land.hills, 0.50),
    "simple": (rooms.backdrop, 1.0),
}
"""How each setting is drawn, and how far down its horizon lies."""


SOFT: dict[str, Callable[[Stage, float], None]] = {
    "ocean": water.soft_sea,
    "coast": water.soft_sea,
    "beach": water.soft_sea,
    "underwater": depths.soft_depths,
    "space": space.soft_space,
    "table": tables.soft_wall,
    "simple": rooms.soft_sheet,
}
"""What is drawn first, where it is not just a sky."""


def paint(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """Return the picture of a scene, in mode RGB (L where it is greyscale).

    Parameters
    ----------
    scene : Scene
        What to draw.
    size : tuple of int
        Width and height in pixels, in the proportion of the scene's own.
    """
    large = (size[0] * FINE, size[1] * FINE)
    image = _room(scene, large) if scene.setting == "window" else _place(scene, large)
    image = image.reduce(FINE)
    _blend(_stage(image, scene))
    return _finish(image, scene)


def _stage(image: Image.Image, scene: Scene) -> Stage:
    pen = Pen(image, scale=min(image.size) / SHORT)
    return Stage(pen, scene, PALETTES[scene.palette], light_of(scene))


def _place(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """Return a place with all that is in it; through a window just the place."""
    coarse = COARSE if min(size) >= COARSE_FROM else FINE
    soft = Image.new("RGB", (-(-size[0] // coarse), -(-size[1] // coarse)))
    _soften(_stage(soft, scene))
    image = soft.resize(size, Image.Resampling.NEAREST)
    _compose(_stage(image, scene))
    return image


def _room(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """Return a room with a window."""
    left, right, top, sill = rooms.pane(size)
    image = Image.new("RGB", size, rooms.wall(scene, light_of(scene)))
    view = _place(scene, (int(right - left), int(sill - top)))
    image.paste(view, (int(left), int(top)))
    stage = _stage(image, scene)
    place(stage, rooms.window(stage), stage.height)
    return image


def light_of(scene: Scene) -> Light:
    """Return how the light of a scene tints what stands in it."""
    palette = PALETTES[scene.palette]
    indoors = scene.setting in {"table", "simple"}
    depth = {"day": 0.0, "dawn": 0.22, "sunset": 0.28, "night": 0.42}[scene.time]
    if scene.weather in {"rain", "storm", "fog", "snow"}:
        depth += 0.10
    if indoors:
        depth = 0.0
    if scene.setting == "underwater":
        depth = 0.18
    if scene.setting == "space":
        depth = 0.12
    if scene.style == "silhouette":
        depth = 0.94
    lit = scene.time in {"night", "sunset"} or scene.weather == "storm"
    shade = mix(palette.near, palette.sky[0], 0.3)
    if scene.style == "silhouette":
        shade = mix(palette.near, BLACK, 0.45)
    return Light(shade, depth, lit and not indoors, palette.light)


def _soften(stage: Stage) -> None:
    """Draw what has no edges: the colours of the sky and of the water, and glows."""
    setting = stage.scene.setting
    share = PLACES[setting][1]
    horizon = stage.height * share
    if setting in SOFT:
        SOFT[setting](stage, horizon)
    else:
        # Hills go up and down around the horizon, and the sky is seen in between.
        soft_sky(stage, horizon, below=9)


def _compose(stage: Stage) -> None:
    draw, share = PLACES[stage.scene.setting]
    horizon = stage.height * share
    indoors = stage.scene.setting in {"table", "simple", "underwater"}
    if not indoors:
        sky(stage, horizon)
    line = draw(stage, horizon)
    if stage.scene.setting != "window":
        place(stage, line, horizon)
    weather(stage)


def _blend(stage: Stage) -> None:
    """Draw what covers much and has soft edges, on the picture in its final size."""
    horizon = stage.height * PLACES[stage.scene.setting][1]
    if stage.scene.weather == "fog":
        fog(stage, horizon)
    if stage.scene.setting == "window" and stage.light.lit:
        stage.pen.glow(stage.width * 0.5, stage.height, 46, LAMP, 0.5)
    if stage.scene.border:
        _border(stage)


def _border(stage: Stage) -> None:
    pen, wide, tall = stage.pen, stage.width, stage.height
    pen.box(0, 0, wide, BORDER, WHITE)
    pen.box(0, tall - BORDER, wide, tall, WHITE)
    pen.box(0, 0, BORDER, tall, WHITE)
    pen.box(wide - BORDER, 0, wide, tall, WHITE)


def _finish(image: Image.Image, scene: Scene) -> Image.Image:
    if scene.style == "greyscale":
        return image.convert("L")
    if scene.style == "sepia":
        return ImageOps.colorize(
            image.convert("L"), rgb("2b1a10"), rgb("fbf0d9"), rgb("a88055")
        )
    return image
