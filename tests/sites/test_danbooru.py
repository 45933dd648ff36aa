from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from booru_nb import errors
from booru_nb.post import Rating, Status
from booru_nb.sites import Login
from booru_nb.sites.danbooru import Danbooru
from tests.support.said import HOST, recorded, said

SITE = Danbooru(name="quay", url=HOST, tag_limit=2)


def raw_posts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = recorded("danbooru")["posts"]
    return found


def one(**changes: object) -> Any:
    """Read the first post, changed."""
    return SITE.read_posts(said([{**raw_posts()[0], **changes}]), query="").posts[0]


def test_a_post_is_read_whole() -> None:
    post = one()

    assert post.key == ("quay", 1203)
    assert post.rating is Rating.SENSITIVE
    assert (post.score, post.favorites) == (12, 5)
    assert (post.width, post.height, post.file_size) == (1600, 900, 123456)
    assert (post.ext, post.md5) == ("png", "0a1b2c3d4e5f60718293a4b5c6d7e8f9")
    assert post.source == "https://pictures.example.org/works/5"
    assert (post.parent_id, post.uploader) == (1100, "77")
    assert post.post_url == "https://booru.example.org/posts/1203"
    assert post.status is Status.FLAGGED


def test_times_become_utc() -> None:
    assert one().created_at == datetime(2024, 11, 4, 1, 5, 10, 250_000, UTC)


def test_tags_are_sorted_and_have_their_categories() -> None:
    post = one()

    assert post.tags == (
        ":d",
        "harbour_tale_(series)",
        "highres",
        "lighthouse",
        "painter_p",
        "sky",
    )
    assert post.tags_of("artist") == ("painter_p",)
    assert post.tags_of("copyright") == ("harbour_tale_(series)",)
    assert post.tags_of("meta") == ("highres",)
    assert post.tags_of("general") == (":d", "lighthouse", "sky")


def test_addresses_are_made_whole() -> None:
    post = one()

    assert post.preview_url == "https://booru.example.org/180x180/0a/1b/0a1b.jpg"
    assert post.sample_url == (
        "https://cdn.booru.example.org/sample/0a/1b/sample-0a1b.jpg"
    )


def test_a_missing_address_is_found_among_the_variants() -> None:
    variants = [
        {"type": "180x180", "url": "https://cdn.booru.example.org/180x180/x.jpg"},
        {"type": "original", "url": "https://cdn.booru.example.org/original/x.mp4"},
    ]

    post = one(preview_file_url=None, media_asset={"variants": variants})

    assert post.preview_url == "https://cdn.booru.example.org/180x180/x.jpg"


def test_a_hidden_post_is_kept_as_restricted() -> None:
    hidden = SITE.read_posts(said(raw_posts()), query="").posts[1]

    assert hidden.status is Status.RESTRICTED
    assert hidden.md5 is None
    assert hidden.file_url is None
    assert hidden.tags == ("moon",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("md5", "../../etc/passwd"),
        ("md5", 5),
        ("file_ext", "jpg/../x"),
        ("file_url", "javascript:alert(1)"),
        ("file_url", "file:///etc/passwd"),
        ("image_width", "wide"),
        ("score", True),
        ("created_at", "yesterday"),
        ("parent_id", {}),
        ("source", ["a"]),
    ],
)
def test_a_value_of_the_wrong_form_is_missing(field: str, value: object) -> None:
    post = one(**{field: value})

    names = {"file_ext": "ext", "image_width": "width"}
    assert getattr(post, names.get(field, field)) is None


def test_control_characters_leave_tags_and_sources() -> None:
    post = one(tag_string="sky\x00 su\x1bn", source="a\x1b[31mb")

    assert {"sky", "sun"} <= set(post.tags)
    assert post.source == "a[31mb"


@pytest.mark.parametrize("field", ["id", "tag_string"])
def test_a_required_field_that_is_missing_is_named(field: str) -> None:
    raw = raw_posts()[0]
    del raw[field]

    with pytest.raises(errors.BadAnswerError, match=f"quay .*'{field}'"):
        SITE.read_posts(said([raw]), query="")


def test_pages_go_on_below_the_lowest_id() -> None:
    page = SITE.read_posts(said(raw_posts()), query="sky")

    assert (page.count, page.cursor) == (2, "b1202")


@pytest.mark.parametrize("query", ["order:score", "sky order:random", "ordpool:3"])
def test_an_order_needs_pages_that_are_counted(query: str) -> None:
    first = SITE.read_posts(said(raw_posts()), query=query)
    asked = SITE.search(query, cursor="4", limit=2)
    fourth = SITE.read_posts(said(raw_posts(), asked=asked), query=query)

    assert (first.cursor, fourth.cursor) == ("2", "5")


def test_the_default_order_needs_none() -> None:
    assert SITE.read_posts(said(raw_posts()), query="order:id_desc").cursor == "b1202"


def test_no_posts_end_a_listing() -> None:
    page = SITE.read_posts(said([]), query="sky")

    assert (page.posts, page.count, page.cursor) == ([], 0, None)


def test_one_withheld_post_is_not_found() -> None:
    raw = {**raw_posts()[0], "rating": "e", "tag_string": "child"}

    with pytest.raises(errors.NotFoundError):
        SITE.read_post(said(raw))


