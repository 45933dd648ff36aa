"""A booru that is really served, for the tests of a library that asks it."""

from collections.abc import Iterator

import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[DemoApp, str]]:
    """A demo booru on a socket, with Danbooru's limit of two tags, and its address."""
    app = drawn.create_app()
    with serve(app) as url:
        yield app, url


@pytest.fixture
def app(served: tuple[DemoApp, str]) -> Iterator[DemoApp]:
    """The served booru, which has not been asked and goes wrong in no way."""
    app, _ = served
    app.calls.clear()
    yield app
    app.faults.clear()
