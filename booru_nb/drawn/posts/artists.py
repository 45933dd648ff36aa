"""The fictitious artists of the demo booru, and what each of them likes to draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Artist:
    """Who draws, and how.

    Parameters
    ----------
    name : str
        The tag.
    palettes : tuple of str
        The colours that are taken most of the time, wherever they fit.
    settings : tuple of str
        The places that are drawn most of the time.
    styles : mapping of str to float
        How often a picture has a style other than ``flat``.
    border : float
        How often a picture has a white border.
    fame : float
        What is added to the logarithm of the score.
    """

    name: str
    palettes: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    styles: Mapping[str, float] = field(default_factory=dict)
    border: float = 0.02
    fame: float = 0.0


ARTISTS: tuple[Artist, ...] = (
    Artist("paper_moon", ("midnight", "peach", "rose"), ("coast", "hills"), fame=0.7),
    Artist(
        "tidewater", ("ember", "gold", "mint"), ("ocean", "coast", "beach"), fame=0.5
    ),
    Artist("inkfern", ("cotton", "sage", "blush"), ("simple", "table"), fame=0.4),
    Artist("north_window", ("drizzle", "teal", "navy"), ("window", "table"), fame=0.2),
    Artist(
        "pixel_pantry",
        ("indigo", "retro", "mustard"),
        ("village", "table", "city"),
        {"pixel_art": 0.85},
        fame=0.6,
    ),
    Artist("mapleglyph", ("gold", "rose"), ("mountains", "lake", "forest")),
    Artist("sleepy_lantern", ("indigo", "violet"), ("village", "city"), fame=0.1),
    Artist("kumo_no_ato", ("clear", "cotton"), ("field", "hills"), fame=0.3),
    Artist(
        "blue_hour_(artist)",
        ("midnight", "lilac", "teal"),
        ("lake", "mountains"),
        border=0.5,
    ),
    Artist("hollow_kettle", ("sage", "mustard", "parlour"), ("table",)),
    Artist("greylark", ("slate", "snowfall"), ("forest", "city"), {"greyscale": 0.7}),
    Artist("thimblewood", ("mint", "lavender"), ("forest", "simple"), fame=0.2),
    Artist(
        "violet_hour", ("violet", "crimson"), ("city", "desert"), {"silhouette": 0.4}
    ),
    Artist("søndag_sky", ("cotton", "lilac"), ("hills", "lake"), border=0.3),
    Artist("cricket_&_fern", ("lagoon", "abyss"), ("underwater",)),
    Artist(
        "oldcoin",
        ("retro", "gold"),
        ("village", "ocean"),
        {"sepia": 0.8},
        border=0.6,
        fame=-0.3,
    ),
    Artist("marble_tram", ("clear", "retro"), ("village", "city"), fame=-0.2),
    Artist("noon_o'clock", ("dune", "clear"), ("desert", "beach")),
    Artist("saltbox", ("thunder", "slate"), ("coast",), fame=-0.1),
    Artist(
        "cosmic_crumb", ("cosmos", "nebula"), ("space",), {"pixel_art": 0.2}, fame=0.1
    ),
)
"""All of them, the busiest first."""


def shares() -> dict[int, float]:
    """Return how much each artist draws, by place in `ARTISTS`: one over the rank."""
    return {rank: 1.0 / (rank + 1.6) for rank in range(len(ARTISTS))}
