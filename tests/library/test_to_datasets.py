"""Datasets handed to the library `datasets`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb import errors
from booru_nb.export import hub as home
from tests.export.formats.conftest import hub  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    import booru_nb as bn


def found(lib: bn.Library, count: int = 4) -> pd.DataFrame:
    posts = lib.search("sky", limit=count + 10, progress=False)
    return posts[posts["file_url"].notna()].head(count).reset_index(drop=True)


@pytest.mark.usefixtures("hub")
def test_splits_have_pictures_and_captions(lib: bn.Library) -> None:
    ds = lib.dataset(found(lib), name="skies", progress=False).split(train=0.5)

    loaded = ds.to_datasets(progress=False)

    assert {name: part.num_rows for name, part in loaded.items()} == {
        "train": 2,
        "test": 2,
    }
    posts = ds.posts.set_index("id")
    for row in loaded["train"]:
        assert row["image"].size == tuple(posts.loc[row["id"], ["width", "height"]])
        assert row["caption"] == posts.loc[row["id"], "caption"]


@pytest.mark.usefixtures("hub")
def test_the_same_dataset_is_fetched_and_kept_once(lib: bn.Library) -> None:
    posts = found(lib)
    lib.dataset(posts, name="once", progress=False).to_datasets(progress=False)
    before = sorted(home.home().rglob("*"))

    lib.dataset(posts, name="once", progress=False).to_datasets(progress=False)

    assert sorted(home.home().rglob("*")) == before


@pytest.mark.usefixtures("hub")
def test_a_folder_may_be_named(lib: bn.Library, tmp_path: Path) -> None:
    ds = lib.dataset(found(lib, 2), name="skies", progress=False)

    ds.to_datasets(tmp_path / "skies", progress=False, row_group=1)

    table = ds.export(tmp_path / "skies", "parquet", progress=False, row_group=1)
    assert set(table["status"]) == {"present"}


@pytest.mark.usefixtures("hub")
def test_posts_that_could_not_be_had_are_told_of(lib: bn.Library) -> None:
    posts = found(lib, 2)
    posts.loc[1, "site"] = "elsewhere"
    ds = lib.dataset(posts, name="skies", progress=False)

    with pytest.warns(errors.DatasetWarning, match="1 of 2 posts are not in it"):
        loaded = ds.to_datasets(progress=False)
    assert loaded["train"].num_rows == 1


@pytest.mark.usefixtures("hub")
def test_a_dataset_of_nothing_that_could_be_had_is_an_error(lib: bn.Library) -> None:
    posts = found(lib, 2).assign(site="elsewhere")

    with pytest.raises(errors.ArgumentError, match="There is no dataset: 2 of 2"):
        lib.dataset(posts, progress=False).to_datasets(progress=False)


@pytest.mark.usefixtures("hub")
def test_no_posts_give_no_splits(lib: bn.Library) -> None:
    ds = lib.dataset(found(lib).head(0), progress=False)

    assert len(ds.to_datasets(progress=False)) == 0


def test_a_missing_library_is_named(
    lib: bn.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    ds: Any = lib.dataset(found(lib, 1), progress=False)

    with pytest.raises(errors.ArgumentError, match=r"booru-nb\[datasets\]"):
        ds.to_datasets()
