"""Exports by a cluster: the same content as by the local run, whoever is killed."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import ClusterError
from booru_nb.export.running import run
from tests.export.formats.exports import about, posts
from tests.support.clustering import shelf
from tests.support.exporting import Drawing, export
from tests.support.web import LOCAL

distributed = pytest.importorskip("distributed")

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LAID_OUT: dict[str, Any] = {
    "name": "skies",
    "format": "webdataset",
    "options": {"shard_size": 2},
}


@pytest.mark.parametrize("name", ["webdataset", "kohya", "parquet"])
def test_several_processes_write_the_same(
    tmp_path: Path, client: Any, name: str
) -> None:
    found = export(posts(10), tmp_path / "x", format=name, client=client)
    again = Drawing()

    export(posts(10), tmp_path / "x", format=name, originals=again)

    assert found.attrs == export(posts(10), tmp_path / "new", format=name).attrs
    assert not again.asked


@pytest.mark.parametrize("name", ["webdataset", "kohya"])
def test_the_shard_of_a_killed_worker_is_written_by_another(
    tmp_path: Path, client: Any, name: str
) -> None:
    with shelf(kill={7}) as (asked, fetching):
        found = export(
            posts(10), tmp_path / "x", format=name, originals=fetching, client=client
        )

    assert found.attrs == export(posts(10), tmp_path / "new", format=name).attrs
    of_shard = set(found[found.id.isin([7, 8])].id)
    assert asked.asked[7] == 2
    assert {asked.asked[number] for number in set(found.id) - of_shard} == {1}


def test_workers_of_several_machines_have_one_budget(
    tmp_path: Path, client: Any
) -> None:
    rate = 25.0
    with shelf(rate=rate, burst=16) as (asked, fetching):
        paced = replace(
            fetching,
            policy=replace(LOCAL, rate=rate),
            apart=str(tmp_path / "machines"),
        )
        export(posts(60), tmp_path / "x", originals=paced, client=client)

    assert asked.asked.total() == 60
    assert asked.refused == 0
    own_clocks = list((tmp_path / "machines").rglob("pacing/*"))
    assert not own_clocks


def test_posts_are_counted_while_a_shard_is_written(
    tmp_path: Path, client: Any
) -> None:
    counted: list[int] = []
    with shelf(hold={8}) as (asked, fetching):

        def progress(more: int) -> None:
            counted.append(more)
            if sum(counted) == 7:
                asked.free.set()

        export(
            posts(10).assign(split="train"),
            tmp_path,
            options={"shard_size": 8},
            originals=fetching,
            client=client,
            progress=progress,
        )

    assert sum(counted) == 10


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_client_of_a_loop_serves(
    tmp_path: Path, client: Any, *, elsewhere: bool
) -> None:
    async def exported() -> Any:
        address = client.scheduler.address
        async with distributed.Client(address, asynchronous=True) as own:
            if elsewhere:
                options = {"originals": Drawing(), "client": own}
                return await asyncio.to_thread(
                    export, posts(10), tmp_path / "x", **options
                )
            return await run(
                posts(10),
                to=tmp_path / "x",
                originals=Drawing(),
                client=own,
                about=about(),
                **LAID_OUT,
            )

    found = asyncio.run(exported())

    assert found.attrs == export(posts(10), tmp_path / "new").attrs


def test_a_folder_that_workers_do_not_see_is_said(client: Any) -> None:
    with pytest.raises(ClusterError, match="does not find the export in memory:"):
        export(posts(), "memory://of/this/process", client=client)


def test_nothing_of_an_export_stays_with_the_workers(
    tmp_path: Path, client: Any
) -> None:
    with shelf() as (_, fetching):
        export(posts(), tmp_path, originals=fetching, client=client)

    def left(dask_worker: Any) -> list[str]:
        import gc  # noqa: PLC0415 - it runs in a worker

        names = [*dask_worker.plugins, *(each.name for each in threading.enumerate())]
        sessions = [x for x in gc.get_objects() if type(x).__name__ == "ClientSession"]
        ours = [name for name in names if name.startswith("booru_nb")]
        return ours + [repr(each) for each in sessions if not each.closed]

    assert list(client.run(left).values()) == [[], []]


@dataclass(frozen=True)
class Broken:
    """Originals that fail as they should not, and hold a key."""

    key: str = "hunter2"

    async def __call__(self, post: Mapping[str, Any]) -> bytes:
        raise ZeroDivisionError(f"Post {post['id']}.")


def test_what_originals_hold_is_in_no_log(tmp_path: Path, client: Any) -> None:
    with pytest.raises(ZeroDivisionError, match="Post "):
        export(posts(), tmp_path, originals=Broken(), client=client)

    logs = repr([client.get_worker_logs(), client.get_scheduler_logs()])
    assert "ZeroDivisionError" in logs
    assert "hunter2" not in logs
