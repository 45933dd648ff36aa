from datetime import UTC, datetime

import pytest

from booru_nb import errors
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import Login
from booru_nb.sites.e621 import E621
from tests.support.said import HOST, recorded, said

SITE = E621(name="quay", url=HOST)


def one(**changes: object) -> Post:
    """Read the first post, changed."""
    raw = recorded("e621")["posts"]["posts"][0]
    return SITE.read_posts(said({"posts": [{**raw, **changes}]}), query="").posts[0]


def test_a_post_is_read_whole() -> None:
    assert one() == Post(
        site="quay",
        id=905,
        rating=Rating.GENERAL,
        score=9,
        favorites=21,
        tags=(
            "2024",
            "cold_morning_(lore)",
            "colour_friend",
            "harbour_hare",
            "harbour_tale",
            "hat_(disambiguation)",
            "heron",
            "old_keeper",
            "rain",
            "standing",
            "umbrella",
        ),
        categories={
            "harbour_hare": "artist",
            "umbrella": "general",
            "rain": "general",
            "standing": "general",
            "heron": "species",
            "old_keeper": "character",
            "harbour_tale": "copyright",
            "colour_friend": "contributor",
            "hat_(disambiguation)": "invalid",
            "cold_morning_(lore)": "lore",
            "2024": "meta",
        },
        width=1200,
        height=800,
        ext="png",
        md5="00112233445566778899aabbccddeeff",
        file_size=54321,
        source="https://pictures.example.org/1\nhttps://pictures.example.org/2",
        parent_id=900,
        uploader="heron_watcher",
        created_at=datetime(2024, 5, 2, 14, 30, 0, 125_000, UTC),
        preview_url="https://static.booru.example.org/data/preview/00/11/0011.jpg",
        sample_url="https://static.booru.example.org/data/sample/00/11/0011.jpg",
        file_url="https://static.booru.example.org/data/00/11/0011.png",
        post_url="https://booru.example.org/posts/905",
        status=Status.PENDING,
    )


def test_an_older_answer_has_fewer_fields() -> None:
    page = SITE.read_posts(said(recorded("e621")["posts"]), query="")
    older = page.posts[1]

    assert (page.count, page.cursor) == (2, "b904")
    assert (older.uploader, older.parent_id, older.source) == ("45", None, None)


def test_a_post_without_an_address_is_restricted() -> None:
    hidden = SITE.read_posts(said(recorded("e621")["posts"]), query="").posts[1]

    assert hidden.status is Status.RESTRICTED
    assert hidden.file_url is None
    assert hidden.md5 == "ffeeddccbbaa99887766554433221100"


@pytest.mark.parametrize(
    ("flag", "status"), [("deleted", Status.DELETED), ("flagged", Status.FLAGGED)]
)
def test_flags_are_statuses(flag: str, status: Status) -> None:
    assert one(flags={flag: True}).status is status


def test_an_order_needs_pages_that_are_counted() -> None:
    answer = said(
        recorded("e621")["posts"], asked=SITE.search("order:score", limit=320)
    )

    page = SITE.read_posts(answer, query="order:score")

    assert page.cursor == "2"


def test_no_posts_end_a_listing() -> None:
    page = SITE.read_posts(said({"posts": []}), query="heron")

    assert (page.posts, page.count, page.cursor) == ([], 0, None)


def test_more_than_a_page_is_not_asked_for() -> None:
    request = SITE.search("heron", cursor="b904", limit=1000)

    assert dict(request.url.params) == {"tags": "heron", "limit": "320", "page": "b904"}


def test_ratings_are_named_or_ruled_out() -> None:
    assert SITE.rating_words({Rating.GENERAL}) == "rating:s"
    assert SITE.rating_words({Rating.GENERAL, Rating.SENSITIVE}) == "rating:s"
    assert SITE.rating_words({Rating.GENERAL, Rating.EXPLICIT}) == "-rating:q"
    assert SITE.rating_words(frozenset(Rating)) == ""


