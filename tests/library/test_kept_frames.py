"""Frames of what is kept: which columns, and how soon a change is seen."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors, settings
from booru_nb.schemas import BOOKMARKS
from booru_nb.store import Entry
from tests.store.samples import SITE, post

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY = 1_200
"""More bookmarks than go without a sidecar."""


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    """A library of many bookmarks whose frames are in the cache folder."""
    with bn.open(library_file, loop="background") as library:
        said = [Entry(post(n, preview_url=f"https://x/{n}")) for n in range(MANY)]
        library._state.store.bookmarks.add(said)
        library.bookmarks()
        library._state.kept.wait()
        yield library


def files(library: bn.Library) -> list[Path]:
    home = settings.cache_folder() / "frames" / library._state.uuid
    return sorted(home.glob("*"))


def read_afresh(library: bn.Library) -> pd.DataFrame:
    """Return the bookmarks as they are in the file."""
    columns = library._state.store.bookmarks.columns()
    return library._state.table(columns, BOOKMARKS)


def test_some_columns_are_those_of_all(own: bn.Library) -> None:
    names = ["note", "tags", "id", "general"]

    pd.testing.assert_frame_equal(own.bookmarks(columns=names), own.bookmarks()[names])
    pd.testing.assert_frame_equal(own.posts(columns=["id"]), own.posts()[["id"]])


@pytest.mark.parametrize("wrong", [["id", "folders"], "folders"])
def test_an_unknown_column_is_said(own: bn.Library, wrong: Any) -> None:
    with pytest.raises(errors.ArgumentError, match="no column 'folders'"):
        own.bookmarks(columns=wrong)
    with pytest.raises(errors.ArgumentError, match="no column 'folder'"):
        own.posts(columns=["folder"])


def test_what_is_kept_beside_is_what_is_in_the_file(own: bn.Library) -> None:
    assert len(files(own)) == 1
    pd.testing.assert_frame_equal(own.bookmarks(), read_afresh(own))


def test_a_frame_says_whose_it_is(own: bn.Library) -> None:
    frames = [own.bookmarks(), own.posts(), own.tags(), own.post_tags()]

    assert [frame.attrs for frame in frames] == [{"booru_nb": own.token}] * 4


def test_a_frame_that_is_changed_changes_no_other(own: bn.Library) -> None:
    frame = own.bookmarks()
    frame["id"] += 1
    frame.iloc[0, 4] = -1

    pd.testing.assert_frame_equal(own.bookmarks(), read_afresh(own))


def test_a_change_is_seen_at_once(own: bn.Library) -> None:
    own.bookmark((SITE, 5), note="private")

    assert (own.bookmarks()["note"] == "private").sum() == 1


def test_what_is_removed_is_gone_from_the_cache_too(own: bn.Library) -> None:
    before = files(own)

    own.unbookmark((SITE, 5))
    own.close()

    assert len(before) == 1
    assert files(own) == []


def test_a_setting_leaves_the_frames_as_they_are(own: bn.Library) -> None:
    before = files(own)

    own.rating = "any"
    own.close()

    assert files(own) == before


OTHER = """
import sys
from booru_nb.post import Post
from booru_nb.store import Entry, Store
with Store.open(sys.argv[1]) as store:
    store.bookmarks.add([Entry(Post(site="danbooru", id=5), note="elsewhere")])
"""


def test_what_another_process_writes_is_seen(own: bn.Library) -> None:
    subprocess.run([sys.executable, "-c", OTHER, str(own.path)], check=True)

    assert (own.bookmarks()["note"] == "elsewhere").sum() == 1


def test_inside_a_transaction_its_own_changes_are_seen(own: bn.Library) -> None:
    store = own._state.store

    def work(_: object) -> int:
        store.bookmarks.remove([(SITE, 5)])
        return len(own.bookmarks())

    assert store.file.write(work) == MANY - 1


def test_a_demo_leaves_nothing_in_the_cache_folder() -> None:
    with bn.demo(loop="background") as demo:
        uuid = demo._state.uuid
        demo._state.store.bookmarks.add([Entry(post(n)) for n in range(MANY)])
        demo.bookmarks()
        demo._state.kept.wait()
        near = list(demo.path.parent.glob(f"frames/{uuid}/*"))

    assert len(near) == 1
    assert not near[0].exists()
    assert not (settings.cache_folder() / "frames" / uuid).exists()
