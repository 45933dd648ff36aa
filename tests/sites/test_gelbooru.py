from datetime import UTC, datetime

import pytest

from booru_nb import errors
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import Login
from booru_nb.sites.gelbooru import Gelbooru
from tests.support.said import HOST, recorded, said

SITE = Gelbooru(name="quay", url=HOST)
GELBOORU = recorded("gelbooru")


def read(body: object) -> list[Post]:
    return SITE.read_posts(said(body), query="").posts


def test_a_post_is_read_whole() -> None:
    assert read(GELBOORU["posts"])[0] == Post(
        site="quay",
        id=5120,
        rating=Rating.SENSITIVE,
        score=14,
        tags=("lighthouse", "mist", "rubik's_cube"),
        width=992,
        height=1228,
        ext="jpg",
        md5="3fa04a2b50c4ef221c98fa38b1d874ac",
        source="https://pictures.example.org/works?mode=medium&id=7",
        uploader="keeper",
        created_at=datetime(2024, 3, 2, 12, 5, 33, tzinfo=UTC),
        preview_url="https://img3.booru.example.org/thumbnails/3f/a0/"
        "thumbnail_3fa04a2b50c4ef221c98fa38b1d874ac.jpg",
        file_url="https://img3.booru.example.org/images/3f/a0/"
        "3fa04a2b50c4ef221c98fa38b1d874ac.jpg",
        post_url="https://booru.example.org/index.php?page=post&s=view&id=5120",
        status=Status.ACTIVE,
    )


def test_xml_says_the_same() -> None:
    assert read(GELBOORU["posts_xml"]) == read(GELBOORU["posts"])[:1]


def test_an_old_row_is_safe_and_another_post_has_gone() -> None:
    older = read(GELBOORU["posts"])[1]

    assert (older.rating, older.status) == (Rating.GENERAL, Status.DELETED)
    assert (older.parent_id, older.uploader) == (5120, "62")
    assert older.tags == ("a&b", "harbour")


def test_addresses_are_made_whole() -> None:
    older = read(GELBOORU["posts"])[1]

    assert str(older.file_url).startswith("https://img3.booru.example.org/images/")
    assert str(older.preview_url).startswith("https://booru.example.org/thumbnails/")


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("&lt;3", "<3"),
        ("&amp;lt;3", "&lt;3"),
        ("jack&#x27;s", "jack's"),
        ("a\x00b\u200b", "ab"),
    ],
)
def test_entities_are_decoded_once(tags: str, found: str) -> None:
    row = {"id": 1, "tags": tags}

    assert read([row])[0].tags == (found,)


@pytest.mark.parametrize(
    "body",
    [
        GELBOORU["posts_none"],
        [],
        {"@attributes": {"count": 0}, "post": []},
        '<posts count="0"/>',
    ],
)
def test_no_posts_end_a_listing(body: object) -> None:
    page = SITE.read_posts(said(body), query="mist")

    assert (page.posts, page.count, page.cursor) == ([], 0, None)


def test_one_post_may_come_without_a_list() -> None:
    row = GELBOORU["posts"]["post"][0]

    assert [p.id for p in read({"@attributes": {"count": 1}, "post": row})] == [5120]


def test_a_listing_goes_on_below_the_lowest_id() -> None:
    page = SITE.read_posts(said(GELBOORU["posts"]), query="mist")
    request = SITE.search("mist", cursor=page.cursor, limit=500)

    assert (page.count, page.cursor, page.total) == (2, "b5101", 7)
    assert request.url.params["tags"] == "mist id:<5101"
    assert (request.url.params["pid"], request.url.params["limit"]) == ("0", "100")


def test_an_upper_end_of_the_query_gives_way_to_a_lower_one() -> None:
    request = SITE.search("id:<9000 mist id:>10", cursor="b5101", limit=100)

    assert request.url.params["tags"] == "mist id:>10 id:<5101"


def test_an_order_needs_pages_that_are_counted() -> None:
    asked = SITE.search("sort:score", cursor="3", limit=2)

    page = SITE.read_posts(said(GELBOORU["posts"], asked=asked), query="sort:score")

    assert (asked.url.params["pid"], page.cursor) == ("3", "4")


