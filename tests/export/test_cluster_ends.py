"""Exports by a cluster that end early, or lose who does them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import ArgumentError, ClusterError, DiskFullError
from booru_nb.export import markers
from booru_nb.export.folders import LocalFolder
from booru_nb.export.running import run
from tests.export.formats.exports import posts
from tests.support.clustering import HANG, Fetching, shelf
from tests.support.exporting import Drawing, export

distributed = pytest.importorskip("distributed")

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def _committed(to: Path) -> set[int]:
    found = markers.read(LocalFolder(to)).values()
    return {row.id for marker in found if marker.hash for row in marker.rows}


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


def test_the_stop_button_of_jupyter_ends_no_worker(tmp_path: Path, client: Any) -> None:
    workers = list(client.run(os.getpid).values())
    with shelf(hold={7}) as (asked, fetching):

        def press() -> None:
            asked.reached.wait(HANG)
            for process in workers:
                os.kill(process, signal.SIGINT)
            asked.free.set()

        pressing = threading.Thread(target=press)
        pressing.start()
        export(posts(10), tmp_path, originals=fetching, client=client)
        pressing.join()

    assert set(asked.asked.values()) == {1}
    assert list(client.run(os.getpid).values()) == workers


class Full(Drawing):
    """A disk without room."""

    async def __call__(self, post: Mapping[str, Any]) -> bytes:
        raise DiskFullError(f"There is no room for {post['id']}.")


def test_an_error_of_ours_arrives_as_it_is(tmp_path: Path, client: Any) -> None:
    with pytest.raises(DiskFullError, match="There is no room for"):
        export(posts(), tmp_path, originals=Full(), client=client)


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
