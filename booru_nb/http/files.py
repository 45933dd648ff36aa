"""Small files fetched whole: thumbnails and previews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from booru_nb.errors import (
    AddressError,
    LoginNeededError,
    NotFoundError,
    RateLimitedError,
    SiteDownError,
    SiteError,
)
from booru_nb.http.exchange import exchange
from booru_nb.http.messages import QuietRequest, extensions, introduction

if TYPE_CHECKING:
    from booru_nb.http.policy import Policy

_REFUSALS: dict[int, type[SiteError]] = {
    401: LoginNeededError,
    403: LoginNeededError,
    404: NotFoundError,
    410: NotFoundError,
    429: RateLimitedError,
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it came.

    Attributes
    ----------
    data : bytes
        The file.
    content_type : str
        What the server calls it, in lower case and without parameters; empty where it
        says nothing. Servers are often wrong.
    """

    data: bytes
    content_type: str


async def fetch(url: str, policy: Policy, *, max_bytes: int) -> Download:
    """Fetch a file, such as a thumbnail.

    Parameters
    ----------
    url : str
        Its address.
    policy : Policy
        How its site is asked.
    max_bytes : int
        How large it may be.

    Raises
    ------
    AddressError
        If the address, or one that it redirects to, is private, or is none.
    UnreachableError
        If no answer came; `NoAnswerInTimeError` where it took too long.
    SiteError
        If the answer is not the file: `NotFoundError` (404, 410),
        `LoginNeededError` (401, 403), `RateLimitedError` (429), `SiteDownError` (5xx).
    BadAnswerError
        If the file is too large.
    """
    answer = await exchange("media", file_request(url, policy), policy, limit=max_bytes)
    response = answer.response
    if response.status_code != httpx.codes.OK:
        raise refusal(response.url.host, response.status_code)
    named = response.headers.get("content-type", "")
    return Download(answer.body, named.partition(";")[0].strip().lower())


def file_request(url: str, policy: Policy, **headers: str) -> QuietRequest:
    """Return the request for a file, with further headers.

    Raises
    ------
    AddressError
        If the address is none.
    """
    usual = {"Accept": "image/*,*/*;q=0.5", "Accept-Encoding": "identity"}
    try:
        where = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        where = None
    if where is None or not where.host:
        raise AddressError("The address of a file is not one: it names no host.")
    return QuietRequest(
        "GET",
        where,
        headers=usual | introduction(policy) | headers,
        extensions=extensions(where, policy),
    )


def refusal(host: str, status: int) -> SiteError:
    """Return the error of an answer that is not the file."""
    other = SiteDownError if status >= httpx.codes.INTERNAL_SERVER_ERROR else SiteError
    reason = httpx.codes.get_reason_phrase(status)
    answered = f"{status} {reason}".rstrip()
    return _REFUSALS.get(status, other)(f"{host!r} answered {answered}, not the file.")
