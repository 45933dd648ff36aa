"""What makes two questions the same one."""

from datetime import date, datetime
from typing import Any

import pytest

from booru_nb.post import Rating
from booru_nb.search import Question, identity, wishes
from booru_nb.sites import ENGINES
from tests.support.said import HOST

SITES = {name: engine(name="quay", url=HOST) for name, engine in ENGINES.items()}
GENERAL = frozenset({Rating.GENERAL})


def asked(
    query: str,
    *,
    site: str = "danbooru",
    ratings: frozenset[Rating] | None = None,
    limit: int | None = None,
    **wished: Any,
) -> dict[str, Any]:
    question = Question(query, ratings, limit, wishes(**wished))
    return identity(SITES[site], question)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sky sea", "sea sky"),
        ("sky  sea ", "sky sea"),
        ("sky sky", "sky"),
        ("Sky", "sky"),
        ("~sky ~sea", "~sea ~sky"),
        ("miso_(cats) sky", "sky miso_(cats)"),
    ],
)
@pytest.mark.parametrize("site", SITES)
def test_the_order_of_tags_does_not_count(site: str, one: str, other: str) -> None:
    assert asked(one, site=site) == asked(other, site=site)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sky", "sea"),
        ("sky", "-sky"),
        ("", "sky"),
        ("( sky or sea ) boat", "( sky or boat ) sea"),
        ('source:"a b" c', 'source:"a c" b'),
        ("rating:g,s", "rating:g s"),
        ("user:Heron", "user:heron"),
    ],
)
def test_another_question_is_another(one: str, other: str) -> None:
    assert asked(one) != asked(other)


def test_a_filter_is_the_same_beside_the_query_and_in_it() -> None:
    assert asked("sky", min_score=5) == asked("score:>=5 sky")


def test_order_and_limit_do_not_count() -> None:
    assert asked("sky", order="newest", limit=3) == asked("sky")


@pytest.mark.parametrize(
    "filters",
    [
        {"min_score": 5},
        {"media": "video"},
        {"after": "2024"},
        {"before": "2024"},
        {"ratings": GENERAL},
    ],
)
@pytest.mark.parametrize("site", set(SITES) - {"shimmie2"})
def test_every_filter_counts(site: str, filters: dict[str, Any]) -> None:
    assert asked("sky", site=site, **filters) != asked("sky", site=site)


def test_a_moment_counts_to_its_last_digit() -> None:
    noon, later = datetime(2024, 5, 1, 12), datetime(2024, 5, 1, 12, 0, 1)  # noqa: DTZ001 - of the user

    assert asked("", after=noon) != asked("", after=later)
    assert asked("", after="2024-05-01") == asked("", after=date(2024, 5, 1))


def test_ratings_beside_a_query_that_names_its_own_do_not_count() -> None:
    assert asked("rating:q", ratings=GENERAL) == asked("rating:q")


def test_ratings_that_a_site_cannot_tell_apart_are_told_apart_here() -> None:
    both = frozenset({Rating.GENERAL, Rating.SENSITIVE})

    assert asked("", site="e621", ratings=both) != asked(
        "", site="e621", ratings=GENERAL
    )


def test_tags_between_commas_have_no_order_either() -> None:
    assert asked("blue sky, sea", site="philomena") == asked(
        "sea, blue sky", site="philomena"
    )
    assert asked("(sea || sky), boat", site="philomena") != asked(
        "(boat || sky), sea", site="philomena"
    )
