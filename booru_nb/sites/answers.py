"""Reading what a site sends, which is data and nothing else.

Each value is checked for its form: an md5 is 32 hex digits or missing, an extension is
``[a-z0-9]{1,5}``, an address is http(s). What is refused outright is an answer of the
wrong shape, with an error that names the site and the field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from booru_nb.errors import (
    BadAnswerError,
    BlockedError,
    LoginNeededError,
    NotFoundError,
    PageLimitError,
    QueryError,
    RateLimitedError,
    SiteDownError,
    SiteError,
)

if TYPE_CHECKING:
    import httpx

    from booru_nb.sites.base import Site

Json = Mapping[str, Any]

_MD5 = re.compile(r"[0-9a-f]{32}")
_EXT = re.compile(r"[a-z0-9]{1,5}")
_CHALLENGE = re.compile(
    rb"just a moment|cf-chl|challenge-platform|captcha|attention required|ddos-guard",
    re.IGNORECASE,
)
_SERVER_ERROR = 500


def refusal(site: Site, answer: httpx.Response, said: str = "") -> SiteError:
    """Return the error that an answer's status stands for.

    Parameters
    ----------
    site : Site
        Who answered.
    answer : httpx.Response
        Of a status other than 200.
    said : str
        What the site gave as its reason.
    """
    status = answer.status_code
    reason = f" It says: {said}" if said else ""
    if is_challenge(answer):
        return BlockedError(
            f"{site.name} is behind a check for browsers (status {status}), so it "
            "cannot be asked from here now. Try later, from another network, or log in."
        )
    kind, advice = _STATUS.get(status, (SiteError, "Try another query."))
    if status >= _SERVER_ERROR:
        kind, advice = SiteDownError, "Try later, or a simpler query."
    return kind(f"{site.name} refused with {status}.{reason} {advice}")


_STATUS: dict[int, tuple[type[SiteError], str]] = {
    400: (QueryError, "Check the query."),
    401: (LoginNeededError, "Check the login for this site."),
    403: (LoginNeededError, "A login, or a better one, may help."),
    404: (NotFoundError, "It does not have what was asked for."),
    410: (PageLimitError, "It shows no page so far back; narrow the query."),
    422: (QueryError, "Change the query."),
    429: (RateLimitedError, "Wait some minutes before you ask again."),
}


def is_challenge(answer: httpx.Response) -> bool:
    """Tell whether a page for browsers came instead of an answer."""
    if answer.headers.get("cf-mitigated"):
        return True
    return is_html(answer) and bool(_CHALLENGE.search(answer.content[:20_000]))


def is_html(answer: httpx.Response) -> bool:
    """Tell by its first byte whether an answer is a page or XML."""
    return answer.content.lstrip()[:1] == b"<"


def read_json(site: Site, answer: httpx.Response) -> Any:  # noqa: ANN401
    """Return what the JSON of an answer says.

    Raises
    ------
    BlockedError, BadAnswerError
        If it is a page, or no JSON, or cut.
    """
    if is_challenge(answer):
        raise refusal(site, answer)
    if not answer.content.strip():
        raise BadAnswerError(f"{site.name} sent an empty answer. Try again later.")
    try:
        return json.loads(answer.content)
    except ValueError as error:
        kind = "a web page" if is_html(answer) else "something that is not valid JSON"
        msg = f"{site.name} sent {kind} where JSON was asked for. Try again later."
        raise BadAnswerError(msg) from error


def rows(site: Site, data: object) -> list[Json]:
    """Return the objects of a JSON array.

    Raises
    ------
    BadAnswerError
        If it is no array of objects.
    """
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        kind = type(data[0] if isinstance(data, list) and data else data).__name__
        raise BadAnswerError(f"{site.name} sent {kind} where a list was asked for.")
    return data


def broken(site: Site, field: str) -> BadAnswerError:
    """Return the error for a required field that is missing or of the wrong kind."""
    return BadAnswerError(
        f"{site.name} sent a post whose {field!r} is missing or not as documented."
    )


def whole(value: object) -> int | None:
    """Return a whole number, of a number or digits; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 1 << 62 else None
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,18}\s*", value):
        return int(value)
    return None


def text(value: object) -> str | None:
    """Return text without control characters; None where there is none."""
    if not isinstance(value, str):
        return None
    kept = "".join(c for c in value if c.isprintable() or c in "\n\t").strip()
    return kept or None


def words(value: object) -> tuple[str, ...]:
    """Return the tags of a blank-separated text, without double, sorted."""
    if not isinstance(value, str):
        return ()
    clean = ("".join(filter(str.isprintable, word)) for word in value.split())
    return tuple(sorted({word for word in clean if word}))


def md5(value: object) -> str | None:
    """Return an md5 in lower case; None for anything that is none."""
    found = isinstance(value, str) and _MD5.fullmatch(value.lower())
    return found[0] if found else None


def extension(value: object) -> str | None:
    """Return a file's extension; None for anything that is none."""
    found = isinstance(value, str) and _EXT.fullmatch(value.lower().lstrip("."))
    return found[0] if found else None


def address(value: object, *, base: str) -> str | None:
    """Return a whole http(s) address; None for anything that is none."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        url = urljoin(f"{base}/", value.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    printable = url.isprintable() and " " not in url
    return (
        url
        if parts.scheme in {"http", "https"} and parts.hostname and printable
        else None
    )


def moment(value: object) -> datetime | None:
    """Return an ISO 8601 time in UTC; None for anything that is none."""
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
