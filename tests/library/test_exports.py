"""Datasets that leave the library: whole, gone on with, and told of row by row."""

from __future__ import annotations

import asyncio
import hashlib
import io
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from PIL import Image

import booru_nb as bn
from booru_nb import errors
from booru_nb.drawn import mishaps
from booru_nb.export import markers
from booru_nb.export.folders import LocalFolder
from tests.support.downloads import ORIGINALS, library, names, served
from tests.support.web import saying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from booru_nb.drawn.app import DemoApp
    from booru_nb.export.dataset import Dataset

ROOT = Path(__file__).parents[2]
WHOLE = {"README.md", "manifest.parquet", "croissant.json"}


@pytest.fixture(scope="module")
def booru() -> Iterator[tuple[DemoApp, str]]:
    with served() as both:
        yield both


@pytest.fixture
def app(booru: tuple[DemoApp, str]) -> Iterator[DemoApp]:
    app, _ = booru
    app.calls.clear()
    yield app
    app.faults.clear()


@pytest.fixture
def own(
    booru: tuple[DemoApp, str], app: DemoApp, library_file: Path
) -> Iterator[bn.Library]:
    del app
    with library(library_file, booru[1]) as opened:
        yield opened


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "suns"


def found(own: bn.Library, count: int = 6) -> pd.DataFrame:
    posts = own.search("", limit=count + 20, progress=False)
    still = posts["ext"].isin(["jpg", "png"]) & posts["file_url"].notna()
    return posts[still].head(count).reset_index(drop=True)


def of(own: bn.Library, posts: pd.DataFrame) -> Dataset:
    return own.dataset(posts, name="suns", progress=False)


def written(ds: Dataset, to: object, form: Any = "webdataset", **said: Any) -> Any:
    if isinstance(form, str) and "dry_run" not in said:
        said.setdefault("shard_size", 2)
    return ds.export(to, form, progress=False, **said)  # type: ignore[arg-type]


def changed(posts: pd.DataFrame, row: int, **said: Any) -> pd.DataFrame:
    """Return posts of which one says something else."""
    whole = posts.copy()
    for name, value in said.items():
        whole.loc[row, name] = value
    return whole


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    "form", ["kohya", "imagefolder", "webdataset", "parquet", "csv"]
)
def test_every_post_leaves_in_every_format(
    own: bn.Library, app: DemoApp, to: Path, form: str
) -> None:
    posts = found(own)
    ds = of(own, posts).split(train=0.5)

    table = written(ds, to, form)
    again = written(ds, to, form)

    assert set(table["status"]) == {"written"}
    assert sorted(table["id"]) == sorted(posts["id"])
    assert app.calls.count(ORIGINALS) == len(posts)
    assert set(again["status"]) == {"present"}
    assert again.attrs["content"] == table.attrs["content"]
    assert set(names(to)) >= WHOLE


def test_originals_are_the_same_to_the_byte(own: bn.Library, to: Path) -> None:
    posts = found(own)

    table = written(of(own, posts), to, "kohya").merge(posts, on=["site", "id"])

    assert [md5((to / path).read_bytes()) for path in table["path"]] == list(
        table["md5"]
    )


def test_an_export_may_be_awaited_on_any_loop(own: bn.Library, to: Path) -> None:
    ds = of(own, found(own, 2))

    async def awaited() -> pd.DataFrame:
        return await ds.aio.export(to, "csv", progress=False)

    assert asyncio.run(awaited())["status"].tolist() == ["written"] * 2


def test_downloaded_originals_are_not_fetched(
    own: bn.Library, app: DemoApp, to: Path, tmp_path: Path
) -> None:
    posts = found(own)
    own.download(posts, to=tmp_path / "files", progress=False)
    app.calls.clear()

    assert set(written(of(own, posts), to)["status"]) == {"written"}
    assert app.calls.count(ORIGINALS) == 0


def test_what_was_stopped_goes_on_to_the_same_content(
    own: bn.Library, app: DemoApp, to: Path, tmp_path: Path
) -> None:
    posts, gate = found(own), threading.Event()
    ds = of(own, posts)
    app.faults.add(mishaps.hold(gate), path=f"*{posts['md5'].iloc[4]}*")

    async def stopped() -> str:
        work = ds.aio.export(to, "webdataset", shard_size=2, progress=False)
        task = asyncio.ensure_future(work)
        while len(committed(to)) < 2:  # noqa: ASYNC110  until both others are there
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])
        return "cancelled" if task.cancelled() else repr(task.exception())

    said = asyncio.run(stopped())
    gate.set()
    assert said == "cancelled"
    assert not WHOLE & set(names(to))
    had = [
        row.md5
        for marker in markers.read(LocalFolder(to)).values()
        for row in marker.rows
    ]
    app.faults.clear()
    app.calls.clear()

    table = written(ds, to)

    assert len(had) == 4
    assert not [md5 for md5 in had if app.calls.count(f"*{md5}*")]
    whole = written(ds, tmp_path / "other")
    assert table.attrs["content"] == whole.attrs["content"]


