from datetime import UTC, datetime

import pytest

from booru_nb import errors
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import Login
from booru_nb.sites.moebooru import Moebooru
from tests.support.said import HOST, recorded, said

SITE = Moebooru(name="quay", url=HOST)
ANSWERS = recorded("moebooru")


def read(body: object) -> list[Post]:
    return SITE.read_posts(said(body), query="").posts


def test_a_post_is_read_whole() -> None:
    assert read(ANSWERS["posts"])[0] == Post(
        site="quay",
        id=700,
        rating=Rating.GENERAL,
        score=12,
        tags=("harbour", "keeper_(tale)", "painter_p"),
        categories={
            "harbour": "general",
            "keeper_(tale)": "character",
            "painter_p": "artist",
        },
        width=1500,
        height=1061,
        ext="png",
        md5="94818e87adafcd4a8b857eca97417b69",
        file_size=2607352,
        source="https://pictures.example.org/1",
        uploader="keeper",
        created_at=datetime(2024, 3, 2, 11, 46, 40, tzinfo=UTC),
        preview_url=f"{HOST}/data/preview/94/81/94818e87adafcd4a8b857eca97417b69.jpg",
        sample_url="https://files.booru.example.org/sample/"
        "94818e87adafcd4a8b857eca97417b69.jpg",
        file_url="https://files.booru.example.org/image/"
        "94818e87adafcd4a8b857eca97417b69/harbour%20painter_p.png",
        post_url=f"{HOST}/post/show/700",
        status=Status.PENDING,
    )


def test_a_deleted_post_has_no_addresses() -> None:
    deleted = read(ANSWERS["posts"])[1]

    assert deleted.status is Status.DELETED
    assert (deleted.preview_url, deleted.file_url) == (None, None)
    assert (deleted.uploader, deleted.score, deleted.parent_id) == ("21", 3, 700)


def test_a_bare_list_has_no_categories() -> None:
    [post] = read(ANSWERS["posts_bare"])

    assert (post.categories, post.ext) == ({}, "jpg")
    assert post.created_at == datetime(2024, 3, 2, 10, tzinfo=UTC)


def test_xml_is_read_too() -> None:
    [post] = read(ANSWERS["count"])

    assert (post.id, post.tags, post.status) == (700, ("harbour",), Status.RESTRICTED)


@pytest.mark.parametrize("body", [[], {"posts": []}, '<posts count="0"/>'])
def test_no_posts_end_a_listing(body: object) -> None:
    page = SITE.read_posts(said(body), query="fog")

    assert (page.posts, page.count, page.cursor) == ([], 0, None)


def test_a_listing_goes_on_below_the_lowest_id() -> None:
    page = SITE.read_posts(said(ANSWERS["posts"]), query="fog")
    request = SITE.search("fog", cursor=page.cursor, limit=500)

    assert page.cursor == "b698"
    assert request.url.params["tags"] == "fog deleted:all id:<698"
    assert (request.url.params["page"], request.url.params["limit"]) == ("1", "100")


@pytest.mark.parametrize("query", ["fog deleted:true", "DELETED:all"])
def test_who_says_something_of_deleted_posts_is_not_talked_over(query: str) -> None:
    assert SITE.search(query, limit=5).url.params["tags"] == query
    assert SITE.count(query).url.params["tags"] == query


def test_deleted_posts_come_on_the_first_page_as_on_all_others() -> None:
    assert SITE.search("", limit=5).url.params["tags"] == "deleted:all"
    assert SITE.count("fog").url.params["tags"] == "fog deleted:all"


@pytest.mark.parametrize("query", ["order:score", "id:>5 fog", "pool:3"])
def test_what_an_id_would_override_needs_pages(query: str) -> None:
    first = SITE.search(query, limit=2)
    second = SITE.search(query, cursor="2", limit=2)

    answers = [said(ANSWERS["posts"], asked=asked) for asked in (first, second)]
    cursors = [SITE.read_posts(answer, query=query).cursor for answer in answers]

    assert cursors == ["2", "3"]


def test_two_ratings_are_what_the_third_is_not() -> None:
    assert SITE.rating_words({Rating.GENERAL}) == "rating:s"
    assert SITE.rating_words({Rating.GENERAL, Rating.QUESTIONABLE}) == "-rating:e"


