"""Dumps of what a site says of its tags: e621's exports, and tables of JSON lines.

A dump is data from outside: it is read line by line, as long as a line and the whole
are no longer than they can be, and a row that is none is left out and counted.

- e621 exports ``tags-<day>.csv.gz`` (``id, name, category, post_count``), as well as
  ``tag_aliases-<day>.csv.gz`` and ``tag_implications-<day>.csv.gz``, whose columns are
  the same: ``id, antecedent_name, consequent_name, created_at, status``.
- Danbooru's tables have a JSON object a line, with the fields of its API.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import re
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from booru_nb.errors import ArgumentError
from booru_nb.library.progress import bar
from booru_nb.library.syncing import FROM_A_DUMP
from booru_nb.sites import TagInfo, TagPage, danbooru, e621, values
from booru_nb.store import Gain
from booru_nb.store.sitenames import checked
from booru_nb.store.times import microseconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from booru_nb.library.state import State
    from booru_nb.sites import Site
    from booru_nb.store import Store

CATEGORIES: dict[str, dict[int, str]] = {
    "danbooru": {n: str(category) for n, category in danbooru.CATEGORIES.items()},
    "e621": e621.CATEGORIES,
}
"""What numbers of categories mean to each engine that has dumps."""

ROWS = 5_000
"""Rows that are kept in one transaction."""

LOOKED_AT = 100
"""Rows of which one must be whole, for a file to be a dump."""

LONGEST_LINE = 1 << 20
LARGEST = 16 << 30
"""Bytes of a whole dump, unpacked; Danbooru's largest table of tags has about one."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_RELATION = {"antecedent_name", "consequent_name"}
_TAG = {"name", "post_count"}


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that can be read.

    Attributes
    ----------
    path : Path
        Where it is.
    kind : str
        What it tells of.
    at : int
        When it was so, in microseconds since 1970, UTC.
    categories : Mapping of int to str
        What its numbers of categories mean.
    """

    path: Path
    kind: str
    at: int
    categories: Mapping[int, str]


def site_name(state: State, site: object) -> str:
    """Return the name of the one site that dumps are of, which need not be known."""
    if site is None:
        return state.default_site
    if not isinstance(site, str):
        raise ArgumentError(f"Dumps are of one site, which is named, not {site!r}.")
    return checked(site)


def opened(
    given: str | PathLike[str] | Sequence[str | PathLike[str]],
    kinds: Sequence[str],
    site: Site | None,
) -> list[Dump]:
    """Return dumps by their paths, after a look at what they are.

    Raises
    ------
    ArgumentError
        If one is not there, or is no dump of a kind that is wanted.
    """
    paths: Sequence[object] = given if isinstance(given, (list, tuple)) else [given]
    if not paths:
        raise ArgumentError("No dump is named. Name one: dump='tag_aliases.csv.gz'.")
    if wrong := [path for path in paths if not isinstance(path, (str, PathLike))]:
        raise ArgumentError(f"A dump is named by its path, not by {wrong[0]!r}.")
    return [_looked_at(Path(cast("str", path)), kinds, site) for path in paths]


def _looked_at(path: Path, kinds: Sequence[str], site: Site | None) -> Dump:
    with rows(path) as found:
        begin = list(itertools.islice(found, LOOKED_AT))
    if not begin:
        raise ArgumentError(f"{str(path)!r} has no rows.")
    # Rows that are none are empty, and may be the first ones.
    first = next(filter(None, begin), {})
    kind = _kind(path, set(first), kinds)
    engine = site.engine if site is not None else ""
    usual = "e621" if _is_csv(path) else "danbooru"
    names = CATEGORIES.get(engine, CATEGORIES[usual])
    return Dump(path, kind, _as_of(path), names)


def _kind(path: Path, columns: set[str], kinds: Sequence[str]) -> str:
    if columns >= _TAG and not columns & _RELATION:
        found = "tags"
    elif not columns >= _RELATION:
        has = ", ".join(sorted(map(str, columns))[:20]) or "no row that can be read"
        raise ArgumentError(
            f"{str(path)!r} is no dump of tags, aliases or implications. It has: {has}."
        )
    elif "alias" in path.name.lower():
        found = "aliases"
    elif "implication" in path.name.lower():
        found = "implications"
    elif len(kinds) == 1:
        found = kinds[0]
    else:
        raise ArgumentError(
            f"{str(path)!r} may be of aliases or of implications, which have the same "
            "columns. Say which: what='aliases'."
        )
    if found not in kinds or (found == "tags") == bool(columns >= _RELATION):
        wanted = " or ".join(kinds)
        raise ArgumentError(f"{str(path)!r} is of {found}, and {wanted} are wanted.")
    return found


def _as_of(path: Path) -> int:
    """Return when a dump was made: the day in its name, or else the file's time."""
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if found := _DAY.search(path.name):
        try:
            made = datetime.fromisoformat(found[0]).replace(tzinfo=UTC)
        except ValueError:
            return cast("int", microseconds(made))
    return cast("int", microseconds(made))


