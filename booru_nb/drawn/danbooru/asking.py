"""What a request asks for: its login, its ``search[…]`` words, its page of rows."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from booru_nb.drawn.danbooru.errors import CAUSES, no_login
from booru_nb.drawn.danbooru.paging import USUAL, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

MOST_ROWS = 1000
SEARCH = re.compile(r"search\[(\w+)\]")


def check(request: Request, accounts: Mapping[str, str]) -> None:
    """Refuse a login that is not whole or not known, and what asks to be refused.

    Parameters
    ----------
    request : Request
        With ``login`` and ``api_key``, or HTTP Basic, or neither; ``cause_error=429``
        has that error answered.
    accounts : mapping of str to str
        The API key of each login.

    Raises
    ------
    Refusal
        What is to be answered then.
    """
    asked = request.query_params.get("cause_error", "")
    if asked.isdecimal() and int(asked) in CAUSES:
        raise CAUSES[int(asked)]
    login, key = _login(request)
    if (login or key) and accounts.get(login) != key:
        raise no_login()


def _login(request: Request) -> tuple[str, str]:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        params = request.query_params
        return params.get("login", ""), params.get("api_key", "")
    try:
        pair = base64.b64decode(secret, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise no_login() from None
    login, _, key = pair.partition(":")
    return login, key


def search_words(request: Request) -> dict[str, str]:
    """Return what stands in ``search[…]``."""
    found = {}
    for name, value in request.query_params.items():
        asked = SEARCH.fullmatch(name)
        if asked:
            found[asked[1]] = value
    return found


def rows(request: Request, found: list[dict[str, Any]]) -> Response:
    """Answer with the page of rows that is asked for."""
    params = request.query_params
    limit = whole(params.get("limit"), USUAL, MOST_ROWS)
    start = (whole(params.get("page"), 1, MOST_ROWS) - 1) * limit
    return JSONResponse(found[start : start + limit])
