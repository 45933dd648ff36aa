"""What holds for all tests: folders of their own, and nothing left open behind one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import booru_nb as bn
from booru_nb import loop
from booru_nb.library import known


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's library and cache out of the tests."""
    root = tmp_path_factory.mktemp("booru-nb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOORU_NB_DATA", str(root / "data"))
        patch.setenv("BOORU_NB_CACHE", str(root / "cache"))
        yield


@pytest.fixture
def lib() -> Iterator[bn.Library]:
    """A demo library on the background loop."""
    with bn.demo() as library:
        yield library


@pytest.fixture
def library_file(tmp_path: Path) -> Path:
    """The place of a library that does not exist yet."""
    return tmp_path / "mine.booru"


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    yield
    left = known.all_open()
    for state in left:
        state.close(for_good=True)
    loop.forget_app_loop()
    assert not left, "a test left a library open"
