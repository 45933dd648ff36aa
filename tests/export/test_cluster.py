"""Exports by a cluster: the same content as by the local run, whoever is killed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import ArgumentError, ClusterError, DiskFullError
from booru_nb.export import markers
from booru_nb.export.folders import LocalFolder
from booru_nb.export.running import run
from tests.export.formats.exports import about, posts
from tests.support.clustering import HANG, Fetching, shelf
from tests.support.exporting import Drawing, export
from tests.support.web import LOCAL

distributed = pytest.importorskip("distributed")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
LAID_OUT: dict[str, Any] = {
    "name": "skies",
    "format": "webdataset",
    "options": {"shard_size": 2},
}

DRIVER = """
import sys
from distributed import Client
from tests.export.formats.exports import posts
from tests.support.clustering import Fetching
from tests.support.exporting import export

with Client(sys.argv[1]) as client:
    export(posts(10), sys.argv[2], originals=Fetching(sys.argv[3]), client=client)
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """A client of two workers, each a process of its own."""
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address=":0"
        ) as cluster,
        distributed.Client(cluster) as opened,
    ):
        yield opened


def _committed(to: Path) -> set[int]:
    found = markers.read(LocalFolder(to)).values()
    return {row.id for marker in found if marker.hash for row in marker.rows}


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


def test_workers_that_die_one_after_another_end_the_export(
    tmp_path: Path, client: Any
) -> None:
    client.cluster.scheduler.allowed_failures = 0
    try:
        with (
            shelf(kill={7}) as (_, fetching),
            pytest.raises(ClusterError, match=r"train-00003-of-00004 was given up: 1"),
        ):
            export(posts(10), tmp_path, originals=fetching, client=client)
    finally:
        client.cluster.scheduler.allowed_failures = 3


def test_after_a_kill_of_the_driver_nothing_committed_is_fetched_again(
    tmp_path: Path, client: Any
) -> None:
    address, to = client.scheduler.address, tmp_path / "x"
    with shelf(hold={7}) as (asked, fetching):
        command = [sys.executable, "-c", DRIVER, address, str(to), fetching.base]
        with subprocess.Popen(command, cwd=ROOT) as driver:
            assert asked.reached.wait(HANG)
            driver.kill()
        assert asked.left.wait(HANG), "a worker goes on for nobody"
        committed, before = _committed(to), asked.asked.copy()
        asked.free.set()
        found = export(posts(10), to, originals=fetching, client=client)

    assert not committed & set(asked.asked - before)
    assert found.attrs == export(posts(10), tmp_path / "new").attrs


def test_a_stop_ends_what_the_workers_do(tmp_path: Path, client: Any) -> None:
    async def stopped(fetching: Fetching, reached: threading.Event) -> None:
        work = run(
            posts(10), to=tmp_path, originals=fetching, client=client, **LAID_OUT
        )
        task = asyncio.create_task(work)
        await asyncio.to_thread(reached.wait, HANG)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with shelf(hold={7}) as (asked, fetching):
        asyncio.run(stopped(fetching, asked.reached))
        assert asked.left.wait(HANG)
    committed, again = _committed(tmp_path), Drawing()
    export(posts(10), tmp_path, originals=again)

    assert set(again.asked) == set(range(1, 11)) - committed


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


class Full(Drawing):
    """A disk without room."""

    async def __call__(self, post: Mapping[str, Any]) -> bytes:
        raise DiskFullError(f"There is no room for {post['id']}.")


def test_an_error_of_ours_arrives_as_it_is(tmp_path: Path, client: Any) -> None:
    with pytest.raises(DiskFullError, match="There is no room for"):
        export(posts(), tmp_path, originals=Full(), client=client)


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


def test_what_is_no_client_is_refused(tmp_path: Path, client: Any) -> None:
    with pytest.raises(ArgumentError, match="not LocalCluster"):
        export(posts(), tmp_path, client=client.cluster)


def test_a_closed_client_is_said(tmp_path: Path, client: Any) -> None:
    own = distributed.Client(client.scheduler.address)
    own.close()

    with pytest.raises(ClusterError, match="is closed"):
        export(posts(), tmp_path, client=own)
    assert not list(tmp_path.iterdir())


def test_a_client_that_is_closed_meanwhile_ends_the_export(
    tmp_path: Path, client: Any
) -> None:
    own = distributed.Client(client.scheduler.address)
    with shelf(hold={7}) as (asked, fetching):

        def close() -> None:
            asked.reached.wait(HANG)
            own.close()

        closing = threading.Thread(target=close)
        closing.start()
        with pytest.raises(ClusterError, match="What is committed stays"):
            export(posts(10), tmp_path, originals=fetching, client=own)
        closing.join()
        assert asked.left.wait(HANG), "a worker goes on for nobody"


def test_a_cluster_that_has_no_worker_ends_the_export(tmp_path: Path) -> None:
    import dask  # noqa: PLC0415 - it is optional

    options = {"n_workers": 0, "processes": False, "dashboard_address": ":0"}
    patience = {"distributed.scheduler.no-workers-timeout": "1s"}
    with (
        distributed.LocalCluster(**options) as cluster,
        distributed.Client(cluster) as alone,
        dask.config.set(patience),
        pytest.raises(ClusterError, match="no worker for 1 s; 4 of 4 shards"),
    ):
        export(posts(8), tmp_path, client=alone)
