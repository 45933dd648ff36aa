"""The dialect of Gelbooru 0.2, in XML and in JSON."""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import httpx
import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask, xml_of

XML_KEYS = set(
    """
    height score file_url parent_id sample_url sample_width sample_height preview_url
    rating tags id width change md5 creator_id has_children created_at status source
    has_notes has_comments preview_width preview_height
    """.split()  # noqa: SIM905  # a list of words is read more easily
)
JSON_KEYS = set(
    """
    preview_url sample_url file_url directory hash width height id image change owner
    parent_id rating sample sample_height sample_width score tags source status
    has_notes comment_count
    """.split()  # noqa: SIM905  # likewise
)
DAPI = {"page": "dapi", "q": "index"}


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    return drawn.create_app(dialect="gelbooru02", cache=pictures, published=60)


def dapi(app: DemoApp, subject: str = "post", **params: str) -> httpx.Response:
    return ask(app, "/index.php", {**DAPI, "s": subject, **params})


def listed(app: DemoApp, subject: str = "post", **params: str) -> ET.Element:
    return xml_of(dapi(app, subject, **params))


def rows(app: DemoApp, **params: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dapi(app, json="1", **params).json()
    return found


def test_xml_has_attributes(app: DemoApp) -> None:
    root = listed(app, limit="5", pid="2")

    assert root.attrib == {"count": str(len(listed(app))), "offset": "10"}
    assert [set(post.attrib) for post in root] == [XML_KEYS] * 5


def test_tags_are_padded_and_ratings_are_letters(app: DemoApp) -> None:
    posts = listed(app)

    texts = [post.attrib["tags"] for post in posts]
    assert all(text == f" {text.strip()} " for text in texts)
    assert {post.attrib["rating"] for post in posts} <= {"s", "q", "e"}


def test_a_score_of_nothing_is_empty(app: DemoApp) -> None:
    app.booru.change(1001, up_score=0, down_score=0)

    assert listed(app, id="1001")[0].attrib["score"] == ""
    assert rows(app, id="1001")[0]["score"] is None


def test_json_is_a_bare_list_that_says_it_is_a_page(app: DemoApp) -> None:
    answer = dapi(app, json="1", limit="3")

    assert answer.headers["content-type"].startswith("text/html")
    assert [set(row) for row in answer.json()] == [JSON_KEYS] * 3


def test_the_hash_in_json_is_no_md5(app: DemoApp) -> None:
    [row] = rows(app, limit="1")

    assert row["hash"] != listed(app, limit="1")[0].attrib["md5"]
    assert row["rating"] in {"safe", "questionable", "explicit"}


def test_no_posts_are_no_bytes_in_json(app: DemoApp) -> None:
    assert dapi(app, json="1", tags="no_such_tag").content == b""
    assert listed(app, tags="no_such_tag").attrib == {"count": "0", "offset": "0"}


def test_a_form_that_comes_whatever_was_asked_for(pictures: Path) -> None:
    options = {"dialect": "gelbooru02", "cache": pictures, "published": 3}
    as_json = drawn.create_app(**options, form="json")  # type: ignore[arg-type]  # mixed
    as_xml = drawn.create_app(**options, form="xml")  # type: ignore[arg-type]  # mixed

    assert dapi(as_json).text.startswith("[")
    assert dapi(as_xml, json="1").text.startswith("<")


@pytest.mark.parametrize("form", ["0", "1"])
def test_too_deep_is_cut(pictures: Path, form: str) -> None:
    app = drawn.create_app(
        dialect="gelbooru02", cache=pictures, published=60, deepest=20
    )
    text = dapi(app, limit="10", pid="3", json=form).text

    assert text.endswith(("<post", "[{"))


def test_who_has_no_key_is_told_in_words_with_status_200() -> None:
    app = drawn.create_app(dialect="gelbooru02", published=3, login_needed=True)

    assert dapi(app, json="1").json().startswith("Missing authentication")
    assert "<error>Missing authentication" in dapi(app).text
    assert len(listed(app, user_id="demo", api_key="demo-key")) == 3


def test_words_of_the_query(app: DemoApp) -> None:
    def ids(tags: str) -> set[int]:
        return {int(post.attrib["id"]) for post in listed(app, tags=tags)}

    assert ids("( sky ~ cat )") == ids("sky") | ids("cat")
    assert ids("rating:safe") | ids("-rating:safe") == ids("")
    assert ids("sky -sunset") == ids("sky") - ids("sunset")
    assert ids("id:<1003") == {1001, 1002}


def test_tags_are_xml_one_at_a_time(app: DemoApp) -> None:
    root = listed(app, "tag", json="1", name="sky")

    assert root.attrib == {"type": "array"}
    assert [tag.attrib["name"] for tag in root] == ["sky"]
    assert len(listed(app, "tag", names="sky cat", limit="5")) == 5


def test_completions_have_their_count_in_the_label(app: DemoApp) -> None:
    [first, *_] = ask(app, "/autocomplete.php", {"q": "sky"}).json()

    count = len(listed(app, tags="sky", limit="1000"))
    assert set(first) == {"label", "value"}
    assert first["label"].startswith("sky (")
    assert int(first["label"].split("(")[1].strip(")")) >= count
