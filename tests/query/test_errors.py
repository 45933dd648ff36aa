"""Queries that cannot be read, and what is said of them."""

from __future__ import annotations

import pytest

from booru_nb.errors import ArgumentError, QueryError
from booru_nb.query import parse


def test_an_error_shows_the_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("sunset scor:>5 sky")

    sentence, *picture = str(caught.value).splitlines()
    assert sentence.startswith("There is no keyword scor: here. Did you mean score:?")
    assert picture == [
        "    sunset scor:>5 sky",
        "           ^^^^^^^",
    ]
    assert isinstance(caught.value, ArgumentError)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a (b", "This bracket is not closed"),
        ("a b)", "This bracket closes none"),
        ("a or", "On both sides of 'or' stands a tag"),
        ("or a", "On both sides of 'or' stands a tag"),
        ("(a or) b", "On both sides of 'or' stands a tag"),
        ("a or and b", "On both sides of 'and' stands a tag"),
        ("a and", "On both sides of 'and' stands a tag"),
        ("()", "Nothing is in the brackets"),
        ("- a", "A '-' stands directly before its tag"),
        ("--a", "Behind '-' stands a tag"),
        ("a -", "Behind '-' stands a tag"),
        ("a (~)", "Behind '~' stands a tag"),
        ("a(b c)", "A blank is missing here"),
        ('"a"b', "A blank is missing here"),
        ('a "b', "The quotes are not closed"),
        ('""', "There is no tag in the quotes"),
        ("score>50", "A colon is missing: score:>50"),
        ("favcount<=5", "A colon is missing: favorites:<=5"),
        ("score:", "After score: comes a value, without a blank. Example: score:>50"),
        ("score: >50", "After score: comes a value, without a blank"),
        ("score:abc", "After score: comes a whole number, not 'abc'"),
        ("score:1.5", "After score: comes a whole number"),
        ("score:7..5", "wrong way round: 5..7"),
        ("score:..", "A range needs an end"),
        ("score:1,,2", "After score: comes a whole number, and there is none"),
        (f"score:{1 << 62}", "is too large"),
        ("filesize:5XB", "After filesize: comes a size"),
        ("date:2024-13", "There is no date 2024-13"),
        ("date:9999", "There is no date 9999"),
        ("date:yesterday", "After date: comes a year"),
        ("age:7", "After age: comes a time with its unit"),
        ("ratio:16:0", "After ratio: comes a ratio"),
        ("rating:generl", "There is no rating 'generl'. Did you mean rating:general?"),
        ("rating:<>g", "There is no comparison <>"),
        ("status:gone", "There is no status 'gone'"),
        ("is:blue", "Nothing is 'blue' here"),
        ("has:wings", "A post cannot have 'wings' here"),
        ("ext:png,", "A word is missing beside a comma"),
        ("artist:", "After artist: comes a tag"),
        ("pool:5", "pool: is for sites"),
        ("foo:>5", "There is no keyword foo:"),
        ("order:scor", "Did you mean order:score?"),
        ("order:score:7", "Only order:random has a number"),
        ("order:random_asc", "A random order has no direction"),
        ("-order:score", "cannot stand behind '-'"),
        ("(a order:score)", "cannot stand in brackets"),
        ("order:score order:id", "A query has one order: only"),
        ("limit:1 or a limit:2", "Beside 'or' stands a tag"),
        ("limit:-1", "After limit: comes a whole number"),
        ("a\0b", "cannot be in a tag"),
        ("\ud800", "cannot be in a tag"),
    ],
)
def test_a_message_says_what_was_expected(text: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)

    first, shown, carets = str(caught.value).splitlines()
    assert said in first
    assert shown.startswith("    ")
    assert carets.strip(" ^") == ""


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000,
        "(" * 500 + "a" + ")" * 500,
        "-(" * 500 + "a" + ")" * 500,
        "a " * 5_000,
        "a or " * 2_000 + "a",
        "a(" * 9_000,
        "a" * 50_000,
        "score:" + "1..2," * 1_000 + "1",
        "score:" + "9" * 10_000,
        "-" * 10_000,
        '"' * 9_999,
    ],
)
def test_a_hostile_query_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)

    assert len(str(caught.value)) < 700


def test_only_a_text_is_a_query() -> None:
    with pytest.raises(QueryError, match="A query is a text"):
        parse(5)  # type: ignore[arg-type]
