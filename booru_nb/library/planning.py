"""Which files a run has to fetch, and under which names; all of it blocks.

Names are given in the order of the posts, before anything is fetched: the same posts
get the same names, whichever file comes first. A name that another post's file has, or
that a file has which nobody knows, is not taken: the post's site and id are added to
it. What is one post's file is known by the post and not by its name.
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from booru_nb.errors import FileError
from booru_nb.library.errands import errand_of, too_large, values_of
from booru_nb.media.disk import disk, is_plain, sums, usable
from booru_nb.media.names import distinct
from booru_nb.store import FileEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from booru_nb.library.errands import Errand, Order, Run
    from booru_nb.media.disk import Sums
    from booru_nb.post import Post
    from booru_nb.store import KeptFile, Store

_REASONS = {
    "restricted": "{site} shows this file to some accounts only: lib.login({site!r}).",
    "deleted": "{site} has deleted this file.",
}


def plan(store: Store, run: Run) -> None:
    """Say what is to be done for each post of a run.

    Raises
    ------
    FileError
        If nothing can be written into the folder, or its drive is not there.
    """
    _check_there(store, run.order.folder)
    usable(run.order.folder)
    kept: dict[tuple[str, int], list[KeptFile]] = {}
    for file in store.downloads.of(post.key for post in run.posts):
        if file.kind == run.order.kind and file.path.is_relative_to(run.order.folder):
            kept.setdefault(file.key, []).append(file)
    run.errands = [errand_of(post, run.order.kind) for post in run.posts]
    for errand in run.errands:
        _look(errand, kept.get(errand.post.key, []), run.order)
    _Names(store, run.order).give(run.errands)


def _check_there(store: Store, folder: Path) -> None:
    """Raise a `FileError` where files are known on a drive that is not there."""
    if folder.exists() or folder.parent.exists():
        return
    if any(folder.is_relative_to(root) for root in store.downloads.roots()):
        raise FileError(
            f"{folder} is known to have files, but neither it nor the folder around it "
            "is there. Connect its drive, or say where it is now: "
            "lib.relocate_files(old, new)."
        )


def _look(errand: Errand, kept: list[KeptFile], order: Order) -> None:
    """See whether a post's file is there, or cannot be had."""
    post = errand.post
    there = next((file for file in kept if _is_there(file)), None)
    if order.overwrite and kept:
        there = there or kept[0]
        errand.path, errand.replace = there.path, True
    elif there is not None:
        errand.path, errand.size, errand.sha256 = there.path, there.size, there.sha256
        errand.end("present")
        return
    errand.gone = [file.path for file in kept if file is not there]
    limit = order.limit_of(errand.ext)
    size = post.file_size if order.kind == "original" else None
    if errand.url is None:
        errand.end("skipped", why_not(post))
    elif reason := too_large(size, limit):
        errand.end("skipped", reason)


def _is_there(file: KeptFile) -> bool:
    try:
        stat = file.path.lstat()
    except OSError:
        return False
    return stat.st_size == file.size and not file.path.is_symlink()


def why_not(post: Post) -> str:
    """Return why the address of a post's file is not known."""
    reason = _REASONS.get(str(post.status))
    if reason is not None:
        return reason.format(site=post.site)
    if post.post_url is None and not post.tags:
        return "Its address is not known here. Search for it, or ask lib.post(id)."
    return f"{post.site} gives no address of this file."


class _Names:
    """The names of a run.

    Parameters
    ----------
    store : Store
        Which files are known.
    order : Order
        How they are named.
    """

    def __init__(self, store: Store, order: Order) -> None:
        self._store = store
        self._order = order
        self._reserved: set[str] = set()
        self._found: list[FileEntry] = []

    def give(self, errands: list[Errand]) -> None:
        """Give a path to each errand that is open and has none."""
        for errand in errands:
            if errand.path is not None:
                self._reserved.add(_folded(errand.path))
        waiting = [e for e in errands if not e.status and e.path is None]
        first = {id(e): next(self._candidates(e)) for e in waiting}
        owners = self._store.downloads.owners(first.values())
        for errand in waiting:
            self._name(errand, owners)
        if self._found:
            withheld = self._store.downloads.record(self._found)
            errands[:] = [e for e in errands if e.post.key not in withheld]

    def _candidates(self, errand: Errand) -> Iterator[Path]:
        order, post = self._order, errand.post
        mark, ext = order.mark, errand.ext
        name = order.template.path(values_of(post), ext=ext, mark=mark)
        yield order.folder / name
        tell = f"{post.site}_{post.id}"
        yield order.folder / distinct(name, tell, ext=ext, mark=mark)
        for number in itertools.count(2):
            told = f"{tell}_{number}"
            yield order.folder / distinct(name, told, ext=ext, mark=mark)

    def _name(
        self, errand: Errand, owners: dict[Path, tuple[tuple[str, int], str]]
    ) -> None:
        """Give an errand the first path that nothing speaks against."""
        me = errand.post.key, self._order.kind
        for number, path in enumerate(self._candidates(errand)):
            if _folded(path) in self._reserved:
                continue
            owner = owners.get(path)
            if number:
                owner = self._store.downloads.owners([path]).get(path)
            if owner not in {None, me}:
                continue
            if os.path.lexists(path) and not self._is_the_file(errand, path):
                errand.rivals.append(path)
                continue
            errand.path = path
            self._reserved.add(_folded(path))
            return

    def _is_the_file(self, errand: Errand, path: Path) -> bool:
        """Tell whether a file that nobody knows is the one, and know it then."""
        post = errand.post
        if self._order.kind != "original" or post.md5 is None:
            return False
        if post.file_size is not None and path.lstat().st_size != post.file_size:
            return False
        if not (is_plain(path, self._order.folder) and path.is_file()):
            return False
        with disk(path):
            found = sums(path)
        if found.md5 != post.md5:
            return False
        errand.size, errand.sha256 = found.size, found.sha256
        errand.end("present")
        self._found.append(entry(post, self._order, path, found))
        return True


def entry(post: Post, order: Order, path: Path, found: Sums) -> FileEntry:
    """Return what is to be known of a post's file."""
    return FileEntry(
        post=post,
        kind=order.kind,
        folder=order.folder,
        path=path,
        sha256=found.sha256,
        md5=found.md5,
        size=found.size,
    )


def _folded(path: Path) -> str:
    """Return what two paths have in common that are one on some systems."""
    return str(path).casefold()
