"""Which engine a site runs: what to ask it, one request after another, and how to tell.

Nothing is sent here: `detection` yields requests and is sent their answers.

- The order is safe: what comes first cannot be mistaken by any other engine. The first
  answer that fits ends it. An answer of the wrong form says nothing, whatever its
  status is.
- A page for browsers, or a 403, is never taken for "not this engine": it ends the
  detection as blocked.
- Redirects are followed, and the address that they lead to is the site's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import httpx

from booru_nb.errors import (
    ArgumentError,
    BlockedError,
    LoginNeededError,
    RateLimitedError,
    SiteDownError,
    SiteError,
    UnknownSiteError,
)
from booru_nb.sites.fingerprints import PROBES
from booru_nb.sites.known import known, options

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

_PAGES = frozenset(
    """
    index.php posts posts.json post post.json images search tags tag api pools pool
    favorites comments
    """.strip().split()
)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/.*)?")
_WALL = re.compile(
    rb"just a moment|attention required|ddos-guard|cf-chl", re.IGNORECASE
)
_UNAUTHORIZED, _FORBIDDEN, _TOO_MANY, _SERVER_ERROR = 401, 403, 429, 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a site runs.

    Attributes
    ----------
    engine : str
        Its engine's name.
    url : str
        Its address, without a slash at the end.
    options : Mapping of str to object
        What is known of it beside, as fields of its adapter.
    """

    engine: str
    url: str
    options: Mapping[str, object] = field(default_factory=dict)


def address(text: str) -> str:
    """Return what was given as a site's address, in its plain form.

    A page of the site will do, and so will a host without a scheme.

    Raises
    ------
    ArgumentError
        If it is no address, or has a name and a password in it.
    """
    text = text.strip()
    parts = urlsplit(f"https://{text}" if _BARE.fullmatch(text) else text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ArgumentError(
            f"{text!r} is no address. Give one such as 'https://booru.example.org'."
        )
    if parts.username is not None or parts.password is not None:
        raise ArgumentError(
            "Leave the name and password out of the address, and give them to "
            "lib.login(…) instead."
        )
    kept: list[str] = []
    for part in parts.path.split("/"):
        if part in _PAGES:
            break
        kept.append(part)
    path = "/".join(kept).rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, "", ""))


def detection(url: str) -> Generator[httpx.Request, httpx.Response, Found]:
    """Ask an address what it runs, one request at a time.

    Parameters
    ----------
    url : str
        As `address` returns it. Where nothing is found in a folder, the folders above
        it are asked.

    Yields
    ------
    httpx.Request
        What to send next; it is to be sent the final answer, redirects followed.

    Returns
    -------
    Found
        The engine, and the address that was redirected to.

    Raises
    ------
    BlockedError
        If something stands before the site.
    LoginNeededError, RateLimitedError, SiteDownError
        If it refused, and nothing told what it is.
    UnknownSiteError
        If it answered, and nothing told what it is.
    """
    refusal: SiteError | None = None
    while True:
        site = known(url)
        if site is not None:
            return Found(site.engine, site.url, options(site))
        base, refusal, found = yield from _asked(url, refusal)
        if found is not None:
            return found
        above = base.rpartition("/")[0]
        if not urlsplit(above).hostname:
            raise refusal or _unknown(base)
        url = above


def _asked(
    base: str, refusal: SiteError | None
) -> Generator[
    httpx.Request, httpx.Response, tuple[str, SiteError | None, Found | None]
]:
    """Ask all that there is to ask below one address."""
    guess = None
    for probe in PROBES:
        answer = yield httpx.Request(
            "GET", f"{base}{probe.path}", headers={"Accept": probe.accept}
        )
        final = _adopted(answer, probe.path, base)
        if urlsplit(final).hostname != urlsplit(base).hostname and (
            site := known(final)
        ):
            return final, None, Found(site.engine, site.url, options(site))
        base = final
        _refuse_wall(answer)
        engine = probe.engine_of(answer)
        if engine is not None:
            return base, None, Found(engine, base)
        if probe.wants_key is not None and not isinstance(refusal, LoginNeededError):
            guess = guess or probe.wants_key(answer)
        if guess is None:
            refusal = refusal or _refusal(answer)
    return base, refusal, Found(guess, base) if guess else None


def _adopted(answer: httpx.Response, path: str, base: str) -> str:
    """Return the address that an answer came from, behind all redirects."""
    final = answer.request.url
    origin = f"{final.scheme}://{final.netloc.decode('ascii')}"
    asked = path.partition("?")[0]
    if asked != "/" and final.path.endswith(asked):
        return f"{origin}{final.path.removesuffix(asked)}"
    # It was sent to some page, which tells the host and no more.
    return f"{origin}{urlsplit(base).path}"


def _refuse_wall(answer: httpx.Response) -> None:
    html = answer.content.lstrip()[:1] == b"<"
    if (
        answer.status_code == _FORBIDDEN
        or answer.headers.get("cf-mitigated")
        or (html and _WALL.search(answer.content[:20_000]))
    ):
        raise BlockedError(
            f"{answer.request.url.host} is blocked: it lets no program in from here "
            f"(status {answer.status_code}), so what it runs is unknown. Try later or "
            "from another network, or name the engine: add_site(…, engine='danbooru')."
        )


def _refusal(answer: httpx.Response) -> SiteError | None:
    """Return what an answer says if nothing else tells what the site is."""
    host, status = answer.request.url.host, answer.status_code
    if status == _UNAUTHORIZED:
        return LoginNeededError(
            f"{host} tells nothing without a login. Name its engine: "
            "add_site(…, engine='szurubooru'), and then use lib.login(…)."
        )
    if status == _TOO_MANY:
        return RateLimitedError(f"{host} asks for a pause. Wait some minutes.")
    if status >= _SERVER_ERROR:
        return SiteDownError(f"{host} failed (status {status}). Try later.")
    return None


def _unknown(base: str) -> UnknownSiteError:
    return UnknownSiteError(
        f"{urlsplit(base).hostname} answers, but like no booru that is known here. "
        "Check the address, or name the engine: add_site(…, engine='danbooru')."
    )
