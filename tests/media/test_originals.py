"""Originals: whole to the byte or not at all, whatever happens on the way."""

import asyncio
import hashlib
import io
import os
import random
import struct
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import features
from starlette.responses import PlainTextResponse, Response

from booru_nb.drawn.serving import HANG_UP as CLOSE
from booru_nb.drawn.serving import serve
from booru_nb.errors import (
    BadAnswerError,
    BooruError,
    MediaError,
    NotFoundError,
    SiteDownError,
    UnreachableError,
)
from booru_nb.media import Fetched, Originals, Patience, Wanted
from booru_nb.media.originals import key_of
from booru_nb.media.part import STALE, begun
from tests.support.pictures import broken_avif, drawn
from tests.support.web import HANG_UP, LOCAL, Redirect, Site, on_a_loop, talking

JPEG = drawn(1, side=900).data
MD5 = hashlib.md5(JPEG, usedforsecurity=False).hexdigest()
HTML = Response(b"<html>Please wait</html>", media_type="image/jpeg")


class Ranged(Response):
    """A file of which any part can be had, and of which the first may be cut."""

    def __init__(
        self, body: bytes = JPEG, *, sent: int | None = None, tag: str = '"1"'
    ) -> None:
        super().__init__(body, media_type="image/jpeg")
        self._sent = sent
        self._tag = tag.encode()

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        headers = dict(scope["headers"])
        wanted = headers.get(b"range", b"bytes=0-")
        start = (
            int(wanted[6:-1]) if headers.get(b"if-range", self._tag) == self._tag else 0
        )
        body = bytes(self.body)[start:]
        said = [(b"etag", self._tag), (b"content-length", str(len(body)).encode())]
        if start:
            place = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
            said.append((b"content-range", place.encode()))
        status = 206 if start else 200
        await send({"type": "http.response.start", "status": status, "headers": said})
        if self._sent is None:
            await send({"type": "http.response.body", "body": body})
            return
        part = {"type": "http.response.body", "body": body[: self._sent]}
        await send({**part, "more_body": True})
        scope["extensions"][CLOSE]()
        while (await receive())["type"] != "http.disconnect":
            pass


def wanted(url: str, folder: Path, **facts: object) -> Wanted:
    known = {"md5": MD5, "limit": 10**8, "policy": replace(LOCAL, retries=4)}
    return Wanted(url=url, folder=folder, **{**known, **facts})  # type: ignore[arg-type]


def fetch(want: Wanted, originals: Originals | None = None) -> bytes:
    """Fetch a file, and return what it holds."""

    async def one() -> bytes:
        have = (originals or Originals()).fetched(want, begun=begun(want.folder))
        async with have as got:
            assert got.sha256 == hashlib.sha256(got.path.read_bytes()).hexdigest()
            return got.path.read_bytes()

    return on_a_loop(one)


def test_a_file_comes_whole_and_leaves_no_part(tmp_path: Path) -> None:
    with serve(Site(Ranged())) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG

    assert list(tmp_path.iterdir()) == []


def test_a_large_file_comes_whole(tmp_path: Path) -> None:
    large = JPEG + random.Random(1).randbytes(20 * 2**20)  # noqa: S311
    md5 = hashlib.md5(large, usedforsecurity=False).hexdigest()
    with serve(Site(Ranged(large))) as base:
        assert fetch(wanted(base, tmp_path, md5=md5)) == large


