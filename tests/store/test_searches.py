"""Searches that were made, and searches that have a name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import ArgumentError, UnknownSearchError
from booru_nb.store import Search
from booru_nb.store.history import MOST
from tests.store.samples import at_once

if TYPE_CHECKING:
    from booru_nb.store import Store

SKY = Search("sky", ("danbooru",), {"rating": "any", "min_score": 5})


def queries(store: Store) -> list[str]:
    return [search.query for search, _ in store.history.all()]


def test_a_search_comes_back_as_it_was(store: Store) -> None:
    store.history.add(SKY)

    [(search, _)] = store.history.all()
    assert search == SKY


def test_a_search_made_again_moves_to_the_top(store: Store) -> None:
    for query in ("a", "b", "a"):
        store.history.add(Search(query))

    assert queries(store) == ["a", "b"]


def test_the_same_words_elsewhere_are_another_search(store: Store) -> None:
    store.history.add(Search("a", ("danbooru",)))
    store.history.add(Search("a", ("e621",)))
    store.history.add(Search("a", ("e621",), {"rating": "any"}))

    assert queries(store) == ["a", "a", "a"]


def test_older_searches_go(store: Store) -> None:
    def fill(_db: object) -> None:
        for number in range(MOST + 3):
            store.history.add(Search(str(number)))

    store.file.write(fill)

    assert len(queries(store)) == MOST
    assert queries(store)[-1] == "3"


def test_one_search_is_forgotten_or_all(store: Store) -> None:
    for query in ("a", "b", "c"):
        store.history.add(Search(query))

    assert store.history.remove([Search("b"), Search("x")]) == 1
    assert queries(store) == ["c", "a"]
    assert store.history.clear() == 2
    assert queries(store) == []


def test_the_history_is_no_change_of_posts(store: Store) -> None:
    before = store.file.generation()

    store.history.add(SKY)
    store.saved_searches.add("skies", SKY)

    assert store.file.generation() == before


def test_two_threads_make_one_search(store: Store) -> None:
    at_once(lambda: store.history.add(SKY))

    assert queries(store) == ["sky"]


def test_a_saved_search_comes_back_by_its_name(store: Store) -> None:
    store.saved_searches.add("skies", SKY)

    assert store.saved_searches.get("skies") == SKY


def test_saving_the_same_again_is_nothing(store: Store) -> None:
    store.saved_searches.add("skies", SKY)
    before = store.saved_searches.all()
    same = Search("sky", ("danbooru",), {"min_score": 5, "rating": "any"})

    store.saved_searches.add("skies", same)

    assert store.saved_searches.all() == before


def test_a_name_is_not_given_twice_unless_asked_for(store: Store) -> None:
    store.saved_searches.add("skies", SKY)

    with pytest.raises(ArgumentError, match=r"'skies'.*replace=True"):
        store.saved_searches.add("skies", Search("sea"))
    assert store.saved_searches.get("skies") == SKY

    store.saved_searches.add("skies", Search("sea"), replace=True)
    assert store.saved_searches.get("skies") == Search("sea")


def test_a_search_gets_another_name(store: Store) -> None:
    store.saved_searches.add("skies", SKY)
    store.saved_searches.rename("skies", "clouds")
    store.saved_searches.rename("clouds", "clouds")

    assert [name for name, *_ in store.saved_searches.all()] == ["clouds"]


def test_a_name_that_is_taken_is_refused(store: Store) -> None:
    store.saved_searches.add("a", SKY)
    store.saved_searches.add("b", Search("sea"))

    with pytest.raises(ArgumentError, match="saved as 'b'"):
        store.saved_searches.rename("a", "b")
    assert [name for name, *_ in store.saved_searches.all()] == ["a", "b"]


def test_an_unknown_name_is_said_with_those_there_are(store: Store) -> None:
    store.saved_searches.add("a", SKY)

    for verb in (store.saved_searches.get, store.saved_searches.remove):
        with pytest.raises(UnknownSearchError, match=r"'x'\. Saved: a"):
            verb("x")
    with pytest.raises(UnknownSearchError, match="'x'"):
        store.saved_searches.rename("x", "y")


@pytest.mark.parametrize("name", ["", " a", "a ", "a\nb", "a\0"])
def test_a_name_must_be_one(store: Store, name: str) -> None:
    with pytest.raises(ArgumentError, match="cannot be called"):
        store.saved_searches.add(name, SKY)


def test_of_two_threads_one_gives_the_name(store: Store) -> None:
    waiting = [Search("a"), Search("b")]

    def save() -> bool:
        with suppress(ArgumentError):
            store.saved_searches.add("x", waiting.pop())
            return True
        return False

    assert sorted(at_once(save)) == [False, True]
    assert len(store.saved_searches.all()) == 1
