"""Known files, as they are on the disk: looked at, and deleted where they are ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.errors import FileError
from booru_nb.library import given
from booru_nb.media.disk import disk, is_plain, sums

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from booru_nb.store import KeptFile, Store

_SAID = {
    "ok": "",
    "missing": "It is not there.",
    "changed": "It is another file than the one that was kept.",
    "unreachable": "{root} is not there. Connect its drive, or lib.relocate_files().",
}


def meant(store: Store, wanted: object) -> list[KeptFile]:
    """Return the known files of what was given; of a frame with paths only those."""
    keys = given.keys(wanted)
    files = store.downloads.of(keys)
    if isinstance(wanted, pd.DataFrame) and "path" in wanted.columns:
        paths = {Path(str(path)) for path in wanted["path"].dropna()}
        files = [file for file in files if file.path in paths]
    order = {key: place for place, key in enumerate(keys)}
    return sorted(files, key=lambda file: order[file.key])


def condition(file: KeptFile, *, contents: bool = True) -> tuple[str, str]:
    """Return how a known file is on the disk, and what there is to say of it.

    Parameters
    ----------
    file : KeptFile
        Which.
    contents : bool
        Whether to read it; else its size is looked at only.
    """
    word, said = _condition(file, contents=contents)
    return word, said or _SAID[word].format(root=file.root)


def _condition(file: KeptFile, *, contents: bool) -> tuple[str, str]:
    if not file.root.is_dir():
        return "unreachable", ""
    if not is_plain(file.path, file.root):
        return "changed", "A link leads to another place."
    try:
        with disk(file.path):
            if not file.path.is_file():
                return "missing", ""
            if file.path.stat().st_size != file.size:
                return "changed", ""
            same = not contents or sums(file.path).sha256 == file.sha256
    except FileError as error:
        return "unreachable", str(error)
    return ("ok" if same else "changed"), ""


def check(
    files: Sequence[KeptFile], *, contents: bool, tick: Callable[[int], object]
) -> dict[str, list[Any]]:
    """Return how known files are, as columns of `schemas.CHECKED_FILES`."""
    found = []
    for file in files:
        found.append(condition(file, contents=contents))
        tick(1)
    return {
        **_head(files),
        "condition": [word for word, _ in found],
        "reason": [reason for _, reason in found],
    }


def remove(
    store: Store, files: Sequence[KeptFile], tick: Callable[[int], object]
) -> dict[str, list[Any]]:
    """Delete known files, where they are still what was kept.

    Returns
    -------
    dict of str to list
        Columns of `schemas.REMOVED_FILES`.
    """
    done: list[bool] = []
    reasons: list[str] = []
    gone: list[Path] = []
    for file in files:
        word, reason = condition(file)
        if word == "ok":
            word, reason = _delete(file)
        done.append(word == "ok")
        reasons.append(reason)
        if word in {"ok", "missing"}:
            gone.append(file.path)
        tick(1)
    store.downloads.drop(gone)
    return {**_head(files), "removed": done, "reason": reasons}


def _delete(file: KeptFile) -> tuple[str, str]:
    try:
        with disk(file.path):
            file.path.unlink()
    except FileError as error:
        return "unreachable", str(error)
    return "ok", ""


def _head(files: Sequence[KeptFile]) -> dict[str, list[Any]]:
    return {
        "site": [file.key[0] for file in files],
        "id": [file.key[1] for file in files],
        "kind": [file.kind for file in files],
        "path": [str(file.path) for file in files],
    }
