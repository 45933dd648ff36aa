"""Lists that come as JSON or as XML, whichever a site feels like.

Gelbooru's family, Moebooru and Shimmie2 answer in either, whatever was asked for and
whatever the ``Content-Type`` says, so an answer is read by its first byte. A row is the
same mapping of fields either way.

What they refuse, they often refuse with status 200 and in words: as a JSON string, as
``<response success="false" reason="…"/>``, as ``<error>…</error>``, or as plain text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from booru_nb.errors import (
    BadAnswerError,
    LoginNeededError,
    PageLimitError,
    RateLimitedError,
    SiteDownError,
    SiteError,
)
from booru_nb.sites import answers, markup, values

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx

    from booru_nb.sites.answers import Json
    from booru_nb.sites.base import Site

_WORDS: tuple[tuple[str, type[SiteError], str], ...] = (
    (
        r"authenticat|api.?key|log ?in|logged in|user_id|permission|access denied",
        LoginNeededError,
        "",
    ),
    (
        r"too deep|pull it back",
        PageLimitError,
        "It shows no page so far back; narrow the query.",
    ),
    (
        r"exceeded|too many requests|rate limit|slow down|throttl",
        RateLimitedError,
        "Wait some minutes before you ask again.",
    ),
    (
        r"search.{0,20}down|overload|maintenance|try again|temporarily",
        SiteDownError,
        "Try later.",
    ),
)
_LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of an answer.

    Attributes
    ----------
    rows : list of mapping
        In the site's order; the values are text where it came as XML.
    attributes : mapping
        What the answer says of itself, such as ``count``.
    beside : mapping
        What else stood beside the rows in JSON.
    is_xml : bool
        Whether it came as XML, in which case entities are decoded already.
    """

    rows: Sequence[Json]
    attributes: Json = field(default_factory=dict)
    beside: Json = field(default_factory=dict)
    is_xml: bool = False

    @property
    def total(self) -> int | None:
        """How many rows there are by the site's own count; None if it has none."""
        return values.count(self.attributes.get("count"))

    @property
    def left(self) -> int | None:
        """How many rows there are from here on, by the same count."""
        offset = values.count(self.attributes.get("offset")) or 0
        return None if self.total is None else max(self.total - offset, 0)


def read(site: Site, answer: httpx.Response, *, of: str) -> Listing:
    """Return the rows of an answer.

    Parameters
    ----------
    site : Site
        Who answered.
    answer : httpx.Response
        Of status 200, and not empty.
    of : str
        What one row is called: ``post`` or ``tag``.

    Raises
    ------
    SiteError
        If it is a refusal, or no list; the classes tell how.
    """
    if answers.is_challenge(answer):
        raise answers.blocked(site, answer)
    if not answer.content.strip():
        raise BadAnswerError(f"{site.name} sent an empty answer. Try again later.")
    if answers.is_html(answer):
        return _of_xml(site, answer, of)
    try:
        data = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise _no_json(site, answer) from error
    return _of_json(site, data, of)


def _of_json(site: Site, data: object, of: str) -> Listing:
    if isinstance(data, str):
        raise said_in_words(site, data)
    if isinstance(data, list):
        return Listing(answers.rows(site, data, of=f"{of}s"))
    if not isinstance(data, dict):
        kind = type(data).__name__
        raise BadAnswerError(f"{site.name} sent {kind} where {of}s were asked for.")
    if data.get("success") is False:
        said = values.text(data.get("reason")) or values.text(data.get("message"))
        raise said_in_words(site, said or "")
    attributes = data.get("@attributes")
    rows = next((data[name] for name in (of, f"{of}s") if name in data), None)
    if rows is None and not isinstance(attributes, dict):
        raise answers.broken(site, of, of="an answer")
    # One row has come without a list around it.
    rows = [rows] if isinstance(rows, dict) else rows
    return Listing(
        answers.rows(site, [] if rows is None else rows, of=f"{of}s"),
        attributes if isinstance(attributes, dict) else {},
        beside=data,
    )


def _of_xml(site: Site, answer: httpx.Response, of: str) -> Listing:
    try:
        document = markup.read(answer.content)
    except markup.MarkupError as error:
        page = re.search(rb"<(?:!doctype )?html", answer.content[:2_000], re.IGNORECASE)
        kind = "a web page" if page else f"XML that is cut or malformed ({error})"
        msg = f"{site.name} sent {kind} where {of}s were asked for. Try again later."
        raise BadAnswerError(msg) from error
    if document.name == f"{of}s":
        return Listing(document.rows, document.attributes, is_xml=True)
    if document.name == "html":
        msg = f"{site.name} sent a web page where {of}s were asked for."
        raise BadAnswerError(msg)
    if document.name in {"response", "error"}:
        raise said_in_words(site, document.attributes.get("reason") or document.text)
    raise answers.broken(site, f"{of}s", of="an answer")


def _no_json(site: Site, answer: httpx.Response) -> SiteError:
    """Return the error for an answer that is neither JSON nor XML."""
    words = answer.content.decode(errors="replace").strip()
    if words[:1] not in "[{" and len(words) <= _LONGEST_WORDS:
        found = _known_words(site, words)
        if found is not None:
            return found
    return BadAnswerError(
        f"{site.name} sent something that is neither valid JSON nor XML. "
        "Try again later."
    )


def said_in_words(site: Site, said: str) -> SiteError:
    """Return the error for a refusal that only its words explain."""
    said = values.text(said) or ""
    return _known_words(site, said) or answers.refused(
        site, SiteError, said, "Check the query and the login."
    )


def _known_words(site: Site, said: str) -> SiteError | None:
    for pattern, kind, advice in _WORDS:
        if re.search(pattern, said, re.IGNORECASE):
            return answers.refused(site, kind, values.text(said) or "", advice)
    return None
