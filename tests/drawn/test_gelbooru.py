"""The dialect of Gelbooru 0.2.5."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask, xml_of

KEYS = set(
    """
    id created_at score width height md5 directory image rating source change owner
    creator_id parent_id sample preview_height preview_width tags title has_notes
    has_comments file_url preview_url sample_url sample_height sample_width status
    post_locked has_children
    """.split()  # noqa: SIM905  # a list of words is read more easily
)
DAPI = {"page": "dapi", "q": "index", "json": "1"}


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    return drawn.create_app(dialect="gelbooru", cache=pictures, published=60)


def dapi(app: DemoApp, subject: str = "post", **params: str) -> httpx.Response:
    return ask(app, "/index.php", {**DAPI, "s": subject, **params})


def posts(app: DemoApp, tags: str = "", **params: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dapi(app, tags=tags, **params).json().get("post", [])
    return found


def ids(app: DemoApp, tags: str = "", **params: str) -> list[int]:
    return [post["id"] for post in posts(app, tags, **params)]


def test_a_post_has_all_its_keys(app: DemoApp) -> None:
    [post] = posts(app, limit="1")

    assert set(post) == KEYS
    assert post["has_notes"] == "false"
    assert isinstance(post["parent_id"], int)


def test_times_are_as_c_writes_them(app: DemoApp) -> None:
    [post] = posts(app, "id:1001")

    form = r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d -0500 2019"
    assert re.fullmatch(form, post["created_at"])


def test_tags_have_the_entities_of_html(app: DemoApp) -> None:
    app.booru.change(1001, tags={"rust_&_rain": "copyright", "tea_o'clock": "general"})
    [post] = posts(app, "id:1001")

    assert post["tags"] == "rust_&amp;_rain tea_o&#039;clock"


def test_no_posts_have_no_key(app: DemoApp) -> None:
    said = dapi(app, tags="no_such_tag", limit="7").json()

    assert said == {"@attributes": {"limit": 7, "offset": 0, "count": 0}}


def test_pages_are_counted_from_zero(app: DemoApp) -> None:
    everything = ids(app)

    assert ids(app, limit="10", pid="2") == everything[20:30]
    assert dapi(app, limit="10", pid="2").json()["@attributes"]["offset"] == 20


def test_too_deep_is_a_text_with_status_200(pictures: Path) -> None:
    app = drawn.create_app(dialect="gelbooru", cache=pictures, published=60, deepest=20)

    assert len(posts(app, limit="10", pid="2")) == 10
    answer = dapi(app, limit="10", pid="3")
    assert answer.status_code == 200
    assert answer.text.startswith("Too deep!")


@pytest.mark.parametrize("login", [{}, {"user_id": "demo", "api_key": "wrong"}])
def test_nobody_is_answered_without_a_byte(login: dict[str, str]) -> None:
    app = drawn.create_app(dialect="gelbooru", published=3, login_needed=True)

    answer = dapi(app, **login)
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer.headers["content-type"].startswith("text/html")
    assert dapi(app, user_id="demo", api_key="demo-key").json()["post"]


def test_completions_are_open_to_all(app: DemoApp) -> None:
    shut = drawn.create_app(dialect="gelbooru", published=60, login_needed=True)
    params = {"page": "autocomplete2", "term": "sky", "type": "tag_query"}
    [first, *_] = ask(shut, "/index.php", params).json()

    assert first["value"] == "sky"
    assert first["category"] == "tag"
    assert first["post_count"].isdecimal()
    assert ask(app, "/index.php", {**params, "term": "blue sky"}).json() == []


def test_words_of_the_query(app: DemoApp) -> None:
    sky, cat = set(ids(app, "sky")), set(ids(app, "cat"))

    assert set(ids(app, "{sky ~ cat}")) == sky | cat
    assert set(ids(app, "sky -cat")) == sky - cat
    assert set(ids(app, "night_s*")) == set(ids(app, "night_sky"))
    assert ids(app, "order:score") == []
    assert ids(app, "id:<1004") == [1003, 1002, 1001]
    assert {p["rating"] for p in posts(app, "rating:sensitive")} == {"sensitive"}


def test_a_sort_and_its_direction(app: DemoApp) -> None:
    scores = [post["score"] for post in posts(app, "sort:score:asc")]

    assert scores == sorted(scores)
    assert ids(app, "sort:id:asc", limit="2") == [1001, 1002]


def test_hidden_posts_are_not_told_of(app: DemoApp) -> None:
    app.booru.change(1005, status="restricted")
    app.booru.change(1006, status="deleted")

    assert {1005, 1006}.isdisjoint(ids(app))
    assert dapi(app, id="1005").json().get("post") is None


def test_xml_has_child_elements(app: DemoApp) -> None:
    root = xml_of(dapi(app, json="0", limit="2"))

    assert root.tag == "posts"
    assert set(root.attrib) == {"limit", "offset", "count"}
    assert {field.tag for field in root[0]} == KEYS


def test_tags_by_their_names(app: DemoApp) -> None:
    said = dapi(app, "tag", names="sky rust_&_rain no_such").json()["tag"]

    assert {row["name"]: row["type"] for row in said} == {
        "sky": 0,
        "rust_&amp;_rain": 3,
    }


def test_the_ranking_of_tags_holds_two_that_are_none(app: DemoApp) -> None:
    said = dapi(app, "tag", orderby="count", order="desc").json()["tag"]

    assert said[0]["name"] == ""
    assert said[1]["type"] == 6


def test_a_picture_is_shown_to_its_own_pages_only(app: DemoApp) -> None:
    [post] = posts(app, limit="1")
    own = ask(app, post["preview_url"], headers={"Referer": f"{drawn.URL}/"})
    other = ask(app, post["preview_url"])

    assert own.headers["content-type"] == "image/jpeg"
    assert other.status_code == 302
    assert other.headers["location"].startswith("/hotlink.php?hash=")
    assert "text/html" in ask(app, other.headers["location"]).headers["content-type"]


def test_another_page_leads_home(app: DemoApp) -> None:
    answer = ask(app, "/index.php", {"page": "2"})

    assert (answer.status_code, answer.headers["location"]) == (302, "/")
