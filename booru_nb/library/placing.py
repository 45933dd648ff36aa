"""Fetched files under their final names, and known to the library; all of it blocks."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from booru_nb.errors import FileError
from booru_nb.library.planning import entry
from booru_nb.media.disk import Sums, disk, is_plain, place, sums

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from booru_nb.library.errands import Errand, Order
    from booru_nb.media import Fetched
    from booru_nb.store import Store


class Arrival(NamedTuple):
    """A file that came, and the errand that it is for."""

    errand: Errand
    got: Fetched


class Shelving:
    """Puts what came where it is to be.

    Parameters
    ----------
    store : Store
        What is to know it.
    order : Order
        How it is kept.
    """

    def __init__(self, store: Store, order: Order) -> None:
        self._store = store
        self._order = order

    def put(self, arrivals: list[Arrival]) -> list[FileError | None]:
        """Place files and know them; return what went wrong with each.

        Raises
        ------
        StoreError
            If the library cannot be written. The files are there then, and known when
            they are downloaded again.
        """
        failures = [self._place(arrival) for arrival in arrivals]
        placed = [a for a, f in zip(arrivals, failures, strict=True) if f is None]
        withheld = self._store.downloads.record(
            [
                entry(errand.post, self._order, errand.path, _sums(got))
                for errand, got in placed
                if errand.path is not None
            ]
        )
        self._drop([e.post.key in withheld and e.path for e, _ in placed])
        gone = [path for e, _ in placed for path in e.gone if path != e.path]
        if gone:
            self._store.downloads.drop(gone)
        return failures

    def _drop(self, paths: Sequence[Path | bool | None]) -> None:
        """Delete files of posts that turned out to be withheld."""
        for path in paths:
            if path and not isinstance(path, bool):
                with suppress(OSError):
                    path.unlink()

    def _place(self, arrival: Arrival) -> FileError | None:
        errand, got = arrival
        if errand.path is None:
            raise AssertionError
        path = errand.path
        if not errand.ext and got.format is not None:
            path = path.with_name(f"{path.name}.{got.format.ext}")
        path = next((rival for rival in errand.rivals if self._same(rival, got)), path)
        try:
            with disk(path):
                self._put(got, path, replace=errand.replace)
        except FileError as error:
            return error
        errand.has(path, got)
        return None

    def _put(self, got: Fetched, path: Path, *, replace: bool) -> None:
        root = self._order.folder
        try:
            place(got.path, path, root, shared=got.placed, replace=replace)
        except FileExistsError:
            if self._same(path, got):
                return
            raise FileError(
                f"Another file came to be at {path} meanwhile, and was left. Run it "
                "again."
            ) from None
        got.placed = True

    def _same(self, path: Path, got: Fetched) -> bool:
        """Tell whether a file is the one that came."""
        try:
            if path.lstat().st_size != got.size or not path.is_file():
                return False
            return is_plain(path, self._order.folder) and sums(path) == _sums(got)
        except OSError:
            return False


def _sums(got: Fetched) -> Sums:
    return Sums(got.size, got.md5, got.sha256)
