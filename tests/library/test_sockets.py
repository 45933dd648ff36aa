"""A library on a site that is really served, and what can go wrong there."""

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import booru_nb as bn
from booru_nb import drawn, errors, http, loop
from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve
from booru_nb.library.backend import LibraryBackend
from booru_nb.widgets.item import Item


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[DemoApp, str]]:
    """A demo booru on a socket, with Danbooru's limit of two tags."""
    app = drawn.create_app()
    with serve(app) as url:
        yield app, url


@pytest.fixture
def app(served: tuple[DemoApp, str]) -> Iterator[DemoApp]:
    app, _ = served
    app.calls.clear()
    yield app
    app.faults.clear()


@pytest.fixture
def own(
    served: tuple[DemoApp, str], app: DemoApp, library_file: Path
) -> Iterator[bn.Library]:
    """A library that knows that booru as ``quay``."""
    del app
    with bn.open(library_file) as library:
        library.add_site(
            served[1], name="quay", engine="danbooru", rate=None, allow_private=True
        )
        yield library


def find(own: bn.Library, query: str = "", limit: int | None = 5) -> int:
    return len(own.search(query, site="quay", limit=limit, progress=False))


def test_a_private_address_is_refused_unless_allowed(
    served: tuple[DemoApp, str], library_file: Path
) -> None:
    with bn.open(library_file) as library:
        library.add_site(served[1], name="quay", engine="danbooru", rate=None)
        with pytest.raises(errors.AddressError, match="allow_private=True"):
            library.search(site="quay", progress=False)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (mishaps.challenge(), errors.BlockedError),
        (mishaps.challenge(status=200), errors.BlockedError),
        (mishaps.broken_json(), errors.BadAnswerError),
        (mishaps.refuse(401), errors.LoginNeededError),
        (mishaps.refuse(404), errors.NotFoundError),
        (mishaps.refuse(410), errors.PageLimitError),
    ],
)
def test_each_answer_that_is_none_is_told_apart(
    own: bn.Library, app: DemoApp, fault: mishaps.Action, error: type[Exception]
) -> None:
    app.faults.add(fault, path="/posts.json")

    with pytest.raises(error, match="quay"):
        find(own)

    assert app.calls.count("/posts.json") == 1


@pytest.mark.parametrize(
    "fault", [mishaps.drop(), mishaps.cut(), mishaps.refuse(503), mishaps.refuse(429)]
)
def test_what_passes_is_tried_again(
    own: bn.Library, app: DemoApp, fault: mishaps.Action
) -> None:
    app.faults.add(fault, path="/posts.json")

    assert find(own) == 5
    assert app.calls.count("/posts.json") == 2


def test_a_dead_host_is_unreachable(own: bn.Library) -> None:
    own.add_site(
        "http://127.0.0.1:9",
        name="ruin",
        engine="danbooru",
        rate=None,
        allow_private=True,
    )

    with pytest.raises(errors.UnreachableError, match=r"127\.0\.0\.1"):
        own.search(site="ruin", progress=False)


def test_an_error_in_mid_search_keeps_what_came(own: bn.Library, app: DemoApp) -> None:
    app.faults.add(
        mishaps.refuse(404), path="/posts.json", when=lambda call: "page" in call.query
    )

    with pytest.raises(errors.NotFoundError, match="200 of 300 arrived") as caught:
        find(own, limit=300)

    assert len(own.last) == 200
    assert caught.value.posts.equals(own.last)


def test_stopping_in_mid_search_keeps_what_came(own: bn.Library, app: DemoApp) -> None:
    gate = threading.Event()
    app.faults.add(
        mishaps.hold(gate), path="/posts.json", when=lambda call: "page" in call.query
    )

    async def stop_in_mid_search() -> None:
        work = asyncio.create_task(
            own.aio.search(site="quay", limit=300, progress=False)
        )
        while app.calls.count("/posts.json") < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        work.cancel()
        await asyncio.wait([work])
        assert work.cancelled()

    try:
        asyncio.run(stop_in_mid_search())
    finally:
        gate.set()

    assert len(own.last) == 200


