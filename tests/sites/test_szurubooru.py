from datetime import UTC, datetime

import pytest

from booru_nb import errors
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import Login
from booru_nb.sites.szurubooru import Szurubooru
from tests.support.said import HOST, recorded, said

SITE = Szurubooru(name="quay", url=f"{HOST}/pictures")
ANSWERS = recorded("szurubooru")


def read(body: object) -> list[Post]:
    return SITE.read_posts(said(body), query="").posts


def tagged(*names: str, safety: str = "unsafe") -> object:
    row = {"names": list(names), "category": "default", "usages": 1}
    post = {**ANSWERS["posts"]["results"][0], "safety": safety, "tags": [row]}
    return {"results": [post], "total": 1}


def test_a_post_is_read_whole() -> None:
    assert read(ANSWERS["posts"])[0] == Post(
        site="quay",
        id=174,
        rating=Rating.GENERAL,
        score=3,
        favorites=2,
        tags=("brass_lamp", "painter_p", "re:harbour"),
        categories={
            "brass_lamp": "still_life__objects",
            "painter_p": "artist",
            "re:harbour": "copyright",
        },
        width=347,
        height=248,
        ext="png",
        md5="c0d6dbc1ab137e20f037f5c39172ac3b",
        file_size=18735,
        source="https://pictures.example.org/1\nhttps://pictures.example.org/2",
        uploader="keeper",
        created_at=datetime(2024, 3, 2, 18, 37, 14, 800_970, UTC),
        preview_url=f"{HOST}/pictures/data/generated-thumbnails/174_c71017bf.jpg",
        file_url=f"{HOST}/pictures/data/posts/174_c71017bf.png",
        post_url=f"{HOST}/pictures/post/174",
        status=Status.ACTIVE,
    )


def test_what_is_not_known_is_missing() -> None:
    other = read(ANSWERS["posts"])[1]

    assert other.rating is Rating.QUESTIONABLE
    assert (other.md5, other.source, other.uploader, other.tags) == (
        None,
        None,
        None,
        (),
    )


def test_a_post_without_an_address_is_restricted() -> None:
    row = {**ANSWERS["posts"]["results"][0], "contentUrl": None}

    assert read({"results": [row]})[0].status is Status.RESTRICTED


def test_a_post_is_withheld_by_the_other_name_of_a_tag() -> None:
    page = SITE.read_posts(said(tagged("little_one", "child")), query="")

    assert (page.posts, page.count, page.cursor) == ([], 1, "b174")


def test_each_request_accepts_json() -> None:
    requests = [SITE.search("fog", limit=1), SITE.post(1), SITE.suggest("f", limit=1)]

    assert {r.headers["Accept"] for r in requests} == {"application/json"}
    assert requests[1].url == f"{HOST}/pictures/api/post/1"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "*"),
        ("fog re:harbour", "fog re\\:harbour"),
        ("re\\:harbour", "re\\:harbour"),
        ("-re:harbour", "-re\\:harbour"),
        ("safety:safe score-min:5", "safety:safe score-min:5"),
        ("sort:score date:2024", "sort:score date:2024"),
    ],
)
def test_colons_of_tags_are_escaped(query: str, words: str) -> None:
    assert SITE.search(query, limit=1).url.params["query"] == words


def test_a_listing_goes_on_below_the_lowest_id() -> None:
    page = SITE.read_posts(said(ANSWERS["posts"]), query="fog")
    params = SITE.search("fog", cursor=page.cursor, limit=500).url.params

    assert (page.cursor, page.total) == ("b171", 176)
    assert params["query"] == "fog id:..170"
    assert (params["offset"], params["limit"]) == ("0", "100")


def test_an_order_goes_on_by_rows() -> None:
    asked = SITE.search("sort:score", cursor="40", limit=2)

    page = SITE.read_posts(said(ANSWERS["posts"], asked=asked), query="sort:score")

    assert (asked.url.params["offset"], page.cursor, page.total) == ("40", "42", 136)


