"""What Danbooru answers when it cannot answer."""

import pytest

from booru_nb.drawn.app import DemoApp
from tests.drawn.asking import ask


def refused(app: DemoApp, path: str, **params: str) -> tuple[int, str, str]:
    answer = ask(app, path, params)
    said = answer.json()

    assert said["success"] is False
    assert said["backtrace"] == []
    return answer.status_code, said["error"], said["message"]


def test_a_third_tag(app: DemoApp) -> None:
    assert refused(app, "/posts.json", tags="cat night rain") == (
        422,
        "PostQuery::TagLimitError",
        "You cannot search for more than 2 tags at a time.",
    )


@pytest.mark.parametrize("path", ["/counts/posts.json", "/posts/random.json"])
def test_the_limit_holds_wherever_tags_are_read(app: DemoApp, path: str) -> None:
    assert refused(app, path, tags="-cat order:score *_sky")[0] == 422


@pytest.mark.parametrize("tags", ["order:score order:id", "-order:score", "~limit:3"])
def test_an_order_twice_or_negated(app: DemoApp, tags: str) -> None:
    assert refused(app, "/posts.json", tags=tags)[:2] == (422, "PostQuery::Error")


def test_a_page_too_far(app: DemoApp) -> None:
    assert refused(app, "/posts.json", page="1001") == (
        410,
        "PaginationExtension::PaginationError",
        "You cannot go beyond page 1000.",
    )
    assert ask(app, "/posts.json", {"page": "1000"}).json() == []


def test_a_page_that_is_none(app: DemoApp) -> None:
    assert refused(app, "/posts.json", page="c5")[0] == 410


@pytest.mark.parametrize("path", ["/posts/5.json", "/posts/999999.json"])
def test_a_post_that_there_is_not(app: DemoApp, path: str) -> None:
    assert refused(app, path) == (
        404,
        "ActiveRecord::RecordNotFound",
        "That record was not found.",
    )


def test_a_page_that_there_is_not(app: DemoApp) -> None:
    assert refused(app, "/post.json")[:2] == (404, "ActionController::RoutingError")


@pytest.mark.parametrize(
    "params",
    [{"login": "demo"}, {"api_key": "demo-key"}, {"login": "demo", "api_key": "no"}],
)
def test_half_a_login_or_a_wrong_one(app: DemoApp, params: dict[str, str]) -> None:
    status, error, _ = refused(app, "/posts.json", **params)

    assert (status, error) == (401, "SessionLoader::AuthenticationFailure")


def test_a_whole_login(app: DemoApp) -> None:
    answer = ask(app, "/tags.json", {"login": "demo", "api_key": "demo-key"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("secret", "status"), [("ZGVtbzpkZW1vLWtleQ==", 200), ("bm8=", 401), ("???", 401)]
)
def test_basic_authentication(app: DemoApp, secret: str, status: int) -> None:
    answer = ask(app, "/tags.json", headers={"Authorization": f"Basic {secret}"})

    assert answer.status_code == status


@pytest.mark.parametrize("status", [401, 403, 404, 410, 422, 429, 500, 503])
def test_an_error_that_is_asked_for(app: DemoApp, status: int) -> None:
    assert refused(app, "/posts.json", cause_error=str(status))[0] == status
