"""Statistics as they are shown in a cell."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.stats.asked import Asked
    from booru_nb.stats.together import Together

SHOWN = 10
"""How many tags are shown."""

NEXT = (
    'stats.counts(category="artist")',
    'stats.related("umbrella", measure="npmi")',
    "stats.cooccurrence(top=60)",
)

_BAR = (
    "display:inline-block;height:0.7em;vertical-align:baseline;"
    "background:var(--jp-brand-color1, #2196f3);"
)
_LEFT = "text-align:left"


def text(stats: Together) -> str:
    """Return statistics as a few lines of text."""
    top = stats.counts().head(SHOWN)
    shares = [
        f"{tag} {share:.0%}"
        for tag, share in zip(top["tag"], top["share"], strict=True)
    ]
    lines = [_head(stats)]
    lines += [f"most frequent: {', '.join(shares)}"] * bool(shares)
    lines += [f"caveat: {caveat}" for caveat in stats.caveats]
    return "\n".join([*lines, f"try next: {', '.join(NEXT)}"])


def html(stats: Together) -> str:
    """Return statistics as a heading, caveats, and the most frequent tags as bars."""
    top = stats.counts().head(SHOWN)
    rows = "".join(
        f"<tr><td style='{_LEFT}'>{escape(tag)}</td><td>{count:,}</td>"
        f"<td style='{_LEFT};min-width:12em'>"
        f"<span style='{_BAR}width:{share * 8:.2f}em'></span> {share:.1%}</td></tr>"
        for tag, count, share in zip(
            top["tag"], top["count"], top["share"], strict=True
        )
    )
    left = f"<th style='{_LEFT}'>"
    head = f"<tr>{left}tag</th><th>count</th>{left}share</th></tr>"
    table = f"<table>{head}{rows}</table>" if rows else ""
    caveats = "".join(f"<li>{escape(caveat)}</li>" for caveat in stats.caveats)
    listed = f"<ul>{caveats}</ul>" if caveats else ""
    return f"<div><b>{escape(_head(stats))}</b>{listed}{table}</div>"


def _head(stats: Asked) -> str:
    posts, tags = len(stats), len(stats.backend.names)
    plural = "" if posts == 1 else "s"
    return (
        f"Statistics of {posts:,} post{plural} with {tags:,} different "
        f"tag{'' if tags == 1 else 's'} ({stats.vocabulary} vocabulary)"
    )
