"""Sites made known, changed, tried out and forgotten."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, JSONResponse, Response

import booru_nb as bn
from booru_nb import drawn, errors, http
from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve
from tests.support.web import Redirect, Site


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[DemoApp, str]]:
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
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        yield library


def test_what_a_pasted_address_runs_is_found_out(
    own: bn.Library, served: tuple[DemoApp, str]
) -> None:
    name = own.add_site(f"{served[1]}/posts?tags=sky", name="quay", allow_private=True)

    row = own.sites().set_index("site").loc[name]
    assert (row["engine"], row["url"]) == ("danbooru", served[1])
    assert len(own.search(site=name, limit=3, progress=False)) == 3


def test_a_named_engine_is_not_looked_into(
    own: bn.Library, served: tuple[DemoApp, str], app: DemoApp
) -> None:
    own.add_site(served[1], name="quay", engine="moebooru", allow_private=True)

    assert app.calls.count("/posts.json") == 0


def test_a_challenge_is_blocked_and_nothing_is_added(
    own: bn.Library, served: tuple[DemoApp, str], app: DemoApp
) -> None:
    app.faults.add(mishaps.challenge(), path="/posts.json")

    with pytest.raises(errors.BlockedError, match="blocked"):
        own.add_site(served[1], name="quay", allow_private=True)

    assert "quay" not in set(own.sites()["site"])


def test_one_request_is_under_way_at_a_time(own: bn.Library) -> None:
    site = Site(HTMLResponse("<html>A blog.</html>", 404))
    with serve(site) as url, pytest.raises(errors.UnknownSiteError, match="engine="):
        own.add_site(url, allow_private=True)

    assert site.paths[:3] == [
        "/posts.json",
        "/post.json",
        "/api/v1/json/search/images",
    ]
    assert len(site.paths) == 8


def test_the_address_redirected_to_is_kept(own: bn.Library) -> None:
    with serve(Site(JSONResponse([{"tag_string": "sky"}]))) as url:
        there = url.replace("127.0.0.1", "localhost")
        with serve(Site(Redirect(f"{url}/posts.json?limit=1"))) as old:
            # Only the host that was given may be private, and this is the same one.
            name = own.add_site(old, name="quay", allow_private=True)

    assert there != url
    assert own.sites().set_index("site").loc[name, "url"] == url


def test_a_private_address_is_not_looked_into_unless_allowed(own: bn.Library) -> None:
    with pytest.raises(errors.AddressError, match="allow_private=True"):
        own.add_site("http://127.0.0.1:9")


def test_a_known_host_brings_its_facts_unasked(own: bn.Library) -> None:
    name = own.add_site("https://aibooru.online")

    row = own.sites().set_index("site").loc[name]
    assert (row["engine"], row["tag_limit"]) == ("danbooru", 4)


def test_ten_racing_detections_build_one_client(
    own: bn.Library, served: tuple[DemoApp, str]
) -> None:
    async def race() -> int:
        works = [
            own.aio.add_site(served[1], name=f"quay{n}", allow_private=True)
            for n in range(10)
        ]
        await asyncio.gather(*works)
        return len(http.clients._loops)

    assert asyncio.run(race()) == 1
    assert sum(own.sites()["url"] == served[1]) == 10


def test_names_are_unique_and_addresses_need_not_be(own: bn.Library) -> None:
    for name in ("one", "two"):
        own.add_site("https://booru.example.org", name=name, engine="danbooru")

    with pytest.raises(errors.ArgumentError, match="already"):
        own.add_site("https://booru.example.net", name="one", engine="danbooru")


@pytest.mark.parametrize("rate", [0, -1, float("nan"), True, "fast"])
def test_a_rate_is_above_zero(own: bn.Library, rate: float) -> None:
    with pytest.raises(errors.ArgumentError, match="rate"):
        own.add_site("https://booru.example.org", engine="danbooru", rate=rate)


def test_a_site_of_every_library_can_be_changed(library_file: Path) -> None:
    with bn.open(library_file) as own:
        own.update_site("konachan", rate=0.25)
    with bn.open(library_file) as again:
        row = again.sites().set_index("site").loc["konachan"]

    assert (row["rate"], row["tag_limit"]) == (0.25, 6)


def test_no_pacing_is_a_change_too(own: bn.Library) -> None:
    own.update_site("danbooru", rate=None)

    assert own.sites().set_index("site")["rate"].isna()["danbooru"]


def test_what_is_not_named_stays(own: bn.Library) -> None:
    own.add_site("https://quay.example.org", name="quay", engine="e621", rate=0.5)
    own.update_site("quay", url="https://quay.example.net/")

    row = own.sites().set_index("site").loc["quay"]
    assert row["url"] == "https://quay.example.net"
    assert (row["engine"], row["rate"]) == ("e621", 0.5)


def test_another_engine_takes_over_what_it_knows(own: bn.Library) -> None:
    name = own.add_site("https://konachan.com")
    own.update_site(name, engine="danbooru")

    assert own.sites().set_index("site").loc[name, "engine"] == "danbooru"


@pytest.mark.parametrize(
    "change", [{"url": "https://booru.example.org"}, {"engine": "e621"}]
)
def test_what_the_name_of_a_preset_means_stays(
    own: bn.Library, change: dict[str, str]
) -> None:
    with pytest.raises(errors.LibraryError, match="only its rate"):
        own.update_site("danbooru", **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change", [{"rate": 0}, {"url": "quay"}, {"engine": "phpbb"}, {"url": "ftp://q.de"}]
)
def test_a_change_that_cannot_be_is_refused(
    own: bn.Library, change: dict[str, object]
) -> None:
    with pytest.raises(errors.ArgumentError):
        own.update_site("danbooru", **change)  # type: ignore[arg-type]


def test_a_site_whose_posts_are_kept_is_not_removed(
    own: bn.Library, served: tuple[DemoApp, str]
) -> None:
    own.add_site(served[1], name="quay", engine="danbooru", allow_private=True)
    own.bookmark(own.search(site="quay", limit=2, progress=False))

    with pytest.raises(errors.StoreError, match="2 of its posts are kept"):
        own.remove_site("quay")


def test_a_site_goes_with_what_is_kept_of_it_when_asked_for(
    own: bn.Library, served: tuple[DemoApp, str]
) -> None:
    for name in ("quay", "pier"):
        own.add_site(served[1], name=name, engine="danbooru", allow_private=True)
        own.bookmark(own.search("sky", site=name, limit=2, progress=False))
        own.save_search(name, "sky", site=name)

    assert own.remove_site("quay", posts=True) == 2
    assert own.bookmarks()["site"].tolist() == ["pier", "pier"]
    assert own.history()["site"].tolist() == ["pier"]
    assert own.saved_searches()["name"].tolist() == ["pier"]


def test_a_removed_site_is_no_default(own: bn.Library) -> None:
    own.add_site("https://quay.example.org", name="quay", engine="danbooru")
    own.set_default_site("quay")
    own.remove_site("quay")

    assert own.default_site == "danbooru"


def test_a_site_of_every_library_stays(own: bn.Library) -> None:
    with pytest.raises(errors.LibraryError, match="comes with booru_nb"):
        own.remove_site("danbooru")


def test_the_default_site_can_be_assigned(own: bn.Library) -> None:
    own.default_site = "konachan"

    assert own.default_site == "konachan"
    with pytest.raises(errors.UnknownSiteError, match="konachan"):
        own.default_site = "konachn"


def test_an_unknown_site_is_no_default(own: bn.Library) -> None:
    with pytest.raises(errors.UnknownSiteError, match="Did you mean 'danbooru'"):
        own.set_default_site("danboru")


def test_a_demo_has_its_one_site(lib: bn.Library) -> None:
    with pytest.raises(errors.LibraryError, match=r"bn\.open\(\)"):
        lib.update_site("demo", rate=1.0)
    with pytest.raises(errors.LibraryError, match=r"bn\.open\(\)"):
        lib.remove_site("demo")


def test_a_site_that_works_is_told_to(lib: bn.Library) -> None:
    checks = lib.test_site().set_index("check")

    assert list(checks.index) == ["search", "autocompletion", "tags", "count", "login"]
    assert checks["ok"].iloc[:4].all()
    assert checks["ok"].isna()["login"]


def test_a_site_that_fails_is_told_what_to_do(
    own: bn.Library, served: tuple[DemoApp, str], app: DemoApp
) -> None:
    own.add_site(served[1], name="quay", engine="danbooru", allow_private=True)
    app.faults.add(mishaps.refuse(404), path="/autocomplete.json", count=None)

    checks = own.test_site("quay").set_index("check")

    assert list(checks["ok"])[:4] == [True, False, True, True]
    assert "quay refused with 404" in str(checks.loc["autocompletion", "message"])


def test_a_site_that_wants_a_login_says_so(own: bn.Library) -> None:
    with serve(Site(Response(status_code=401))) as url:
        own.add_site(url, name="quay", engine="gelbooru", allow_private=True)
        checks = own.test_site("quay").set_index("check")

    assert not checks.loc["login", "ok"]
    assert "lib.login('quay'" in str(checks.loc["login", "message"])
