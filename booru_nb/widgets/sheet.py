"""What stands where no kernel answers: a short table, and a contact sheet on request.

GitHub and nbconvert show this HTML as it is, GitHub without its styles. So nothing here
relies on a style to hide a picture, and everything that a site sends is escaped.
"""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.widgets.delivery import Outcome
    from booru_nb.widgets.item import Item

_HEAD = ("site", "id", "rating", "score", "tags")
_TAGS = 80  # characters of tags in a table


def table(title: str, items: Iterable[Item]) -> str:
    """Return a few posts as an HTML table under a title."""
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    rows = "".join(f"<tr>{_cells(item)}</tr>" for item in items)
    body = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    note = "<p><em>Run the cell to see the thumbnails.</em></p>"
    return f"<p><strong>{html.escape(title)}</strong></p>{body if rows else ''}{note}"


def _cells(item: Item) -> str:
    tags = item.tags if len(item.tags) <= _TAGS else f"{item.tags[:_TAGS]}…"
    values = (item.site, item.id, item.rating, item.score, tags)
    texts = ["" if value is None else html.escape(str(value)) for value in values]
    return "".join(f"<td>{text}</td>" for text in texts)


def contact_sheet(tiles: Iterable[tuple[Item, Outcome]]) -> str:
    """Return thumbnails as self-contained HTML.

    Parameters
    ----------
    tiles : iterable of (Item, Outcome)
        A text takes the place of a thumbnail that is missing or left out.
    """
    return f"<div>{''.join(_tile(item, outcome) for item, outcome in tiles)}</div>"


def _tile(item: Item, outcome: Outcome) -> str:
    name = html.escape(f"{item.site} {item.id}")
    if isinstance(outcome, str):
        inner = f"<small>{html.escape(outcome)}</small>"
    else:
        data = base64.b64encode(outcome.data).decode()
        mime = html.escape(outcome.mime)
        style = "max-width:180px;max-height:180px"
        inner = f'<img alt="{name}" style="{style}" src="data:{mime};base64,{data}">'
    box = "display:inline-block;width:180px;margin:4px;vertical-align:top"
    return f'<figure style="{box}">{inner}<figcaption>{name}</figcaption></figure>'
