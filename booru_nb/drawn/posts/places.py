"""The kinds of places of the demo booru: what is found there, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SEASONS = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of place.

    Parameters
    ----------
    share : float
        How often it is drawn.
    main, extra : mapping of str to float
        The kinds of things that are its main subject, and that may be there as well.
    times, weathers : str
        Those that can be there, the likeliest first.
    seasons : bool
        Whether a season shows there.
    horizon : bool
        Whether things can be seen against the sky there.
    plants : mapping of str to tuple of str
        What grows there in each season; under ``""`` in all of them.
    """

    share: float
    main: Mapping[str, float]
    extra: Mapping[str, float]
    times: str = "day sunset night dawn"
    weathers: str = "clear cloudy rain fog snow"
    seasons: bool = True
    horizon: bool = True
    plants: Mapping[str, tuple[str, ...]] | None = None


WOODS = {
    "spring": ("cherry_blossoms", "cherry_blossoms", "tree"),
    "summer": ("tree", "pine_tree", "tree"),
    "autumn": ("autumn_leaves", "autumn_leaves", "pine_tree"),
    "winter": ("pine_tree", "bare_tree"),
}
MEADOW = {
    **WOODS,
    "summer": ("tree", "daisy", "poppy", "pine_tree"),
    "spring": ("cherry_blossoms", "tulip", "tree", "daisy"),
}

