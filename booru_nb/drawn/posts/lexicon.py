"""The words of the demo booru: categories, implications and aliases."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from booru_nb.drawn.posts.series import SERIES

if TYPE_CHECKING:
    from collections.abc import Iterable

GENERAL, ARTIST, COPYRIGHT, CHARACTER, META = (
    "general",
    "artist",
    "copyright",
    "character",
    "meta",
)

COLOURED = (
    "umbrella",
    "teapot",
    "tent",
    "butterfly",
    "bicycle",
    "robot",
    "fish",
    "jellyfish",
    "rabbit",
    "kite",
    "vase",
    "cup",
    "bird",
    "lantern",
)
"""The things of which boorus note the colour."""

COLOURS = (
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "pink",
    "white",
    "black",
    "grey",
    "brown",
    "aqua",
)

IMPLIED: dict[str, tuple[str, ...]] = {
    "cat": (
        "black_cat",
        "white_cat",
        "orange_cat",
        "grey_cat",
        "siamese_cat",
        "calico",
    ),
    "bird": ("owl", "duck", "penguin", "flock"),
    "animal": (
        "cat",
        "fox",
        "rabbit",
        "bird",
        "fish",
        "jellyfish",
        "whale",
        "turtle",
        "hedgehog",
        "bug",
        "starfish",
    ),
    "bug": ("butterfly",),
    "boat": ("sailboat", "rowboat"),
    "watercraft": ("boat", "ship"),
    "aircraft": ("hot_air_balloon",),
    "spacecraft": ("rocket",),
    "ground_vehicle": ("train", "bicycle"),
    "moon": ("full_moon", "crescent_moon"),
    "sky": (
        "blue_sky",
        "orange_sky",
        "pink_sky",
        "purple_sky",
        "red_sky",
        "yellow_sky",
        "grey_sky",
        "aqua_sky",
        "night_sky",
        "gradient_sky",
        "cloudy_sky",
        "starry_sky",
    ),
    "tree": ("pine_tree", "palm_tree", "bare_tree", "cherry_blossoms"),
    "flower": (
        "tulip",
        "sunflower",
        "daisy",
        "lavender_(flower)",
        "poppy_(flower)",
        "cornflower",
        "flower_field",
    ),
    "field": ("flower_field",),
    "plant": ("potted_plant", "cactus"),
    "leaf": ("autumn_leaves", "falling_leaves"),
    "petals": ("falling_petals",),
    "snow": ("snowing", "snowman"),
    "building": ("house", "castle", "windmill", "lighthouse", "skyscraper"),
    "fruit": ("apple", "pear", "orange_(fruit)", "lemon"),
    "food": ("fruit", "cake"),
    "monochrome": ("greyscale", "sepia"),
    "border": ("white_border",),
    "patterned_background": (
        "polka_dot_background",
        "striped_background",
        "sunburst_background",
    ),
    "highres": ("absurdres",),
}
"""What follows (the key) from each of the tags behind it."""

ALIASES: dict[str, str] = {
    "kitty": "cat",
    "neko": "cat",
    "bunny": "rabbit",
    "sea": "ocean",
    "sail_boat": "sailboat",
    "hot-air_balloon": "hot_air_balloon",
    "brolly": "umbrella",
    "raining": "rain",
    "snowfall": "snowing",
    "fall_(season)": "autumn",
    "sakura": "cherry_blossoms",
    "cherry_blossom": "cherry_blossoms",
    "northern_lights": "aurora",
    "stars": "starry_sky",
    "mist": "fog",
    "gray_sky": "grey_sky",
    "grayscale": "greyscale",
    "black_and_white": "greyscale",
    "pixelart": "pixel_art",
    "lamp_post": "lamppost",
    "street_lamp": "lamppost",
    "bike": "bicycle",
    "steam_train": "train",
    "kettle_(tea)": "teapot",
    "flower_pot": "potted_plant",
    "nightscape": "cityscape",
    "landscape": "scenery",
    "meteor": "shooting_star",
    "fir_tree": "pine_tree",
    "the_nine_fifteen": "the_9:15_to_nowhere",
    "mori_no_tegami": "森の手紙",
}
"""Words that mean another tag."""


UNSETTLED: tuple[tuple[str, str, str, str], ...] = (
    ("aliases", "kite_(bird)", "bird", "deleted"),
    ("aliases", "seaside", "beach", "pending"),
    ("implications", "lake", "ocean", "deleted"),
    ("implications", "sandcastle", "castle", "pending"),
)
"""Relations that do not hold: the kind, both tags, and why."""


@cache
def implications() -> tuple[tuple[str, str], ...]:
    """Return every implication as (what a post has, what follows from it), sorted."""
    pairs = {(one, other) for other, many in IMPLIED.items() for one in many}
    for thing in COLOURED:
        pairs |= {(f"{colour}_{thing}", thing) for colour in COLOURS}
    for colour in COLOURS:
        pairs.add((f"{colour}_background", "simple_background"))
    for series in SERIES:
        pairs |= {(member.name, series.name) for member in series.cast}
    return tuple(sorted(pairs))


@cache
def _directly_implied() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one, other in implications():
        found[one] = (*found.get(one, ()), other)
    return found


def implied(tags: Iterable[str]) -> set[str]:
    """Return all tags that follow from these, over any number of steps."""
    rules = _directly_implied()
    known, left = set(tags), list(tags)
    start = set(known)
    while left:
        for name in rules.get(left.pop(), ()):
            if name not in known:
                known.add(name)
                left.append(name)
    return known - start
