"""Every kind of thing that can be drawn: by what, how large, and where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.drawn.pictures import (
    animals,
    buildings,
    objects,
    sealife,
    tableware,
    vehicles,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.pictures.colours import Light
    from booru_nb.drawn.pictures.pen import Pen
    from booru_nb.drawn.scene import Thing


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of thing is drawn.

    Parameters
    ----------
    draw : callable
        Draws one of it.
    outdoors, indoors : float
        Its height in a landscape, and on a table; the picture's short side is 100.
    place : str
        ``ground``, ``water``, ``deep`` (under water), ``flutter`` (just above the
        ground), ``hanging`` (from above), ``air`` or ``sky`` (far away).
    half : float
        Half of its width, where its height is 1.
    """

    draw: Callable[[Pen, Thing, Light, Chance], None]
    outdoors: float
    indoors: float
    place: str = "ground"
    half: float = 0.5


KINDS: dict[str, Kind] = {
    "cat": Kind(animals.cat, 21, 36, half=0.45),
    "fox": Kind(animals.fox, 22, 36, half=0.6),
    "rabbit": Kind(animals.rabbit, 15, 30, half=0.4),
    "owl": Kind(animals.owl, 17, 30, half=0.4),
    "penguin": Kind(animals.penguin, 20, 32, half=0.45),
    "bird": Kind(animals.bird, 10, 18, half=0.8),
    "hedgehog": Kind(animals.hedgehog, 10, 19, half=1.0),
    "butterfly": Kind(animals.butterfly, 9, 12, "flutter", 0.6),
    "duck": Kind(animals.duck, 9, 20, "water", 0.75),
    "fish": Kind(sealife.fish, 11, 22, "deep", 1.1),
    "jellyfish": Kind(sealife.jellyfish, 21, 34, "deep", 0.5),
    "whale": Kind(sealife.whale, 20, 28, "deep", 1.55),
    "turtle": Kind(sealife.turtle, 20, 32, "deep", 0.9),
    "starfish": Kind(sealife.starfish, 8, 20, half=0.6),
    "lighthouse": Kind(buildings.lighthouse, 44, 58, half=0.3),
    "house": Kind(buildings.house, 22, 40, half=0.55),
    "windmill": Kind(buildings.windmill, 40, 52, half=0.45),
    "castle": Kind(buildings.castle, 36, 46, half=0.6),
    "tent": Kind(buildings.tent, 14, 26, half=1.0),
    "lamppost": Kind(buildings.lamppost, 40, 50, half=0.15),
    "bench": Kind(buildings.bench, 10, 18, half=0.95),
    "snowman": Kind(buildings.snowman, 24, 40, half=0.5),
    "sailboat": Kind(vehicles.sailboat, 24, 46, "water", 0.55),
    "rowboat": Kind(vehicles.rowboat, 7, 16, "water", 1.0),
    "ship": Kind(vehicles.steamer, 15, 24, "water", 1.2),
    "hot_air_balloon": Kind(vehicles.balloon, 30, 56, "sky", 0.45),
    "train": Kind(vehicles.train, 12, 16, half=3.7),
    "rocket": Kind(vehicles.rocket, 40, 50, "air", 0.35),
    "bicycle": Kind(vehicles.bicycle, 21, 34, half=0.95),
    "umbrella": Kind(objects.umbrella, 24, 42, half=0.65),
    "teapot": Kind(tableware.teapot, 14, 26, half=0.9),
    "cup": Kind(tableware.cup, 9, 13, half=0.7),
    "vase": Kind(tableware.vase, 12, 24, half=0.5),
    "apple": Kind(tableware.fruit, 6, 11, half=0.55),
    "pear": Kind(tableware.fruit, 6, 13, half=0.55),
    "orange": Kind(tableware.fruit, 6, 10, half=0.55),
    "lemon": Kind(tableware.fruit, 5, 9, half=0.75),
    "book": Kind(objects.books, 8, 14, half=0.85),
    "candle": Kind(tableware.candle, 12, 22, half=0.4),
    "robot": Kind(objects.robot, 24, 42, half=0.42),
    "lantern": Kind(objects.lantern, 12, 22, "hanging", 0.4),
    "kite": Kind(objects.kite, 17, 30, "sky", 0.4),
    "cake": Kind(tableware.cake, 11, 20, half=0.95),
    "potted_plant": Kind(objects.potted_plant, 18, 34, half=0.55),
}
"""Every kind of thing that can be drawn."""
