"""Reading the XML that boorus send, which is a list of flat rows.

Expat itself is driven, so no tree is built, nothing recurses, and a document type with
the entities that it may declare is refused before it is read. A row's fields are its
attributes and its child elements alike: Gelbooru has written both.

Some names of tags hold control characters, which XML has no place for. They are left
out before it is read, for else one such tag would take its whole page along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# What makes expat unsafe are entities, which cannot be declared here (see `_refuse`).
from xml.parsers import expat

_ROW = 2
_FIELD = 3

_WIDE = (b"\xff\xfe", b"\xfe\xff")  # what UTF-16 begins with
_CONTROLS = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:x0*(?:1[0-9a-f]|[0-8bcef])|0*(?:1[124-9]|2\d|3[01]|[0-8]));",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Document:
    """What an XML document says.

    Attributes
    ----------
    name : str
        The name of its root element.
    attributes : dict of str to str
        Those of its root element.
    rows : list of dict of str to str
        The root's children in their order: attributes, and texts of child elements.
    text : str
        The text of the root itself.
    """

    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    text: str = ""


class MarkupError(ValueError):
    """It is no XML, or cut, or declares what it may not."""


def read(content: bytes) -> Document:
    """Return what an XML document says.

    Raises
    ------
    MarkupError
        If it is not well-formed, or has a document type.
    """
    return _Reader().read(content)


class _Reader:
    def __init__(self) -> None:
        self._document = Document()
        self._depth = 0
        self._field = ""
        self._texts: list[str] = []

    def read(self, content: bytes) -> Document:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._texts.append
        try:
            parser.Parse(_clean(content), True)  # noqa: FBT003 - takes no keywords
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise MarkupError(str(error)) from error
        return self._document

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._document.name = name.lower()
            self._document.attributes = attributes
        elif self._depth == _ROW:
            self._document.text += "".join(self._texts)
            self._document.rows.append(attributes)
        elif self._depth == _FIELD:
            self._field = name
        self._texts.clear()

    def _end(self, _name: str) -> None:
        text = "".join(self._texts).strip()
        if self._depth == 1:
            self._document.text = f"{self._document.text}{text}".strip()
        elif self._depth == _FIELD:
            self._document.rows[-1].setdefault(self._field, text)
        self._texts.clear()
        self._depth -= 1


def _clean(content: bytes) -> bytes:
    """Return a document without blanks before it, and without control characters."""
    content = content.lstrip()
    return content if content.startswith(_WIDE) else _CONTROLS.sub(b"", content)


def _refuse(*_declared: object) -> None:
    raise MarkupError("It declares a document type, which may hold entities.")
