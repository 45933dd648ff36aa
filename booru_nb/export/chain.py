"""A chain of steps over posts, each run once, and no earlier than it is asked for."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from booru_nb.export import results
from booru_nb.export.outcome import Bench

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from booru_nb.export.outcome import Host, Step
    from booru_nb.export.results import Result
    from booru_nb.export.source import Source


MANY = 10_000
"""From so many posts on, steps take long enough for a bar."""


@dataclass(eq=False)
class Link:
    """A step, and what stands before it; without a step, the beginning.

    What it leaves is found out once, whoever asks, and shared by all that follow.
    """

    step: Step | None = None
    before: Link | None = None
    found: Result | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def links(self) -> list[Link]:
        """Return all links up to this one, the beginning first."""
        found = [self]
        while (before := found[-1].before) is not None:
            found.append(before)
        return found[::-1]

    def steps(self) -> tuple[Step, ...]:
        """Return the steps up to this one."""
        return tuple(link.step for link in self.links() if link.step is not None)


class Chain:
    """What a dataset is made of. Every step returns another one.

    Parameters
    ----------
    source : Source
        What it begins with.
    host : Host
        The library.
    name : str
        What it is called.
    link : Link, optional
        The last step (default: none yet).
    progress : bool
        Whether long work shows a bar.
    """

    def __init__(
        self,
        source: Source,
        host: Host,
        *,
        name: str,
        link: Link | None = None,
        progress: bool = True,
    ) -> None:
        self._source = source
        self._host = host
        self._name = name
        self._link = Link() if link is None else link
        self._progress = progress

    def _with(self, step: Step) -> Self:
        """Return the same with a further step."""
        return type(self)(
            self._source,
            self._host,
            name=self._name,
            link=Link(step, self._link),
            progress=self._progress,
        )

    def _results(self) -> list[Result]:
        """Return what each step leaves, the beginning first; run what has not run."""
        links = self._link.links()
        names = results.labels(self._link.steps())
        found: list[Result] = []
        with self._bar(links) as shown:
            for link, label in zip(links, [results.START, *names], strict=True):
                with link.lock:
                    if link.found is None:
                        shown.set_postfix_str(label)
                        link.found = self._run(link, found, label)
                        shown.update(1)
                    found.append(link.found)
        return found

    def _bar(self, links: list[Link]) -> AbstractContextManager[Any]:
        waiting = sum(link.found is None for link in links)
        show = self._progress and waiting > 0 and len(self._source.posts) >= MANY
        return self._host.bar(
            waiting, doing=self._name or "dataset", unit="steps", show=show
        )

    def _run(self, link: Link, before: list[Result], label: str) -> Result:
        if link.step is None:
            return results.start(self._source, self._host)
        last = before[-1]
        bench = Bench(self._source, last.dropped, self._host, label, self._progress)
        return results.after(last, link.step, bench)
