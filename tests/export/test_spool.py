"""Originals that wait to be written, in memory or on disk."""

from dataclasses import replace

import pytest

from booru_nb.export.spool import Spool
from tests.export.formats.exports import items, posts


@pytest.mark.parametrize("room", [0, 1000, 10**9])
def test_items_come_back_as_they_were(room: int) -> None:
    given = items(posts())

    with Spool(room) as where:
        waiting = [where.put(item) for item in given]
        found = [where.get(each) for each in reversed(waiting)]

    assert found[::-1] == given


def test_no_more_than_the_room_is_in_memory() -> None:
    given = items(posts())
    room = sum(len(item.data or b"") for item in given[:3])

    with Spool(room) as where:
        places = [where.put(item).place for item in given]

    assert sum(len(place) for place in places if isinstance(place, bytes)) <= room
    assert any(isinstance(place, tuple) for place in places)


def test_metadata_take_no_room() -> None:
    [item] = items(posts(3), pictures=False)[:1]

    with Spool(0) as where:
        assert where.get(where.put(item)) == replace(item, data=None)