def committed(to: Path) -> list[str]:
    there = markers.read(LocalFolder(to)).values()
    return [marker.name for marker in there if marker.hash]


def test_what_has_failed_is_all_that_a_further_run_fetches(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own)
    app.faults.add(mishaps.refuse(404), path=f"*{posts['md5'].iloc[1]}*", count=None)
    ds = of(own, posts)
    first = written(ds, to)
    app.faults.clear()
    app.calls.clear()

    second = written(ds, to)

    assert first["status"].value_counts()["failed"] == 1
    assert "404" in first["reason"][1]
    assert app.calls.count(ORIGINALS) == 1
    assert second["status"].value_counts()["written"] == 1


def test_a_dry_run_says_what_is_known_and_writes_nothing(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    gone = {"file_url": None, "md5": None, "id": 10**9, "status": "restricted"}
    posts = changed(found(own), 0, **gone)

    table = written(of(own, posts), to, "kohya", dry_run=True)

    assert table["status"].tolist() == ["failed", *["written"] * 5]
    assert "lib.login('quay')" in table["reason"][0]
    assert app.calls.count(ORIGINALS) == 0
    assert not to.exists()
    pd.testing.assert_frame_equal(table, written(of(own, posts), to, "kohya"))


def test_no_posts_give_an_empty_table(own: bn.Library, to: Path) -> None:
    posts = found(own, 1)

    table = written(of(own, posts.head(0)), to)

    assert table.empty
    assert table.dtypes.equals(written(of(own, posts), to).dtypes)


def test_metadata_leave_without_the_network(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    ds = of(own, found(own))
    app.calls.clear()

    assert set(written(ds, to, images=False)["status"]) == {"written"}
    assert app.calls.count("*") == 0


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (("x",), {}, "Which format"),
        (("x", "kohia"), {}, "Did you mean 'kohya'"),
        (("x", 3), {}, "format is one of"),
        (("x", "kohya"), {"repeat": 2}, "no option 'repeat'. Did you mean 'repeats'"),
        (("x", "csv"), {"name": "a"}, "It has: shard_size, columns, license, quote"),
        (("x", "csv"), {"columns": ["score"]}, "'score' is told anyway"),
        (("x", "csv"), {"columns": ["a b"]}, "letters, digits and _ only"),
        (("x", "kohya"), {"shard_size": 0}, "shard_size"),
        (("", "kohya"), {}, "to is a folder"),
        ((None, "kohya"), {}, "to is a folder"),
        (("x", "kohya"), {"images": "no"}, "images is True or False"),
        (("x", "kohya"), {"limit_bytes": 0}, "limit_bytes"),
        (("nowhere://x", "kohya"), {}, "addresses cannot be used here"),
    ],
)
def test_wrong_arguments_are_told(
    own: bn.Library, arguments: tuple[Any, ...], options: dict[str, Any], said: str
) -> None:
    ds = of(own, found(own, 1))

    with pytest.raises(errors.ArgumentError, match=said):
        ds.export(*arguments, progress=False, **options)


def test_wrong_arguments_are_told_before_a_step_has_run(own: bn.Library) -> None:
    ds = of(own, found(own, 1)).require(min_side=1)

    with pytest.raises(errors.ArgumentError):
        ds.export("x", "kohia")
    assert "not run yet" in repr(ds)


def test_another_dataset_stays_until_it_is_said(own: bn.Library, to: Path) -> None:
    posts = found(own, 2)
    written(of(own, posts), to)
    other = own.dataset(posts, name="moons")

    with pytest.raises(errors.ArgumentError, match="holds another dataset: 'suns'"):
        written(other, to)
    assert set(written(other, to, "csv", overwrite=True)["path"].str[:7]) == {"images/"}
    assert not list(to.glob("*.tar"))


@pytest.mark.parametrize("place", ["/dev/null/suns", "{file}"])
def test_a_folder_that_cannot_be_written_is_told(
    own: bn.Library, app: DemoApp, tmp_path: Path, place: str
) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    ds = of(own, found(own, 1))
    app.calls.clear()

    with pytest.raises(errors.FileError):
        written(ds, place.format(file=file))
    assert app.calls.count(ORIGINALS) == 0


FULL = """
import resource, signal, sys
from pathlib import Path
from booru_nb import errors
from tests.support.downloads import library, names

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
url, file, to = sys.argv[1:]
with library(Path(file), url) as own:
    posts = own.search(limit=40, progress=False)
    posts = posts[posts["file_url"].notna() & posts["ext"].isin(["jpg"])]
    small, large = posts["file_size"] < 30_000, posts["file_size"] > 60_000
    ds = own.dataset(posts[small | large].sort_values("file_size"), name="suns")
    own.bookmarks()
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
    try:
        ds.export(to, "kohya", progress=False, shard_size=1)
    except errors.DiskFullError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        print(error, set(error.posts["status"]), names(Path(to)))
"""


