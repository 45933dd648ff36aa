"""The notebooks run from the first cell to the last, as a newcomer runs them."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
[EXPORTING] = (path for path in NOTEBOOKS if path.stem.endswith("export"))


def executed(path: Path, folder: Path) -> Any:
    """Return a notebook that was run in a folder, from the first cell to the last."""
    notebook = nbformat.reads(path.read_text(), as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    run = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in run] == list(range(1, len(run) + 1))
    return notebook


@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if path != EXPORTING], ids=lambda p: p.stem
)
def test_a_notebook_runs_from_the_first_cell_to_the_last(
    path: Path, tmp_path: Path
) -> None:
    executed(path, tmp_path)


def test_what_a_notebook_exports_is_found_when_it_runs_again(tmp_path: Path) -> None:
    executed(EXPORTING, tmp_path)

    notebook = executed(EXPORTING, tmp_path)

    # The dry run stands before the export, so it tells what the first time has left.
    dry_run = next(cell for cell in notebook.cells if "dry_run=True" in cell.source)
    said = dry_run.outputs[-1]["data"]["text/plain"]
    assert re.search(r"written +0\b", said)
    assert re.search(r"present +[1-9]", said)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.reads(path.read_text(), as_version=4)  # type: ignore[no-untyped-call]

    assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_leaves_its_library_open_for_its_widgets(path: Path) -> None:
    notebook = nbformat.reads(path.read_text(), as_version=4)  # type: ignore[no-untyped-call]

    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert not any("lib.close()" in source for source in code)
