"""What an explorer says, and what becomes of a query when a tag is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.widgets.asked import Asked


def with_tag(query: str, tag: str, how: str) -> str:
    """Return a query after a tag was pressed.

    Parameters
    ----------
    query : str
        What was searched for.
    tag : str
        The tag that was pressed.
    how : {"search", "add", "exclude"}
        Whether to search for it alone, to add it, or to leave out who has it.
    """
    if how == "search":
        return tag
    word = tag if how == "add" else f"-{tag}"
    others = [w for w in query.split() if w not in {tag, f"-{tag}"}]
    return " ".join([*others, word])


def found_nothing(asked: Asked) -> str:
    """Say that a search found nothing, and what else may be tried."""
    about = f"for {asked.query!r} " if asked.query else ""
    rated = "" if asked.rating == "any" else f" rated {_either(asked.rating)}"
    filtered = any(asked.filters.values()) or asked.min_score is not None
    tips = ["check the spelling", "use fewer tags"] if asked.query else []
    tips += ["loosen the filters"] if filtered else []
    tips += ["choose another rating"] if asked.rating != "any" else []
    with_them = " with these filters" if filtered else ""
    said = f"No posts {about}on {' or '.join(asked.sites)}{rated}{with_them}."
    if not tips:
        return said
    last = f"{', '.join(tips[:-1])} or {tips[-1]}" if len(tips) > 1 else tips[0]
    return f"{said} {last[0].upper()}{last[1:]}."


def _either(rating: str) -> str:
    return rating.replace(",", " or ")


def halted(text: str, *, arrived: int) -> str:
    """Say why a search does not go on, and that what came before is still there."""
    if not arrived:
        return text
    stay = "stays" if arrived == 1 else "stay"
    return f"{text} The {posts(arrived)} that came {stay} here."


def posts(count: int) -> str:
    """Say how many posts."""
    return "1 post" if count == 1 else f"{count:,} posts"
