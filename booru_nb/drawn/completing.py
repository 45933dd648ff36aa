"""How what is typed may go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from booru_nb.drawn.queries.words import pattern

if TYPE_CHECKING:
    from booru_nb.drawn.posts.booru import Booru, Tag

WORDS = re.compile(r"[_()\-:]+")


def completions(
    booru: Booru, typed: str, *, inside: bool = False
) -> list[tuple[Tag, str | None]]:
    """Return the tags that begin with what was typed, most frequent first.

    Parameters
    ----------
    booru : Booru
        Has the tags and aliases.
    typed : str
        The beginning of a tag, or a pattern with ``*``; nothing for nothing.
    inside : bool
        Whether the words inside of a tag may begin so, too.

    Returns
    -------
    list of (Tag, str or None)
        Each tag once, with the alias that was typed instead of it.
    """
    if not typed:
        return []
    found: dict[str, str | None] = {}
    fits = pattern(typed if "*" in typed else f"{typed}*")
    tags = booru.shelf.tags
    for name in tags:
        words = [word for word in WORDS.split(name) if word] if inside else []
        if any(fits(word) for word in (name, *words)):
            found[name] = None
    for alias, name in booru.aliases.items():
        if fits(alias) and name in tags:
            found.setdefault(name, alias)
    best = sorted(found, key=lambda name: (-tags[name].count, name))
    return [(tags[name], found[name]) for name in best]
