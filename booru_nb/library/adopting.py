"""Files that are there already, matched to posts by their md5."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booru_nb.errors import FileError
from booru_nb.media.disk import disk, sums
from booru_nb.store import FileEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from booru_nb.media.disk import Sums
    from booru_nb.post import Post
    from booru_nb.store import Store

_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Looked:
    """A file that was looked at, and whose it is.

    `post` is there where that is new.
    """

    path: Path
    status: str = "unmatched"
    key: tuple[str, int] | None = None
    post: Post | None = None
    sums: Sums | None = None
    reason: str = ""


def adopt(
    store: Store, folder: Path, posts: Iterable[Post], tick: Callable[[int], object]
) -> list[Looked]:
    """Know the files below a folder that posts have.

    Parameters
    ----------
    store : Store
        What is to know them.
    folder : Path
        Where to look, with all folders in it; links are not followed.
    posts : iterable of Post
        Whose files they may be.
    tick : callable
        Told of each file that was looked at.

    Raises
    ------
    FileError
        If the folder cannot be read.
    """
    with disk(folder):
        root = folder.resolve(strict=True)
        paths = sorted(_files(root))
    by_md5: dict[str, list[Post]] = {}
    for post in posts:
        if post.md5:
            by_md5.setdefault(post.md5, []).append(post)
    sizes = _sizes(by_md5)
    owners = store.downloads.owners(paths)
    looked = []
    for path in paths:
        known = owners.get(path)
        looked.append(
            Looked(path, "present", key=known[0])
            if known
            else _look(path, by_md5, sizes)
        )
        tick(1)
    _know(store, root, looked)
    return looked


def _files(folder: Path) -> Iterator[Path]:
    """Give the files below a folder that are neither hidden nor links."""
    if not folder.is_dir():
        os.listdir(folder)  # noqa: PTH208  to raise what is wrong with it
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(at) / name
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


def _sizes(by_md5: dict[str, list[Post]]) -> set[int] | None:
    """Return which sizes a post's file may have; None where one may have any."""
    sizes = {post.file_size for posts in by_md5.values() for post in posts}
    return None if None in sizes else {size for size in sizes if size is not None}


def _look(path: Path, by_md5: dict[str, list[Post]], sizes: set[int] | None) -> Looked:
    looked = Looked(path)
    try:
        with disk(path):
            if sizes is None or path.stat().st_size in sizes:
                looked.sums = sums(path)
    except FileError as error:
        looked.status, looked.reason = "failed", str(error)
        return looked
    found = by_md5.get(looked.sums.md5, []) if looked.sums else []
    if found:
        looked.post = _meant(path, found)
        looked.key, looked.status = looked.post.key, "adopted"
    else:
        looked.reason = "No post that is kept here has this file."
    return looked


def _meant(path: Path, posts: list[Post]) -> Post:
    """Return which of the posts with one file a name speaks of, or the first."""
    numbers = {int(found[:18]) for found in _NUMBER.findall(path.stem)}
    fitting = [post for post in posts if post.id in numbers] or posts
    named = [post for post in fitting if post.site in str(path)]
    return (named or fitting)[0]


def _know(store: Store, root: Path, looked: list[Looked]) -> None:
    mine = [item for item in looked if item.post and item.sums]
    entries = [
        FileEntry(
            post=item.post,
            kind="original",
            folder=root,
            path=item.path,
            sha256=item.sums.sha256,
            md5=item.sums.md5,
            size=item.sums.size,
        )
        for item in mine
        if item.post and item.sums
    ]
    withheld = store.downloads.record(entries) if entries else set()
    for item in mine:
        if item.post and item.post.key in withheld:
            item.key, item.status = None, "unmatched"


def columns(looked: Iterable[Looked]) -> dict[str, list[Any]]:
    """Return what was looked at, as columns of `schemas.ADOPTED`."""
    items = list(looked)
    return {
        "path": [str(item.path) for item in items],
        "status": [item.status for item in items],
        "site": [item.key[0] if item.key else None for item in items],
        "id": [item.key[1] if item.key else None for item in items],
        "size": [item.sums.size if item.sums else None for item in items],
        "sha256": [item.sums.sha256 if item.sums else None for item in items],
        "reason": [item.reason for item in items],
    }
