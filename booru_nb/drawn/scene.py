"""What is on a picture, in words: both the drawing and the tags are made from it."""

from __future__ import annotations

from dataclasses import dataclass

SHORT_SIDE = 768
"""No original is smaller than this on its short side, in pixels."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of thing on a picture.

    Parameters
    ----------
    kind : str
        Such as ``cat`` or ``lighthouse``: the name of a drawing.
    look : str
        The colour or the breed; empty where there is only one.
    count : int
        How many of it.
    mood : str
        For what has a face: the face, as a tag such as ``:3``; else empty.
    name : str
        The character that it is, as a tag; else empty.
    """

    kind: str
    look: str = ""
    count: int = 1
    mood: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A picture in words.

    Parameters
    ----------
    seed : int
        Decides what the words leave open, such as where each cloud is.
    setting : str
        The kind of place: ``hills``, ``ocean``, ``table`` …
    time : str
        ``dawn``, ``day``, ``sunset`` or ``night``.
    weather : str
        ``clear``, ``cloudy``, ``rain``, ``storm``, ``snow`` or ``fog``.
    season : str
        ``spring``, ``summer``, ``autumn``, ``winter``; empty where it does not show.
    palette : str
        The name of the colours.
    style : str
        ``flat``, ``pixel_art``, ``greyscale``, ``sepia`` or ``silhouette``.
    behind : tuple of str
        What is in the sky, such as ``full_moon``; indoors, what is on the wall.
    plants : str
        The trees or flowers that grow there; empty for none.
    things : tuple of Thing
        The subjects, the main one first.
    border : bool
        Whether a white border goes round it.
    width, height : int
        Pixels of the original.
    """

    seed: int
    setting: str
    time: str
    weather: str
    season: str
    palette: str
    style: str
    behind: tuple[str, ...]
    plants: str
    things: tuple[Thing, ...]
    border: bool
    width: int
    height: int