SETTINGS: dict[str, Setting] = {
    "hills": Setting(
        11,
        {
            "windmill": 3,
            "hot_air_balloon": 4,
            "house": 2,
            "cat": 2,
            "fox": 2,
            "rabbit": 2,
            "kite": 2,
            "castle": 2,
            "umbrella": 1,
            "robot": 1,
            "snowman": 1,
        },
        {
            "bench": 2,
            "butterfly": 2,
            "rabbit": 1,
            "bicycle": 2,
            "bird": 1,
            "hot_air_balloon": 1,
        },
        weathers="clear cloudy rain fog snow storm",
        plants=MEADOW,
    ),
    "mountains": Setting(
        8,
        {
            "tent": 4,
            "fox": 3,
            "castle": 2,
            "hot_air_balloon": 2,
            "train": 2,
            "owl": 1,
            "house": 2,
        },
        {"lamppost": 1, "hedgehog": 1, "rabbit": 1, "snowman": 1, "bench": 1},
        plants=WOODS,
    ),
    "field": Setting(
        7,
        {
            "windmill": 4,
            "house": 2,
            "bicycle": 2,
            "cat": 2,
            "kite": 2,
            "hot_air_balloon": 2,
        },
        {"butterfly": 4, "bird": 1, "rabbit": 2, "bench": 1},
        weathers="clear cloudy rain",
        times="day sunset dawn night",
        plants={
            "spring": ("tulip", "daisy"),
            "summer": ("sunflower", "lavender", "poppy", "cornflower"),
        },
    ),
    "forest": Setting(
        7,
        {
            "fox": 4,
            "owl": 3,
            "rabbit": 2,
            "tent": 2,
            "hedgehog": 2,
            "robot": 1,
            "house": 1,
        },
        {"lantern": 3, "bird": 2, "bench": 1, "hedgehog": 1},
        weathers="clear fog rain snow cloudy",
        plants=WOODS,
        horizon=False,
    ),
    "desert": Setting(
        4,
        {
            "tent": 3,
            "robot": 2,
            "hot_air_balloon": 3,
            "castle": 1,
            "train": 2,
            "fox": 1,
        },
        {"bird": 1, "lantern": 1, "bicycle": 1},
        weathers="clear clear cloudy",
        seasons=False,
        plants={"": ("cactus", "cactus", "palm_tree", "")},
    ),
    "ocean": Setting(
        8,
        {"sailboat": 5, "ship": 3, "rowboat": 2},
        {"sailboat": 2, "rowboat": 1, "hot_air_balloon": 1, "kite": 1},
        times="sunset day night dawn",
        weathers="clear cloudy rain fog storm",
        seasons=False,
    ),
    "coast": Setting(
        6,
        {"lighthouse": 8, "house": 2, "cat": 1, "bench": 1},
        {"sailboat": 4, "ship": 2, "rowboat": 1},
        times="night sunset day dawn",
        weathers="clear storm cloudy rain fog",
        seasons=False,
        plants={"": ("", "", "pine_tree", "tree")},
    ),
    "beach": Setting(
        5,
        {
            "umbrella": 3,
            "cat": 2,
            "sailboat": 2,
            "kite": 2,
            "turtle": 0.01,
            "bicycle": 1,
        },
        {"starfish": 4, "sailboat": 2, "rowboat": 1, "bird": 1},
        times="day sunset dawn night",
        weathers="clear cloudy",
        seasons=False,
        plants={"": ("palm_tree", "palm_tree", "")},
    ),
    "lake": Setting(
        7,
        {"rowboat": 4, "duck": 3, "sailboat": 2, "fox": 2, "cat": 1, "tent": 1},
        {"duck": 3, "bench": 2, "rowboat": 1, "lantern": 1},
        times="dawn day sunset night",
        weathers="clear cloudy fog snow",
        plants=WOODS,
    ),
    "underwater": Setting(
        6,
        {"fish": 4, "jellyfish": 3, "whale": 2, "turtle": 3},
        {"fish": 5, "starfish": 3, "jellyfish": 1},
        times="day",
        weathers="clear",
        seasons=False,
        horizon=False,
    ),
    "village": Setting(
        9,
        {
            "cat": 4,
            "bicycle": 3,
            "umbrella": 2,
            "snowman": 2,
            "lamppost": 2,
            "train": 2,
            "robot": 1,
        },
        {"lamppost": 4, "bench": 2, "lantern": 2, "cat": 2, "bird": 1},
        times="day night sunset dawn",
        weathers="clear cloudy rain snow fog",
        plants=WOODS,
        horizon=False,
    ),
    "city": Setting(
        6,
        {"robot": 3, "cat": 3, "umbrella": 4, "bicycle": 1, "train": 2},
        {"lamppost": 4, "umbrella": 2, "lantern": 1, "bench": 1},
        times="night sunset day dawn",
        weathers="rain clear cloudy fog storm",
        seasons=False,
    ),
    "space": Setting(
        5,
        {"rocket": 5, "robot": 4, "cat": 1},
        {"robot": 1, "tent": 0.5, "lantern": 0.5},
        times="night",
        weathers="clear",
        seasons=False,
        horizon=False,
    ),
    "table": Setting(
        10,
        {"teapot": 5, "vase": 4, "cake": 3, "cat": 2, "potted_plant": 2, "candle": 2},
        {
            "cup": 5,
            "apple": 2,
            "pear": 2,
            "orange": 2,
            "lemon": 2,
            "book": 4,
            "candle": 2,
            "bird": 1,
            "vase": 2,
        },
        times="day",
        weathers="clear",
        seasons=False,
        plants={"": ("tulip", "daisy", "sunflower", "lavender", "poppy")},
        horizon=False,
    ),
    "window": Setting(
        7,
        {"cat": 6, "potted_plant": 2, "vase": 2, "teapot": 1, "robot": 1},
        {"book": 4, "cup": 4, "potted_plant": 3, "candle": 1, "bird": 1},
        times="night day sunset",
        weathers="rain clear snow cloudy",
        plants=WOODS,
        horizon=False,
    ),
    "simple": Setting(
        8,
        {
            "cat": 6,
            "robot": 3,
            "fox": 3,
            "penguin": 2,
            "rabbit": 2,
            "owl": 2,
            "teapot": 2,
            "hedgehog": 2,
            "umbrella": 1,
            "fish": 1,
            "rocket": 1,
            "bird": 1,
            "cake": 1,
            "potted_plant": 1,
        },
        {},
        times="day",
        weathers="clear",
        seasons=False,
        plants={"": ("polka_dot", "striped", "sunburst", "plain", "plain")},
        horizon=False,
    ),
}
"""Every kind of place, by its name."""