@pytest.mark.parametrize(
    "bad",
    [
        PlainTextResponse("no", 503),
        PlainTextResponse("no", 429),
        PlainTextResponse("no", 408),
        HANG_UP,
        HTML,
        Response(b'{"success": false}'),
        Response(b""),
        Response(JPEG[:-1] + b"x"),
    ],
    ids=["503", "429", "408", "dropped", "html", "json", "empty", "spoilt"],
)
def test_what_may_pass_is_tried_again(tmp_path: Path, bad: Response) -> None:
    site = Site(bad, Ranged())
    with serve(site) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG

    assert len(site.asked) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_what_is_final_is_not_tried_again(tmp_path: Path, status: int) -> None:
    site = Site(PlainTextResponse("no", status))
    with serve(site) as base, pytest.raises(BooruError, match=str(status)):
        fetch(wanted(base, tmp_path))

    assert len(site.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_broke_off_is_gone_on_with(tmp_path: Path) -> None:
    site = Site(Ranged(sent=10_000), Ranged())
    with serve(site) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG

    second = site.asked[1].headers
    assert second["range"] == "bytes=10000-"
    assert second["if-range"] == '"1"'


def test_another_version_of_the_file_is_begun_anew(tmp_path: Path) -> None:
    site = Site(Ranged(b"x" * 40_000, sent=30_000, tag='"0"'), Ranged())
    with serve(site) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG


def test_a_server_without_ranges_is_asked_for_the_whole(tmp_path: Path) -> None:
    site = Site(Ranged(sent=10_000), Response(JPEG))
    with serve(site) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG


def test_a_range_that_is_refused_is_forgotten(tmp_path: Path) -> None:
    site = Site(Ranged(sent=10_000), PlainTextResponse("", 416), Ranged())
    with serve(site) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG

    assert "range" not in site.asked[2].headers


def test_what_an_earlier_run_left_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / f".{MD5}.part").write_bytes(JPEG[:5000])
    site = Site(Ranged())
    with serve(site) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG

    assert site.asked[0].headers["range"] == "bytes=5000-"


def test_a_part_that_is_whole_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / f".{MD5}.part").write_bytes(JPEG)
    site = Site(Ranged())
    with serve(site) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG

    assert site.asked == []


def test_a_damaged_part_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / f".{MD5}.part").write_bytes(b"x" * 5000)
    with serve(Site(Ranged())) as base:
        assert fetch(wanted(base, tmp_path)) == JPEG


def test_without_an_md5_nothing_is_left_to_be_gone_on_with(tmp_path: Path) -> None:
    site = Site(Ranged(sent=10_000), PlainTextResponse("no", 404))
    with serve(site) as base, pytest.raises(NotFoundError):
        fetch(wanted(base, tmp_path, md5=None))

    assert list(tmp_path.iterdir()) == []


def test_a_stale_part_is_swept_and_a_young_one_stays(tmp_path: Path) -> None:
    for key, age in ((MD5, 0.0), ("0" * 32, STALE + 60)):
        part = tmp_path / f".{key}.part"
        part.write_bytes(b"x")
        os.utime(part, (time.time() - age,) * 2)

    assert begun(tmp_path) == {MD5}
    assert [path.name for path in tmp_path.iterdir()] == [f".{MD5}.part"]


def test_a_wrong_md5_is_told_after_a_few_tries(tmp_path: Path) -> None:
    site = Site(Ranged())
    with serve(site) as base, pytest.raises(MediaError, match="md5 is wrong"):
        fetch(wanted(base, tmp_path, md5="0" * 32))

    assert len(site.asked) == 3
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_size_is_refused_before_the_body(tmp_path: Path) -> None:
    with serve(Site(Ranged())) as base, pytest.raises(MediaError, match="instead of"):
        fetch(wanted(base, tmp_path, size=len(JPEG) + 1))


@pytest.mark.parametrize("length", [True, False], ids=["announced", "not announced"])
def test_a_file_over_the_limit_is_refused(tmp_path: Path, *, length: bool) -> None:
    answer = Response(JPEG)
    if not length:
        del answer.headers["content-length"]
        answer.headers["transfer-encoding"] = "chunked"
    site = Site(answer)
    with serve(site) as base, pytest.raises(BadAnswerError, match="limit_bytes"):
        fetch(wanted(base, tmp_path, limit=1000))

    assert len(site.asked) == 1
    assert list(tmp_path.iterdir()) == []


def png(width: int, height: int) -> bytes:
    head = struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + bytes(2000)


