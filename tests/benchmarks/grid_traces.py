"""How long the browser's tasks took, and how much of that was their own work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_CATEGORIES = ["devtools.timeline", "toplevel", "__metadata"]
_TASK = "ThreadControllerImpl::RunTask"


def longest_task(browser: Browser, page: Page, script: str) -> tuple[float, float]:
    """Run a script in the page, and return its longest task.

    Returns
    -------
    (float, float)
        The milliseconds that the longest task took by the clock, and the milliseconds
        of the processor's time that the busiest one took. On a machine that is shared,
        the first says how long others were let in.
    """
    browser.start_tracing(page=page, categories=_CATEGORIES)
    page.evaluate("() => { __long.length = 0; }")
    page.evaluate(script)
    clock: float = page.evaluate("() => Math.max(0, ...__long)")
    events = json.loads(browser.stop_tracing())["traceEvents"]
    return clock, max(map(_work, _tasks(events)), default=0.0)


def _tasks(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the tasks of pages, without those that the tracing itself has caused."""
    names = {(e["pid"], e["tid"]): e["args"]["name"] for e in events if _names(e)}
    return [
        event
        for event in events
        if event["name"] == _TASK
        and names.get((event["pid"], event["tid"])) == "CrRendererMain"
        and "ipc_mojo_bootstrap" not in event["args"].get("src_file", "")
    ]


def _names(event: dict[str, Any]) -> bool:
    return bool(event["name"] == "thread_name")


def _work(event: dict[str, Any]) -> float:
    return float(event.get("tdur", 0)) / 1000
