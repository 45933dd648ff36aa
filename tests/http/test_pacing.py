"""The pace of a host: shared by tasks and processes, and obedient to the site."""

import asyncio
import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from booru_nb.http import pacing
from booru_nb.http.hostclock import HostClock
from booru_nb.http.sharedclock import SharedClock

HOST = "booru.example.com"
START = 1_800_000_000.0


class Time:
    """A time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    monkeypatch.setenv("BOORU_NB_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture
def time(cache: Path) -> Time:
    """A time for clocks of this test."""
    assert cache.is_dir()
    return Time()


def starts(clock: HostClock, time: Time, count: int, *, rate: float) -> list[float]:
    """Return when so many requests start that are asked for as soon as may be."""
    started: list[float] = []
    while len(started) < count:
        wait = clock.claim(rate)
        if wait:
            time.now += wait
        else:
            started.append(time.now - START)
    return started


def test_the_first_request_starts_at_once_and_the_others_evenly(time: Time) -> None:
    clock = HostClock(HOST, time)

    assert starts(clock, time, 5, rate=4) == [0, 0.25, 0.5, 0.75, 1.0]


def test_a_late_start_is_made_up_for_but_rest_is_not_saved_up(time: Time) -> None:
    clock = HostClock(HOST, time)
    starts(clock, time, 1, rate=1)
    time.now += 1.05
    assert clock.claim(1) == 0
    assert clock.claim(1) == pytest.approx(0.95)

    time.now += 100

    assert clock.claim(1) == 0
    assert clock.claim(1) == pytest.approx(1.0)


def test_two_clocks_of_one_host_share_its_pace(time: Time) -> None:
    ours, theirs = HostClock(HOST, time), HostClock(HOST, time)

    assert ours.claim(2) == 0
    assert theirs.claim(2) == pytest.approx(0.5)


def test_hosts_do_not_wait_for_each_other(time: Time) -> None:
    HostClock(HOST, time).claim(1)

    assert HostClock("other.example.com", time).claim(1) == 0


def test_two_processes_share_the_pace(cache: Path) -> None:
    program = f"""
