"""A library as one JSON document, written and read without holding it in memory.

It is one JSON object. Its first two members say what it is; the others are lists, one a
subject, in the order of `booru_nb.kept.SUBJECTS`. Each object of a list stands on a
line of its own, so that the document is read by any JSON program as a whole, and can be
compared, searched and cut by lines, too::

    {
    "format": "booru_nb library",
    "version": 1,
    "sites": [
    {"name": "danbooru", "url": "https://danbooru.donmai.us", "engine": "danbooru"}
    ],
    "posts": [
    {"site": "danbooru", "id": 1, "rating": "general", "tags": ["sky"]}
    ]
    }

The same library gives the same document. There are no API keys in it, nor files.
"""

from __future__ import annotations

import json
from itertools import count, groupby
from typing import TYPE_CHECKING, Any, NoReturn

from booru_nb.errors import BooruError, FormatError
from booru_nb.kept import SUBJECTS
from booru_nb.portable.records import FIELDS, Read, from_object, to_object
from booru_nb.portable.scanning import Scanner

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from booru_nb.kept import Kept

FORMAT = "booru_nb library"
VERSION = 1
BEGINNING = f'{{\n"format": "{FORMAT}"'
"""How every document begins that is written here."""


def write(stream: TextIO, rows: Iterable[Kept]) -> int:
    """Write rows, which come subject after subject, and return how many they were."""
    stream.write(f'{BEGINNING},\n"version": {VERSION}')
    written = 0
    for kind, group in groupby(rows, key=type):
        stream.write(f',\n"{SUBJECTS[kind]}": [')
        for number, row in enumerate(group):
            line = json.dumps(to_object(row), ensure_ascii=False, allow_nan=False)
            stream.write(f"{',' * (number > 0)}\n{line}")
            written += 1
        stream.write("\n]")
    stream.write("\n}\n")
    return written


class Document:
    """A document to be read, as often as is needed.

    Parameters
    ----------
    path : Path
        The file.
    check : callable
        Raises a `BooruError` for a row that the library could not keep.

    Attributes
    ----------
    skipped, notes
        Nothing, since a document is read as a whole, or not at all.
    order : list of str
        The subjects, as they were met at the last reading.
    """

    def __init__(self, path: Path, *, check: Callable[[Kept], None]) -> None:
        self._path = path
        self._check = check
        self.order: list[str] = []
        self.skipped: dict[str, Counter[str]] = {}
        self.notes: tuple[tuple[str, str], ...] = ()

    def rows(self, wanted: Collection[str] = tuple(FIELDS)) -> Iterator[Read]:
        """Yield the rows of some subjects, in the order of the document.

        Raises
        ------
        FormatError
            If it is no such document; the message says where, and why.
        """
        self.order = []
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as stream:
                yield from self._all(Scanner(stream, str(self._path)), wanted)
        except OSError as error:
            raise FormatError(
                f"{self._path} cannot be read: {error.strerror or error}."
            ) from error

    def _all(self, scanner: Scanner, wanted: Collection[str]) -> Iterator[Read]:
        known: dict[str, Any] = {}
        if scanner.peek() != "{":
            _no_document(scanner)
        scanner.take("{")
        while True:
            name = scanner.value() if scanner.peek() == '"' else None
            if name is None or name in known:
                scanner.wrong("the name of a part is expected here, each once")
            scanner.take(":")
            if name in FIELDS and _is_ours(known, scanner):
                self.order.append(name)
                for line, number, found in _items(scanner):
                    if name in wanted:
                        yield self._read(name, found, line, number)
                known[name] = True
            elif name in {"format", "version"}:
                known[name] = scanner.value()
                _refuse_newer(known, scanner)
            else:
                _no_document(scanner, f"it has a part {name!r:.80}, which is unknown")
            if scanner.take(",}") == "}":
                break
        _is_ours(known, scanner)
        if scanner.peek():
            scanner.wrong("something stands behind the end")

    def _read(self, subject: str, found: object, line: int, number: int) -> Read:
        try:
            read = from_object(subject, found)
            self._check(read.row)
        except (ValueError, BooruError) as error:
            raise FormatError(
                f"{self._path}, line {line} ({subject}, number {number}): "
                f"{str(error).rstrip('.')}. Nothing was imported."
            ) from None
        return read


def _items(scanner: Scanner) -> Iterator[tuple[int, int, object]]:
    """Yield the line, the number and the value of each item of a list."""
    scanner.take("[")
    if scanner.peek() == "]":
        scanner.take("]")
        return
    for number in count(1):
        scanner.peek()
        yield scanner.line, number, scanner.value()
        if scanner.take(",]") == "]":
            return


def _is_ours(known: dict[str, Any], scanner: Scanner) -> bool:
    if known.get("format") != FORMAT:
        _no_document(scanner)
    version = known.get("version")
    if isinstance(version, bool) or version != VERSION:
        _no_document(scanner)
    return True


def _refuse_newer(known: dict[str, Any], scanner: Scanner) -> None:
    version = known.get("version", VERSION)
    if isinstance(version, int) and version > VERSION:
        scanner.wrong(
            f"a newer booru_nb wrote it (version {version}, this one knows {VERSION}). "
            "Update: pip install -U booru-nb"
        )


def _no_document(scanner: Scanner, why: str = "") -> NoReturn:
    reason = f": {why}" if why else ""
    scanner.wrong(
        f"this is no library that lib.export_json has written{reason}. It begins with "
        f'"format": "{FORMAT}" and "version": {VERSION}'
    )
