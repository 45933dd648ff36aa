"""The database of booru-viewer, the desktop app from which this package descends.

- Its file has no version: columns that came later are looked for, and may be missing.
- Its numbers of sites mean something in that file only. What it calls a Gelbooru may
  be an older one, which is told by the address.
- Ratings are as the site wrote them, so they mean what that site's engine means.
- Downloaded files know the number of their post, and not the site.
- SQLite let any value into any column. A row that cannot be read is left out, and
  counted with its reason.

The file itself is never opened as a database: a copy is, with its log.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booru_nb.errors import FormatError, UnknownSiteError
from booru_nb.kept import KeptSite
from booru_nb.portable import desktop_rows
from booru_nb.sites.known import known

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from booru_nb.portable.records import Read

MAGIC = b"SQLite format 3\0"
NEEDED = {"sites": {"id", "name", "url"}, "favorites": {"site_id", "post_id"}}
TRIES = 3
"""How often to copy a file that is being written meanwhile."""

ENGINES = {
    "danbooru": "danbooru",
    "e621": "e621",
    "gelbooru": "gelbooru02",
    "moebooru": "moebooru",
}
"""Ours for the app's, where the address does not tell."""


class Desktop:
    """An open copy of the app's database. `opened` makes one.

    Attributes
    ----------
    skipped : dict of str to Counter of str
        How many rows of each subject were left out at the last reading, by reason.
    notes : list of (str, str)
        Subject, and what else is to be said of it.
    """

    def __init__(
        self, db: sqlite3.Connection, check_folder: Callable[[str], str]
    ) -> None:
        self.check_folder = check_folder
        self.order = tuple(subject for subject, _ in desktop_rows.READERS)
        self.skipped: dict[str, Counter[str]] = {}
        self.notes: list[tuple[str, str]] = []
        self._db = db
        self._columns = {
            name: {str(row[1]) for row in db.execute(f'pragma table_info("{name}")')}
            for (name,) in db.execute(
                "select name from sqlite_schema where type='table'"
            )
        }
        for table, columns in NEEDED.items():
            if not columns <= self._columns.get(table, set()):
                raise _not_the_apps()
        self.sites = dict(self._sites())
        self._note_keys()

    def rows(self, wanted: Collection[str]) -> Iterator[Read]:
        """Yield the rows of some subjects.

        Raises
        ------
        FormatError
            If the database is damaged.
        """
        self.skipped = {}
        try:
            for subject, read in desktop_rows.READERS:
                if subject in wanted:
                    yield from read(self)
        except sqlite3.Error as error:
            raise FormatError(
                f"The app's database is damaged ({error}). Nothing was imported."
            ) from error

    def select(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table, the oldest first; missing columns are empty."""
        known_ = self._columns.get(table)
        if known_ is None:
            return iter(())
        asked = ", ".join(name if name in known_ else "null" for name in columns)
        return iter(self._db.execute(f"select {asked} from {table} order by rowid"))  # noqa: S608 - names of this package only

    def skip(self, subject: str, reason: str) -> None:
        """Count a row that is left out."""
        self.skipped.setdefault(subject, Counter())[reason] += 1

    def _sites(self) -> Iterator[tuple[object, KeptSite]]:
        for number, name, url, api_type in self.select(
            "sites", "id", "name", "url", "api_type"
        ):
            if isinstance(name, str) and name.strip() and isinstance(url, str):
                plain = url.rstrip("/")
                yield (
                    number,
                    KeptSite(
                        name=name.strip(), url=plain, engine=_engine(plain, api_type)
                    ),
                )

    def _note_keys(self) -> None:
        """Say which sites have a key, and nothing of the key."""
        having = [
            self.sites[number].name
            for number, found in self.select("sites", "id", "api_key")
            if found and number in self.sites
        ]
        if having:
            names = ", ".join(map(repr, having))
            note = f"the app has keys for {names}, which stay there: lib.login(…) sets"
            self.notes.append(("sites", f"{note} them here"))


def _engine(url: str, api_type: object) -> str | None:
    try:
        site = known(url)
    except UnknownSiteError:
        return None
    return site.engine if site else ENGINES.get(str(api_type))


@contextmanager
def opened(path: Path, *, check_folder: Callable[[str], str]) -> Iterator[Desktop]:
    """Yield a copy of the app's database, which is removed afterwards.

    Parameters
    ----------
    path : Path
        The app's file. It is only read; what is in its log is honoured.
    check_folder : callable
        Returns the name of a folder as it is kept, or raises `FolderNameError`.

    Raises
    ------
    FormatError
        If it is no such database, or is being written.
    """
    folder = Path(tempfile.mkdtemp(prefix="booru-nb-desktop-"))
    try:
        try:
            copy = _copied(path, folder)
        except OSError as error:
            raise FormatError(
                f"{path} cannot be read: {error.strerror or error}."
            ) from error
        with closing(sqlite3.connect(copy, isolation_level=None)) as db:
            db.text_factory = lambda text: text.decode(errors="replace")
            db.execute("pragma trusted_schema = off")
            yield _of(db, path, check_folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _of(
    db: sqlite3.Connection, path: Path, check_folder: Callable[[str], str]
) -> Desktop:
    try:
        return Desktop(db, check_folder)
    except sqlite3.Error as error:
        raise FormatError(
            f"{path} is damaged ({error}). It was left as it is."
        ) from error
    except FormatError as error:
        raise FormatError(f"{path} {error}") from None


def _copied(path: Path, folder: Path) -> Path:
    """Copy a database with its log, at a moment when nobody writes."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise FormatError(f"{path} {_not_the_apps()}")
    parts = [path.with_name(path.name + end) for end in ("", "-wal", "-journal")]
    for _ in range(TRIES):
        before = [_state(part) for part in parts]
        for part, state in zip(parts, before, strict=True):
            target = folder / part.name
            target.unlink(missing_ok=True)
            if state is not None:
                shutil.copyfile(part, target)
        if before == [_state(part) for part in parts]:
            return folder / path.name
    raise FormatError(f"{path} is being written. Close the app, and try again.")


def _state(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _not_the_apps() -> FormatError:
    return FormatError(
        "is no database of the desktop app (booru-viewer). It was left as it is. A "
        "library of booru_nb is opened by bn.open(path)."
    )
