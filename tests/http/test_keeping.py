"""Clocks of hosts that somebody else keeps."""

from __future__ import annotations

import asyncio

from booru_nb.http import pacing
from booru_nb.http.hostclock import HostClock
from booru_nb.http.keeping import keeper, kept_by

HOST = "kept.example.com"


class Somebody:
    """Keeps all clocks, and lets every third claim pass."""

    def __init__(self) -> None:
        self.claims: list[tuple[str, float]] = []
        self.pauses: list[tuple[str, float | None, bool]] = []
        self.ages: list[float] = []

    async def claim(self, host: str, rate: float, *, share: bool) -> float:
        assert share
        self.claims.append((host, rate))
        if len(self.claims) == 1:
            raise BlockingIOError
        return 0.0 if len(self.claims) == 3 else 0.001

    async def slow_down(
        self, host: str, pause: float | None, age: float, *, halve: bool
    ) -> None:
        self.pauses.append((host, pause, halve))
        self.ages.append(age)


async def turn(somebody: Somebody) -> None:
    with kept_by(somebody):
        await pacing.turn(HostClock(HOST), 2.0, asyncio.Lock())


def test_who_keeps_the_clocks_says_who_may_go() -> None:
    somebody = Somebody()

    asyncio.run(turn(somebody))

    assert somebody.claims == [(HOST, 2.0 * pacing.CAREFUL)] * 3


def test_what_a_site_asks_for_is_told_to_who_keeps_the_clocks() -> None:
    somebody, clock = Somebody(), HostClock(HOST)

    async def told() -> None:
        with kept_by(somebody):
            await pacing.slow_down(clock, 30.0, 0.0, halve=True)

    asyncio.run(told())

    assert somebody.pauses == [(HOST, 30.0, True)]
    assert somebody.ages[0] > 0
    assert clock.paused()


def test_after_the_block_each_process_keeps_its_own() -> None:
    with kept_by(Somebody()):
        assert keeper() is not None

    assert keeper() is None
