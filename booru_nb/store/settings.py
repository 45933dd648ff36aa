"""What the user has set for this library: names and JSON values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile


@dataclass(frozen=True)
class Settings:
    """The settings of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - any JSON value
        """Return a setting; the default where it was never set."""

        def work(db: Db) -> Any:  # noqa: ANN401 - any JSON value
            row = db.execute("select value from setting where key = ?", (name,))
            found = row.fetchone()
            return default if found is None else json.loads(found[0])

        return self.file.read(work)

    def set(self, name: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
        """Set a setting to a value that JSON can say; None forgets it."""
        if value is None:
            self.forget([name])
        else:
            self.put({name: value})

    def put(self, values: Mapping[str, Any]) -> None:
        """Set several, all or none; here None is a value like any other."""
        rows = [(name, json.dumps(value)) for name, value in values.items()]
        statement = "insert or replace into setting values (?, ?)"
        self.file.write(lambda db: db.executemany(statement, rows), counts=False)

    def forget(self, names: Iterable[str]) -> None:
        """Forget several, all or none, so that their defaults hold."""
        rows = [(name,) for name in names]
        statement = "delete from setting where key = ?"
        self.file.write(lambda db: db.executemany(statement, rows), counts=False)

    def all(self) -> dict[str, Any]:
        """Return every setting that was set, by name."""
        rows = self.file.read(
            lambda db: db.execute(
                "select key, value from setting order by key"
            ).fetchall()
        )
        return {key: json.loads(value) for key, value in rows}
