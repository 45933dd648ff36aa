"""The originals of a dataset: from this machine, or fetched, here and in a worker."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors, http, loop
from booru_nb.drawn import mishaps
from booru_nb.library import originals, wanting
from tests.support.downloads import ORIGINALS, library, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from booru_nb.drawn.app import DemoApp
    from booru_nb.library.originals import Originals

ROOT = Path(__file__).parents[2]

WORKER = """
import pickle, sys
from booru_nb import http, loop

had = pickle.load(sys.stdin.buffer)
loop.choose_app_loop()

async def main():
    try:
        return (await had["originals"](had["row"])).data
    finally:
        await http.aclose()

sys.stdout.buffer.write(loop.run(main()))
"""


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


def found(own: bn.Library, count: int = 2) -> pd.DataFrame:
    posts = own.search("", limit=count + 10, progress=False)
    return posts[posts["file_url"].notna()].head(count).reset_index(drop=True)


def of(own: bn.Library, posts: pd.DataFrame, **options: Any) -> Originals:
    known = wanting.posts(own._state, posts)
    return originals.originals(own._state, posts, known, **options)


def had(source: Originals, posts: pd.DataFrame, number: int = 0) -> bytes:
    return loop.run(_had(source, row(posts, number)))


async def _had(source: Originals, post: dict[str, Any]) -> bytes:
    return (await source(post)).data


def row(posts: pd.DataFrame, number: int = 0) -> dict[str, Any]:
    return {str(name): value for name, value in posts.iloc[number].items()}


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def test_an_original_is_fetched_and_nothing_stays_behind(own: bn.Library) -> None:
    posts = found(own)

    data = had(of(own, posts), posts)

    assert md5(data) == posts["md5"][0]
    assert not list(originals.folder().iterdir())
    assert own.files().empty


def test_what_was_downloaded_is_read(
    own: bn.Library, app: DemoApp, tmp_path: Path
) -> None:
    posts = found(own)
    own.download(posts, to=tmp_path, progress=False)
    app.calls.clear()

    data = had(of(own, posts), posts)

    assert md5(data) == posts["md5"][0]
    assert app.calls.count(ORIGINALS) == 0


@pytest.mark.parametrize("change", ["longer", "other", "gone", "link"])
def test_what_was_changed_since_is_fetched(
    own: bn.Library, tmp_path: Path, change: str
) -> None:
    posts = found(own)
    path = Path(own.download(posts, to=tmp_path, progress=False)["path"][0])
    size = path.stat().st_size
    if change in {"gone", "link"}:
        path.rename(tmp_path / "moved")
    if change == "link":
        path.symlink_to(tmp_path / "moved")
    if change in {"longer", "other"}:
        path.write_bytes(b"x" * (size + (change == "longer")))

    assert md5(had(of(own, posts), posts)) == posts["md5"][0]


def test_a_file_of_an_earlier_version_is_not_the_original(
    own: bn.Library, app: DemoApp, tmp_path: Path
) -> None:
    posts = found(own)
    own.download(posts, to=tmp_path, progress=False)
    app.calls.clear()

    with pytest.raises(errors.MediaError, match="md5 is wrong"):
        had(of(own, posts), posts.assign(md5="0" * 32))

    assert app.calls.count(ORIGINALS) == 3


def test_a_web_page_is_not_an_original(own: bn.Library, app: DemoApp) -> None:
    posts = found(own)
    app.faults.add(mishaps.challenge(status=200), path=ORIGINALS, count=1)

    assert md5(had(of(own, posts), posts.assign(md5=None))) == posts["md5"][0]
    assert app.calls.count(ORIGINALS) == 2


def test_an_address_that_the_frame_lacks_is_known_here(own: bn.Library) -> None:
    posts = found(own)
    bare = posts.assign(file_url=None, md5=None)

    assert md5(had(of(own, bare), bare)) == posts["md5"][0]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"id": 10**9}, "quay gives no address of this file"),
        ({"id": 10**9, "status": "restricted"}, r"lib.login\('quay'\)"),
        ({"file_size": 2 * 10**9}, "limit_bytes= is"),
    ],
)
def test_why_an_original_cannot_be_had_is_known_before(
    own: bn.Library, columns: dict[str, Any], reason: str
) -> None:
    posts = found(own, 1).assign(tags="", post_url=None, **columns)
    if "id" in columns:
        posts["file_url"] = None
    source = of(own, posts)

    with pytest.raises(errors.NotFoundError, match=reason):
        had(source, posts)
    assert source.refusal(row(posts))


def test_a_demo_fetches_from_its_own_site_only(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=1, progress=False).assign(site="elsewhere")

    with pytest.raises(errors.NotFoundError, match=r"bn\.open\(\)"):
        had(of(lib, posts), posts)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_nothing_passes_is_refused(own: bn.Library, limit: int) -> None:
    with pytest.raises(errors.ArgumentError, match="limit_bytes"):
        of(own, found(own), limit=limit)


def test_a_larger_file_than_allowed_is_not_fetched(own: bn.Library) -> None:
    posts = found(own).assign(file_size=None)

    with pytest.raises(errors.BadAnswerError, match="is the limit: limit_bytes="):
        had(of(own, posts, limit=100), posts)


def in_a_worker(source: Originals, posts: pd.DataFrame) -> bytes:
    given = pickle.dumps({"originals": source, "row": row(posts)})
    command = [sys.executable, "-c", WORKER]
    done = subprocess.run(
        command, input=given, capture_output=True, check=True, cwd=ROOT
    )
    return done.stdout


def test_another_process_fetches_the_same(own: bn.Library) -> None:
    posts = found(own)

    assert md5(in_a_worker(of(own, posts), posts)) == posts["md5"][0]


def test_another_process_has_the_demo_booru(lib: bn.Library) -> None:
    posts = lib.search("sky", limit=1, progress=False)

    assert md5(in_a_worker(of(lib, posts), posts)) == posts["md5"][0]


def test_a_few_posts_are_pickled_without_the_others(
    own: bn.Library, tmp_path: Path
) -> None:
    posts = found(own, 4)
    own.download(posts, to=tmp_path, progress=False)
    source = of(own, posts)

    few = source.only([("quay", int(posts["id"][1]))])

    assert list(few.files) == [("quay", posts["id"][1])]
    assert len(pickle.dumps(few)) < len(pickle.dumps(source))


def test_no_secret_shows(own: bn.Library) -> None:
    http.configure(proxy="http://me:secret@127.0.0.1:1")
    try:
        shown = repr(of(own, unseen()))
    finally:
        http.configure(proxy=None)

    assert "secret" not in shown


def unseen() -> pd.DataFrame:
    return bn.posts(pd.DataFrame({"site": ["quay"], "id": [1], "rating": "general"}))
