"""What a site runs, told by its answers; nothing is sent."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from booru_nb import errors
from booru_nb.sites import detect
from booru_nb.sites.detect import Found, address
from booru_nb.sites.known import OTHERS, known, options
from tests.support.said import HOST, recorded, said

Answers = Mapping[str, httpx.Response]
DAPI = "/index.php"


def asked(
    answers: Mapping[str, Any], url: str = HOST, *, moved: Callable[[str], str] = str
) -> tuple[Found, list[str]]:
    """Return what is found where paths answer like this, and what was asked for."""
    paths: list[str] = []
    asking = detect.detection(address(url))
    try:
        request = next(asking)
        while True:
            target = httpx.URL(moved(str(request.url)))
            paths.append(target.path)
            final = httpx.Request("GET", target)
            body = answers.get(target.path)
            if callable(body):
                body = body(target)
            if isinstance(body, httpx.Response):
                body.request = final
                answer = body
            elif body is None:
                answer = said("<html>No such page.</html>", status=404, asked=final)
            else:
                answer = said(body, asked=final)
            request = asking.send(answer)
    except StopIteration as over:
        return over.value, paths


def home(words: str) -> str:
    return f"<!DOCTYPE html><html><footer>{words}</footer></html>"


ENGINES: dict[str, tuple[str, Any]] = {
    "danbooru": ("/posts.json", recorded("danbooru")["posts"]),
    "e621": ("/posts.json", recorded("e621")["posts"]),
    "moebooru": (
        "/post.json",
        [{"id": 1, "md5": "0" * 32, "created_at": 1700000000, "tags": "sky"}],
    ),
    "philomena": ("/api/v1/json/search/images", recorded("philomena")["posts"]),
    "szurubooru": ("/api/info", {"postCount": 3, "config": {"name": "quay"}}),
    "gelbooru": (DAPI, recorded("gelbooru")["posts"]),
    "gelbooru02": (DAPI, recorded("gelbooru02")["posts_json"]),
    "shimmie2": ("/api/danbooru/find_posts", recorded("shimmie2")["posts"]),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_is_told_by_its_own_answer(engine: str) -> None:
    path, body = ENGINES[engine]

    found, paths = asked({path: body})

    assert found == Found(engine, HOST)
    assert paths[-1] == path


@pytest.mark.parametrize(
    ("form", "engine"),
    [
        ("posts_xml", "gelbooru"),
        ("posts_none", "gelbooru"),
        ("posts", "gelbooru02"),
        ("posts_none", "gelbooru02"),
        ("posts_without_addresses", "gelbooru02"),
    ],
)
def test_the_family_of_gelbooru_is_told_apart_in_any_form(
    form: str, engine: str
) -> None:
    assert asked({DAPI: recorded(engine)[form]})[0].engine == engine


def test_xml_is_asked_for_where_json_only_wants_a_key() -> None:
    def answer(url: httpx.URL) -> object:
        wants = "Missing authentication. Go to the site for more information"
        xml = recorded("gelbooru")["posts_xml"]
        return json.dumps(wants) if "json" in url.params else xml

    assert asked({DAPI: answer})[0].engine == "gelbooru"


@pytest.mark.parametrize(
    ("answer", "engine"),
    [
        (said("", status=401), "gelbooru"),
        (said('"Missing authentication"'), "gelbooru02"),
    ],
)
def test_a_site_that_only_wants_a_key_is_one_of_that_family(
    answer: httpx.Response, engine: str
) -> None:
    assert asked({DAPI: answer})[0].engine == engine


def test_a_site_that_wants_a_login_for_everything_is_not_guessed() -> None:
    shut = {
        path: (lambda _: said("", status=401))
        for path in ("/posts.json", "/post.json", DAPI)
    }

    with pytest.raises(errors.LoginNeededError, match="engine="):
        asked(shut)


@pytest.mark.parametrize("path", ["/posts.json", "/post.json", "/api/info", DAPI])
@pytest.mark.parametrize(
    "wall",
    [
        said("<html>Just a moment...</html>", status=503),
        said("<html>Just a moment...</html>"),
        said("{}", headers={"cf-mitigated": "challenge"}),
        said({"success": False}, status=403),
    ],
)
def test_a_wall_ends_it_as_blocked(path: str, wall: httpx.Response) -> None:
    with pytest.raises(errors.BlockedError, match=r"booru\.example\.org is blocked"):
        asked({path: wall, "/": home("Running Danbooru v2")})


@pytest.mark.parametrize(
    ("page", "engine"),
    [
        (home("Running <b>Danbooru</b> v2.112"), "danbooru"),
        (home("Running Gelbooru Beta 0.2.5"), "gelbooru"),
        (home("Running <a href='#'>Gelbooru</a> Beta 0.2"), "gelbooru02"),
        (home("Running Moebooru 6.0.0"), "moebooru"),
        (home("Running MyImouto 1"), "moebooru"),
        (home("https://github.com/philomena-dev/philomena"), "philomena"),
        (said("<html></html>", headers={"X-Powered-By": "Shimmie-2.10"}), "shimmie2"),
    ],
)
def test_an_empty_booru_is_told_by_its_page(page: object, engine: str) -> None:
    found, paths = asked({"/posts.json": [], "/post.json": [], "/": page})

    assert found.engine == engine
    assert paths[-1] == "/"


def test_danbooru_1_is_not_taken_for_moebooru() -> None:
    made = {"json_class": "Time", "s": 1, "n": 0}
    old = [{"id": 1, "md5": "0" * 32, "created_at": made, "tags": "sky"}]
    found, _ = asked({"/post.json": old, **dict([ENGINES["shimmie2"]])})

    assert found.engine == "shimmie2"


def test_a_site_that_is_no_booru_is_named() -> None:
    with pytest.raises(errors.UnknownSiteError, match=r"booru\.example\.org answers"):
        asked({"/": home("A blog")})


def test_a_site_that_fails_is_not_called_unknown() -> None:
    with pytest.raises(errors.SiteDownError, match="status 502"):
        asked({"/posts.json": said("", status=502)})


def test_a_folder_of_a_host_is_kept() -> None:
    path, body = ENGINES["szurubooru"]

    found, _ = asked({f"/booru{path}": body}, f"{HOST}/booru/")

    assert found == Found("szurubooru", f"{HOST}/booru")


def test_the_folders_above_are_asked_next() -> None:
    found, _ = asked(dict([ENGINES["moebooru"]]), f"{HOST}/wiki/show")

    assert found == Found("moebooru", HOST)


def test_a_redirect_to_another_host_is_adopted() -> None:
    found, _ = asked(
        dict([ENGINES["danbooru"]]),
        moved=lambda url: url.replace("booru.example", "www.booru.example"),
    )

    assert found == Found("danbooru", "https://www.booru.example.org")


def test_a_redirect_to_a_known_site_is_that_site() -> None:
    found, paths = asked({}, moved=lambda url: url.replace(HOST, "https://yande.re"))

    assert found.engine == "moebooru"
    assert paths == ["/posts.json"]


@pytest.mark.parametrize("site", OTHERS, ids=lambda site: site.name)
def test_a_known_host_is_not_asked(site: Any) -> None:
    found, paths = asked({}, f"{site.url}/posts?tags=sky")

    assert (found.engine, found.url) == (site.engine, site.url)
    assert not paths


def test_a_known_host_brings_its_facts() -> None:
    site = known("https://www.konachan.com")

    assert site is not None
    assert options(site)["types"][5] == "style"  # type: ignore[index]


@pytest.mark.parametrize("host", ["www.zerochan.net", "chan.sankakucomplex.com"])
def test_a_host_of_an_engine_not_spoken_here_is_not_asked(host: str) -> None:
    with pytest.raises(errors.UnknownSiteError, match="does not speak"):
        asked({}, host)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("booru.example.org", HOST),
        ("https://Booru.Example.org/posts/123?q=sky#top", HOST),
        (f"{HOST}/index.php?page=post&s=list", HOST),
        (f"{HOST}/booru/", f"{HOST}/booru"),
        ("http://127.0.0.1:8080/post/list/sky/1", "http://127.0.0.1:8080"),
    ],
)
def test_an_address_is_made_plain(given: str, plain: str) -> None:
    assert address(given) == plain


@pytest.mark.parametrize("given", ["booru", "ftp://booru.example.org", "", "https://"])
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(errors.ArgumentError, match="no address"):
        address(given)


def test_a_password_in_an_address_is_refused_unseen() -> None:
    with pytest.raises(errors.ArgumentError, match=r"lib\.login") as caught:
        address("https://heron:feather@booru.example.org")

    assert "feather" not in str(caught.value)
