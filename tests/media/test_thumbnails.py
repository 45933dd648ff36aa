"""Thumbnails: each fetched once, proven, and found again offline."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from booru_nb.drawn.serving import serve
from booru_nb.errors import (
    BadAnswerError,
    LoginNeededError,
    MediaError,
    NotFoundError,
    RateLimitedError,
    SiteDownError,
    UnreachableError,
)
from booru_nb.http import Policy
from booru_nb.media import DiskCache, Memory, Picture, Thumbnails
from tests.support.pictures import drawn
from tests.support.web import HANG_UP, LOCAL, Doing, Redirect, Site, on_a_loop

JPEG = drawn(1).data
PICTURE = Response(JPEG, media_type="text/html")


@pytest.fixture
def thumbnails(tmp_path: Path) -> Thumbnails:
    return fresh(tmp_path)


def fresh(folder: Path) -> Thumbnails:
    """Return what a new process would have: nothing in memory."""
    return Thumbnails(DiskCache(folder), memory=Memory())


def get(thumbnails: Thumbnails, url: str, policy: Policy = LOCAL) -> Picture:
    async def one() -> Picture:
        picture = await thumbnails.get(url, policy)
        await thumbnails.flush()
        return picture

    return on_a_loop(one)


def test_a_thumbnail_is_fetched_from_its_site(thumbnails: Thumbnails) -> None:
    with serve(Site(PICTURE)) as base:
        assert get(thumbnails, base) == Picture(JPEG, "image/jpeg")


def test_a_thumbnail_is_fetched_once(thumbnails: Thumbnails, tmp_path: Path) -> None:
    site = Site(PICTURE)
    with serve(site) as base:
        for each in (thumbnails, thumbnails, fresh(tmp_path)):
            get(each, f"{base}/1.jpg")

    assert site.paths == ["/1.jpg"]


def test_many_who_ask_at_once_share_one_fetch(thumbnails: Thumbnails) -> None:
    site = Site(PICTURE)

    async def hundred(url: str) -> int:
        asking = [thumbnails.get(url, LOCAL) for _ in range(100)]
        pictures = await asyncio.gather(*asking)
        await thumbnails.flush()
        return len(set(pictures))

    with serve(site) as base:
        assert on_a_loop(lambda: hundred(base)) == 1
    assert len(site.asked) == 1


def test_the_others_get_it_where_one_is_cancelled(thumbnails: Thumbnails) -> None:
    asked, told = threading.Event(), threading.Event()

    async def wait(scope: Scope) -> None:
        asked.set()
        await asyncio.to_thread(told.wait)
        scope["extensions"]["booru_nb.abort"]()

    async def cancel_one(url: str) -> Picture:
        first, second = (
            asyncio.create_task(thumbnails.get(url, LOCAL)) for _ in range(2)
        )
        await asyncio.to_thread(asked.wait)
        first.cancel()
        told.set()
        picture = await second
        assert first.cancelled()
        await thumbnails.flush()
        return picture

    with serve(Site(Doing(wait), PICTURE)) as base:
        assert on_a_loop(lambda: cancel_one(base)).mime == "image/jpeg"


def test_the_fetch_ends_with_the_last_who_wants_it(thumbnails: Thumbnails) -> None:
    asked, gone = threading.Event(), threading.Event()

    async def wait(scope: Scope) -> None:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            gone.set()
            scope["extensions"]["booru_nb.abort"]()

    async def cancel_both(url: str) -> Picture:
        waiting = [asyncio.create_task(thumbnails.get(url, LOCAL)) for _ in range(2)]
        await asyncio.to_thread(asked.wait)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)
        picture = await thumbnails.get(url, LOCAL)
        await thumbnails.flush()
        return picture

    with serve(Site(Doing(wait), PICTURE)) as base:
        assert on_a_loop(lambda: cancel_both(base)).mime == "image/jpeg"
    assert gone.wait(10)


def test_a_failure_is_not_remembered(thumbnails: Thumbnails) -> None:
    site = Site(PlainTextResponse("no", 404), PICTURE)
    with serve(site) as base:
        with pytest.raises(NotFoundError):
            get(thumbnails, base)
        picture = get(thumbnails, base)

    assert picture.mime == "image/jpeg"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, LoginNeededError),
        (403, LoginNeededError),
        (404, NotFoundError),
        (410, NotFoundError),
        (429, RateLimitedError),
        (500, SiteDownError),
        (503, SiteDownError),
    ],
)
def test_a_refusal_is_an_error_that_says_so(
    thumbnails: Thumbnails, status: int, kind: type[Exception]
) -> None:
    site = Site(PlainTextResponse("no", status))
    with serve(site) as base, pytest.raises(kind, match=rf"answered {status} \w+"):
        get(thumbnails, base, replace(LOCAL, retries=0))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<html>Just a moment</html>", "a web page"),
        (b'{"error": 1}', "JSON"),
        (b"<svg/>", "an SVG drawing"),
        (b"", "an empty file"),
    ],
)
def test_what_is_no_picture_is_refused_and_not_cached(
    thumbnails: Thumbnails, tmp_path: Path, body: bytes, name: str
) -> None:
    site = Site(Response(body, media_type="image/jpeg"))
    with serve(site) as base, pytest.raises(MediaError, match=name):
        get(thumbnails, base)

    assert not (tmp_path / "thumbs").exists()


def test_a_file_that_is_too_large_is_refused(thumbnails: Thumbnails) -> None:
    site = Site(Response(JPEG.ljust(5 * 2**20)))
    with serve(site) as base, pytest.raises(BadAnswerError, match="too much"):
        get(thumbnails, base)


def test_a_broken_connection_is_tried_again(thumbnails: Thumbnails) -> None:
    with serve(Site(HANG_UP, PICTURE)) as base:
        assert get(thumbnails, base).data == JPEG


def test_a_moved_thumbnail_is_followed(thumbnails: Thumbnails) -> None:
    site = Site(Redirect("/there.jpg"), PICTURE)
    with serve(site) as base:
        get(
            thumbnails, f"{base}/here.jpg", replace(LOCAL, referer="https://a.example/")
        )

    assert site.paths == ["/here.jpg", "/there.jpg"]
    assert site.asked[1].headers["referer"] == "https://a.example/"


def test_a_damaged_file_on_disk_is_fetched_again(tmp_path: Path) -> None:
    site = Site(PICTURE)
    with serve(site) as base:
        get(fresh(tmp_path), base)
        [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
        file.write_bytes(b"damaged")
        picture = get(fresh(tmp_path), base)

    assert picture.data == JPEG
    assert len(site.asked) == 2


def test_what_is_cached_can_be_seen_offline(tmp_path: Path) -> None:
    with serve(Site(PICTURE)) as base:
        get(fresh(tmp_path), f"{base}/1.jpg")

    async def offline() -> list[Picture | None]:
        thumbnails = fresh(tmp_path)
        return [await thumbnails.cached(f"{base}/{name}.jpg") for name in (1, 2)]

    assert on_a_loop(offline) == [Picture(JPEG, "image/jpeg"), None]


def test_what_is_kept_can_be_seen_offline_when_the_cache_is_gone(
    tmp_path: Path,
) -> None:
    async def keep(base: str) -> list[str]:
        thumbnails = fresh(tmp_path)
        await thumbnails.get(f"{base}/1.jpg", LOCAL, keep="mine")
        await thumbnails.get(f"{base}/2.jpg", LOCAL)
        return await thumbnails.keep([f"{base}/{n}.jpg" for n in (2, 3)], "mine")

    with serve(Site(PICTURE)) as base:
        assert on_a_loop(lambda: keep(base)) == [f"{base}/3.jpg"]
    for file in (tmp_path / "thumbs").rglob("*"):
        if file.is_file():
            file.unlink()

    for number in (1, 2):
        assert get(fresh(tmp_path), f"{base}/{number}.jpg").data == JPEG


def test_what_is_released_is_fetched_again(tmp_path: Path) -> None:
    async def keep_and_release(base: str) -> None:
        thumbnails = fresh(tmp_path)
        await thumbnails.get(base, LOCAL, keep="mine")
        await thumbnails.release([base], "mine")

    with serve(Site(PICTURE)) as base:
        on_a_loop(lambda: keep_and_release(base))

    assert not [path for path in (tmp_path / "kept").rglob("*") if path.is_file()]


def test_a_flood_of_pictures_does_not_wait_in_memory(tmp_path: Path) -> None:
    large = Response(JPEG.ljust(2**20))

    async def many(base: str) -> None:
        thumbnails = fresh(tmp_path)
        for number in range(40):
            await thumbnails.get(f"{base}/{number}.jpg", LOCAL)
        writing = thumbnails._desk().writing
        while len(writing) == 40:
            await asyncio.wait(list(writing), return_when=asyncio.FIRST_COMPLETED)
        await thumbnails.flush()

    with serve(Site(large)) as base:
        on_a_loop(lambda: many(base))

    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 40


def test_a_dead_site_is_told(thumbnails: Thumbnails) -> None:
    with pytest.raises(UnreachableError, match="was refused"):
        get(thumbnails, "http://127.0.0.1:1/", replace(LOCAL, retries=0))


def test_thumbnails_serve_one_loop_after_another(thumbnails: Thumbnails) -> None:
    site = Site(PICTURE)
    with serve(site) as base:
        for number in range(3):
            get(thumbnails, f"{base}/{number}.jpg")

    assert len(thumbnails._desks) == 1
    assert len(site.asked) == 3


def test_without_a_disk_pictures_still_come(tmp_path: Path) -> None:
    (tmp_path / "thumbs").write_text("a file where the folder should be")
    with serve(Site(PICTURE)) as base:
        assert get(fresh(tmp_path), base).data == JPEG
