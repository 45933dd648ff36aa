"""Writing XML, as engines send it: a root with flat rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def with_attributes(
    name: str, root: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], *, row: str
) -> Response:
    """Return rows whose fields are attributes; those that are None are left out."""
    inside = "".join(f"<{row}{_attributes(fields)}/>" for fields in rows)
    return xml(f"<{name}{_attributes(root)}>{inside}</{name}>")


def with_elements(
    name: str, root: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], *, row: str
) -> Response:
    """Return rows whose fields are elements."""
    inside = "".join(f"<{row}>{_elements(fields)}</{row}>" for fields in rows)
    return xml(f"<{name}{_attributes(root)}>{inside}</{name}>")


def xml(text: str, status: int = 200) -> Response:
    """Return XML as an answer."""
    return Response(HEAD + text, status, media_type="text/xml")


def said(value: object) -> str:
    """Return a value as XML has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _attributes(fields: Mapping[str, Any]) -> str:
    known = {name: value for name, value in fields.items() if value is not None}
    return "".join(f" {name}={quoteattr(said(v))}" for name, v in known.items())


def _elements(fields: Mapping[str, Any]) -> str:
    return "".join(f"<{name}>{escape(said(v))}</{name}>" for name, v in fields.items())
