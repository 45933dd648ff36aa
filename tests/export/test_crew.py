"""What a scheduler and its workers have for an export."""

from __future__ import annotations

import asyncio
import pickle
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from booru_nb.errors import ClusterError
from booru_nb.export.folders import folder
from booru_nb.export.formats import FORMATS
from booru_nb.export.markers import Dataset
from booru_nb.export.slices import cut
from booru_nb.export.working import Work
from tests.export.formats.exports import posts
from tests.support.exporting import Drawing

pytest.importorskip("distributed")
from booru_nb.export.budget import Clocks
from booru_nb.export.crew import Crew, Task

if TYPE_CHECKING:
    from pathlib import Path

HOST = "scheduled.example.com"


class Somewhere(NamedTuple):
    """As much of a worker as is told of it."""

    address: str = "tcp://here:1"


def task(to: Path) -> Task:
    layout = FORMATS["webdataset"]()
    part = cut(posts(4), layout, images=True)[0]
    work = Work(folder(to), layout, images=True, originals=Drawing())
    return Task("crew", Dataset("skies", "webdataset"), part, work, {})


def test_a_worker_that_might_write_other_bytes_is_refused(tmp_path: Path) -> None:
    crew = Crew("crew", {"booru-nb": "0.0.1", "pyarrow": "1"})
    somewhere: Any = Somewhere()

    found = crew.run(task(tmp_path), somewhere)

    assert isinstance(found, ClusterError)
    assert "tcp://here:1" in str(found)
    assert "here it is booru-nb 0.0.1, pyarrow 1" in str(found)


def test_a_pause_that_one_machine_is_told_of_holds_for_all() -> None:
    clocks = pickle.loads(pickle.dumps(Clocks()))  # noqa: S301 - our own

    async def told() -> float | None:
        assert await clocks.slow_down(HOST, 30.0, 0.1, halve=False)
        wait: float | None = await clocks.claim(HOST, 1.0, share=True)
        return wait

    assert asyncio.run(told()) == pytest.approx(30.0, abs=20)


def test_what_a_task_shows_holds_no_originals(tmp_path: Path) -> None:
    shown = repr(task(tmp_path))

    assert "Drawing" not in shown
    assert str(tmp_path) not in shown