def test_a_full_disk_is_told_with_what_is_there(
    booru: tuple[DemoApp, str], app: DemoApp, library_file: Path, to: Path
) -> None:
    del app
    command = [sys.executable, "-c", FULL, booru[1], str(library_file), str(to)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    assert "has no room for this file" in done.stdout
    assert "{'written'}" in done.stdout
    assert not WHOLE & set(names(to))


def test_a_caption_that_would_be_empty_is_told_of(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own, 2)
    ds = of(own, posts).captions(drop=posts["tags"].iloc[1].split())

    table = written(ds, to)

    told = {*table["id"], *ds.dropped["id"]}
    assert told == set(posts["id"])
    assert "caption" in ds.dropped["reason"].iloc[0]
    assert app.calls.count(ORIGINALS) == len(table)


def test_a_site_with_dots_has_keys_without(
    own: bn.Library, booru: tuple[DemoApp, str], to: Path
) -> None:
    own.add_site(booru[1], name="a.quay", engine="danbooru", allow_private=True)
    posts = found(own, 2).assign(site="a.quay")

    table = written(of(own, posts), to, "kohya")

    assert set(table["status"]) == {"written"}
    assert all(Path(path).name.count(".") == 1 for path in table["path"])


def test_a_damaged_picture_whose_md5_is_right_is_a_row(
    own: bn.Library, to: Path
) -> None:
    half = drawn()[:-200]
    said = {"md5": md5(half), "file_size": len(half), "ext": "png"}
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(half)}\r\n\r\n"
    with saying(head.encode() + half) as url:
        posts = changed(found(own, 2), 1, file_url=f"{url}/half.png", **said)
        table = written(of(own, posts), to)

    assert table["status"].tolist() == ["written", "failed"]
    assert "cannot be decoded" in table["reason"][1]


def drawn() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((64, 64), 40).save(file, "PNG")
    return file.getvalue()


def test_mixed_media_are_told_of_a_row_each(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own, 3)
    posts["ext"] = ["mp4", "zip", posts["ext"][2]]

    table = written(of(own, posts), to, "kohya")

    assert table["status"].tolist() == ["skipped", "skipped", "written"]
    assert "takes no .mp4" in table["reason"][0]
    assert app.calls.count(ORIGINALS) == 1


def test_a_site_that_nobody_knows_is_a_row(own: bn.Library, to: Path) -> None:
    posts = changed(found(own, 2), 0, site="elsewhere")

    table = written(of(own, posts), to)

    assert table["status"].tolist() == ["failed", "written"]
    assert "private" in table["reason"][0]


def test_a_demo_exports_its_own_posts_only(lib: bn.Library, to: Path) -> None:
    two = lib.search("lighthouse", limit=2, progress=False)
    posts = changed(two, 0, site="elsewhere")

    table = written(of(lib, posts), to)

    assert table["status"].tolist() == ["failed", "written"]
    assert "bn.open()" in table["reason"][0]


def test_a_closed_library_exports_nothing(library_file: Path, to: Path) -> None:
    with bn.open(library_file) as own:
        ds = of(own, bn.posts(pd.DataFrame({"site": ["a"], "id": [1]})))
        with bn.demo():
            own.close()
            with pytest.raises(errors.LibraryError, match="closed"):
                written(ds, to)


SEXUAL = {"rating": "explicit", "tags": "child tree", "general": ""}


def test_a_withheld_post_never_leaves(own: bn.Library, app: DemoApp, to: Path) -> None:
    posts = changed(found(own, 3), 1, **SEXUAL)

    table = written(of(own, posts), to)

    assert posts["id"][1] not in set(table["id"])
    assert app.calls.count(ORIGINALS) == 2
    assert posts["id"][1] not in set(pd.read_parquet(to / "manifest.parquet")["id"])


def test_what_the_library_knows_of_a_post_withholds_it_too(
    own: bn.Library, to: Path
) -> None:
    mild = bn.posts(
        pd.DataFrame(
            {"site": "quay", "id": [1, 2], "rating": "general", "tags": "child"}
        )
    )
    own.bookmark(mild.head(1))
    bare = mild.assign(rating="explicit", tags="tree", general="")

    table = written(of(own, bare), to, images=False)

    assert table["id"].tolist() == [2]


def test_a_step_that_removes_a_tag_does_not_let_a_post_leave(
    own: bn.Library, to: Path
) -> None:
    posts = found(own, 2)
    ds = of(own, posts).retag(add="child").retag(remove="child")
    explicit = of(own, posts.assign(rating="explicit")).retag(add="child")

    assert len(written(ds, to, images=False)) == 2
    assert written(explicit, to, images=False, overwrite=True).empty
