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


def opened(
    lab: Lab, browser: Browser, name: str, cells: tuple[str, ...], *, width: int = 1300
) -> Notebook:
    """Return a new notebook, opened in a page of its own."""
    name = f"{name.replace('/', '_')}.ipynb"
    write_notebook(lab.folder / name, cells)
    context = browser.new_context(viewport={"width": width, "height": 900})
    return Notebook(lab, context.new_page(), name).open()


def keep_picture(notebook: Notebook, name: str) -> None:
    """Keep what a failed test has left on the screen."""
    FAILURES.mkdir(exist_ok=True)
    notebook.page.screenshot(path=FAILURES / f"{name}.png")


@pytest.fixture
def open_notebook(
    lab: Lab, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[OpenNotebook]:
    """Open notebooks of given cells; an error in a page fails the test."""
    notebooks: list[Notebook] = []

    def open_notebook(*cells: str, width: int = 1300) -> Notebook:
        name = f"{request.node.name}-{len(notebooks)}"
        notebooks.append(opened(lab, browser, name, cells, width=width))
        return notebooks[-1]

    yield open_notebook
    for notebook in notebooks:
        if request.node.stash.get(FAILED, False):
            keep_picture(notebook, notebook.name)
        notebook.close()
    assert [error for notebook in notebooks for error in notebook.errors] == []


@pytest.fixture(scope="module")
def shared_notebook(
    lab: Lab, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Notebook]:
    """A notebook for all tests of a module, since a kernel takes seconds to start."""
    name = str(request.node.name).removesuffix(".py")
    notebook = opened(lab, browser, name, ())
    yield notebook
    notebook.close()


@pytest.fixture
def notebook(
    shared_notebook: Notebook, request: pytest.FixtureRequest
) -> Iterator[Notebook]:
    """The module's notebook, for tests that leave nothing behind in its kernel."""
    yield shared_notebook
    if request.node.stash.get(FAILED, False):
        keep_picture(shared_notebook, request.node.name)
    errors, shared_notebook.errors = shared_notebook.errors, []
    assert errors == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """Remember whether a test has failed, for the screenshot."""
    report: pytest.TestReport = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report
