from datetime import UTC, datetime

import pytest

from booru_nb import errors
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import Login
from booru_nb.sites.shimmie2 import Shimmie2
from tests.support.said import HOST, recorded, said

SITE = Shimmie2(name="quay", url=HOST)
ANSWERS = recorded("shimmie2")


def read(body: object) -> list[Post]:
    return SITE.read_posts(said(body), query="").posts


def test_a_post_is_read_whole() -> None:
    assert read(ANSWERS["posts"])[0] == Post(
        site="quay",
        id=571,
        score=None,
        tags=("Harbour", "Old_Keeper"),
        width=990,
        height=785,
        ext="png",
        md5="90eb6c293917a6ae00254c7196794b1e",
        source="https://pictures.example.org/1",
        uploader="keeper",
        created_at=datetime(2024, 3, 2, 11, 29, 39, tzinfo=UTC),
        preview_url=f"{HOST}/_thumbs/90eb6c293917a6ae00254c7196794b1e/thumb.jpg",
        file_url=f"{HOST}/_images/90eb6c293917a6ae00254c7196794b1e/"
        "571%20-%20Harbour%20Old_Keeper.png",
        post_url=f"{HOST}/post/view/571",
        status=Status.ACTIVE,
    )


def test_fields_without_a_value_are_missing() -> None:
    other = read(ANSWERS["posts"])[1]

    assert (other.preview_url, other.source, other.ext) == (None, None, "jpg")


def test_posts_may_be_called_tags() -> None:
    [post] = read(ANSWERS["posts_as_tags"])

    assert (post.id, post.tags) == (571, ("Harbour", "Old_Keeper"))


def test_json_is_read_where_xml_was_asked_for() -> None:
    row = {
        "id": 5,
        "tags": "Fog",
        "rating": "q",
        "created_at": {"json_class": "Time", "s": 1_709_380_000, "n": 0},
    }

    [post] = read([row])

    assert (post.rating, post.status) == (Rating.QUESTIONABLE, Status.RESTRICTED)
    assert post.created_at == datetime(2024, 3, 2, 11, 46, 40, tzinfo=UTC)


def test_the_default_filter_says_what_to_do() -> None:
    with pytest.raises(errors.ArgumentError, match='rating="any"'):
        SITE.with_ratings("Fog", {Rating.GENERAL})


def test_a_rating_in_the_query_is_noticed() -> None:
    assert SITE.names_rating("Fog rating=s")
    assert not SITE.names_rating("Fog")


def test_a_listing_goes_on_below_the_lowest_id() -> None:
    page = SITE.read_posts(said(ANSWERS["posts"]), query="Fog")
    params = SITE.search("Fog", cursor=page.cursor, limit=500).url.params

    assert (page.cursor, page.total) == ("b570", 91)
    assert params["tags"] == "Fog id<570"
    assert (params["page"], params["limit"]) == ("1", "100")


def test_an_order_needs_pages_that_are_counted() -> None:
    asked = SITE.search("order:score", cursor="2", limit=2)

    page = SITE.read_posts(said(ANSWERS["posts"], asked=asked), query="order:score")

    assert (asked.url.params["page"], page.cursor) == ("2", "3")


def test_no_tags_are_not_sent() -> None:
    assert "tags" not in SITE.search("", limit=5).url.params


def test_no_posts_end_a_listing() -> None:
    page = SITE.read_posts(said('<posts count="0" offset="0"/>'), query="Fog")

    assert (page.posts, page.count, page.cursor, page.total) == ([], 0, None, 0)


def test_a_page_without_results_ends_a_listing() -> None:
    nothing = said("<html>No Images Found</html>", status=404)
    behind = said("", status=404, asked=SITE.search("Fog", cursor="b5", limit=9))

    pages = [SITE.read_posts(answer, query="Fog") for answer in (nothing, behind)]

    assert [page.count for page in pages] == [0, 0]
    assert SITE.read_count(nothing) == 0


def test_an_extension_that_is_switched_off_is_no_empty_result() -> None:
    with pytest.raises(errors.NotFoundError, match="quay"):
        SITE.read_posts(said("<html>404</html>", status=404), query="Fog")


def test_a_post_is_found_by_its_id_and_its_md5() -> None:
    by_id = SITE.post(570)
    by_md5 = SITE.post_by_md5("aa8a545248bc16f4fd29e789ea15b620")

    for asked in (by_id, by_md5):
        assert SITE.read_post(said(ANSWERS["posts"], asked=asked)).id == 570


def test_a_post_that_does_not_exist_is_not_found() -> None:
    body = '<posts count="1" offset="0"></posts>'

    with pytest.raises(errors.NotFoundError, match="quay"):
        SITE.read_post(said(body, asked=SITE.post(5)))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (ANSWERS["suggestions"], [("Harbour", 12, None), ("Harbour", 3, "harbor")]),
        (
            ANSWERS["suggestions_old"],
            [("Harbour", 12, None), ("Harbour_Keeper", 3, None)],
        ),
        ([], []),
    ],
)
def test_suggestions_have_counts(body: object, found: object) -> None:
    read = SITE.read_suggestions(said(body))

    assert [(s.tag, s.count, s.alias) for s in read] == found


def test_tags_have_no_categories() -> None:
    request = SITE.tags(["Harbour", "Fog"])
    [tag] = SITE.read_tags(said(ANSWERS["tags"]))

    assert request.url.params["name"] == "Harbour,Fog"
    assert (tag.tag, tag.category, tag.count) == ("Harbour", None, 12)
    assert not SITE.knows_categories


def test_asking_for_no_tags_is_refused() -> None:
    with pytest.raises(errors.ArgumentError, match="1 to 50 tags"):
        SITE.tags([])


def test_a_count_is_that_of_the_list() -> None:
    assert SITE.read_count(said(ANSWERS["count"])) == 91


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, "<html>Permission Denied</html>", errors.LoginNeededError),
        (503, "", errors.SiteDownError),
        (200, "", errors.BadAnswerError),
        (200, "<html>Welcome</html>", errors.BadAnswerError),
        (200, "<posts count='1'><post id='1'", errors.BadAnswerError),
        (200, "<posts><post id='1'/></posts>", errors.BadAnswerError),
        (
            200,
            '<!DOCTYPE posts [<!ENTITY a "b">]><posts>&a;</posts>',
            errors.BadAnswerError,
        ),
    ],
)
def test_each_refusal_is_told_apart(
    status: int, body: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(said(body, status=status), query="Fog")

    assert type(caught.value) is error


def test_a_key_goes_into_the_query() -> None:
    site = Shimmie2(name="quay", url=HOST, login=Login("me", "hidden"))

    assert site.post(5).url.params["api_key"] == "hidden"
    assert "hidden" not in repr(site)