def test_a_cursor_of_another_site_is_refused() -> None:
    with pytest.raises(errors.ArgumentError, match="cursor"):
        SITE.search("mist", cursor="next=5", limit=10)


def test_ratings_are_said_in_words() -> None:
    assert SITE.rating_words({Rating.GENERAL}) == "rating:general"
    assert SITE.rating_words({Rating.GENERAL, Rating.SENSITIVE}) == (
        "-rating:questionable -rating:explicit"
    )


@pytest.mark.parametrize("query", ["rating:safe", "-rating:explicit", "{rating:s ~ b}"])
def test_a_rating_in_the_query_is_noticed(query: str) -> None:
    assert SITE.names_rating(query)


def test_one_post_is_the_one_that_was_asked_for() -> None:
    asked = SITE.post(5101)

    assert SITE.read_post(said(GELBOORU["posts"], asked=asked)).id == 5101


def test_a_post_is_found_by_its_md5() -> None:
    asked = SITE.post_by_md5("B0735A8D934EEFB5B5519F522589F003")

    assert asked.url.params["tags"] == "md5:b0735a8d934eefb5b5519f522589f003"
    assert SITE.read_post(said(GELBOORU["posts"], asked=asked)).id == 5101


def test_another_post_than_the_one_asked_for_is_not_it() -> None:
    with pytest.raises(errors.NotFoundError, match="quay"):
        SITE.read_post(said(GELBOORU["posts"], asked=SITE.post(1)))


def test_suggestions_have_counts_and_no_deprecated_tags() -> None:
    found = SITE.read_suggestions(said(GELBOORU["suggestions"]))

    assert [(s.tag, s.category, s.count) for s in found] == [
        ("light_blue_sky", "general", 2817),
        ("rubik's_cube", "meta", 12),
    ]


def test_tags_are_asked_for_together() -> None:
    request = SITE.tags(["lighthouse", "highres"])
    found = SITE.read_tags(said(GELBOORU["tags"]))

    assert request.url.params["names"] == "lighthouse highres"
    assert [(t.tag, t.category, t.count) for t in found] == [
        ("lighthouse", "general", 320),
        ("rubik's_cube", "copyright", 12),
        ("highres", "meta", 5000),
    ]


def test_a_count_may_be_text() -> None:
    assert SITE.read_count(said(GELBOORU["count"])) == 4711


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, "", errors.LoginNeededError),
        (200, "Too deep! Pull it back some..", errors.PageLimitError),
        (200, "We have exceeded maximum queries per day", errors.RateLimitedError),
        (200, '"Missing authentication."', errors.LoginNeededError),
        (
            200,
            '<response success="false" reason="search down"/>',
            errors.SiteDownError,
        ),
        (200, '{"success": false, "message": "odd"}', errors.SiteError),
        (200, "", errors.BadAnswerError),
        (200, "null", errors.BadAnswerError),
        (200, "<html><body>Welcome</body></html>", errors.BadAnswerError),
        (200, "<posts><post id='1'", errors.BadAnswerError),
        (200, '{"@attributes": {}, "post": 5}', errors.BadAnswerError),
        (200, '{"posted": []}', errors.BadAnswerError),
        (200, "<html>Just a moment...</html>", errors.BlockedError),
        (302, "", errors.SiteError),
        (429, "", errors.RateLimitedError),
    ],
)
def test_each_refusal_is_told_apart(
    status: int, body: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(said(body, status=status), query="mist")

    assert type(caught.value) is error


def test_a_missing_key_says_where_to_get_one() -> None:
    with pytest.raises(errors.LoginNeededError, match="account&s=options"):
        SITE.read_count(said("", status=401))


def test_a_login_is_in_the_query_and_in_no_message() -> None:
    site = Gelbooru(name="quay", url=HOST, login=Login("61", "hidden"))
    answer = said('"Bad api_key hidden"', asked=site.post(1))

    with pytest.raises(errors.LoginNeededError) as caught:
        site.read_post(answer)

    assert answer.request.url.params["api_key"] == "hidden"
    assert answer.request.url.params["user_id"] == "61"
    assert "hidden" not in f"{caught.value} {site!r}"


def test_files_are_asked_for_as_from_its_own_pages() -> None:
    assert SITE.referer == "https://booru.example.org/"