@pytest.mark.parametrize("query", ["sort:id", "sort:id,desc"])
def test_the_default_order_needs_no_rows(query: str) -> None:
    assert SITE.read_posts(said(ANSWERS["posts"]), query=query).cursor == "b171"


def test_no_posts_end_a_listing() -> None:
    page = SITE.read_posts(said({"results": [], "total": 0}), query="fog")

    assert (page.posts, page.count, page.cursor, page.total) == ([], 0, None, 0)


def test_ratings_are_a_list() -> None:
    assert SITE.rating_words({Rating.GENERAL}) == "safety:safe"
    assert SITE.rating_words({Rating.EXPLICIT, Rating.GENERAL}) == (
        "safety:safe,unsafe"
    )


def test_a_rating_that_the_site_lacks_is_refused() -> None:
    with pytest.raises(errors.ArgumentError, match="nothing rated sensitive"):
        SITE.rating_words({Rating.SENSITIVE})


@pytest.mark.parametrize("query", ["safety:safe", "-rating:unsafe"])
def test_a_rating_in_the_query_is_noticed(query: str) -> None:
    assert SITE.names_rating(query)


def test_one_post_is_read() -> None:
    assert SITE.read_post(said(ANSWERS["posts"]["results"][0])).id == 174


def test_one_post_is_withheld_by_the_other_name_of_a_tag() -> None:
    row = {"names": ["little_one", "child"], "category": "default"}
    post = {**ANSWERS["posts"]["results"][0], "safety": "unsafe", "tags": [row]}

    with pytest.raises(errors.NotFoundError, match="withheld"):
        SITE.read_post(said(post))


def test_an_md5_cannot_be_found() -> None:
    with pytest.raises(errors.ArgumentError, match="content-checksum"):
        SITE.post_by_md5("0" * 32)


def test_suggestions_have_categories_and_counts() -> None:
    request = SITE.suggest("re:h", limit=10)
    found = SITE.read_suggestions(said(ANSWERS["suggestions"]))

    assert request.url.params["query"] == "re\\:h* sort:usages"
    assert [(s.tag, s.category, s.count) for s in found] == [
        ("re:harbour", "copyright", 8),
        ("reed", "default", 2),
    ]


def test_tags_are_asked_for_together() -> None:
    request = SITE.tags(["painter_p", "a,b"])
    [tag] = SITE.read_tags(said(ANSWERS["tags"]))

    assert request.url.params["query"] == "name:painter_p,a\\,b"
    assert (tag.tag, tag.category, tag.count) == ("painter_p", "artist", 3)


def test_a_count_is_the_total() -> None:
    assert SITE.read_count(said(ANSWERS["count"])) == 176


def refused(name: str) -> object:
    return {"name": name, "title": name, "description": "It says why."}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, refused("SearchError"), errors.RefusedQueryError),
        (400, refused("ValidationError"), errors.RefusedQueryError),
        (403, refused("AuthError"), errors.LoginNeededError),
        (404, refused("PostNotFoundError"), errors.NotFoundError),
        (406, "", errors.SiteError),
        (409, refused("IntegrityError"), errors.SiteError),
        (502, "<html></html>", errors.SiteDownError),
        (200, {"total": 1}, errors.BadAnswerError),
        (200, {"results": {}}, errors.BadAnswerError),
        (200, "<html>the app</html>", errors.BadAnswerError),
    ],
)
def test_each_refusal_is_told_apart(
    status: int, body: object, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(said(body, status=status), query="fog")

    assert type(caught.value) is error


def test_what_the_site_says_is_told() -> None:
    answer = said(refused("SearchError"), status=400)

    with pytest.raises(errors.RefusedQueryError, match=r"It says: It says why\."):
        SITE.read_tags(answer)


def test_a_token_goes_into_a_header() -> None:
    site = Szurubooru(name="quay", url=HOST, login=Login("me", "hidden"))

    assert site.post(1).headers["Authorization"] == "Token bWU6aGlkZGVu"
    assert "hidden" not in repr(site)
