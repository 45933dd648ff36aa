"""Reading the XML that boorus send, which is a list of flat rows.

Expat itself is driven, so no tree is built, nothing recurses, and a document type with
the entities that it may declare is refused before it is read. A row's fields are its
attributes and its child elements alike: Gelbooru has written both.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# What makes expat unsafe are entities, which cannot be declared here (see `_refuse`).
from xml.parsers import expat

_ROW = 2
_FIELD = 3


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
            parser.Parse(content.lstrip(), True)  # noqa: FBT003 - takes no keywords
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


def _refuse(*_declared: object) -> None:
    raise MarkupError("It declares a document type, which may hold entities.")