def packed(said: int = 10) -> bytes:
    """Return an archive that says of its one file that it has so many bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("0.jpg", bytes(10))
    content = bytearray(out.getvalue())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, said)
    return bytes(content)


@pytest.mark.parametrize(
    ("body", "said"),
    [(png(100_000, 100_000), "100,000 x 100,000"), (packed(2**30 + 1), "1 files")],
    ids=["picture", "archive"],
)
def test_a_bomb_is_refused(tmp_path: Path, body: bytes, said: str) -> None:
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    site = Site(Ranged(body))
    with serve(site) as base, pytest.raises(BadAnswerError, match=said):
        fetch(wanted(base, tmp_path, md5=md5))

    assert len(site.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_compressed_answer_is_refused(tmp_path: Path) -> None:
    answer = Response(JPEG, headers={"content-encoding": "gzip"})
    with serve(Site(answer)) as base, pytest.raises(BadAnswerError, match="gzip"):
        fetch(wanted(base, tmp_path))


def test_half_a_picture_without_an_md5_is_noticed(tmp_path: Path) -> None:
    site = Site(Response(JPEG[: len(JPEG) // 2]))
    with serve(site) as base, pytest.raises(MediaError, match="damaged"):
        fetch(wanted(base, tmp_path, md5=None))


def test_a_picture_larger_than_its_header_says_is_refused(tmp_path: Path) -> None:
    frame = struct.pack("<BHHHHB", 0x2C, 0, 0, 60_000, 60_000, 0)
    body = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0) + frame + bytes(50)
    with serve(Site(Response(body))) as base, pytest.raises(BadAnswerError) as caught:
        fetch(wanted(base, tmp_path, md5=None))

    assert "too large" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not features.check("avif"), reason="no decoder of AVIF")
def test_a_damaged_avif_without_an_md5_is_noticed(tmp_path: Path) -> None:
    site = Site(Response(broken_avif()))
    with serve(site) as base, pytest.raises(MediaError, match="damaged"):
        fetch(wanted(base, tmp_path, md5=None))


@pytest.mark.parametrize("body", [packed(), b"\x1a\x45\xdf\xa3" + bytes(50)])
def test_archives_and_videos_are_originals_too(tmp_path: Path, body: bytes) -> None:
    with serve(Site(Response(body))) as base:
        assert fetch(wanted(base, tmp_path, md5=None)) == body


def test_what_is_nothing_known_needs_an_md5(tmp_path: Path) -> None:
    body = b"some words of no format at all"
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    with serve(Site(Response(body))) as base:
        assert fetch(wanted(base, tmp_path, md5=md5)) == body
        with pytest.raises(MediaError, match="unknown format"):
            fetch(wanted(base, tmp_path, md5=None))


def test_a_redirect_is_followed_with_the_range(tmp_path: Path) -> None:
    (tmp_path / f".{MD5}.part").write_bytes(JPEG[:5000])
    site = Site(Redirect("/there.jpg"), Ranged())
    with serve(site) as base:
        assert fetch(wanted(f"{base}/here.jpg", tmp_path)) == JPEG

    assert site.asked[1].headers["range"] == "bytes=5000-"


def test_a_hundred_who_ask_at_once_share_one_request(tmp_path: Path) -> None:
    site = Site(Ranged())

    async def hundred(url: str) -> int:
        originals = Originals()

        async def one() -> str:
            async with originals.fetched(wanted(url, tmp_path)) as got:
                return got.md5

        return len(set(await asyncio.gather(*(one() for _ in range(100)))))

    with serve(site) as base:
        assert on_a_loop(lambda: hundred(base)) == 1
    assert len(site.asked) == 1
    assert list(tmp_path.iterdir()) == []


def test_one_file_at_two_addresses_is_fetched_once(tmp_path: Path) -> None:
    site = Site(Ranged())

    async def both(base: str) -> None:
        originals = Originals()

        async def one(name: str) -> None:
            async with originals.fetched(wanted(f"{base}/{name}", tmp_path)):
                pass

        await asyncio.gather(one("a"), one("b"))

    with serve(site) as base:
        on_a_loop(lambda: both(base))
    assert len(site.asked) == 1


def test_where_one_address_fails_the_other_is_tried(tmp_path: Path) -> None:
    site = Site(PlainTextResponse("no", 404), Ranged())

    async def both(base: str) -> list[object]:
        originals = Originals()

        async def one(name: str) -> str:
            async with originals.fetched(wanted(f"{base}/{name}", tmp_path)) as got:
                return got.md5

        return [*await asyncio.gather(one("a"), one("b"), return_exceptions=True)]

    with serve(site) as base:
        first, second = on_a_loop(lambda: both(base))
    assert isinstance(first, NotFoundError)
    assert second == MD5


def test_who_is_cancelled_leaves_a_part_to_go_on_with(tmp_path: Path) -> None:
    sent, told = threading.Event(), threading.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(JPEG)}\r\n\r\n"
        writer.write(head.encode() + JPEG[:9000])
        await writer.drain()
        sent.set()
        await asyncio.to_thread(told.wait)

    async def cancelled(url: str) -> None:
        came = asyncio.Event()
        originals = Originals()

        async def one() -> None:
            have = originals.fetched(wanted(url, tmp_path), came=lambda _: came.set())
            async with have:
                pass

        task = asyncio.create_task(one())
        await came.wait()
        task.cancel()
        await asyncio.wait([task])
        told.set()
        assert task.cancelled()

    with talking(talk) as base:
        on_a_loop(lambda: cancelled(base))
    assert (tmp_path / f".{MD5}.part").read_bytes() == JPEG[:9000]


def test_two_processes_do_not_write_one_part(tmp_path: Path) -> None:
    site = Site(Ranged())

    async def both(base: str) -> list[bytes]:
        async def one() -> bytes:
            async with Originals().fetched(wanted(base, tmp_path)) as got:
                await asyncio.sleep(0)
                return got.path.read_bytes()

        return [*await asyncio.gather(one(), one())]

    with serve(site) as base:
        assert on_a_loop(lambda: both(base)) == [JPEG, JPEG]
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_place_of_a_part_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    folder = tmp_path / "to"
    folder.mkdir()
    (folder / f".{MD5}.part").symlink_to(victim)
    with serve(Site(Ranged())) as base, pytest.raises(BooruError):
        fetch(wanted(base, folder))

    assert victim.read_bytes() == b"precious"


def test_a_host_that_only_fails_is_given_up(tmp_path: Path) -> None:
    site = Site(PlainTextResponse("no", 503))

    async def many(base: str) -> list[BaseException]:
        originals, patience = Originals(), Patience(most=6)
        errors: list[BaseException] = []
        for number in range(10):
            want = wanted(f"{base}/{number}", tmp_path, md5=None)
            with pytest.raises(BooruError) as caught:
                async with originals.fetched(want, patience=patience):
                    pass
            errors.append(caught.value)
        return errors

    with serve(site) as base:
        errors = on_a_loop(lambda: many(base))
    assert len(site.asked) == 6
    assert isinstance(errors[0], SiteDownError)
    assert isinstance(errors[-1], UnreachableError)
    assert "given up after 6 failures" in str(errors[-1])


def test_files_that_are_not_there_do_not_give_up_a_host(tmp_path: Path) -> None:
    answers = [PlainTextResponse("no", 404)] * 5
    site = Site(*answers, Ranged())

    async def many(base: str) -> Fetched:
        originals, patience = Originals(), Patience(most=3)
        for number in range(5):
            with pytest.raises(NotFoundError):
                async with originals.fetched(
                    wanted(f"{base}/{number}", tmp_path), patience=patience
                ):
                    pass
        async with originals.fetched(wanted(base, tmp_path), patience=patience) as got:
            return got

    with serve(site) as base:
        assert on_a_loop(lambda: many(base)).md5 == MD5


def test_files_without_an_md5_are_known_by_their_address(tmp_path: Path) -> None:
    one, two = (wanted(f"http://a.example/{n}", tmp_path, md5=None) for n in (1, 2))

    assert key_of(one) != key_of(two)
    assert key_of(wanted("http://b.example/", tmp_path)) == MD5
