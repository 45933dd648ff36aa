"""Numbers of tags that a connection remembers are those of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from booru_nb.store import Store, tagging
from tests.store.samples import post, whole

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.store.connections import Db


class UndoneError(Exception):
    """What a work is ended by."""


def make_and_fail(db: Db) -> None:
    tagging.ensure(db, ["first"])
    raise UndoneError


def make_in_a_part_and_fail(store: Store) -> None:
    with pytest.raises(UndoneError):
        store.file.write(make_and_fail)


def texts(store: Store) -> list[str]:
    found: list[str] = store.posts.columns(columns=["tags"])["tags"]
    return found


def test_a_tag_that_was_undone_is_made_again(path: Path) -> None:
    with Store.open(path) as store, Store.open(path) as other:
        with pytest.raises(UndoneError):
            store.file.write(make_and_fail)
        other.posts.put([post(1, tags=("second",))])

        store.posts.put([post(2, tags=("first",))])

        assert texts(store) == ["first", "second"]
    assert whole(path)


def test_a_tag_that_a_part_has_undone_is_made_again(path: Path) -> None:
    def work(store: Store) -> None:
        make_in_a_part_and_fail(store)
        store.posts.put([post(1, tags=("second",))])
        store.posts.put([post(2, tags=("first",))])

    with Store.open(path) as store:
        store.file.write(lambda _: work(store))

        assert texts(store) == ["first", "second"]
    assert whole(path)


def test_tags_that_another_has_made_are_found(path: Path) -> None:
    with Store.open(path) as store, Store.open(path) as other:
        store.posts.put([post(1, tags=("a",))])
        other.posts.put([post(2, tags=("a", "b"))])

        store.posts.put([post(3, tags=("a", "b", "c"))])

        assert texts(store) == ["a b c", "a b", "a"]
    assert whole(path)
