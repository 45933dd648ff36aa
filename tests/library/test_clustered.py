"""Datasets that the workers of a cluster export, with the library's own originals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.downloads import ORIGINALS, library, served

distributed = pytest.importorskip("distributed")

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    import booru_nb as bn
    from booru_nb.drawn.app import DemoApp


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A client of a worker that is a process of its own."""
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, memory_limit=0, dashboard_address=":0"
        ) as cluster,
        distributed.Client(cluster) as opened,
    ):
        yield opened


@pytest.fixture
def app(library_file: Path) -> Iterator[tuple[DemoApp, bn.Library]]:
    with served() as (app, url), library(library_file, url) as own:
        yield app, own


def found(own: bn.Library, count: int = 6) -> pd.DataFrame:
    posts = own.search("", limit=count + 20, progress=False)
    fit = posts["ext"].isin(["jpg", "png"]) & posts["file_url"].notna()
    return posts[fit].head(count)


def export(own: bn.Library, posts: pd.DataFrame, to: Path, **options: Any) -> Any:
    return own.dataset(posts, name="skies").export(
        to, "webdataset", shard_size=2, progress=False, **options
    )


def test_workers_fetch_what_the_library_would(
    tmp_path: Path, app: tuple[DemoApp, bn.Library], client: Any
) -> None:
    served, own = app
    posts = found(own)

    there = export(own, posts, tmp_path / "there", client=client)

    assert served.calls.count(ORIGINALS) == len(posts)
    here = export(own, posts, tmp_path / "here")
    assert there.attrs["content"] == here.attrs["content"]


@pytest.mark.parametrize("gone", [False, True])
def test_workers_read_what_was_downloaded_if_it_is_there(
    tmp_path: Path, app: tuple[DemoApp, bn.Library], client: Any, *, gone: bool
) -> None:
    served, own = app
    posts = found(own)
    for path in own.download(posts, to=tmp_path / "files", progress=False)["path"]:
        if gone:
            Path(path).unlink()
    served.calls.clear()

    table = export(own, posts, tmp_path / "x", client=client)

    assert set(table.status) == {"written"}
    assert served.calls.count(ORIGINALS) == (len(posts) if gone else 0)


def test_workers_export_from_a_demo(
    tmp_path: Path, lib: bn.Library, client: Any
) -> None:
    table = export(lib, found(lib), tmp_path / "x", client=client)

    assert set(table.status) == {"written"}