@pytest.mark.parametrize("verb", ["search", "pages"])
def test_closing_a_library_ends_its_search(
    own: bn.Library, app: DemoApp, verb: str
) -> None:
    gate = threading.Event()
    app.faults.add(
        mishaps.hold(gate), path="/posts.json", when=lambda call: "page" in call.query
    )
    find = {
        "search": lambda: own.search(site="quay", limit=300, progress=False),
        "pages": lambda: list(own.pages(site="quay", limit=300)),
    }
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        work = pool.submit(find[verb])
        while app.calls.count("/posts.json") < 2:
            threading.Event().wait(0.01)
        own.close()
        error = work.exception(timeout=30)
        gate.set()

    assert isinstance(error, errors.LibraryError)
    assert "mine.booru is closed" in str(error)


def test_short_pages_do_not_end_a_search(own: bn.Library, app: DemoApp) -> None:
    app.faults.add(mishaps.short_page(keep=3), path="/posts.json", count=4)

    assert find(own, limit=60) == 60


def test_posts_that_arrive_meanwhile_do_not_double_any(
    own: bn.Library, app: DemoApp
) -> None:
    ids: list[int] = []
    for page in own.pages("rating:g", site="quay"):
        ids += page["id"].tolist()
        app.booru.add(like=ids[0])

    assert len(ids) == len(set(ids))
    assert len(ids) > 400


def test_restricted_posts_are_rows(own: bn.Library) -> None:
    found = own.search(site="quay", limit=None, rating="any", progress=False)

    hidden = found[found["status"] == "restricted"]
    assert len(hidden) > 0
    assert hidden["md5"].isna().all()
    assert (hidden["tags"] != "").all()


def test_the_count_fails_no_search(own: bn.Library, app: DemoApp) -> None:
    app.faults.add(mishaps.refuse(404), path="/counts/*", count=None)

    assert len(own.search("sunset", site="quay", limit=None)) > 10


def clients() -> tuple[int, int]:
    async def ids() -> tuple[int, int]:
        return id(http.site_client()), id(http.media_client())

    return loop.run(ids())


def from_a_thread(work: Callable[[], int]) -> int:
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(60)


def from_a_callback(work: Callable[[], int]) -> int:
    """Run something as a widget's callback does: hop first, then start the work."""
    done: concurrent.futures.Future[int] = concurrent.futures.Future()
    loop.call_on_app_loop(lambda: done.set_result(work()))
    return done.result(60)


def test_every_way_to_search_uses_the_same_clients(own: bn.Library) -> None:
    async def awaited() -> int:
        return len(await own.aio.search(site="quay", limit=5, progress=False))

    counts = [find(own)]
    before = clients()
    counts += [from_a_thread(lambda: find(own)), asyncio.run(awaited())]
    counts += [from_a_callback(lambda: find(own)), find(own)]

    assert counts == [5] * 5
    assert clients() == before


def test_the_next_library_has_new_clients(own: bn.Library, library_file: Path) -> None:
    find(own)
    own.close()
    with bn.open(library_file) as again:
        assert find(again) == 5


def test_ten_threads_search_at_once(own: bn.Library) -> None:
    barrier = threading.Barrier(10)

    def work(_: int) -> int:
        barrier.wait()
        return find(own)

    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        assert list(pool.map(work, range(10))) == [5] * 10


def test_everything_goes_through_a_proxy_that_is_named(
    served: tuple[DemoApp, str], app: DemoApp, library_file: Path
) -> None:
    _, url = served
    try:
        with bn.open(library_file, proxy=url) as library:
            library.add_site("http://example.com", engine="danbooru", rate=None)
            with pytest.raises(errors.NotFoundError):
                library.search(site="example.com", progress=False)
    finally:
        http.configure(proxy=None)

    assert app.calls.count("http://example.com/posts.json") == 1


def test_a_proxy_that_is_none_is_refused(library_file: Path) -> None:
    with pytest.raises(errors.ArgumentError):
        bn.open(library_file, proxy="carrier pigeon")

    assert not library_file.exists()


def test_a_private_site_does_not_open_the_rest_of_the_network(own: bn.Library) -> None:
    item = Item(site="quay", id=1, preview_url="http://127.0.0.2:9/latest")

    with pytest.raises(errors.AddressError):
        loop.run(LibraryBackend(own._state).thumbnail(item))
