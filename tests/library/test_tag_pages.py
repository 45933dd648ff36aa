"""Categories of tags, where a site has no batches but says them on pages of posts."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

import booru_nb as bn
from booru_nb import drawn, loop
from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.calls import Call
from booru_nb.drawn.serving import serve
from booru_nb.library.categories import MORE
from booru_nb.library.tagbatches import PAGES


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[DemoApp, str]]:
    """A Gelbooru 0.2 with some posts, on a socket."""
    app = drawn.create_app(dialect="gelbooru02", published=300)
    with serve(app) as url:
        yield app, url


@pytest.fixture
def app(served: tuple[DemoApp, str]) -> Iterator[DemoApp]:
    app, _ = served
    app.calls.clear()
    yield app
    app.faults.clear()


@pytest.fixture
def own(served: tuple[DemoApp, str], library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        library.add_site(
            served[1], name="quay", engine="gelbooru02", allow_private=True
        )
        library.default_site = "quay"
        yield library


def is_page(call: Call) -> bool:
    return call.query.get("page") == "post"


def is_tag(call: Call) -> bool:
    return call.query.get("s") == "tag"


def asked(app: DemoApp, of: object) -> int:
    return len([call for call in app.calls.of() if of(call)])  # type: ignore[operator]


def settled(own: bn.Library) -> None:
    async def rest() -> None:
        works = own._state.categories._works
        await asyncio.gather(*(asyncio.wrap_future(work) for work in set(works)))

    loop.run(rest(), timeout=60)


def unknown(own: bn.Library) -> float:
    """Return the share of tags in the last search whose category is not known."""
    rows = own.last.booru.post_tags()
    return float(rows["category"].isna().mean())


def test_few_pages_tell_most_categories(own: bn.Library, app: DemoApp) -> None:
    own.search(limit=100, rating="any", progress=False)
    settled(own)

    assert unknown(own) < 0.25
    assert asked(app, is_page) <= PAGES
    assert asked(app, is_tag) == 0


def test_the_categories_are_those_of_the_site(own: bn.Library, app: DemoApp) -> None:
    own.search(limit=20, rating="any", progress=False)
    settled(own)
    found = own.last.booru.post_tags().dropna().astype(str)

    known = {tag.name: tag.category for tag in app.booru.shelf.tags.values()}
    assert [known[tag] for tag in found["tag"]] == found["category"].tolist()


def test_pages_that_cannot_be_read_give_way_to_single_tags(
    own: bn.Library, app: DemoApp
) -> None:
    app.faults.add(mishaps.challenge(), when=is_page, count=None)
    for _ in range(2):
        own.search(limit=100, rating="any", progress=False)
        settled(own)

    assert asked(app, is_page) == 1
    assert 0 < asked(app, is_tag) <= PAGES + 1 + MORE
    assert unknown(own) < 1
