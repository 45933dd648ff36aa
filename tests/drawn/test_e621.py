"""e621's dialect, as its documentation has it."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask

KEYS = set(
    """
    id created_at updated_at file preview sample score tags locked_tags change_seq flags
    rating fav_count sources pools relationships approver_id uploader_id uploader_name
    description comment_count is_favorited vote has_notes duration
    """.split()  # noqa: SIM905  # a list of words is read more easily
)
GROUPS = {"general", "artist", "contributor", "copyright", "character", "species"}
GROUPS |= {"invalid", "meta", "lore"}


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    return drawn.create_app(dialect="e621", cache=pictures, published=60)


def posts(app: DemoApp, tags: str = "", **params: str) -> list[dict[str, Any]]:
    answer = ask(app, "/posts.json", {"tags": tags, **params}).raise_for_status()
    found: list[dict[str, Any]] = answer.json()["posts"]
    return found


def ids(app: DemoApp, tags: str = "", **params: str) -> list[int]:
    return [post["id"] for post in posts(app, tags, **params)]


def test_a_post_has_all_its_keys(app: DemoApp) -> None:
    [post] = posts(app, limit="1")

    assert set(post) == KEYS
    assert set(post["tags"]) == GROUPS
    assert set(post["file"]) == {"width", "height", "ext", "size", "md5", "url"}
    assert post["score"]["down"] <= 0


def test_a_hidden_post_keeps_its_md5_and_loses_its_addresses(app: DemoApp) -> None:
    app.booru.change(1005, status="restricted")
    post = ask(app, "/posts/1005.json").json()["post"]

    assert post["file"]["md5"]
    assert post["file"]["url"] is None
    assert post["preview"]["url"] is None


def test_deleted_posts_are_found_by_who_asks(app: DemoApp) -> None:
    app.booru.change(1005, status="deleted")

    assert 1005 not in ids(app, limit="320")
    assert 1005 in ids(app, "status:deleted")
    assert 1005 in ids(app, "status:any", limit="320")


@pytest.mark.parametrize("params", [{"limit": "321"}, {"page": "751"}, {"page": "b0"}])
def test_too_much_is_gone(app: DemoApp, params: dict[str, str]) -> None:
    answer = ask(app, "/posts.json", params)

    assert answer.status_code == 410
    assert set(answer.json()) == {"success", "message", "code"}


def test_another_last_page(pictures: Path) -> None:
    app = drawn.create_app(dialect="e621", cache=pictures, published=9, deepest=2)

    assert ask(app, "/posts.json", {"page": "2"}).status_code == 200
    assert ask(app, "/posts.json", {"page": "3"}).status_code == 410


def test_pages_before_and_after_an_id(app: DemoApp) -> None:
    newest = ids(app, limit="320")

    assert ids(app, page=f"b{newest[4]}", limit="3") == newest[5:8]
    assert ids(app, page=f"a{newest[4]}", limit="3") == newest[1:4]


def test_what_there_is_not_has_a_reason(app: DemoApp) -> None:
    answer = ask(app, "/posts/5.json")

    assert answer.status_code == 404
    assert answer.json() == {"success": False, "reason": "not found"}


def test_a_wrong_key(app: DemoApp) -> None:
    auth = httpx.BasicAuth("demo", "wrong")._auth_header
    answer = ask(app, "/posts.json", headers={"Authorization": auth})

    assert answer.status_code == 401
    assert answer.json()["success"] is False


def test_forty_one_tags(app: DemoApp) -> None:
    answer = ask(app, "/posts.json", {"tags": " ".join(f"tag_{n}" for n in range(41))})

    assert answer.status_code == 422
    assert "40 tags" in answer.json()["message"]


def test_a_rating_that_is_none_is_dropped(app: DemoApp) -> None:
    everything = ids(app, limit="320")
    safe = ids(app, "rating:safe", limit="320")

    assert ids(app, "rating:general", limit="320") == everything
    assert {post["rating"] for post in posts(app, "rating:s", limit="320")} == {"s"}
    assert 0 < len(safe) < len(everything)


def test_orders_and_ranges(app: DemoApp) -> None:
    scores = [p["score"]["total"] for p in posts(app, "order:score", limit="320")]

    assert scores == sorted(scores, reverse=True)
    assert ids(app, "order:id", limit="2") == sorted(ids(app, limit="320"))[:2]
    assert all(p["score"]["total"] > 5 for p in posts(app, "score:>5"))


def test_a_count_stops_at_the_last_page(pictures: Path) -> None:
    app = drawn.create_app(dialect="e621", cache=pictures, published=400, deepest=1)

    said = ask(app, "/posts/count.json", {"tags": "-no_such"}).json()

    assert said == {"count": 321, "capped": True}


def test_completions_begin_at_three_letters(app: DemoApp) -> None:
    def names(text: str) -> list[str]:
        params = {"search[name_matches]": text}
        answer = ask(app, "/tags/autocomplete.json", params)
        return [row["name"] for row in answer.json()]

    assert names("sk") == []
    assert "sky" in names("sky")


def test_no_tags_are_an_object(app: DemoApp) -> None:
    assert ask(app, "/tags.json", {"search[name]": "nothing"}).json() == {"tags": []}
    [sky] = ask(app, "/tags.json", {"search[name]": "sky,nothing"}).json()
    assert sky["post_count"] == len(ids(app, "sky status:any", limit="320"))


def test_one_post_by_its_md5(app: DemoApp) -> None:
    [post] = posts(app, limit="1")
    params = {"md5": post["file"]["md5"]}

    assert ask(app, "/posts.json", params).json() == {"post": post}
    assert ask(app, "/posts.json", {"md5": "0" * 32}).status_code == 404
