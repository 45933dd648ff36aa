"""Text as these sites store it: with the entities of HTML in it."""

from __future__ import annotations

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;"}
TABLE = str.maketrans(ENTITIES)


def escaped(text: str) -> str:
    """Return text with entities, such as ``tea_o&#039;clock``."""
    return text.translate(TABLE)
