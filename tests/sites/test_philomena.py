from datetime import UTC, datetime

import pytest

from booru_nb import errors
from booru_nb.post import Post, Rating, Status
from booru_nb.sites import Login
from booru_nb.sites.philomena import Philomena
from tests.support.said import HOST, recorded, said

SITE = Philomena(name="quay", url=HOST)
ANSWERS = recorded("philomena")
MILD = frozenset({Rating.GENERAL})
BOTH = frozenset({Rating.GENERAL, Rating.SENSITIVE})


def read(body: object) -> list[Post]:
    return SITE.read_posts(said(body), query="").posts


def sent(query: str, cursor: str | None = None) -> str:
    """Return the query that reaches the site."""
    return str(SITE.search(query, cursor=cursor, limit=50).url.params["q"])


def test_a_post_is_read_whole() -> None:
    assert read(ANSWERS["posts"])[0] == Post(
        site="quay",
        id=3100,
        rating=Rating.GENERAL,
        score=13,
        favorites=8,
        tags=(
            "artist:painter_p",
            "harbour:_old",
            "lighthouse",
            "long_coat",
            "oc:grey_keeper",
            "safe",
        ),
        categories={
            "artist:painter_p": "artist",
            "oc:grey_keeper": "oc",
            "safe": "rating",
        },
        width=3600,
        height=4447,
        ext="png",
        file_size=5685214,
        source="https://pictures.example.org/1\nhttps://pictures.example.org/2",
        uploader="keeper",
        created_at=datetime(2024, 3, 2, 12, 12, 31, tzinfo=UTC),
        preview_url="https://cdn.booru.example.org/img/2024/3/2/3100/thumb.png",
        sample_url="https://cdn.booru.example.org/img/2024/3/2/3100/large.png",
        file_url="https://cdn.booru.example.org/img/view/2024/3/2/3100.png",
        post_url=f"{HOST}/images/3100",
        status=Status.ACTIVE,
    )


def test_the_highest_rating_among_the_tags_counts() -> None:
    other = read(ANSWERS["posts"])[1]

    assert other.rating is Rating.EXPLICIT
    assert other.created_at == datetime(2024, 3, 2, 10, tzinfo=UTC)


def test_an_image_without_small_thumbnails_has_the_next_size() -> None:
    other = read(ANSWERS["posts"])[1]

    assert other.preview_url == f"{HOST}/img/3098/small.png"


def test_a_drawing_has_its_own_file() -> None:
    other = read(ANSWERS["posts"])[1]

    assert (other.ext, other.file_url) == ("svg", f"{HOST}/img/view/3098.svg")


def test_a_hidden_image_is_kept_as_restricted() -> None:
    hidden = read(ANSWERS["posts"])[2]

    assert hidden.status is Status.RESTRICTED
    assert (hidden.tags, hidden.rating, hidden.file_url) == ((), None, None)
    assert hidden.parent_id == 3100


def test_no_images_end_a_listing() -> None:
    page = SITE.read_posts(said({"images": [], "total": 0}), query="fog")

    assert (page.posts, page.count, page.cursor, page.total) == ([], 0, None, 0)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "*"),
        ("long_coat lighthouse", "long coat, lighthouse"),
        ("long_coat -oc_only", "long coat, -oc only"),
        ("long coat, lighthouse", "long coat, lighthouse"),
        ("safe || suggestive", "safe || suggestive"),
        ("harbour_(old)", "harbour (old)"),
        (";) -:(", r";\), -:\("),
        ("created_at.gte:2024 fog", "created_at.gte:2024, fog"),
        ("faved_by:some_one", "faved_by:some_one"),
        ("artist:p_q", "(artist:p q || artist:p_q)"),
        ("-artist:p_q", "-(artist:p q || artist:p_q)"),
        ("artist:painter", "artist:painter"),
    ],
)
def test_tags_become_what_the_site_calls_them(query: str, words: str) -> None:
    assert sent(query) == words


def test_a_listing_goes_on_below_the_lowest_id() -> None:
    page = SITE.read_posts(said(ANSWERS["posts"]), query="fog long_coat")

    assert (page.cursor, page.total) == ("b3097", 57)
    assert sent("fog long_coat", page.cursor) == "(fog, long coat), id.lt:3097"


def test_newest_come_first_and_pages_are_full() -> None:
    params = SITE.search("fog", limit=500).url.params

    assert (params["sf"], params["sd"], params["per_page"]) == ("id", "desc", "50")


def test_an_order_is_no_part_of_the_query() -> None:
    asked = SITE.search("fog sf:score", cursor="2", limit=50)

    page = SITE.read_posts(said(ANSWERS["posts"], asked=asked), query="fog sf:score")

    params = asked.url.params
    assert (params["q"], params["sf"], params["page"]) == ("fog", "score", "2")
    assert (page.cursor, page.total) == ("3", 7)


