"""Converted files beside the originals that they are made of."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from booru_nb.errors import BooruError, DiskFullError, FileError
from booru_nb.library.ondisk import condition
from booru_nb.media.disk import disk, place, sums
from booru_nb.media.ugoira import convert
from booru_nb.post import Post
from booru_nb.store import FileEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from booru_nb.store import KeptFile, Store

KIND = "converted"


def convert_all(
    store: Store, files: Sequence[KeptFile], tick: Callable[[int], object]
) -> dict[str, list[Any]]:
    """Convert the archives among known files.

    Returns
    -------
    dict of str to list
        Columns of `schemas.DOWNLOADS`.
    """
    archives = [
        file
        for file in files
        if file.kind == "original" and file.path.suffix.lower() == ".zip"
    ]
    there = {
        file.path: file
        for file in store.downloads.of(file.key for file in archives)
        if file.kind == KIND and condition(file, contents=False)[0] == "ok"
    }
    rows = []
    for archive in archives:
        rows.append(_one(store, archive, there))
        tick(1)
    return {
        "site": [file.key[0] for file in archives],
        "id": [file.key[1] for file in archives],
        "kind": [KIND for _ in archives],
        **{
            name: [row[place] for row in rows]
            for place, name in enumerate(("status", "path", "reason", "size", "sha256"))
        },
    }


def _one(
    store: Store, archive: KeptFile, there: dict[Path, KeptFile]
) -> tuple[str, str | None, str, int | None, str | None]:
    target = archive.path.with_name(f"{archive.path.stem}.{KIND}.webp")
    status = "present"
    try:
        word, reason = condition(archive)
        if word != "ok":
            return "failed", None, reason, None, None
        if target not in there:
            there[target] = _convert(store, archive, target)
            status = "downloaded"
    except DiskFullError:
        raise
    except BooruError as error:
        return "failed", None, str(error), None, None
    made = there[target]
    return status, str(target), "", made.size, made.sha256


def _convert(store: Store, archive: KeptFile, target: Path) -> KeptFile:
    part = target.with_name(f".{os.urandom(16).hex()}.part")
    try:
        with disk(target):
            convert(archive.path, part)
            found = sums(part)
            place(part, target, archive.root, shared=False, replace=False)
    except FileExistsError:
        raise FileError(f"Another file is at {target}, and was left.") from None
    finally:
        part.unlink(missing_ok=True)
    site, id_ = archive.key
    entry = FileEntry(
        post=Post(site=site, id=id_),
        kind=KIND,
        folder=archive.root,
        path=target,
        sha256=found.sha256,
        md5=found.md5,
        size=found.size,
    )
    store.downloads.record([entry])
    return replace(
        archive, kind=KIND, path=target, sha256=found.sha256, size=found.size
    )
