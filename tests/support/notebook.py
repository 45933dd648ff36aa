"""A notebook opened in JupyterLab, in a page of a real browser."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from textwrap import dedent
from typing import TYPE_CHECKING, Any, Self

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.support.lab import Lab

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
]

COUNTERS = """
(() => {
  const Socket = window.WebSocket;
  const size = (d) => typeof d === "string" ? d.length : d.byteLength ?? d.size ?? 0;
  window.__wire = { messages: 0, bytes: 0, sent: 0 };
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => {
        __wire.messages += 1;
        __wire.bytes += size(event.data);
      });
    }
    send(data) { __wire.sent += 1; return super.send(data); }
  };
  window.__long = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) __long.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
})();
"""
"""Counts the messages of the kernels' sockets and the long tasks, inside the page."""


def chromium_path() -> str | None:
    """Return where Chromium lies; None where there is none."""
    given = os.environ.get("CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return given or next(filter(None, map(shutil.which, names)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=FLAGS, headless=True
        )
        try:
            yield browser
        finally:
            browser.close()


def write_notebook(path: Path, cells: tuple[str, ...]) -> None:
    """Write a notebook of code cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell{number}",
                "metadata": {},
                "source": dedent(source),
                "outputs": [],
                "execution_count": None,
            }
            for number, source in enumerate(cells)
        ],
    }
    path.write_text(json.dumps(notebook))


class CellError(AssertionError):
    """A cell of a notebook has raised."""


class Notebook:
    """A notebook in a page of the browser, with a kernel of its own.

    Parameters
    ----------
    lab : Lab
        The server.
    page : Page
        The browser's page.
    name : str
        The notebook's file in the server's folder.
    """

    def __init__(self, lab: Lab, page: Page, name: str) -> None:
        self.lab = lab
        self.page = page
        self.name = name
        self.errors: list[str] = []
        page.add_init_script(COUNTERS)
        page.on("pageerror", lambda e: self.errors.append(e.stack or str(e)))

    def open(self) -> Self:
        """Open it, and return when its kernel is idle."""
        address = f"{self.lab.url}/lab/tree/{self.name}"
        self.page.goto(
            f"{address}?reset&token={self.lab.token}", wait_until="domcontentloaded"
        )
        self.until("() => window.jupyterapp?.shell.currentWidget?.context?.isReady")
        self.wait_for_kernel()
        return self

    def wait_for_kernel(self) -> None:
        """Return when the kernel is idle."""
        self.until(
            "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel"
            "?.status === 'idle'"
        )

    def wait_for_busy(self) -> None:
        """Return when the kernel is at work."""
        self.until(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel"
            ".status === 'busy'"
        )

    def until(
        self, script: str, argument: object = None, *, ms: float = 60_000
    ) -> None:
        """Return when a function in the page returns something true."""
        self.page.wait_for_function(script, arg=argument, timeout=ms, polling=20)

    def command(self, name: str, arguments: dict[str, Any] | None = None) -> None:
        """Run a command of JupyterLab, and return when it has ended."""
        self.page.evaluate(
            "([name, args]) => Promise.resolve(jupyterapp.commands.execute(name, args))"
            ".then(() => null)",
            [name, arguments or {}],
        )

    def use_theme(self, name: str) -> None:
        """Change the theme, such as ``JupyterLab Dark``."""
        self.command("apputils:change-theme", {"theme": name})
        light = "false" if "Dark" in name else "true"
        self.until("light => document.body.dataset.jpThemeLight === light", light)
        # Lab takes its splash off twice, which fails, where two changes overlap.
        self.until("() => !document.getElementById('jupyterlab-splash')")

    def start(self, number: int) -> None:
        """Run a cell without waiting for it."""
        self.page.evaluate(
            """number => {
              const notebook = jupyterapp.shell.currentWidget.content;
              notebook.activeCellIndex = number;
              notebook.deselectAll();
              window.__started = performance.now();
              window.__took = null;
              jupyterapp.commands.execute("notebook:run-cell").then(() => {
                window.__took = performance.now() - __started;
              });
            }""",
            number,
        )

    def wait(self) -> float:
        """Wait for the cell last started, and return how many milliseconds it took."""
        self.until("() => window.__took !== null", ms=120_000)
        took: float = self.page.evaluate("() => window.__took")
        return took

    def run(self, number: int) -> str:
        """Run a cell, and return what it printed."""
        self.start(number)
        self.wait()
        outputs = self.outputs(number)
        for output in outputs:
            if output["output_type"] == "error":
                trace = "\n".join(output["traceback"])
                raise CellError(f"Cell {number}: {output['evalue']}\n{trace}")
        texts = [output.get("text", "") for output in outputs]
        return "".join(t if isinstance(t, str) else "".join(t) for t in texts)

    def add(self, code: str) -> int:
        """Put a cell at the end, and return its number."""
        number: int = self.page.evaluate(
            """code => {
              const shared = jupyterapp.shell.currentWidget.content.model.sharedModel;
              const number = shared.cells.length;
              shared.insertCell(number, { cell_type: "code", source: code });
              return number;
            }""",
            dedent(code),
        )
        return number

    def do(self, code: str) -> str:
        """Run code in a new last cell, and return what it printed."""
        return self.run(self.add(code))

    def outputs(self, number: int) -> list[dict[str, Any]]:
        """Return a cell's outputs, as a saved notebook has them."""
        found: list[dict[str, Any]] = self.page.evaluate(
            "number => jupyterapp.shell.currentWidget.content.widgets[number]"
            ".model.outputs.toJSON()",
            number,
        )
        return found

    def show(self, *cells: str) -> None:
        """Put cells in the place of all that are there, and run them in their order."""
        self.page.evaluate(
            """cells => {
              const shared = jupyterapp.shell.currentWidget.content.model.sharedModel;
              const made = cells.map((source) => ({ cell_type: "code", source }));
              shared.transact(() => {
                shared.deleteCellRange(0, shared.cells.length);
                shared.insertCells(0, made);
              });
            }""",
            [dedent(cell) for cell in cells],
        )
        for number in range(len(cells)):
            self.run(number)

    def save(self) -> Path:
        """Save it, and return its file."""
        self.command("docmanager:save")
        return self.lab.folder / self.name

    def restart(self) -> None:
        """Restart the kernel, and return when it is idle again."""
        self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel"
            ".restart().then(() => null)"
        )
        self.wait_for_kernel()

    def close(self) -> None:
        """Shut the kernel down, and close the page and all that belongs to it."""
        self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.sessionContext.shutdown()"
        )
        self.page.context.close()
