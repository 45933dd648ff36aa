from datetime import UTC, datetime

import pytest

from booru_nb import errors
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import TagInfo
from booru_nb.sites.gelbooru02 import Gelbooru02
from tests.support.said import HOST, recorded, said

SITE = Gelbooru02(name="quay", url=HOST)
ANSWERS = recorded("gelbooru02")


def read(body: object) -> list[Post]:
    return SITE.read_posts(said(body), query="").posts


def test_a_post_is_read_whole() -> None:
    assert read(ANSWERS["posts"])[0] == Post(
        site="quay",
        id=880,
        rating=Rating.GENERAL,
        tags=("rubik's_cube", "street", "umbrella"),
        width=2160,
        height=965,
        ext="jpeg",
        md5="0123456789abcdef0123456789abcdef",
        uploader="48",
        created_at=datetime(2023, 6, 14, 14, 16, 19, tzinfo=UTC),
        preview_url="https://booru.example.org/thumbnails/42/"
        "thumbnail_0123456789abcdef0123456789abcdef.jpg",
        sample_url="https://booru.example.org/samples/42/"
        "sample_0123456789abcdef0123456789abcdef.jpg",
        file_url="https://booru.example.org/images/42/"
        "0123456789abcdef0123456789abcdef.jpeg",
        post_url="https://booru.example.org/index.php?page=post&s=view&id=880",
        status=Status.ACTIVE,
    )


def test_the_second_post_has_a_parent_and_a_source() -> None:
    other = read(ANSWERS["posts"])[1]

    assert (other.rating, other.status) == (Rating.QUESTIONABLE, Status.PENDING)
    assert (other.parent_id, other.score) == (880, 3)
    assert other.source == "https://pictures.example.org/?a=1&b=2"
    assert other.tags == ("fog", "rain")


def test_json_has_words_for_ratings_and_no_md5() -> None:
    [post] = read(ANSWERS["posts_json"])

    assert (post.rating, post.md5, post.score) == (Rating.GENERAL, None, None)
    assert (post.created_at, post.parent_id) == (None, None)
    assert post.tags == ("rubik's_cube", "street", "umbrella")


def test_categories_are_those_that_the_answer_tells() -> None:
    [post] = read(ANSWERS["posts_json"])

    assert post.categories == {"umbrella": "general", "rubik's_cube": "copyright"}


def test_addresses_are_made_where_there_are_none() -> None:
    [post] = read(ANSWERS["posts_without_addresses"])

    stem = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    assert post.file_url == f"{HOST}/images/4214/{stem}.png"
    assert post.sample_url == f"{HOST}/samples/4214/sample_{stem}.jpg"
    assert post.preview_url == f"{HOST}/thumbnails/4214/thumbnail_{stem}.jpg"
    assert (post.ext, post.status) == ("png", Status.ACTIVE)


def test_a_post_without_any_address_is_restricted() -> None:
    [post] = read([{"id": 3, "tags": "fog"}])

    assert (post.status, post.file_url) == (Status.RESTRICTED, None)


@pytest.mark.parametrize("body", [b"", b" \n", "[]", ANSWERS["posts_none"]])
def test_no_posts_end_a_listing(body: object) -> None:
    page = SITE.read_posts(said(body), query="fog")

    assert (page.posts, page.count, page.cursor) == ([], 0, None)


def test_an_empty_page_tells_that_more_should_have_come() -> None:
    page = SITE.read_posts(said('<posts count="61" offset="0"/>'), query="fog")

    assert (page.count, page.total) == (0, 61)


def test_posts_are_asked_for_as_xml_below_the_lowest_id() -> None:
    page = SITE.read_posts(said(ANSWERS["posts"]), query="fog")
    request = SITE.search("fog", cursor=page.cursor, limit=100)

    assert (page.cursor, page.total) == ("b879", 61)
    assert request.url.params["tags"] == "fog id:<879"
    assert "json" not in request.url.params


def test_the_mildest_rating_is_found_by_what_it_is_not() -> None:
    mild = "-rating:questionable -rating:explicit"

    assert SITE.rating_words({Rating.GENERAL}) == mild
    assert SITE.rating_words({Rating.EXPLICIT}) == "rating:explicit"
    assert SITE.rating_words({Rating.GENERAL, Rating.EXPLICIT}) == (
        "-rating:questionable"
    )
    assert SITE.rating_words({Rating.QUESTIONABLE, Rating.EXPLICIT}) == (
        "-rating:safe -rating:general"
    )


def test_a_post_is_found_by_its_md5() -> None:
    asked = SITE.post_by_md5("fedcba9876543210fedcba9876543210")

    assert SITE.read_post(said(ANSWERS["posts"], asked=asked)).id == 879


def test_a_post_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(errors.NotFoundError, match="quay"):
        SITE.read_post(said(ANSWERS["posts_none"], asked=SITE.post(5)))


def test_suggestions_have_their_counts_in_labels() -> None:
    found = SITE.read_suggestions(said(ANSWERS["suggestions"]))

    assert [(s.tag, s.category, s.count) for s in found] == [
        ("umbrella", None, 4308),
        ("umbrella_man", "character", 2),
    ]


def test_tags_are_asked_for_one_by_one() -> None:
    request = SITE.tags(["rubik's_cube"])
    [tag] = SITE.read_tags(said(ANSWERS["tags"]))

    assert request.url.params["name"] == "rubik's_cube"
    assert (tag.tag, tag.category, tag.count) == ("rubik's_cube", "copyright", 12)


def test_the_page_of_a_post_says_its_tags() -> None:
    page = """<li class="tag-type-metadata tag"><a href="?tags=wide_picture">w</a></li>
    <li class="tag-type-artist"><a href="?tags=anna&#039;s_hand">a</a></li>
    <li class="tag-type-unheard_of"><a href="?tags=fog">f</a></li>"""
    asked = SITE.post_page(7)

    assert str(asked.url) == f"{HOST}/index.php?page=post&s=view&id=7"
    assert SITE.read_post_page(said(page.encode())) == [
        TagInfo("wide_picture", "meta", None),
        TagInfo("anna's_hand", "artist", None),
    ]


def test_a_count_is_that_of_the_list() -> None:
    assert SITE.read_count(said(ANSWERS["count"])) == 3781


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (
            200,
            '"Missing authentication. Go to the settings for more information"',
            errors.LoginNeededError,
        ),
        (200, "<error>Search is overloaded</error>", errors.SiteDownError),
        (
            200,
            '<response success="false" reason="search down"/>',
            errors.SiteDownError,
        ),
        (200, '<posts count="1"><post id="1"', errors.BadAnswerError),
        (200, "<!DOCTYPE html><html>Are you here?</html>", errors.BadAnswerError),
        (200, "<tags/>", errors.BadAnswerError),
        (429, "", errors.RateLimitedError),
        (500, "<posts>", errors.SiteDownError),
        (404, "nginx", errors.NotFoundError),
    ],
)
def test_each_refusal_is_told_apart(
    status: int, body: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(said(body, status=status), query="fog")

    assert type(caught.value) is error


@pytest.mark.parametrize("field", ["id", "tags"])
def test_a_required_field_that_is_missing_is_named(field: str) -> None:
    row = ANSWERS["posts"].replace(f' {field}="', ' lost="', 1)

    with pytest.raises(errors.BadAnswerError, match=f"quay .*'{field}'"):
        read(row)
