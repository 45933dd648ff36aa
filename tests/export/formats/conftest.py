"""The consumers of datasets, kept off the network and away from the user's caches."""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
}


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The module `datasets`, with a home of its own."""
    home = tmp_path_factory.mktemp("hub")
    wanted = {**OFFLINE, "HF_HOME": str(home)}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    datasets = import_module("datasets")  # it reads the environment now

    yield datasets
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value


@pytest.fixture
def load(hub: Any, tmp_path: Path) -> Callable[..., Any]:
    """``load_dataset`` with a cache of its own; datasets of one name share one."""
    return partial(hub.load_dataset, cache_dir=str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a dataset is written."""
    return tmp_path / "suns"
