"""A board on a socket, and a library that knows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import booru_nb as bn
from tests.support.collecting import Board, opened, standing


@pytest.fixture(scope="module")
def place() -> Iterator[Board]:
    with standing() as board:
        yield board


@pytest.fixture
def board(place: Board) -> Board:
    """A booru of Danbooru's with 90 posts, on which nothing goes wrong."""
    place.show(published=90)
    return place


@pytest.fixture
def own(board: Board, library_file: Path) -> Iterator[bn.Library]:
    with opened(library_file, board) as library:
        yield library
