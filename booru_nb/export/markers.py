"""What an export remembers of itself, below ``.booru_nb`` in its folder.

A shard is committed by its marker, which is written last. It says what the shard was
made of and what became of each post. A marker whose `hash` is empty commits nothing,
and still tells which originals are in the files it names.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from booru_nb.export.names import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from booru_nb.export.parts import Folder

PLACE = ".booru_nb"
DATASET = f"{PLACE}/dataset.json"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a post.

    Attributes
    ----------
    site, id
        Which one.
    key : str
        What it is called in the dataset.
    path : str
        Where it is; empty where it was not written.
    status : {"written", "present", "skipped", "failed"}
        ``skipped`` is what this format cannot take, ``failed`` what a further run may
        have; ``present`` is what was written by an earlier run.
    reason : str
        Why it was skipped or has failed; else empty.
    ext, md5, sha256 : str
        Of its original; empty where that is not written.
    """

    site: str
    id: int
    key: str
    path: str = ""
    status: str = "written"
    reason: str = ""
    ext: str = ""
    md5: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """What is said of a shard when it is written.

    Attributes
    ----------
    name : str
        Of the shard.
    hash : str
        Of what it was made of; empty where that does not hold any more.
    files : Mapping of str to str
        The sha256 of each of its files.
    rows : tuple of Row
        One a post, in order.
    """

    name: str
    hash: str
    files: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether a further run could not have more."""
        return all(row.status != "failed" for row in self.rows)

    def write(self, folder: Folder) -> None:
        """Commit the shard."""
        _write(folder, f"{PLACE}/{self.name}.json", asdict(self))


def read(folder: Folder) -> dict[str, Marker]:
    """Return all markers of a folder by the names of their shards.

    One that cannot be read commits nothing, and is left out.
    """
    found: dict[str, Marker] = {}
    for name in folder.names(PLACE):
        if name != DATASET and name.endswith(".json"):
            marker = named(folder, name.removeprefix(f"{PLACE}/")[: -len(".json")])
            if marker is not None:
                found[marker.name] = marker
    return found


def named(folder: Folder, name: str) -> Marker | None:
    """Return the marker of a shard; None where there is none that can be read."""
    found = _marker(_read(folder, f"{PLACE}/{name}.json"))
    return found if found is not None and found.name == name else None


def outdate(folder: Folder, marker: Marker) -> Marker:
    """Let a marker commit nothing any more, and return it."""
    if marker.hash:
        marker = replace(marker, hash="")
        marker.write(folder)
    return marker


def remove(folder: Folder, marker: Marker) -> None:
    """Remove a marker."""
    folder.remove(f"{PLACE}/{marker.name}.json")


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is said of the whole dataset.

    Attributes
    ----------
    name, format : str
        Of the dataset, and how it is laid out.
    content : str
        What `content` gives, once all is written; else empty.
    files : tuple of str
        The names of what stands once for the whole dataset.
    old : tuple of str
        The files of outdated shards, which are removed at the end.
    """

    name: str
    format: str
    content: str = ""
    files: tuple[str, ...] = ()
    old: tuple[str, ...] = ()

    def write(self, folder: Folder) -> None:
        """Write it."""
        _write(folder, DATASET, asdict(self))


def dataset(folder: Folder) -> Dataset | None:
    """Return what is said of the dataset of a folder; None where there is none."""
    raw = _read(folder, DATASET)
    try:
        several = {name: _names(raw[name]) for name in ("files", "old")} if raw else {}
        return Dataset(**{**raw, **several}) if raw else None
    except (TypeError, KeyError, ValueError):
        return None


def content(markers: Iterable[Marker]) -> str:
    """Return the sha256 of all that is in the files of shards, and of their names."""
    files = {
        name: digest for marker in markers for name, digest in marker.files.items()
    }
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _marker(raw: dict[str, Any] | None) -> Marker | None:
    """Return what a marker says, unless it is none: anybody may have written it."""
    try:
        rows = tuple(_row(each) for each in raw["rows"])  # type: ignore[index]  # None is what the error says
        found = Marker(**{**raw, "rows": rows})  # type: ignore[dict-item]  # likewise
        _names([*found.files, *found.files.values()])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    return found


def _row(raw: dict[str, Any]) -> Row:
    row = Row(**raw)
    if row.path:
        _names([row.path])
    said = (row.site, row.key, row.status, row.reason, row.ext, row.md5, row.sha256)
    if not all(isinstance(each, str) for each in said) or type(row.id) is not int:
        raise TypeError
    return row


def _names(raw: list[Any]) -> tuple[str, ...]:
    """Return names of files, if they are such of files below an export's folder."""
    return tuple(plain(name) for name in raw)


def _write(folder: Folder, name: str, what: dict[str, Any]) -> None:
    folder.write(name, json.dumps(what, ensure_ascii=False).encode())


def _read(folder: Folder, name: str) -> dict[str, Any] | None:
    data = folder.read(name)
    try:
        raw = json.loads(data or b"null")
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) else None
