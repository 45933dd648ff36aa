"""What an export finds in its folder, and what is left to do."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError
from booru_nb.export import markers, salvage
from booru_nb.export.folders import TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from booru_nb.export.markers import Dataset, Marker, Row
    from booru_nb.export.parts import Folder
    from booru_nb.export.slices import Post, Slice
    from booru_nb.export.working import Work

MANIFEST = "manifest.parquet"

_BESIDE = ("README.md", "croissant.json", MANIFEST)
"""What makes a dataset look whole, whoever wrote it."""


@dataclass(frozen=True)
class Plan:
    """What is left to do.

    Attributes
    ----------
    dataset : Dataset
        What is said of the whole while it is written.
    kept : Mapping of str to Marker
        The shards that need not be written, by name.
    missing : sequence of Slice
        Those that must be.
    outdated : sequence of Marker
        What commits nothing any more.
    before : Mapping of (str, int) to Row
        The originals that are there.
    remove : sequence of str
        What is removed before anything is written.
    """

    dataset: Dataset
    kept: Mapping[str, Marker]
    missing: Sequence[Slice]
    outdated: Sequence[Marker]
    before: Mapping[Post, Row]
    remove: Sequence[str]


def plan(slices: Sequence[Slice], work: Work, name: str, *, overwrite: bool) -> Plan:
    """Look at a folder, and return what is to be done; nothing is written.

    Raises
    ------
    ArgumentError
        If another dataset is there, or files that are no dataset's.
    FileError
        If the folder cannot be read.
    """
    names = work.folder.names()
    there = markers.dataset(work.folder)
    temporary = [each for each in names if each.endswith(TEMPORARY)]
    _check(there, set(names) - set(temporary), name, work, overwrite=overwrite)
    found = markers.read(work.folder)
    wanted = {part.shard.name: part.hash for part in slices}
    kept = {
        each.name: each
        for each in found.values()
        if wanted.get(each.name) == each.hash
        and each.is_whole
        and set(names).issuperset(each.files)
    }
    outdated = [each for each in found.values() if each.name not in kept]
    beside = there.files if there else ()
    old = {*(there.old if there else ()), *(f for m in outdated for f in m.files)}
    said = markers.Dataset(name, work.layout.name, old=tuple(sorted(old)))
    return Plan(
        dataset=said,
        kept=kept,
        missing=[part for part in slices if part.shard.name not in kept],
        outdated=outdated,
        before=salvage.index(found.values()),
        remove=[*temporary, *sorted({*beside, *_BESIDE} & set(names))],
    )


def _check(
    there: Dataset | None, names: set[str], name: str, work: Work, *, overwrite: bool
) -> None:
    if overwrite:
        return
    hint = "Choose another folder, or say overwrite=True."
    if there is not None:
        found, wanted = (there.name, there.format), (name, work.layout.name)
        if found != wanted:
            raise ArgumentError(
                f"{work.folder} holds another dataset: {found[0]!r} as {found[1]}, not "
                f"{wanted[0]!r} as {wanted[1]}. {hint}"
            )
    elif any(not posixpath.basename(each).startswith(".") for each in names):
        raise ArgumentError(f"{work.folder} holds files of something else. {hint}")


def begin(folder: Folder, made: Plan) -> None:
    """Remove what would make the dataset look whole, and say that it is not.

    Raises
    ------
    FileError
        If the folder cannot be written.
    """
    made.dataset.write(folder)
    for each in made.remove:
        folder.remove(each)
    for marker in made.outdated:
        markers.outdate(folder, marker)


def end(folder: Folder, made: Plan, ended: Sequence[Marker]) -> None:
    """Remove what earlier runs have written and this one has not."""
    files = {name for marker in ended for name in marker.files}
    for name in made.dataset.old:
        if name not in files:
            folder.remove(name)
    names = {marker.name for marker in ended}
    for marker in made.outdated:
        if marker.name not in names:
            markers.remove(folder, marker)


def finished(made: Plan, files: Sequence[str], content: str) -> Dataset:
    """Return what is said of the whole when all is written."""
    return replace(made.dataset, old=(), files=tuple(files), content=content)
