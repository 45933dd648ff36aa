"""Tags by how they begin: the most frequent are found without a look at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from booru_nb.store import Store
from booru_nb.store.connections import Place
from booru_nb.store.library_file import LibraryFile
from booru_nb.store.migrations import MIGRATIONS
from booru_nb.store.pairs import band
from tests.store.samples import post, rows

if TYPE_CHECKING:
    from pathlib import Path

OFTEN = [f"s{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
"""The first one is the most frequent."""

SELDOM = [f"s_{number:03}" for number in range(600)]


def fill(store: Store) -> None:
    """Keep posts with many tags that begin alike, some of them frequent."""
    store.posts.put(
        post(number, tags=tuple(OFTEN[: len(OFTEN) - number // 4]))
        for number in range(90)
    )
    store.posts.put([post(1_000, tags=tuple(SELDOM))])


def by_counting(store: Store, beginning: str, limit: int) -> list[tuple[str, int]]:
    counts = store.tags.counts(every_post=True)
    found = zip(counts["tag"], counts["count"], strict=True)
    return [(tag, n) for tag, n in found if tag.startswith(beginning)][:limit]


@pytest.mark.parametrize("limit", [1, 6, 7, 20, 40, 700])
@pytest.mark.parametrize("beginning", ["", "s", "s_", "sb", "x"])
def test_they_are_those_that_counting_finds(
    store: Store, beginning: str, limit: int
) -> None:
    fill(store)

    found = store.tags.completions(beginning, limit=limit)

    pairs = list(zip(found["tag"], found["count"], strict=True))
    assert pairs == by_counting(store, beginning, limit)


def test_the_band_follows_the_number_of_posts(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
        store.posts.drop([("danbooru", number) for number in range(20)])

    found = rows(path, "select n, band from tag")

    assert all(said == band(n) for n, said in found)
    assert {said for _, said in found} == {0, 1}


def test_an_older_file_gets_bands(path: Path) -> None:
    numbers = [0, 1, 63, 64, 127, 128, 1 << 20, (1 << 21) - 1]
    Store.of(LibraryFile(Place(path), steps=MIGRATIONS[:3])).close()
    with Store.of(LibraryFile(Place(path), steps=MIGRATIONS[:3])) as store:
        store.file.write(
            lambda db: db.executemany(
                "insert into tag (name, n) values (?, ?)",
                [(str(number), number) for number in numbers],
            )
        )

    Store.open(path).close()

    found = rows(path, "select n, band from tag order by n")
    assert found == [(number, band(number)) for number in numbers]