def take_in(
    store: Store, site: str, dumps: Sequence[Dump], *, show: bool
) -> dict[str, Gain]:
    """Keep what dumps of a site say, and return what came of it, by kind."""
    gains: dict[str, Gain] = {}
    for dump in dumps:
        gain = gains.setdefault(dump.kind, Gain())
        reading = store.tag_lists.begin(site, dump.kind, at=dump.at)
        with (
            bar(None, doing=dump.path.name, show=show, unit="rows") as shown,
            rows(dump.path) as found,
        ):
            while chunk := list(itertools.islice(found, ROWS)):
                page = _page(dump, chunk, FROM_A_DUMP)
                came, _ = store.tag_lists.put(reading, page, whole=[dump.kind])
                gain.add(came[dump.kind])
                shown.update(len(chunk))
        end = TagPage(count=0, cursor=None)
        came, _ = store.tag_lists.put(reading, end, whole=[dump.kind])
        gain.add(came[dump.kind])
    return gains


def _page(dump: Dump, chunk: Sequence[Mapping[str, Any]], cursor: str) -> TagPage:
    if dump.kind == "tags":
        tags = [tag for row in chunk if (tag := _tag(row, dump.categories))]
        skipped = len(chunk) - len(tags)
        return TagPage(
            count=len(chunk), cursor=cursor, tags=tuple(tags), skipped=skipped
        )
    named = [
        (one, two, str(row.get("status", "active")).strip().lower() == "active")
        for row in chunk
        if (one := values.tag(row.get("antecedent_name")))
        and (two := values.tag(row.get("consequent_name")))
    ]
    pairs = tuple((one, two) for one, two, holds in named if holds)
    skipped = len(chunk) - len(named)
    if dump.kind == "aliases":
        return TagPage(count=len(chunk), cursor=cursor, aliases=pairs, skipped=skipped)
    return TagPage(count=len(chunk), cursor=cursor, implications=pairs, skipped=skipped)


def _tag(row: Mapping[str, Any], categories: Mapping[int, str]) -> TagInfo | None:
    name = values.tag(row.get("name"))
    if name is None:
        return None
    said = row.get("category")
    number = values.count(said)
    category = values.category(said) if number is None else categories.get(number)
    return TagInfo(name, category, values.count(row.get("post_count")))


@contextmanager
def rows(path: Path) -> Iterator[Iterator[Mapping[str, Any]]]:
    """Open a dump and give its rows, one after another; a row that is none is empty.

    Raises
    ------
    ArgumentError
        If it is not there, or cannot be read, now or on the way.
    """
    try:
        with path.open("rb") as file:
            packed = file.peek(2)[:2] == b"\x1f\x8b"
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=file) if packed else file)
            lines = _lines(stream, path)
            yield _csv_rows(lines) if _is_csv(path) else map(_json_row, lines)
    except FileNotFoundError as error:
        raise ArgumentError(f"There is no file {str(path)!r}.") from error
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        raise ArgumentError(
            f"{str(path)!r} is cut, damaged or no dump ({error}). What could be read "
            "before is kept."
        ) from error


def _is_csv(path: Path) -> bool:
    return ".csv" in path.name.lower()


def _lines(stream: BinaryIO, path: Path) -> Iterator[str]:
    left = LARGEST
    while line := stream.readline(LONGEST_LINE + 1):
        left -= len(line)
        if len(line) > LONGEST_LINE or left < 0:
            raise ArgumentError(f"{str(path)!r} is larger than any dump of tags is.")
        if text := line.decode(errors="replace").strip("\ufeff\r\n"):
            yield text


def _csv_rows(lines: Iterator[str]) -> Iterator[Mapping[str, Any]]:
    reader = csv.reader(line + "\n" for line in lines)
    header = next(reader, None)
    if header is None:
        return
    for fields in reader:
        whole = len(fields) == len(header)
        yield dict(zip(header, fields, strict=True)) if whole else {}


def _json_row(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}