def test_a_filter_of_the_site_is_named() -> None:
    site = Philomena(name="quay", url=HOST, filter_id=7)

    assert site.search("fog", limit=1).url.params["filter_id"] == "7"
    assert "filter_id" not in SITE.search("fog", limit=1).url.params


@pytest.mark.parametrize(
    ("query", "ratings", "words"),
    [
        ("fog", MILD, "fog, safe"),
        ("", MILD, "safe"),
        ("fog", BOTH, "fog, -questionable, -explicit"),
        ("long coat, fog", MILD, "(long coat, fog), safe"),
        ("a || b", BOTH, "(a || b), -questionable, -explicit"),
        ("a || b sf:score", MILD, "(a || b), safe"),
    ],
)
def test_ratings_are_tags(query: str, ratings: frozenset[Rating], words: str) -> None:
    assert sent(SITE.with_ratings(query, ratings)) == words


def test_an_order_stays_where_ratings_are_added() -> None:
    query = SITE.with_ratings("long coat, fog sf:score", MILD)

    assert SITE.search(query, limit=1).url.params["sf"] == "score"


@pytest.mark.parametrize(
    "query",
    ["safe", "-explicit", "fog, safe", "a || (b, !suggestive)", "SAFE", "NOT safe, b"],
)
def test_a_rating_in_the_query_is_noticed(query: str) -> None:
    assert SITE.names_rating(query)


@pytest.mark.parametrize("query", ["", "fog", "safe place, fog", "vault_(safe)"])
def test_other_words_are_no_rating(query: str) -> None:
    assert not SITE.names_rating(query)


def test_one_post_is_read() -> None:
    body = {"image": ANSWERS["posts"]["images"][0], "interactions": []}

    assert SITE.read_post(said(body)).id == 3100


def test_a_missing_image_is_answered_without_json() -> None:
    with pytest.raises(errors.NotFoundError, match="quay"):
        SITE.read_post(said("", status=404))


def test_an_md5_cannot_be_found() -> None:
    with pytest.raises(errors.ArgumentError, match="sha512_hash"):
        SITE.post_by_md5("0" * 32)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            ANSWERS["suggestions"],
            [
                ("long_coat", "general", 320, None),
                ("long_tail_(creature)", "species", 5, None),
            ],
        ),
        (
            ANSWERS["suggestions_site"],
            [
                ("long_coat", None, 320, "coat_(long)"),
                ("artist:long_p", "artist", 3, None),
            ],
        ),
        (
            [{"label": "long coat (320)", "value": "long coat"}],
            [("long_coat", None, 320, None)],
        ),
    ],
)
def test_suggestions_are_canonical(body: object, found: object) -> None:
    read = SITE.read_suggestions(said(body))

    assert [(s.tag, s.category, s.count, s.alias) for s in read] == found


def test_what_is_typed_is_taken_literally() -> None:
    request = SITE.suggest("Long_c(", limit=10)

    assert request.url.params["q"] == "name:long c\\(*"


def test_tags_are_asked_for_together() -> None:
    request = SITE.tags(["long_coat", "artist:p_q"])
    found = SITE.read_tags(said(ANSWERS["tags"]))

    assert request.url.params["q"] == (
        "name:long coat || name:artist:p q || name:artist:p_q"
    )
    assert [(t.tag, t.category, t.count) for t in found] == [
        ("artist:painter_p", "artist", 44),
        ("long_coat", "general", 320),
        ("safe", "rating", 99_999),
        ("harbour_tale", "content-official", 12),
    ]


def test_a_count_is_the_total() -> None:
    assert SITE.read_count(said(ANSWERS["count"])) == 57


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"error": "Imbalanced parentheses."}, errors.RefusedQueryError),
        (403, "", errors.LoginNeededError),
        (422, {"error": "bad"}, errors.RefusedQueryError),
        (429, "", errors.RateLimitedError),
        (500, "", errors.SiteDownError),
        (501, "<html></html>", errors.BlockedError),
        (200, {"total": 5}, errors.BadAnswerError),
        (200, {"images": [{"id": 5}]}, errors.BadAnswerError),
        (200, [], errors.BadAnswerError),
    ],
)
def test_each_refusal_is_told_apart(
    status: int, body: object, error: type[Exception]
) -> None:
    with pytest.raises(error, match="quay") as caught:
        SITE.read_posts(said(body, status=status), query="fog")

    assert type(caught.value) is error


def test_what_the_site_says_is_told() -> None:
    answer = said({"error": "Imbalanced parentheses."}, status=400)

    with pytest.raises(
        errors.RefusedQueryError, match=r"It says: Imbalanced parentheses\."
    ):
        SITE.read_count(answer)


def test_a_key_goes_into_the_query() -> None:
    site = Philomena(name="quay", url=HOST, login=Login("me", "hidden"))

    assert site.post(5).url.params["key"] == "hidden"
    assert "hidden" not in repr(site)
