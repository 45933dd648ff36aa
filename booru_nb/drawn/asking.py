"""What requests of several dialects have in common: numbers, logins, ``search[…]``."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

SEARCH = re.compile(r"search\[(\w+)\]")


def whole(text: str | None, usual: int, most: int, *, least: int = 1) -> int:
    """Return how many are asked for: from `least` to `most`, without a complaint."""
    try:
        asked = int(text) if text else usual
    except ValueError:
        asked = usual
    return min(max(asked, least), most)


def search_words(request: Request) -> dict[str, str]:
    """Return what stands in ``search[…]``."""
    found = {}
    for name, value in request.query_params.items():
        asked = SEARCH.fullmatch(name)
        if asked:
            found[asked[1]] = value
    return found


def pair(request: Request, *names: str) -> tuple[str, str]:
    """Return a login and its key, of which an absent one is empty.

    Parameters
    ----------
    request : Request
        With an ``Authorization`` of Basic or Token, or with two parameters.
    *names : str
        What the two parameters are called.

    Raises
    ------
    ValueError
        If the header cannot be read.
    """
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() in {"basic", "token"}:
        try:
            login, _, key = (
                base64.b64decode(secret, validate=True).decode().partition(":")
            )
        except binascii.Error as error:
            raise ValueError(secret) from error
        return login, key
    login, key = (request.query_params.get(name, "") for name in names)
    return login, key