from booru_nb.http.hostclock import HostClock
raise SystemExit(HostClock({HOST!r}).claim(0.001) > 0)
"""
    ended = [
        subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
        for _ in range(2)
    ]

    assert [process.returncode for process in ended] == [0, 1]
    assert list((cache / "pacing").iterdir())


def test_retry_after_moves_the_clock_once_for_many_answers(time: Time) -> None:
    clock = HostClock(HOST, time)
    clock.claim(10)
    for _ in range(20):
        clock.slow_down(30.0, START, halve=True)

    assert clock.paused() == pytest.approx(30.0)
    assert clock.claim(10) == pytest.approx(30.0)


def test_a_shorter_pause_does_not_end_a_longer_one(time: Time) -> None:
    clock = HostClock(HOST, time)
    clock.slow_down(30.0, START, halve=False)
    clock.slow_down(1.0, START, halve=False)

    assert clock.paused() == pytest.approx(30.0)


def test_no_pause_is_longer_than_a_minute(time: Time) -> None:
    clock = HostClock(HOST, time)
    clock.slow_down(86_400.0, START, halve=False)

    assert clock.paused() == pytest.approx(60.0)


def test_another_process_obeys_the_pause(time: Time) -> None:
    HostClock(HOST, time).slow_down(30.0, START, halve=False)

    assert HostClock(HOST, time).claim(10) == pytest.approx(30.0)


def test_too_many_requests_halve_the_rate_once_and_it_comes_back(time: Time) -> None:
    clock = HostClock(HOST, time)
    clock.claim(1)
    time.now += 10
    for _ in range(5):
        clock.slow_down(None, START, halve=True)
    after = starts(clock, time, 40, rate=1)
    gaps = [later - earlier for earlier, later in itertools.pairwise(after)]

    assert gaps[0] == pytest.approx(2.0)
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] == pytest.approx(1.0)


def test_a_clock_far_ahead_was_written_before_the_time_was_set_back(
    time: Time,
) -> None:
    HostClock(HOST, time).claim(1)
    time.now -= 86_400

    assert HostClock(HOST, time).claim(1) == 0


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"next": 1}', b"\xff" * 50, b'{"next":"NaN"}', b"[" * 4000],
)
def test_a_damaged_file_is_a_clock_that_nobody_has_set(
    time: Time, cache: Path, damage: bytes
) -> None:
    HostClock(HOST, time).claim(1)
    [file] = (cache / "pacing").iterdir()
    file.write_bytes(damage)

    assert HostClock(HOST, time).claim(1) == 0
    assert HostClock(HOST, time).claim(1) == pytest.approx(1.0)


def test_a_nonsense_share_is_no_share(time: Time, cache: Path) -> None:
    HostClock(HOST, time).claim(1)
    [file] = (cache / "pacing").iterdir()
    file.write_text('{"next": 0, "paused": 0, "share": NaN, "slowed": 0}')

    assert HostClock(HOST, time).claim(1) == 0


def test_without_a_folder_each_process_has_its_own_pace(
    time: Time, cache: Path
) -> None:
    (cache / "pacing").write_text("a file where the folder should be")
    clock = HostClock(HOST, time)

    assert starts(clock, time, 3, rate=1) == [0, 1, 2]


def test_a_clock_that_is_held_is_not_waited_for(time: Time) -> None:
    holder = SharedClock(HOST)

    with holder.locked(), pytest.raises(BlockingIOError):
        HostClock(HOST, time).claim(1)


def test_a_turn_comes_even_where_the_clock_is_held_for_ever(time: Time) -> None:
    clock = HostClock(HOST, time)

    async def one_turn() -> None:
        await pacing.turn(clock, 1.0, asyncio.Lock())

    with SharedClock(HOST).locked():
        asyncio.run(one_turn())

    assert clock.claim(1) == pytest.approx(1 / pacing.CAREFUL)


def test_who_is_cancelled_while_waiting_costs_nobody_anything(time: Time) -> None:
    clock = HostClock(HOST, time)
    clock.claim(0.01)

    async def cancel_one_of_two() -> float:
        queue = asyncio.Lock()
        waiting = [
            asyncio.create_task(pacing.turn(clock, 0.01, queue)) for _ in range(2)
        ]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        time.now += 100
        await pacing.turn(clock, 0.01, queue)
        return clock.claim(0.01)

    assert asyncio.run(cancel_one_of_two()) == pytest.approx(100 / pacing.CAREFUL)


def test_turns_come_in_the_order_of_asking(time: Time) -> None:
    del time
    clock = HostClock(HOST)
    order: list[int] = []

    async def all_turns() -> None:
        queue = asyncio.Lock()

        async def one(number: int) -> None:
            await pacing.turn(clock, 2000, queue)
            order.append(number)

        await asyncio.gather(*(one(number) for number in range(20)))

    asyncio.run(all_turns())

    assert order == list(range(20))


def test_without_a_rate_nothing_is_written(cache: Path) -> None:
    clock = HostClock(HOST)

    async def many_turns() -> None:
        for _ in range(100):
            await pacing.turn(clock, None, asyncio.Lock())

    asyncio.run(many_turns())

    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("9999999999999999999", 60.0),
        ("Fri, 15 Jan 2027 08:00:30 GMT", 30.0),
        ("Fri, 15 Jan 2027 09:00:00 GMT", 60.0),
        ("Fri, 15 Jan 2021 08:00:00 GMT", 0.0),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(
    value: str | None, seconds: float | None
) -> None:
    assert pacing.retry_after(value, lambda: START) == seconds


def test_clocks_that_do_nothing_are_forgotten() -> None:
    names = [f"{number}.example.com" for number in range(2000)]
    for name in names:
        pacing.clock_of(name)

    assert len(pacing._clocks) < 1000