def test_requests_say_what_the_site_documents() -> None:
    request = SITE.search("sky rating:g", cursor="b7", limit=50)

    assert request.url.path == "/posts.json"
    assert dict(request.url.params) == {
        "tags": "sky rating:g",
        "limit": "50",
        "page": "b7",
    }


@pytest.mark.parametrize("tag", ["c++", "a&b", "50%", "#hash", "what?", "rock'n'roll"])
def test_tags_are_encoded(tag: str) -> None:
    request = SITE.search(tag, limit=1)

    assert request.url.params["tags"] == tag


def test_ratings_are_said_in_letters() -> None:
    assert SITE.rating_words({Rating.GENERAL}) == "rating:g"
    assert SITE.rating_words({Rating.EXPLICIT, Rating.GENERAL}) == "rating:g,e"
    assert SITE.rating_words(frozenset(Rating)) == "rating:g,s,q,e"


@pytest.mark.parametrize("query", ["rating:s", "sky -rating:e", "is:sfw", "RATING:g"])
def test_a_rating_in_the_query_is_noticed(query: str) -> None:
    assert SITE.names_rating(query)


@pytest.mark.parametrize("query", ["", "sky", "frating:s", "star_rating"])
def test_other_words_are_no_rating(query: str) -> None:
    assert not SITE.names_rating(query)


def test_suggestions_are_tags_only() -> None:
    found = SITE.read_suggestions(said(recorded("danbooru")["suggestions"]))

    assert [(s.tag, s.category, s.count, s.alias) for s in found] == [
        ("sky", "general", 9, None),
        ("sea", "general", 4, "ocean"),
    ]


def test_tags_are_read() -> None:
    [tag] = SITE.read_tags(said(recorded("danbooru")["tags"]))

    assert (tag.tag, tag.category, tag.count) == ("painter_p", "artist", 12)


@pytest.mark.parametrize("count", [7, None])
def test_a_count_is_read(count: int | None) -> None:
    assert SITE.read_count(said({"counts": {"posts": count}})) == count


def test_a_count_of_another_shape_is_an_error() -> None:
    with pytest.raises(errors.BadAnswerError):
        SITE.read_count(said({"posts": 7}))


def refused(status: int, kind: str = "", message: str = "") -> httpx.Response:
    body = {"success": False, "error": kind, "message": message}
    return said(body, status=status)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused(401, "SessionLoader::AuthenticationFailure"), errors.LoginNeededError),
        (refused(403, "User::PrivilegeError"), errors.LoginNeededError),
        (refused(404, "ActiveRecord::RecordNotFound"), errors.NotFoundError),
        (refused(410, "PaginationExtension::PaginationError"), errors.PageLimitError),
        (refused(422, "PostQuery::TagLimitError"), errors.TagLimitError),
        (refused(422, "PostQuery::Error"), errors.RefusedQueryError),
        (refused(429, "RateLimiter::RateLimitError"), errors.RateLimitedError),
        (refused(500, "ActiveRecord::QueryCanceled"), errors.RefusedQueryError),
        (refused(500, "NoMethodError"), errors.SiteDownError),
        (said(b"<html>downbooru</html>", status=502), errors.SiteDownError),
        (said(b"<html>Just a moment...</html>", status=403), errors.BlockedError),
        (
            said(b"x", status=403, headers={"cf-mitigated": "challenge"}),
            errors.BlockedError,
        ),
        (said(b"<html>Just a moment...</html>"), errors.BlockedError),
        (said(b"<html>Welcome</html>"), errors.BadAnswerError),
        (said(b""), errors.BadAnswerError),
        (said(b'[{"id": 12'), errors.BadAnswerError),
        (said({"posts": []}), errors.BadAnswerError),
        (said(["no", "objects"]), errors.BadAnswerError),
        (said(b"\xff\xfe\x00"), errors.BadAnswerError),
    ],
)
def test_each_refusal_is_told_apart(
    answer: httpx.Response, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(answer, query="sky")

    assert type(caught.value) is error


def test_a_third_tag_says_what_to_do() -> None:
    answer = refused(
        422,
        "PostQuery::TagLimitError",
        "You cannot search for more than 2 tags at a time.",
    )

    with pytest.raises(errors.TagLimitError, match="fewer tags") as caught:
        SITE.read_posts(answer, query="a b c")

    assert "more than 2 tags" in str(caught.value)


def test_a_post_is_found_by_its_md5() -> None:
    md5 = "0A1B2C3D4E5F60718293A4B5C6D7E8F9"

    assert SITE.post_by_md5(md5).url.params["md5"] == md5.lower()
    assert SITE.read_post(said(raw_posts()[0])).md5 == md5.lower()


def test_what_is_no_md5_is_refused() -> None:
    with pytest.raises(errors.ArgumentError, match="32 hexadecimal digits"):
        SITE.post_by_md5("../etc")


def test_a_login_goes_into_a_header() -> None:
    site = Danbooru(name="quay", url=HOST, login=Login("me", "hidden"))

    request = site.search("sky", limit=5)

    assert request.headers["Authorization"] == "Basic bWU6aGlkZGVu"
    assert "hidden" not in f"{request.url} {site!r} {site.login!r}"
