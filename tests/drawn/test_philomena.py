"""Philomena's dialect."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask

API = "/api/v1/json"
EVERYTHING = "56027"
KEYS = set(
    """
    id created_at updated_at first_seen_at width height mime_type size orig_size
    duration animated format aspect_ratio name sha512_hash orig_sha512_hash tags tag_ids
    uploader uploader_id wilson_score intensities score upvotes downvotes faves
    comment_count tag_count description source_url source_urls view_url representations
    thumbnails_generated processed deletion_reason duplicate_of hidden_from_users
    spoilered
    """.split()  # noqa: SIM905  # a list of words is read more easily
)


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    app = drawn.create_app(dialect="philomena", cache=pictures, published=40)
    app.booru.change(1002, rating="explicit")
    return app


def search(app: DemoApp, q: str, **params: str) -> httpx.Response:
    asked = {"q": q, "per_page": "50", "filter_id": EVERYTHING, **params}
    return ask(app, f"{API}/search/images", asked)


def ids(app: DemoApp, q: str, **params: str) -> list[int]:
    params = {"sf": "id", **params}
    return [row["id"] for row in search(app, q, **params).json()["images"]]


def test_an_image_has_all_its_keys(app: DemoApp) -> None:
    row = search(app, "id:1001").json()["images"][0]

    assert set(row) == KEYS
    assert row["created_at"].endswith("Z")
    assert "thumb_tiny" in row["representations"]


def test_tags_have_blanks_and_a_rating(app: DemoApp) -> None:
    row = search(app, "id:1002").json()["images"][0]
    post = app.booru.shelf.by_id[1002]

    assert "explicit" in row["tags"]
    assert not any("_" in tag for tag in row["tags"])
    assert len(row["tags"]) == len(row["tag_ids"]) == len(post.tags) + 1
    assert any(tag.startswith("artist:") for tag in row["tags"])


def test_a_page_is_lowered_to_fifty(pictures: Path) -> None:
    app = drawn.create_app(dialect="philomena", cache=pictures, published=60)
    said = search(app, "*", per_page="1000").json()

    assert len(said["images"]) == 50
    assert said["total"] > 50
    assert len(ask(app, f"{API}/search/images", {"q": "*"}).json()["images"]) == 15


def test_the_default_filter_hides_much(app: DemoApp) -> None:
    assert 1002 in ids(app, "*")
    assert 1002 not in ids(app, "*", filter_id="100073")
    assert 1002 in ids(app, "*", filter_id="100073", key="demo-key")


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("sky, night", "sky && night"),
        ("sky AND night", "sky,night"),
        ("sky || night", "sky OR night"),
        ("sky, -night", "sky, !night"),
        ("sky, NOT night", "sky,-night"),
        ('"sky", night', "night, (sky)"),
        ("id.lt:1010, (sky || night)", "(night || sky), id.lte:1009"),
        ("score.gte:5", "-score.lt:5"),
        ("night sk?", "night sky"),
    ],
)
def test_two_ways_to_say_it(app: DemoApp, query: str, plain: str) -> None:
    assert ids(app, query) == ids(app, plain) != []


def test_or_binds_weaker_than_and(app: DemoApp) -> None:
    found = set(ids(app, "night, rain || sky, day"))

    assert found == set(ids(app, "night, rain")) | set(ids(app, "sky, day"))


def test_brackets_that_belong_to_a_tag(app: DemoApp) -> None:
    app.booru.change(1003, tags={"blue_hour_(artist)": "artist", ";)": "general"})

    assert ids(app, "artist:blue hour (artist)")[-1:] == [1003]
    assert ids(app, r";\)") == [1003]


@pytest.mark.parametrize("query", ["", "(sky", "sky)", "sky,,night", "score.gte:much"])
def test_a_query_that_cannot_be_read(app: DemoApp, query: str) -> None:
    answer = search(app, query)

    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


def test_a_field_to_sort_by_that_is_none_is_ignored(app: DemoApp) -> None:
    assert ids(app, "*", sf="nothing") == ids(app, "*", sf="first_seen_at")
    assert ids(app, "*", sd="asc") == sorted(ids(app, "*"))


def test_of_a_hidden_image_little_is_told(app: DemoApp) -> None:
    app.booru.change(1005, status="deleted")
    row = ask(app, f"{API}/images/1005").json()["image"]

    assert 1005 not in ids(app, "*")
    assert row["hidden_from_users"] is True
    assert "representations" not in row


def test_an_image_that_there_is_not_has_no_words(app: DemoApp) -> None:
    answer = ask(app, f"{API}/images/5")

    assert (answer.status_code, answer.content) == (404, b"")


def test_tags_and_their_categories(app: DemoApp) -> None:
    def tags(q: str) -> dict[str, Any]:
        rows = ask(app, f"{API}/search/tags", {"q": q}).json()["tags"]
        return {row["name"]: row["category"] for row in rows}

    assert tags("name:sky || name:explicit") == {"sky": None, "explicit": "rating"}
    assert set(tags("name:artist:*").values()) == {"origin"}


def test_a_slug(app: DemoApp) -> None:
    answer = ask(app, f"{API}/tags/artist-colon-paper+moon")

    assert answer.json()["tag"]["name_in_namespace"] == "paper moon"
    assert ask(app, f"{API}/tags/nothing").status_code == 404


def test_completions_have_two_forms(app: DemoApp) -> None:
    path = "/autocomplete/tags"
    new = ask(app, path, {"term": "night s", "vsn": "2"}).json()["suggestions"]
    old = ask(app, path, {"term": "night s"}).json()

    assert new[0]["canonical"] == old[0]["value"] == "night sky"
    assert old[0]["label"] == f"night sky ({new[0]['images']})"
    assert ask(app, path, {"term": "ni"}).status_code == 422
