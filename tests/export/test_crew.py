"""What a scheduler and its workers have for an export."""

from __future__ import annotations

import asyncio
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

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
from booru_nb.export import crew
from booru_nb.export.budget import Clocks

if TYPE_CHECKING:
    from pathlib import Path

    from distributed import Worker

HOST = "scheduled.example.com"


class Somewhere(NamedTuple):
    """As much of a worker as a shard needs whose originals are drawn."""

    address: str = "tcp://here:1"

    def log_event(self, _topic: str, _message: object) -> None:
        """Tell nobody."""


def task(to: Path) -> crew.Task:
    layout = FORMATS["webdataset"]()
    part = cut(posts(4), layout, images=True)[0]
    work = Work(folder(to), layout, images=True, originals=Drawing())
    return crew.Task("crew", Dataset("skies", "webdataset"), part, work, {})


def test_a_worker_that_might_write_other_bytes_is_refused(tmp_path: Path) -> None:
    given, somewhere = task(tmp_path), cast("Worker", Somewhere())
    other = crew.Crew("crew", {"booru-nb": "0.0.1", "pyarrow": "1"})

    found = other.run(given, somewhere)

    assert isinstance(found, ClusterError)
    assert "tcp://here:1" in str(found)
    assert "here it is booru-nb 0.0.1, pyarrow 1" in str(found)


def test_a_shard_whose_worker_was_lost_after_it_is_not_written_again(
    tmp_path: Path,
) -> None:
    given, somewhere = task(tmp_path), cast("Worker", Somewhere())
    given.dataset.write(given.work.folder)
    first = asyncio.run(crew._write(given, somewhere))
    drawing = Drawing()
    again = replace(given, work=replace(given.work, originals=drawing))

    second = asyncio.run(crew._write(again, somewhere))

    assert not drawing.asked
    assert second == first


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
