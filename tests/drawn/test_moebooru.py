"""Moebooru's dialect."""

from pathlib import Path
from typing import Any

import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask, xml_of

KEYS = set(
    """
    id tags created_at updated_at creator_id approver_id author change source score md5
    file_size file_ext file_url is_shown_in_index preview_url preview_width
    preview_height actual_preview_width actual_preview_height sample_url sample_width
    sample_height sample_file_size jpeg_url jpeg_width jpeg_height jpeg_file_size rating
    is_rating_locked has_children parent_id status is_pending width height is_held
    frames_pending_string frames_pending frames_string frames is_note_locked
    last_noted_at last_commented_at
    """.split()  # noqa: SIM905  # a list of words is read more easily
)


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    return drawn.create_app(dialect="moebooru", cache=pictures, published=60)


def posts(app: DemoApp, tags: str = "", **params: str) -> list[dict[str, Any]]:
    params = {"tags": tags, "limit": "1000", **params}
    found: list[dict[str, Any]] = ask(app, "/post.json", params).json()
    return found


def ids(app: DemoApp, tags: str = "", **params: str) -> list[int]:
    return [post["id"] for post in posts(app, tags, **params)]


def test_a_post_has_all_its_keys(app: DemoApp) -> None:
    [post] = posts(app, limit="1", tags="id:1001")

    assert set(post) == KEYS
    assert isinstance(post["created_at"], int)


def test_addresses_have_no_scheme(app: DemoApp) -> None:
    [post] = posts(app, "id:1001")

    assert post["file_url"].startswith("//demo.booru-nb.invalid/image/")
    assert ask(app, f"http:{post['file_url']}").status_code == 200


def test_a_deleted_post_has_no_addresses_but_a_placeholder(app: DemoApp) -> None:
    app.booru.change(1005, status="deleted")
    [post] = posts(app, "id:1005")

    assert {"file_url", "sample_url", "jpeg_url"}.isdisjoint(post)
    assert post["preview_url"] == "/images/deleted.png"
    assert post["md5"]
    assert post["flag_detail"]["post_id"] == 1005


def test_deleted_posts_come_for_who_asks_for_them_or_for_an_id(app: DemoApp) -> None:
    app.booru.change(1005, status="deleted")

    assert 1005 not in ids(app)
    assert 1005 in ids(app, "deleted:all")
    assert 1005 in ids(app, "id:<1010")
    assert 1005 in ids(app, "deleted:true")
    assert 1004 not in ids(app, "deleted:true")


def test_version_2_tells_the_categories_of_tags(app: DemoApp) -> None:
    params = {"api_version": "2", "include_tags": "1", "limit": "2"}
    said = ask(app, "/post.json", params).json()

    assert set(said) == {"posts", "tags"}
    words = {t for post in said["posts"] for t in post["tags"].split()}
    assert set(said["tags"]) == words
    assert said["tags"]["no_humans"] == "general"


def test_of_several_ranges_the_last_counts(app: DemoApp) -> None:
    assert ids(app, "id:<1004 id:<1003") == [1002, 1001]
    assert ids(app, "id:<1003 id:<1004") == [1003, 1002, 1001]


def test_ratings_look_at_the_first_letter(app: DemoApp) -> None:
    safe = ids(app, "rating:s")

    assert ids(app, "s") == ids(app, "rating:sensitive") == safe
    assert ids(app, "rating:general") == ids(app)
    assert set(ids(app, "-rating:s")) == set(ids(app)) - set(safe)


def test_a_seventh_tag_is_an_error_of_the_server(app: DemoApp) -> None:
    wanted = " ".join(f"tag_{n}" for n in range(6))
    without = " ".join(f"-other_{n}" for n in range(6))

    assert ask(app, "/post.json", {"tags": f"{wanted} {without}"}).json() == []
    answer = ask(app, "/post.json", {"tags": f"{wanted} one_more"})
    assert answer.status_code == 500
    assert "6 tags" in answer.json()["reason"]


def test_a_number_that_is_none_has_no_words(app: DemoApp) -> None:
    answer = ask(app, "/post.json", {"limit": "many"})

    assert (answer.status_code, answer.content) == (400, b"")


def test_only_xml_has_a_count(app: DemoApp) -> None:
    answer = ask(app, "/post.xml", {"tags": "sky", "limit": "1"})
    root = xml_of(answer)

    assert root.attrib == {"count": str(len(ids(app, "sky"))), "offset": "0"}
    assert len(root) == 1
    assert ask(app, "/post/count.json").status_code == 404


def test_version_2_is_no_xml(app: DemoApp) -> None:
    assert ask(app, "/post.xml", {"api_version": "2"}).status_code == 424


def test_a_wrong_key(app: DemoApp) -> None:
    params = {"username": "demo", "api_key": "wrong"}
    answer = ask(app, "/post.json", params)

    assert answer.status_code == 403
    assert answer.json() == {"success": False, "reason": "access denied"}


def test_a_name_finds_what_contains_it(app: DemoApp) -> None:
    def names(**params: str) -> list[str]:
        return [row["name"] for row in ask(app, "/tag.json", params).json()]

    assert "night_sky" in names(name="sky", limit="0")
    assert all(name.startswith("sky") for name in names(name="sky*"))
    assert len(names(limit="3")) == 3


def test_the_summary_has_every_tag(app: DemoApp) -> None:
    said = ask(app, "/tag/summary.json").json()
    rows = {row.split("`")[1]: row.split("`") for row in said["data"].split()}

    assert set(rows) == set(app.booru.shelf.tags)
    assert rows["cat"][0] == "0"
    assert {"kitty", "neko"} <= set(rows["cat"][2:])
    again = ask(app, "/tag/summary.json", {"version": str(said["version"])}).json()
    assert again["unchanged"] is True


def test_completions_are_names_only(app: DemoApp) -> None:
    said = ask(app, "/tag/autocomplete_name.json", {"term": "sky"}).json()

    assert "sky" in said


def test_orders(app: DemoApp) -> None:
    scores = [post["score"] for post in posts(app, "order:score")]

    assert scores == sorted(scores, reverse=True)
    assert ids(app, "order:id") == sorted(ids(app))
