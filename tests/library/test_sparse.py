"""Searches of which what is filtered here lets hardly any post pass."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

import booru_nb as bn
from booru_nb import errors, loop
from booru_nb.drawn.serving import serve
from booru_nb.search.sparse import FRUITLESS

COUNT = 30
"""Posts a page of the site has, whatever was asked for."""


MOST = 2
"""Tags that the site takes."""

TOO_MANY = {
    "error": "PostQuery::TagLimitError",
    "message": f"You cannot search for more than {MOST} tags at a time.",
}


class Endless:
    """A Danbooru with a million posts, of which only some have the tag ``rare``."""

    def __init__(self, *rare: int, last: int = 1) -> None:
        self.rare = rare
        self.last = last
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Request(scope).query_params
        if len(asked.get("tags", "").split()) > MOST:
            refusal = JSONResponse({"success": False, **TOO_MANY}, 422)
            await refusal(scope, receive, send)
            return
        self.asked += 1
        page = asked.get("page", "b1000001")
        first = int(page.removeprefix("b")) - 1
        rows = range(first, max(first - COUNT, self.last - 1), -1)
        await JSONResponse([self._row(number) for number in rows])(scope, receive, send)

    def _row(self, number: int) -> dict[str, object]:
        third = "rare" if number in self.rare else "sky"
        row = {"id": number, "tag_string": f"a b {third}", "rating": "g"}
        return row | {"created_at": "2024-03-01T12:00:00Z", "md5": f"{number:032x}"}


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        yield library


Add = Callable[[Endless], None]


@pytest.fixture
def add(own: bn.Library) -> Iterator[Add]:
    """Make a site known, and ask it where none is named."""
    stack = []

    def add(site: Endless) -> None:
        served = serve(site)
        own.add_site(
            served.__enter__(), name="quay", engine="danbooru", allow_private=True
        )
        stack.append(served)
        own.default_site = "quay"

    yield add
    for served in stack:
        served.__exit__(None, None, None)


QUERY = "a b rare"


def test_a_search_that_finds_nothing_stops_after_some_pages(
    own: bn.Library, add: Add
) -> None:
    site = Endless()
    add(site)

    said = f"last {FRUITLESS * COUNT} posts of quay .* filtered here: rare.*limit=None"
    with pytest.raises(errors.SparseError, match=said):
        own.search(QUERY, rating="any", progress=False)

    assert site.asked == FRUITLESS + 1  # one about the tags


def test_what_came_before_is_kept(own: bn.Library, add: Add) -> None:
    add(Endless(1_000_000, 999_990))

    with pytest.raises(errors.SparseError, match="2 of 100 arrived") as caught:
        own.search(QUERY, rating="any", progress=False)

    assert caught.value.posts["id"].tolist() == [1_000_000, 999_990]
    assert len(own.last) == 2


def test_a_hit_now_and_then_goes_on(own: bn.Library, add: Add) -> None:
    step = COUNT * (FRUITLESS - 1)
    add(Endless(*range(1_000_000, 1_000_000 - 5 * step, -step)))

    assert len(own.search(QUERY, rating="any", limit=5, progress=False)) == 5


def test_all_of_it_is_looked_through_with_a_warning(own: bn.Library, add: Add) -> None:
    last = 1_000_001 - COUNT * (2 * FRUITLESS + 1)
    add(Endless(last, last=last))

    with pytest.warns(errors.SiteWarning, match="goes on until it is stopped") as told:
        found = own.search(QUERY, rating="any", limit=None, progress=False)

    assert found["id"].tolist() == [last]
    assert len(told) == 2


def test_a_collect_goes_on_behind_what_it_has_looked_through(
    own: bn.Library, add: Add
) -> None:
    rare = 1_000_000 - COUNT * (FRUITLESS + 3)
    site = Endless(rare)
    add(site)
    with pytest.raises(errors.SparseError, match="filtered here: rare"):
        own.collect(QUERY, rating="any", limit=1, progress=False)
    before = site.asked

    found = own.collect(QUERY, rating="any", limit=1, progress=False)

    assert found["id"].tolist() == [rare]
    assert site.asked < before + FRUITLESS
    assert len(own.posts()) == 1


def test_an_explorer_asks_whether_to_go_on(own: bn.Library, add: Add) -> None:
    rare = 1_000_000 - COUNT * (FRUITLESS + 3)
    add(Endless(rare))
    explorer = own.explore(QUERY, rating="any")

    async def until(holds: Callable[[], object]) -> None:
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    loop.run(until(lambda: explorer.bar.again), timeout=30)
    offered = explorer.bar.again
    loop.call_on_app_loop(explorer._go_on)
    loop.run(until(lambda: len(explorer.grid.posts)), timeout=30)
    found = explorer.posts
    explorer.close()

    assert offered == "Go on"
    assert "rare (quay takes no further tag)" in explorer.bar.note
    assert found["id"].tolist() == [rare]
