"""The ratings of engines that have three of them: sensitive counts as safe there."""

from __future__ import annotations

LETTERS = {"general": "s", "sensitive": "s", "questionable": "q", "explicit": "e"}
"""The letter of each rating."""

WORDS = {
    "general": "safe",
    "sensitive": "safe",
    "questionable": "questionable",
    "explicit": "explicit",
}
"""The word of each rating."""

MEANT = {
    "s": ("general", "sensitive"),
    "q": ("questionable",),
    "e": ("explicit",),
}
"""The ratings that a letter stands for in a query."""
