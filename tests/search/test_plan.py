"""Which part of a question a site evaluates, and which is filtered here."""

from datetime import UTC, datetime
from typing import Any

import pytest

from booru_nb.errors import ArgumentError
from booru_nb.post import Post, Rating
from booru_nb.search import Question, wishes
from booru_nb.search.plan import Plan, competing, parts, plan
from booru_nb.sites import ENGINES
from tests.support.said import HOST

SITES = {name: engine(name="quay", url=HOST) for name, engine in ENGINES.items()}
GENERAL = frozenset({Rating.GENERAL})


def made(
    query: str = "",
    *,
    site: str = "danbooru",
    tag_limit: int | None = None,
    counts: dict[str, int] | None = None,
    ratings: frozenset[Rating] | None = None,
    **wished: Any,
) -> Plan:
    question = Question(query, ratings, wishes=wishes(**wished))
    return plan(SITES[site], question, tag_limit=tag_limit, counts=counts)


def where(made: Plan) -> dict[str, str]:
    return {part.name: part.where for part in made.parts}


def post(*tags: str, **fields: Any) -> Post:
    return Post(site="quay", id=1, tags=tags, **fields)


def test_all_goes_to_a_site_without_a_limit_of_tags() -> None:
    found = made("sky sea boat -rain")

    assert found.words == "sky sea boat -rain"
    assert not found.narrows


def test_the_first_tags_go_to_a_site_that_takes_no_more() -> None:
    found = made("sky sea boat", tag_limit=2)

    assert found.words == "sky sea"
    assert where(found) == {"sky": "site", "sea": "site", "boat": "here"}


def test_the_rarest_tags_go_where_their_counts_are_known() -> None:
    counts = {"sky": 90_000, "sea": 500, "boat": 20}

    assert made("sky sea boat", tag_limit=2, counts=counts).words == "sea boat"


def test_a_tag_of_unknown_count_goes_to_the_site() -> None:
    counts = {"sky": 90_000, "sea": 500}

    assert made("sky sea boats", tag_limit=1, counts=counts).words == "boats"


def test_negated_and_wild_tags_stay_here_first() -> None:
    assert made("-rain sun* sky sea", tag_limit=2).words == "sky sea"
    assert made("-rain sun* sky", tag_limit=2).words == "sun* sky"


def test_free_metatags_do_not_count() -> None:
    query = "score:>5 sky id:<9 sea rating:g"

    assert made(query, tag_limit=2).words == query


def test_metatags_stay_with_the_site_whatever_they_count() -> None:
    found = made("sky sea user:heron", tag_limit=2)

    assert found.words == "sky user:heron"


def test_an_order_takes_a_place_of_its_own() -> None:
    found = made("sky sea", tag_limit=2, order="score")

    assert found.words == "sky order:score"
    assert where(found)["sea"] == "here"


@pytest.mark.parametrize("query", ["( sky or sea ) boat", "(sky or sea) boat rain"])
def test_a_query_with_brackets_stays_whole(query: str) -> None:
    assert made(query, tag_limit=2).words == query


def test_a_tag_that_ends_like_a_word_between_tags_is_one() -> None:
    assert made("outdoor sand sky", tag_limit=2).words == "outdoor sand"


def test_brackets_of_a_name_are_no_brackets() -> None:
    assert made("keeper_(tale) sky sea", tag_limit=2).words == "keeper_(tale) sky"


@pytest.mark.parametrize(
    ("term", "tags", "passes"),
    [
        ("boat", ("boat", "sky"), True),
        ("boat", ("boats",), False),
        ("Boat", ("boat",), True),
        ("-boat", ("boat",), False),
        ("-boat", ("sky",), True),
        ("bo*", ("boat",), True),
        ("*at", ("boat", "sky"), True),
        ("-bo*", ("boat",), False),
        ("b.at*", ("boat",), False),
    ],
)
def test_a_tag_is_filtered_here(
    term: str, tags: tuple[str, ...], *, passes: bool
) -> None:
    assert made(term, tag_limit=0).passes(post(*tags)) is passes


