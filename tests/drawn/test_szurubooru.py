"""szurubooru's dialect."""

import base64
from pathlib import Path
from typing import Any

import httpx
import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask

JSON = {"Accept": "application/json"}
TOKEN = base64.b64encode(b"demo:demo-key").decode()
USER = {**JSON, "Authorization": f"Token {TOKEN}"}
KEYS = set(
    """
    id version creationTime lastEditTime safety source type mimeType checksum
    checksumMD5 fileSize canvasWidth canvasHeight contentUrl thumbnailUrl flags tags
    relations user score ownScore ownFavorite tagCount favoriteCount commentCount
    noteCount relationCount featureCount lastFeatureTime favoritedBy hasCustomThumbnail
    notes comments pools
    """.split()  # noqa: SIM905  # a list of words is read more easily
)


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    return drawn.create_app(dialect="szurubooru", cache=pictures, published=60)


def get(app: DemoApp, path: str, **params: str) -> httpx.Response:
    return ask(app, f"/api{path}", params, headers=JSON)


def posts(app: DemoApp, query: str = "", **params: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(app, "/posts/", query=query, **params).json()[
        "results"
    ]
    return found


def ids(app: DemoApp, query: str = "", **params: str) -> list[int]:
    return [post["id"] for post in posts(app, query, **params)]


def refused(answer: httpx.Response) -> tuple[int, str]:
    said = answer.json()
    assert set(said) == {"name", "title", "description"}
    return answer.status_code, said["name"]


def test_a_post_has_all_its_keys(app: DemoApp) -> None:
    [post] = posts(app, limit="1")

    assert set(post) == KEYS
    assert set(post["tags"][0]) == {"names", "category", "usages"}


def test_addresses_are_relative(app: DemoApp) -> None:
    [post] = posts(app, limit="1")

    assert post["contentUrl"].startswith("data/posts/")
    assert ask(app, f"/{post['contentUrl']}").status_code == 200
    assert ask(app, f"/{post['thumbnailUrl']}").status_code == 200


def test_the_first_name_is_the_tags_own(app: DemoApp) -> None:
    [post] = posts(app, "cat", limit="1")

    names = [tag["names"] for tag in post["tags"]]
    assert ["cat", "kitty", "neko"] in names
    assert ids(app, "kitty") == ids(app, "cat")


def test_who_does_not_want_json(app: DemoApp) -> None:
    answer = ask(app, "/api/posts/", headers={"Accept": "*/*"})

    assert answer.status_code == 406


@pytest.mark.parametrize("params", [{"limit": "0"}, {"limit": "101"}, {"offset": "x"}])
def test_a_limit_that_is_none(app: DemoApp, params: dict[str, str]) -> None:
    assert refused(get(app, "/posts/", **params)) == (400, "ValidationError")


def test_a_page_says_what_it_is(app: DemoApp) -> None:
    said = get(app, "/posts/", query="sky", offset="2", limit="3").json()

    assert list(said) == ["query", "offset", "limit", "total", "results"]
    assert [row["id"] for row in said["results"]] == ids(app, "sky")[2:5]


def test_a_colon_must_be_escaped(app: DemoApp) -> None:
    app.booru.change(1001, tags={"re:tea": "copyright"})

    assert ids(app, r"re\:tea") == [1001]
    assert refused(get(app, "/posts/", query="re:tea")) == (400, "SearchError")


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("safety:sketchy,unsafe", "-rating:safe"),
        ("id:..1005", "id-max:1005"),
        ("score:5..", "-score:..4"),
        ("*", ""),
        ("sort:-id", ""),
        ("sky -sunset", "-sunset sky"),
    ],
)
def test_two_ways_to_say_it(app: DemoApp, query: str, other: str) -> None:
    found = ids(app, query) if query != "sort:-id" else ids(app, "-sort:id")[::-1]

    assert found == ids(app, other) != []


def test_one_of_several(app: DemoApp) -> None:
    assert set(ids(app, "sky,cat")) == set(ids(app, "sky")) | set(ids(app, "cat"))


def test_hidden_posts_are_not_there(app: DemoApp) -> None:
    app.booru.change(1005, status="deleted")

    assert 1005 not in ids(app)
    assert refused(get(app, "/post/1005")) == (404, "PostNotFoundError")


def test_tags_are_listed_for_users_only(app: DemoApp) -> None:
    assert refused(get(app, "/tags/", query="sky*")) == (403, "AuthError")
    params = {"query": "sky* sort:usages"}
    found = ask(app, "/api/tags/", params, headers=USER).json()["results"]
    assert found[0]["names"] == ["sky"]


def test_one_tag_is_shown_to_all(app: DemoApp) -> None:
    assert get(app, "/tag/neko").json()["names"][0] == "cat"
    assert refused(get(app, "/tag/nothing")) == (404, "TagNotFoundError")


def test_a_wrong_token(app: DemoApp) -> None:
    wrong = base64.b64encode(b"demo:wrong").decode()
    headers = {**JSON, "Authorization": f"Token {wrong}"}

    assert refused(ask(app, "/api/posts/", headers=headers)) == (403, "AuthError")


def test_the_site_tells_of_itself(app: DemoApp) -> None:
    said = get(app, "/info").json()

    assert said["postCount"] == 60
    assert said["config"]["privileges"]["tags:list"] == "regular"


def test_fields_that_are_asked_for(app: DemoApp) -> None:
    assert posts(app, limit="1", fields="id") == [{"id": ids(app, limit="1")[0]}]


def test_categories(app: DemoApp) -> None:
    rows = get(app, "/tag-categories").json()["results"]

    assert [row["name"] for row in rows if row["default"]] == ["general"]


def test_every_other_path_is_the_web_client(app: DemoApp) -> None:
    for path in ("/", "/posts.json", "/anything/at/all"):
        assert ask(app, path).text.startswith("<!DOCTYPE html>")
    assert refused(get(app, "/nothing"))[0] == 404
