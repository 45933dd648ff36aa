from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import booru_nb as bn
from tests.support.desktop import database, sites

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        yield library


@pytest.fixture
def app_file(tmp_path: Path) -> Path:
    return tmp_path / "app" / "booru.db"


@pytest.fixture
def app(app_file: Path) -> Iterator[sqlite3.Connection]:
    """The app's database, open, with three sites."""
    app_file.parent.mkdir()
    with closing(database(app_file)) as db:
        sites(db)
        yield db
