"""Folders in which others write: forged markers, and two exports at a time."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb.errors import ArgumentError, FileError
from booru_nb.export.formats import FORMATS
from booru_nb.export.running import run
from tests.export.formats.exports import posts
from tests.support.exporting import Drawing, export

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROW = {"site": "demo", "id": 1, "key": "demo_1"}


@pytest.mark.parametrize(
    "said",
    [
        {"files": {"../mine": "0"}},
        {"files": {"/etc/hostname": "0"}},
        {"files": 5},
        {"name": "../mine"},
        {"rows": [{**ROW, "path": "../mine", "sha256": "0"}]},
        {"rows": [{**ROW, "site": ["demo"]}]},
        {"rows": [None]},
    ],
    ids=str,
)
def test_a_forged_marker_leads_nowhere(tmp_path: Path, said: dict[str, Any]) -> None:
    mine, to = tmp_path / "mine", tmp_path / "x"
    mine.write_text("mine")
    export(posts(), to)
    forged = {"name": "forged", "hash": "", "files": {}, "rows": [], **said}
    (to / ".booru_nb" / "forged.json").write_text(json.dumps(forged))

    found = export(posts(), to, originals=(drawing := Drawing()))

    assert set(found["status"]) == {"present"}
    assert not drawing.asked
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("names", [["../mine"], ["/etc/hostname"], [5], 5], ids=str)
def test_a_forged_list_of_files_leads_nowhere(tmp_path: Path, names: object) -> None:
    mine, to = tmp_path / "mine", tmp_path / "x"
    mine.write_text("mine")
    export(posts(), to)
    place = to / ".booru_nb" / "dataset.json"
    place.write_text(json.dumps({**json.loads(place.read_bytes()), "old": names}))

    export(posts(), to, overwrite=True)

    assert mine.read_text() == "mine"
    assert (to / "README.md").exists()


@pytest.mark.parametrize("name", ["train", ".booru_nb"])
def test_a_link_in_the_folder_leads_nowhere(tmp_path: Path, name: str) -> None:
    mine, to = tmp_path / "mine", tmp_path / "x"
    mine.mkdir()
    to.mkdir()
    (to / name).symlink_to(mine)

    with pytest.raises(FileError, match="A link leads from"):
        export(posts(), to, format="imagefolder")
    assert not list(mine.iterdir())
    assert not (to / "README.md").exists()


@pytest.mark.parametrize("to", ["a\0b", "~nobody at all/x", "x" * 5000])
def test_what_can_be_no_folder_is_said(to: str) -> None:
    with pytest.raises((ArgumentError, FileError)):
        export(posts(), to)


@pytest.mark.parametrize("name", FORMATS)
def test_the_card_is_written_last(tmp_path: Path, name: str) -> None:
    export(posts(), tmp_path, format=name)

    others = [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "README.md"]
    marked = tmp_path / ".booru_nb" / "dataset.json"
    card = (tmp_path / "README.md").stat().st_mtime_ns
    assert all(p.stat().st_mtime_ns <= card for p in others if p != marked)


def test_a_second_export_at_the_same_time_is_refused(tmp_path: Path) -> None:
    async def two() -> None:
        reached, go_on = asyncio.Event(), asyncio.Event()

        class Slow(Drawing):
            async def __call__(self, post: Mapping[str, Any]) -> bytes:
                reached.set()
                await go_on.wait()
                return await super().__call__(post)

        def begun() -> asyncio.Task[Any]:
            work = run(
                posts(), name="skies", to=tmp_path, format="csv", originals=Slow()
            )
            return asyncio.create_task(work)

        first = begun()
        await reached.wait()
        with pytest.raises(FileError, match="Another export is writing"):
            await begun()
        go_on.set()
        assert set((await first)["status"]) == {"written"}
        assert set((await begun())["status"]) == {"present"}

    asyncio.run(two())
