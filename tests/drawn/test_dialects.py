"""What holds for every dialect: whom it takes itself for, and how posts are found."""

import httpx
import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.dialects import DIALECTS
from tests.drawn.asking import ask

JSON = {"Accept": "application/json"}
API = "/api/v1/json"
PROBES = {
    "/posts.json?limit=1": {"danbooru", "e621"},
    "/post.json?limit=1": {"moebooru"},
    f"{API}/search/images?q=*&per_page=1": {"philomena"},
    "/api/info": {"szurubooru"},
    "/index.php?page=dapi&s=post&q=index&limit=1&json=1": {"gelbooru", "gelbooru02"},
    "/api/danbooru/find_posts?limit=1": {"shimmie2"},
}
"""What a site is asked to learn its engine, and which engines know the route."""

FOOTERS = {
    "danbooru": "Running Danbooru v2",
    "e621": "Running e621ng",
    "gelbooru": "Running Gelbooru (Beta) 0.2.5",
    "gelbooru02": "Running Gelbooru (Beta) 0.2,",
    "moebooru": "Running Moebooru",
    "philomena": "github.com/philomena-dev/philomena",
    "szurubooru": "szurubooru",
    "shimmie2": "Running Shimmie",
}

each_dialect = pytest.mark.parametrize("dialect", sorted(DIALECTS))


def made(dialect: str, published: int = 5) -> DemoApp:
    return drawn.create_app(dialect=dialect, published=published)


def test_a_dialect_that_there_is_not() -> None:
    with pytest.raises(ValueError, match=r"'klingon'.*danbooru, e621"):
        drawn.create_app(dialect="klingon")


@each_dialect
@pytest.mark.parametrize("probe", PROBES)
def test_only_its_own_routes_are_known(dialect: str, probe: str) -> None:
    path, _, query = probe.partition("?")
    answer = ask(made(dialect), path, dict(httpx.QueryParams(query)), headers=JSON)

    if dialect in PROBES[probe]:
        assert answer.status_code == 200
    elif dialect == "szurubooru" and not path.startswith("/api"):
        # Its web client stands at every other path.
        assert answer.text.startswith("<!DOCTYPE html>")
    else:
        assert answer.status_code == 404


@each_dialect
def test_its_front_page_names_the_engine(dialect: str) -> None:
    page = ask(made(dialect), "/", headers={"Accept": "text/html"})

    assert page.headers["content-type"].startswith("text/html")
    assert FOOTERS[dialect] in page.text


@each_dialect
def test_only_shimmie_says_in_a_header_what_it_is(dialect: str) -> None:
    page = ask(made(dialect), "/")

    assert ("x-powered-by" in page.headers) == (dialect == "shimmie2")


@each_dialect
def test_a_page_of_a_post_shows_its_tags(dialect: str) -> None:
    app = made(dialect)
    post = app.booru.shelf.posts[0]
    address = DIALECTS[dialect].look.post.format(id=post.id)
    path, _, query = address.partition("?")

    page = ask(app, path, dict(httpx.QueryParams(query)))

    plain = {tag for tag in post.tags if tag.isascii() and tag.isalpha()}
    assert page.status_code == 200
    assert all(f">{tag}<" in page.text for tag in plain)


@each_dialect
def test_a_booru_without_posts_answers(dialect: str) -> None:
    app = made(dialect, published=0)

    assert ask(app, "/").status_code == 200
