"""Categories of tags, for sites whose posts do not say them."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

import booru_nb as bn
from booru_nb import loop
from booru_nb.drawn.serving import serve
from booru_nb.post import Post

TYPES = {"anna_alder": 1, "moss_fox": 4, "sky": 0}
NOW = "Sat Jul 20 06:05:33 -0500 2024"


class Gelbooru:
    """A site that says categories in its list of tags only."""

    def __init__(self) -> None:
        self.tags = ["anna_alder", "moss_fox", "nobody_knows", "sky"]
        self.asked: list[list[str]] = []
        self.status = 200
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        params = Request(scope).query_params
        answer = self.posts(params.get("tags", ""))
        if params.get("s") == "tag":
            await self.gate.wait()
            answer = self.types(params["names"].split())
        await answer(scope, receive, send)

    def posts(self, query: str) -> Response:
        rows = [
            {
                "id": n,
                "tags": " ".join(self.tags),
                "rating": "general",
                "image": "a.jpg",
            }
            | {"created_at": NOW, "md5": f"{n:032x}", "file_url": "/a.jpg"}
            for n in (2, 1)
        ]
        found = [] if "id:<" in query else rows
        return JSONResponse({"@attributes": {"count": len(found)}, "post": found})

    def types(self, names: list[str]) -> Response:
        self.asked.append(names)
        if self.status != 200:
            return Response(status_code=self.status)
        rows = [{"name": n, "type": TYPES[n], "count": 1} for n in names if n in TYPES]
        return JSONResponse({"@attributes": {}, "tag": rows})


@pytest.fixture
def site() -> Gelbooru:
    return Gelbooru()


@pytest.fixture
def own(site: Gelbooru, library_file: Path) -> Iterator[bn.Library]:
    with serve(site) as url, bn.open(library_file) as library:
        library.add_site(url, name="quay", engine="gelbooru", allow_private=True)
        library.set_default_site("quay")
        yield library


def find(own: bn.Library) -> pd.DataFrame:
    return own.search(progress=False)


def test_a_search_knows_the_categories_by_one_request(
    own: bn.Library, site: Gelbooru
) -> None:
    found = find(own)

    assert found["artist"].tolist() == ["anna_alder"] * 2
    assert found["character"].tolist() == ["moss_fox"] * 2
    assert len(site.asked) == 1


def test_what_is_not_known_is_not_general(own: bn.Library) -> None:
    found = find(own)

    assert set(found["general"]) == {"sky"}
    assert found["tags"].str.contains("nobody_knows").all()


def test_a_tag_is_asked_about_once(
    own: bn.Library, site: Gelbooru, library_file: Path
) -> None:
    find(own)
    own.close()

    with bn.open(library_file) as again:
        assert set(find(again)["artist"]) == {"anna_alder"}
    assert len(site.asked) == 1


def test_a_failure_fails_no_search_and_teaches_nothing(
    own: bn.Library, site: Gelbooru
) -> None:
    site.status = 404
    assert set(find(own)["artist"]) == {""}

    site.status = 200
    assert set(find(own)["artist"]) == {"anna_alder"}


def test_what_is_learnt_has_a_date(own: bn.Library, library_file: Path) -> None:
    find(own)

    with closing(sqlite3.connect(library_file)) as db:
        rows = db.execute(
            "select name, category, fetched_at > 0 from tag_category join tag "
            "using (tag_id) order by name"
        ).fetchall()
    assert rows == [
        ("anna_alder", "artist", 1),
        ("moss_fox", "character", 1),
        ("nobody_knows", None, 1),
        ("sky", "general", 1),
    ]


def test_what_was_learnt_long_ago_is_asked_again(
    own: bn.Library, site: Gelbooru, library_file: Path
) -> None:
    find(own)
    own.close()
    with closing(sqlite3.connect(library_file)) as db, db:
        db.execute("update tag_category set fetched_at = 1")
    site.status = 404

    with bn.open(library_file) as again:
        assert set(find(again)["artist"]) == {"anna_alder"}
    assert len(site.asked) == 2


def test_a_search_waits_for_one_batch_and_no_longer(
    own: bn.Library, site: Gelbooru
) -> None:
    site.tags = [f"tag_{number:03}" for number in range(250)]

    find(own)

    assert len(site.asked[0]) == 100


def test_the_rest_comes_in_the_background(own: bn.Library, site: Gelbooru) -> None:
    site.tags = [f"tag_{number:03}" for number in range(250)]
    find(own)

    settled(own)

    assert sorted(map(len, site.asked)) == [50, 100, 100]


def test_who_asks_at_the_same_time_waits_for_the_same_request(
    own: bn.Library, site: Gelbooru
) -> None:
    async def both() -> list[pd.DataFrame]:
        works = (own.aio.search(progress=False) for _ in range(5))
        return list(await asyncio.gather(*works))

    frames = asyncio.run(both())

    assert {tag for frame in frames for tag in frame["artist"]} == {"anna_alder"}
    assert len(site.asked) == 1


def test_a_page_of_an_explorer_does_not_wait(own: bn.Library, site: Gelbooru) -> None:
    site.gate.clear()
    target = own._state.site("quay")
    posts = [Post(site="quay", id=1, tags=("anna_alder",))]

    found = loop.run(own._state.categories.filled(target, posts), timeout=30)

    assert found == posts


def test_bookmarks_know_what_is_learnt_later(own: bn.Library, site: Gelbooru) -> None:
    site.status = 404
    own.bookmark(find(own))
    site.status = 200

    find(own)

    assert set(own.bookmarks()["artist"]) == {"anna_alder"}


def test_a_demo_that_says_its_categories_is_not_asked(lib: bn.Library) -> None:
    lib.search(limit=50, progress=False)

    assert not lib._state.categories._works


def settled(own: bn.Library) -> None:
    """Return when every request about tags has ended."""

    async def rest() -> None:
        works = own._state.categories._works
        await asyncio.gather(*(asyncio.wrap_future(work) for work in set(works)))

    loop.run(rest(), timeout=30)


def test_what_comes_later_is_in_the_last_search(
    own: bn.Library, site: Gelbooru
) -> None:
    site.tags = [f"tag_{number:03}" for number in range(150)] + ["anna_alder"]
    site.gate.clear()
    list(own.pages())

    assert set(own.last["artist"]) == {""}

    loop.call_on_app_loop(site.gate.set)
    settled(own)

    assert set(own.last["artist"]) == {"anna_alder"}


def test_what_comes_later_is_in_an_explorer(own: bn.Library, site: Gelbooru) -> None:
    site.gate.clear()
    explorer = own.explore()

    async def until(holds: Callable[[], object]) -> None:
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    loop.run(until(lambda: len(explorer.grid.posts)), timeout=30)

    assert set(explorer.posts["artist"]) == {""}

    loop.call_on_app_loop(site.gate.set)
    settled(own)
    found = explorer.posts
    explorer.close()

    assert set(found["artist"]) == {"anna_alder"}