@pytest.mark.parametrize("query", ["rating:safe", "fog -rating:e", "fog s", "E"])
def test_a_rating_in_the_query_is_noticed(query: str) -> None:
    assert SITE.names_rating(query)


@pytest.mark.parametrize("query", ["", "fog", "e_3", "frating:s"])
def test_other_words_are_no_rating(query: str) -> None:
    assert not SITE.names_rating(query)


def test_one_post_is_asked_for_even_if_deleted() -> None:
    asked = SITE.post(698)

    assert asked.url.params["tags"] == "id:698 deleted:all"
    assert SITE.read_post(said(ANSWERS["posts"], asked=asked)).id == 698


def test_a_post_is_found_by_its_md5() -> None:
    asked = SITE.post_by_md5("00818e87adafcd4a8b857eca97417b00")

    assert SITE.read_post(said(ANSWERS["posts"], asked=asked)).id == 698


def test_a_post_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(errors.NotFoundError, match="quay"):
        SITE.read_post(said([], asked=SITE.post(5)))


def test_suggestions_are_tags_that_posts_have() -> None:
    request = SITE.suggest("harb", limit=10)
    found = SITE.read_suggestions(said(ANSWERS["suggestions"]))

    assert (request.url.params["name"], request.url.params["order"]) == (
        "harb*",
        "count",
    )
    assert [(s.tag, s.category, s.count) for s in found] == [
        ("harbour", "general", 5972),
        ("harbour_keeper", "circle", 103),
    ]


def test_numbers_of_categories_are_the_site_s_own() -> None:
    site = Moebooru(name="quay", url=HOST, types=["general", "artist"])

    found = site.read_tags(said(ANSWERS["suggestions"]))

    assert [tag.category for tag in found] == ["general", None, "general"]


def test_one_tag_is_looked_up_by_its_name() -> None:
    request = SITE.tags(["harbour"])
    [tag] = SITE.read_tags(said(ANSWERS["tags"]))

    assert request.url.params["name"] == "harbour*"
    assert (tag.tag, tag.category, tag.count) == ("harbour", "general", 5972)


def test_many_tags_are_looked_up_in_the_table_of_all() -> None:
    request = SITE.tags(["harbour", "painter_p"])
    found = SITE.read_tags(said(ANSWERS["tags_summary"]))

    assert request.url.path == "/tag/summary.json"
    assert [(t.tag, t.category, t.count) for t in found] == [
        ("harbour", "general", None),
        ("painter_p", "artist", None),
        ("keeper_(tale)", "character", None),
        ("night_circle", "circle", None),
        ("odd", None, None),
    ]


def test_a_count_is_asked_for_as_xml() -> None:
    assert SITE.count("fog").url.path == "/post.xml"
    assert SITE.read_count(said(ANSWERS["count"])) == 4021


def refused(reason: str) -> object:
    return {"success": False, "reason": reason}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, refused("access denied"), errors.LoginNeededError),
        (420, refused("invalid record"), errors.RefusedQueryError),
        (421, refused("user is throttled"), errors.RateLimitedError),
        (424, refused("invalid parameters"), errors.RefusedQueryError),
        (400, "", errors.RefusedQueryError),
        (404, "", errors.NotFoundError),
        (
            500,
            refused("You can only search up to 6 tags at once"),
            errors.TagLimitError,
        ),
        (500, refused("exception"), errors.SiteDownError),
        (503, "<html>busy</html>", errors.SiteDownError),
        (403, "<html>Just a moment...</html>", errors.BlockedError),
        (200, "", errors.BadAnswerError),
        (200, refused("access denied"), errors.LoginNeededError),
        (200, [5], errors.BadAnswerError),
    ],
)
def test_each_refusal_is_told_apart(
    status: int, body: object, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(said(body, status=status), query="fog")

    assert type(caught.value) is error


def test_a_login_goes_into_the_query() -> None:
    site = Moebooru(name="quay", url=HOST, login=Login("me", "hidden"))

    params = site.search("fog", limit=1).url.params

    assert (params["username"], params["api_key"]) == ("me", "hidden")
    assert "hidden" not in repr(site)
