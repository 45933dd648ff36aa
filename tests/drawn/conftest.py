from collections.abc import Iterator
from pathlib import Path

import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that all tests share, for nothing is drawn twice then."""
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture
def app(pictures: Path) -> DemoApp:
    return drawn.create_app(cache=pictures)


@pytest.fixture
def address(app: DemoApp) -> Iterator[str]:
    """The address of the app on a real socket."""
    with serve(app) as url:
        yield url