def test_a_score_is_filtered_where_the_site_has_no_words() -> None:
    site = SITES["szurubooru"]
    found = made(min_score=5, site="szurubooru")

    assert found.words == site.language.score.format(5)
    assert found.passes(post(score=None))


def test_a_kind_of_media_is_filtered_here_by_the_extension() -> None:
    found = made(media="video", site="gelbooru")

    assert where(found) == {"media=video": "here"}
    assert found.passes(post(ext="webm"))
    assert not found.passes(post(ext="jpg"))
    assert not found.passes(post(ext=None))


def test_dates_are_asked_for_a_day_too_wide_and_filtered_to_the_moment() -> None:
    found = made(after="2024-03-10", before="2024-03-12")

    assert found.words == "date:>=2024-03-09 date:<2024-03-13"
    assert found.passes(post(created_at=datetime(2024, 3, 10, tzinfo=UTC)))
    assert not found.passes(post(created_at=datetime(2024, 3, 9, 23, tzinfo=UTC)))
    assert not found.passes(post(created_at=datetime(2024, 3, 12, tzinfo=UTC)))
    assert not found.passes(post(created_at=None))


@pytest.mark.parametrize(
    ("site", "words"),
    [
        ("danbooru", "sky order:score score:>=5 rating:g"),
        ("e621", "sky order:score score:>=5 rating:s"),
        ("gelbooru", "sky sort:score score:>=5 rating:general"),
        (
            "gelbooru02",
            "sky sort:score score:>=5 -rating:questionable -rating:explicit",
        ),
        ("moebooru", "sky order:score score:>=5 rating:s"),
        ("philomena", "sky sf:score sd:desc score.gte:5 safe"),
        ("szurubooru", "sky sort:score score:5.. safety:safe"),
    ],
)
def test_each_engine_has_its_own_words(site: str, words: str) -> None:
    found = made("sky", site=site, ratings=GENERAL, order="score", min_score=5)

    assert found.words == words


def test_words_are_added_to_a_query_in_philomenas_own_language() -> None:
    found = made(
        "sky || sea", site="philomena", ratings=GENERAL, order="score", min_score=5
    )

    assert found.words == "((sky || sea), score.gte:5), safe sf:score sd:desc"


@pytest.mark.parametrize(
    ("site", "wished", "says"),
    [
        ("moebooru", {"order": "favorites"}, "has: newest, oldest, score, random"),
        ("shimmie2", {"min_score": 1}, "no scores"),
        ("shimmie2", {"ratings": GENERAL}, 'rating="any"'),
    ],
)
def test_what_nobody_can_evaluate_is_refused(
    site: str, wished: dict[str, Any], says: str
) -> None:
    with pytest.raises(ArgumentError, match=says):
        made(site=site, **wished)


def test_what_nobody_can_evaluate_is_explained() -> None:
    question = Question("", GENERAL)

    [part] = parts(SITES["shimmie2"], question, tag_limit=None)

    assert part.where == "cannot"


@pytest.mark.parametrize(("tag_limit", "names"), [(3, []), (2, ["sky", "sea"])])
def test_tags_compete_only_where_there_is_not_room_for_all(
    tag_limit: int, names: list[str]
) -> None:
    question = Question("sky sea -rain", None)

    assert competing(SITES["danbooru"], question, tag_limit) == names


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_score": 1.5},
        {"min_score": True},
        {"order": "best"},
        {"media": "films"},
        {"after": "yesterday"},
        {"before": 20240101},
    ],
)
def test_a_wish_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ArgumentError, match=next(iter(wrong))):
        wishes(**wrong)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=UTC)),
        ("2024-05", datetime(2024, 5, 1, tzinfo=UTC)),
        ("2024-05-06", datetime(2024, 5, 6, tzinfo=UTC)),
        ("2024-05-06T10:00+02:00", datetime(2024, 5, 6, 8, tzinfo=UTC)),
    ],
)
def test_a_date_may_be_short(given: str, moment: datetime) -> None:
    assert wishes(after=given).after == moment
