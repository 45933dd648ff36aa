"""Apps of this process that answer for a host."""

import asyncio
from dataclasses import replace

import pytest
from starlette.types import Scope

from booru_nb import http
from booru_nb.errors import (
    NoAnswerInTimeError,
    UnreachableError,
)
from tests.support.web import (
    LOCAL,
    Doing,
    Site,
    ask,
)

HASTY = replace(LOCAL, timeout=0.2)


def test_an_app_of_this_process_answers_for_a_host() -> None:
    site = Site()
    http.in_process("demo.invalid", site)
    try:
        answer = ask("http://demo.invalid/posts.json", http.Policy(rate=None))
    finally:
        http.not_in_process("demo.invalid")

    assert answer.json() == {"fine": True}
    with pytest.raises(UnreachableError):
        ask("http://demo.invalid/", http.Policy(rate=None, retries=0))


def test_an_app_that_fails_is_an_answer_500() -> None:
    async def fail(scope: Scope) -> None:
        raise ValueError(scope["path"])

    http.in_process("demo.invalid", Site(Doing(fail)))
    try:
        answer = ask("http://demo.invalid/", replace(LOCAL, retries=0))
    finally:
        http.not_in_process("demo.invalid")

    assert answer.status_code == 500


def test_an_app_that_takes_too_long_is_given_up() -> None:
    async def wait(scope: Scope) -> None:
        assert scope["method"] == "GET"
        await asyncio.Event().wait()

    http.in_process("demo.invalid", Site(Doing(wait)))
    try:
        with pytest.raises(NoAnswerInTimeError, match=r"'demo\.invalid' did not"):
            ask("http://demo.invalid/", HASTY)
    finally:
        http.not_in_process("demo.invalid")
