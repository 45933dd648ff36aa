"""What a query says, as a tree."""

from __future__ import annotations

import pytest

from booru_nb.query import Query, parse
from booru_nb.query.tree import (
    And,
    Has,
    Node,
    Not,
    OneOf,
    Or,
    Order,
    Tag,
    Wildcard,
    Within,
)

A, B, C = Tag("a"), Tag("b"), Tag("c")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_means_everything(text: str) -> None:
    assert parse(text) == Query(text, And())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a -b", And((A, Not(B)))),
        ("a or b", Or((A, B))),
        ("a OR b | c", Or((A, B, C))),
        ("a b or c", Or((And((A, B)), C))),
        ("a (b or c)", And((A, Or((B, C))))),
        ("(a)(b)", And((A, B))),
        ("-(a b)", Not(And((A, B)))),
        ("-(-a)", A),
        ("~a ~b c", And((C, Or((A, B))))),
        ("~a ~-b", Or((A, Not(B)))),
        ("-(a or (b c))", Not(Or((A, And((B, C)))))),
    ],
)
def test_words_are_joined(text: str, where: Node) -> None:
    assert parse(text).where == where


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "hatsune_miku_(cosplay)",
            "a_(b_(c))",
            ":d",
            ":)",
            ">:(",
            ">_<",
            "o_o",
            "||_||",
        ),
        *(
            "fate/stay_night",
            "50%",
            "a'b",
            "d:",
            ":3",
            "k-on!",
            "x|y",
            "andy",
            "orange",
        ),
        *("é", "初音ミク", 'say_"hi"', "#1", "+_+", "\\o/", "=_="),
    ],
)
def test_what_boorus_call_a_tag_is_one(tag: str) -> None:
    assert parse(tag).where == Tag(tag)
    assert parse(f"-{tag}").where == Not(Tag(tag))
    assert parse(f"({tag} or a)").where == Or((Tag(tag), A))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"or"', "or"),
        ('"-_-"', "-_-"),
        ('"(o)_(o)"', "(o)_(o)"),
        ('"two words"', "two_words"),
        ('"score:>5"', "score:>5"),
        ('"*_*"', "*_*"),
        (r'"say_\"hi\""', 'say_"hi"'),
    ],
)
def test_in_quotes_everything_is_a_tag(text: str, name: str) -> None:
    assert parse(text).where == Tag(name)


def test_a_tag_is_meant_in_any_case() -> None:
    assert Tag("Straße").names == ("Straße", "strasse")
    assert Tag("\uff33ky").names == ("\uff33ky", "sky")


def test_a_star_makes_a_pattern() -> None:
    assert parse("*_hair").where == Wildcard("*_hair")


def test_a_prefix_is_a_category() -> None:
    assert parse("artist:a").where == Tag("a", "artist")
    assert parse("-char:a*").where == Not(Wildcard("a*", "character"))
    assert parse('copyright:"a b"').where == Tag("a_b", "copyright")


def test_an_unknown_prefix_is_part_of_the_tag_or_a_category() -> None:
    assert parse("re:zero").where == Or((Tag("re:zero"), Tag("zero", "re")))


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("score:5", ((5, 5),)),
        ("score:>5", ((6, None),)),
        ("score:>=5", ((5, None),)),
        ("score:<5", ((None, 4),)),
        ("score:<=-5", ((None, -5),)),
        ("score:5..7", ((5, 7),)),
        ("score:5..", ((5, None),)),
        ("SCORE:..7", ((None, 7),)),
        ("score:1,3,5..7", ((1, 1), (3, 3), (5, 7))),
        ("filesize:2KB", ((1536, 2559),)),
        ("filesize:2.0kb", ((1997, 2099),)),
        ("filesize:>1KB", ((1025, None),)),
        ("mpixels:>=1.5", ((1_500_000, None),)),
        ("date:1970", ((0, 365 * 86_400_000_000 - 1),)),
        ("date:1970-01-02", ((86_400_000_000, 2 * 86_400_000_000 - 1),)),
        ("date:<1970", ((None, -1),)),
        ("date:>1969", ((0, None),)),
        ("age:<1min", ((None, 59_999_999),)),
    ],
)
def test_values_are_spans(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    found = parse(text).where

    assert isinstance(found, Within)
    assert found.spans == spans


def test_a_ratio_alone_means_two_digits() -> None:
    found = parse("ratio:16:9").where

    assert isinstance(found, Within)
    [(low, high)] = found.spans
    assert low is not None
    assert high is not None
    assert low <= 1920 / 1080 <= high
    assert not low <= 1.79 <= high


@pytest.mark.parametrize(
    ("text", "ratings"),
    [
        ("rating:general", "general"),
        ("rating:G", "general"),
        ("rating:safe", "general"),
        ("rating:>=questionable", "questionable explicit"),
        ("rating:<q", "general sensitive"),
        ("rating:s..q", "sensitive questionable"),
        ("is:nsfw", "questionable explicit"),
    ],
)
def test_ratings_have_an_order(text: str, ratings: str) -> None:
    assert parse(text).where == OneOf("rating", frozenset(ratings.split()))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("rating:unknown", Not(Has("rating"))),
        ("-rating:none", Has("rating")),
        ("parent:none", Not(Has("parent"))),
        ("has:source", Has("source")),
        ('folder:""', Not(Has("folder"))),
        ("is:bookmarked", Has("bookmarked")),
    ],
)
def test_what_is_missing_can_be_asked_for(text: str, where: Node) -> None:
    assert parse(text).where == where


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("order:score", Order("score")),
        ("order:score_asc", Order("score", descending=False)),
        ("sort:score:asc", Order("score", descending=False)),
        ("order:id", Order("id", descending=False)),
        ("order:id_desc", Order("id")),
        ("order:favcount", Order("favorites")),
        ("order:random:7", Order("random", seed=7)),
    ],
)
def test_an_order_has_a_direction(text: str, order: Order) -> None:
    assert parse(f"a {text}") == Query(f"a {text}", A, order)


def test_a_limit_is_of_the_whole_query() -> None:
    assert parse("a limit:5 or b") == Query("a limit:5 or b", Or((A, B)), limit=5)


def test_a_query_tells_which_fields_it_asks_for() -> None:
    assert parse("a -(score:>5 or folder:x) order:date").fields() == {
        *("score", "folder", "date")
    }
