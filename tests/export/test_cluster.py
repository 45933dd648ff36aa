"""Exports by a cluster: the same content as by the local run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.export.formats.exports import posts
from tests.support.exporting import Drawing, export

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_writes_the_same(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    options = {"processes": False, "n_workers": 1, "threads_per_worker": 1}
    with distributed.Client(**options, dashboard_address=None) as client:
        found = export(posts(), tmp_path / "x", client=client)
    drawing = Drawing()

    again = export(posts(), tmp_path / "x", originals=drawing)

    assert found.attrs == export(posts(), tmp_path / "new").attrs
    assert not drawing.asked
    assert again.attrs == found.attrs
