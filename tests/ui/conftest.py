"""A JupyterLab and a browser for all tests in here, and a notebook for each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.lab import Lab
from tests.support.notebook import (
    Notebook,
    chromium,
    chromium_path,
    write_notebook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from playwright.sync_api import Browser

    OpenNotebook = Callable[..., Notebook]

FAILURES = Path(__file__).parent / "failures"
FAILED = pytest.StashKey[bool]()


# Not for the session: while Playwright runs, its loop counts as running in this thread,
# and tests elsewhere call `asyncio.run`.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    if chromium_path() is None:
        missing = "No Chromium is here; install one, or name it in CHROMIUM."
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:  # noqa: ARG001 (no server where no browser is)
    """A JupyterLab."""
    lab = Lab(tmp_path_factory.mktemp("lab"))
    try:
        yield lab.wait()
    finally:
        lab.stop()


@pytest.fixture
def open_notebook(
    lab: Lab, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[OpenNotebook]:
    """Open notebooks of given cells; an error in a page fails the test."""
    opened: list[Notebook] = []

    def open_notebook(*cells: str, width: int = 1300, dark: bool = False) -> Notebook:
        name = f"{request.node.name}-{len(opened)}.ipynb".replace("/", "_")
        write_notebook(lab.folder / name, cells)
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
        )
        opened.append(Notebook(lab, context.new_page(), name))
        notebook = opened[-1].open()
        if dark:
            notebook.use_theme("JupyterLab Dark")
        return notebook

    yield open_notebook
    if request.node.stash.get(FAILED, False):
        FAILURES.mkdir(exist_ok=True)
        for notebook in opened:
            notebook.page.screenshot(path=FAILURES / f"{notebook.name}.png")
    for notebook in opened:
        notebook.close()
    assert [error for notebook in opened for error in notebook.errors] == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """Remember whether a test has failed, for the screenshot."""
    report: pytest.TestReport = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report
