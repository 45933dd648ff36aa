"""The fictitious series of the demo booru; no character of theirs is a person."""

from __future__ import annotations

from dataclasses import dataclass

from booru_nb.drawn.scene import Thing

ORIGINAL = "original"
"""The copyright tag of what belongs to no series."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series.

    Parameters
    ----------
    name : str
        The copyright tag.
    cast : tuple of Thing
        Its characters: things that have a name.
    share : float
        How often it is drawn.
    since : int
        The first year in which it is drawn.
    """

    name: str
    cast: tuple[Thing, ...]
    share: float
    since: int = 2019


SERIES: tuple[Series, ...] = (
    Series(
        "lantern_coast",
        (
            Thing("lighthouse", "red", name="beacon_(lantern_coast)"),
            Thing("sailboat", "orange", name="marigold_(lantern_coast)"),
        ),
        7,
    ),
    Series(
        "cats_of_the_quay",
        (
            Thing("cat", "orange", mood=":3", name="miso_(cats_of_the_quay)"),
            Thing("cat", "black", mood="=_=", name="inkblot_(cats_of_the_quay)"),
            Thing("cat", "siamese", mood="^_^", name="porridge_(cats_of_the_quay)"),
        ),
        8,
    ),
    Series(
        "rust_&_rain",
        (
            Thing("robot", "aqua", mood=":d", name="unit_7_(rust_&_rain)"),
            Thing("umbrella", "red", name="the_umbrella_(rust_&_rain)"),
        ),
        6,
    ),
    Series(
        "tea_o'clock",
        (
            Thing("teapot", "blue", mood="^_^", name="earl_(tea_o'clock)"),
            Thing("cake", "pink", name="crumble_(tea_o'clock)"),
        ),
        5,
        2021,
    ),
    Series(
        "sunset_(series)",
        (Thing("hot_air_balloon", "orange", name="vesper_(sunset)"),),
        4,
    ),
    Series(
        "the_9:15_to_nowhere", (Thing("train", "green", name="old_juniper"),), 3, 2020
    ),
    Series(
        "100%_chance_of_rain",
        (Thing("umbrella", "yellow", name="drizzle_(100%_chance_of_rain)"),),
        3,
        2022,
    ),
    Series(
        "hoshi_no_ie",
        (
            Thing("rocket", "red", name="comet_(hoshi_no_ie)"),
            Thing("robot", "green", mood=":o", name="moss_(hoshi_no_ie)"),
        ),
        3,
        2023,
    ),
    Series(
        "deep_blue_letters",
        (
            Thing("whale", "", name="opal_(deep_blue_letters)"),
            Thing("turtle", "", name="button_(deep_blue_letters)"),
        ),
        3,
    ),
    Series(
        "森の手紙",
        (
            Thing("fox", "", mood="^_^", name="akane_(森の手紙)"),
            Thing("owl", "", name="hoo_(森の手紙)"),
        ),
        4,
        2021,
    ),
    Series(
        "snow+more_snow",
        (
            Thing("snowman", "red", name="carrot_(snow+more_snow)"),
            Thing("penguin", "", mood=":d", name="pebble_(snow+more_snow)"),
        ),
        3,
    ),
)
"""All of them."""
