"""What an explorer says, and what becomes of a query when a tag is pressed."""

from __future__ import annotations


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


def found_nothing(query: str, *, site: str, rating: str) -> str:
    """Say that a search found nothing, and what else may be tried."""
    about = f"for {query!r} " if query else ""
    rated = "" if rating == "any" else f" rated {rating.replace(',', ' or ')}"
    tips = ["check the spelling", "use fewer tags"] if query else []
    if rating != "any":
        tips.append("choose another rating")
    said = f"No posts {about}on {site}{rated}."
    if not tips:
        return said
    last = f"{', '.join(tips[:-1])} or {tips[-1]}" if len(tips) > 1 else tips[0]
    return f"{said} {last[0].upper()}{last[1:]}."


def halted(text: str, *, arrived: int) -> str:
    """Say why a search does not go on, and that what came before is still there."""
    if not arrived:
        return text
    stay = "stays" if arrived == 1 else "stay"
    return f"{text} The {posts(arrived)} that came {stay} here."


def posts(count: int) -> str:
    """Say how many posts."""
    return "1 post" if count == 1 else f"{count:,} posts"