def test_a_rating_that_the_site_lacks_is_refused() -> None:
    with pytest.raises(errors.ArgumentError, match="quay has nothing rated sensitive"):
        SITE.rating_words({Rating.SENSITIVE})


def test_one_post_is_read() -> None:
    raw = recorded("e621")["posts"]["posts"][0]

    assert SITE.read_post(said({"post": raw})).id == 905


def test_suggestions_have_categories_and_aliases() -> None:
    found = SITE.read_suggestions(said(recorded("e621")["suggestions"]))

    assert [(s.tag, s.category, s.count, s.alias) for s in found] == [
        ("heron", "species", 320, None),
        ("grey_heron", "species", 40, "heron_(grey)"),
    ]


@pytest.mark.parametrize(
    ("text", "path"), [("he", "/tags.json"), ("her", "/tags/autocomplete.json")]
)
def test_short_words_are_looked_up_as_tags(text: str, path: str) -> None:
    assert SITE.suggest(text, limit=10).url.path == path


def test_tags_without_posts_are_asked_for_too() -> None:
    request = SITE.tags(["heron", "fog"])
    found = SITE.read_tags(said(recorded("e621")["tags"]))

    assert request.url.params["search[name]"] == "heron,fog"
    assert request.url.params["search[hide_empty]"] == "false"
    assert [(t.tag, t.category, t.count) for t in found] == [
        ("heron", "species", 320),
        ("cold_morning_(lore)", "lore", 0),
    ]


def test_an_empty_list_may_be_an_object() -> None:
    assert SITE.read_tags(said({"tags": []})) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [({"count": 87, "capped": False}, 87), ({"count": 240_001, "capped": True}, None)],
)
def test_a_count_that_stopped_early_is_none(body: object, count: int | None) -> None:
    assert SITE.read_count(said(body)) == count


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"success": False, "message": "SessionLoader"}, errors.LoginNeededError),
        (403, {"success": False, "reason": "Access Denied"}, errors.LoginNeededError),
        (404, {"success": False, "reason": "not found"}, errors.NotFoundError),
        (406, "<html></html>", errors.SiteError),
        (410, {"success": False, "message": "beyond 750"}, errors.PageLimitError),
        (
            422,
            {"success": False, "message": "You cannot search for more than 40 tags"},
            errors.TagLimitError,
        ),
        (422, {"success": False, "message": "timed out"}, errors.RefusedQueryError),
        (429, "<html>slow down</html>", errors.RateLimitedError),
        (503, "", errors.SiteDownError),
        (403, "<html>Just a moment...</html>", errors.BlockedError),
        (200, {"success": True}, errors.BadAnswerError),
        (200, {"posts": {"id": 3}}, errors.BadAnswerError),
        (200, '{"posts": [{"id"', errors.BadAnswerError),
        (200, "", errors.BadAnswerError),
    ],
)
def test_each_refusal_is_told_apart(
    status: int, body: object, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(said(body, status=status), query="heron")

    assert type(caught.value) is error


def test_what_the_site_says_is_told() -> None:
    answer = said({"success": False, "reason": "Access Denied"}, status=403)

    with pytest.raises(errors.LoginNeededError, match="It says: Access Denied"):
        SITE.read_post(answer)


@pytest.mark.parametrize("field", ["id", "tags"])
def test_a_required_field_that_is_missing_is_named(field: str) -> None:
    with pytest.raises(errors.BadAnswerError, match=f"quay .*'{field}'"):
        one(**{field: None})


def test_a_login_goes_into_a_header() -> None:
    site = E621(name="quay", url=HOST, login=Login("me", "hidden"))

    request = site.post(905)

    assert request.headers["Authorization"] == "Basic bWU6aGlkZGVu"
    assert "hidden" not in f"{request.url} {site!r} {site.login!r}"
