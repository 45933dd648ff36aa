"""Shimmie2's dialect."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask, xml_of

API = "/api/danbooru"
KEYS = set(
    """
    id md5 file_name file_url height width preview_url preview_height preview_width
    rating date tags source score author
    """.split()  # noqa: SIM905  # a list of words is read more easily
)


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    return drawn.create_app(dialect="shimmie2", cache=pictures, published=60)


def listed(app: DemoApp, what: str = "find_posts", **params: str) -> ET.Element:
    answer = ask(app, f"{API}/{what}", params).raise_for_status()
    return xml_of(answer)


def ids(app: DemoApp, tags: str = "", **params: str) -> list[int]:
    return [int(p.attrib["id"]) for p in listed(app, tags=tags, **params)]


def test_a_post_has_all_its_attributes(app: DemoApp) -> None:
    app.booru.change(1001, source="https://tidewater.example/works/1")
    [post] = listed(app, id="1001")

    assert set(post.attrib) == KEYS
    assert post.attrib["rating"] == "?"
    form = r"2019-\d\d-\d\d \d\d:\d\d:\d\d"
    assert re.fullmatch(form, post.attrib["date"])


def test_what_is_empty_is_missing(app: DemoApp) -> None:
    app.booru.change(1001, source="")

    assert "source" not in listed(app, id="1001")[0].attrib


def test_addresses_are_relative_and_hold_tags(app: DemoApp) -> None:
    [post] = listed(app, id="1001")

    assert post.attrib["file_url"].startswith("/_images/")
    assert "%20-%20" in post.attrib["file_url"]
    for name in ("file_url", "preview_url"):
        assert ask(app, post.attrib[name]).headers["content-type"].startswith("image/")


def test_a_large_limit_skips_posts(pictures: Path) -> None:
    app = drawn.create_app(dialect="shimmie2", cache=pictures, published=300)
    everything = ids(app, page="1") + ids(app, page="2")

    assert len(everything) == 200
    assert ids(app, limit="150", page="2")[0] not in everything[100:150]


def test_pages_from_one_and_from_zero(app: DemoApp) -> None:
    assert ids(app, limit="10", page="2") == ids(app, limit="10", pid="1")
    assert listed(app, limit="10", page="2").attrib["offset"] == "10"


def test_the_ids_that_were_asked_for_are_counted(app: DemoApp) -> None:
    root = listed(app, id="1001,5")

    assert root.attrib["count"] == "2"
    assert [post.attrib["id"] for post in root] == ["1001"]


def test_by_md5(app: DemoApp) -> None:
    [post] = listed(app, id="1001")

    assert listed(app, md5=post.attrib["md5"])[0].attrib == post.attrib


def test_words_of_the_query(app: DemoApp) -> None:
    assert ids(app, "id<1004") == [1003, 1002, 1001]
    assert ids(app, "*") == ids(app)
    sky, sunset = set(ids(app, "sky")), set(ids(app, "sunset"))
    assert set(ids(app, "sky -sunset")) == sky - sunset
    assert ids(app, "order=id_asc")[:2] == [1001, 1002]
    assert ids(app, "night_s*") == ids(app, "night_sky")


def test_more_tags_than_a_visitor_may_search_for(pictures: Path) -> None:
    app = drawn.create_app(dialect="shimmie2", cache=pictures, published=9, tag_limit=2)

    assert ask(app, f"{API}/find_posts", {"tags": "a b id<5"}).status_code == 200
    answer = ask(app, f"{API}/find_posts", {"tags": "a b c"})
    assert answer.status_code == 403
    assert "Permission Denied" in answer.text


def test_tags_by_name_or_all(app: DemoApp) -> None:
    [sky] = listed(app, "find_tags", name="Sky,nothing")

    assert sky.attrib["name"] == "sky"
    assert sky.attrib["type"] == "0"
    assert int(sky.attrib["counts"]) > 0
    assert len(listed(app, "find_tags")) == len(app.booru.shelf.tags)


def test_completions_are_an_object_or_an_empty_list(app: DemoApp) -> None:
    path = "/api/internal/autocomplete"

    assert ask(app, path, {"s": "sky"}).json()["sky"]["newtag"] is None
    assert ask(app, path, {"s": "neko"}).json()["neko"]["newtag"] == "cat"
    assert ask(app, path, {"s": "nothing"}).json() == []


def test_an_old_address_leads_to_the_page(app: DemoApp) -> None:
    answer = ask(app, f"{API}/post/show/1001")

    assert (answer.status_code, answer.headers["location"]) == (302, "/post/view/1001")


def test_each_answer_says_who_gave_it(app: DemoApp) -> None:
    for path in (f"{API}/find_posts", "/nothing"):
        assert ask(app, path).headers["x-powered-by"].startswith("Shimmie-")
