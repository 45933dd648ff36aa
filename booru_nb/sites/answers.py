"""Answers as a whole: what a refusal means, and what JSON must be.

What is refused here is an answer of the wrong shape, with an error that names the site
and the field. Single values are read in `values`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from booru_nb.errors import (
    BadAnswerError,
    BlockedError,
    LoginNeededError,
    NotFoundError,
    PageLimitError,
    RateLimitedError,
    RefusedQueryError,
    SiteDownError,
    SiteError,
    TagLimitError,
)
from booru_nb.guard import withholds
from booru_nb.sites import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import httpx

    from booru_nb.post import Post
    from booru_nb.sites.base import Site

Json = Mapping[str, Any]

_CHALLENGE = re.compile(
    rb"just a moment|cf-chl|challenge-platform|captcha|attention required|ddos-guard",
    re.IGNORECASE,
)
_SERVER_ERROR = 500
_LONGEST_REASON = 300

_STATUS: dict[int, tuple[type[SiteError], str]] = {
    400: (RefusedQueryError, "Check the query."),
    401: (LoginNeededError, ""),
    403: (LoginNeededError, ""),
    404: (NotFoundError, "It does not have what was asked for."),
    410: (PageLimitError, "It shows no page so far back; narrow the query."),
    422: (RefusedQueryError, "Change the query."),
    429: (RateLimitedError, "Wait some minutes before you ask again."),
}


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
    if is_challenge(answer):
        return blocked(site, answer)
    status = answer.status_code
    kind, advice = _STATUS.get(status, (SiteError, "Try another query."))
    if status >= _SERVER_ERROR:
        kind, advice = SiteDownError, "Try later, or a simpler query."
    return refused(site, kind, said, advice, how=f"refused with {status}")


def refused(
    site: Site,
    kind: type[SiteError],
    said: str,
    advice: str,
    *,
    how: str = "refused",
) -> SiteError:
    """Return an error with what a site says, and what to do."""
    if site.login is not None and site.login.key:
        said = said.replace(site.login.key, "***")
    said = " ".join(said.split())[:_LONGEST_REASON]
    reason = f" It says: {said}" if said else ""
    if kind is LoginNeededError:
        advice = site.how_to_log_in()
    return kind(f"{site.name} {how}.{reason} {advice}")


def blocked(site: Site, answer: httpx.Response) -> BlockedError:
    """Return the error for a page that stands before the site."""
    return BlockedError(
        f"{site.name} is behind a check for browsers (status {answer.status_code}), "
        "so it cannot be asked from here now. Try later, from another network, or log "
        "in."
    )


def too_many_tags(site: Site, said: str) -> SiteError:
    """Return the error for a query with more tags than the account may ask for."""
    advice = "Search for fewer tags, and filter the DataFrame for the others."
    error = TagLimitError(
        str(refused(site, TagLimitError, said, advice, how="refused the query"))
    )
    number = re.search(r"\d{1,3}", said)
    error.limit = int(number[0]) if number else None
    return error


def check(
    site: Site,
    answer: httpx.Response,
    special: Callable[[int, Json, str], SiteError | None] | None = None,
) -> None:
    """Raise what an answer other than 2xx stands for.

    Parameters
    ----------
    site : Site
        Who answered.
    answer : httpx.Response
        Of any status.
    special : callable, optional
        Returns the error for what this engine alone says, given the status, the
        answer as an object, and its reason; None for the usual one.
    """
    if answer.is_success:
        return
    raw, said = reason(answer)
    found = None
    if special is not None and not is_challenge(answer):
        found = special(answer.status_code, raw, said)
    raise found or refusal(site, answer, said)


def reason(answer: httpx.Response) -> tuple[Json, str]:
    """Return an answer as an object, empty if it is none, and the reason it gives."""
    try:
        data = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}, ""
    raw = data if isinstance(data, dict) else {"message": data}
    fields = ("message", "reason", "description", "error")
    said = (values.text(raw.get(field)) for field in fields)
    return raw, next((text for text in said if text), "")


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
        raise blocked(site, answer)
    if not answer.content.strip():
        raise BadAnswerError(f"{site.name} sent an empty answer. Try again later.")
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        kind = "a web page" if is_html(answer) else "something that is not valid JSON"
        msg = f"{site.name} sent {kind} where JSON was asked for. Try again later."
        raise BadAnswerError(msg) from error


def read_object(site: Site, answer: httpx.Response) -> Json:
    """Return the JSON object that an answer is.

    Raises
    ------
    BlockedError, BadAnswerError
        If it is something else.
    """
    data = read_json(site, answer)
    if not isinstance(data, dict):
        kind = type(data).__name__
        raise BadAnswerError(f"{site.name} sent {kind} where an object was asked for.")
    return data


def rows(site: Site, data: object, *, of: str = "posts") -> list[Json]:
    """Return the objects of a JSON array.

    Raises
    ------
    BadAnswerError
        If it is no array of objects.
    """
    if not isinstance(data, list):
        raise _no_list(site, data, of)
    for row in data:
        if not isinstance(row, dict):
            raise _no_list(site, row, of)
    return data


def _no_list(site: Site, data: object, of: str) -> BadAnswerError:
    return BadAnswerError(
        f"{site.name} sent {type(data).__name__} where a list of {of!r} was asked for."
    )


def broken(site: Site, field: str, *, of: str = "a post") -> BadAnswerError:
    """Return the error for a required field that is missing or of the wrong kind."""
    return BadAnswerError(
        f"{site.name} sent {of} whose {field!r} is missing or not as documented."
    )


def post_id(site: Site, raw: Json) -> int:
    """Return the id of a post, which it must have."""
    number = values.count(raw.get("id"))
    if number is None:
        raise broken(site, "id")
    return number


def allowed(posts: Iterable[Post]) -> list[Post]:
    """Return posts without those that the guard withholds."""
    return [post for post in posts if not withholds(post)]


def not_withheld(site: Site, post: Post, *, withheld: bool = False) -> Post:
    """Return a post, or raise `NotFoundError` if it is withheld."""
    if withheld or withholds(post):
        raise NotFoundError(f"The post {post.id} of {site.name} is withheld.")
    return post


def meant(
    site: Site, posts: Iterable[Post], *, post_id: object = None, md5: object = None
) -> Post:
    """Return the one post that was asked for, out of a list.

    A site that overlooks the question sends its newest posts.

    Parameters
    ----------
    site : Site
        Who answered.
    posts : iterable of Post
        What it sent.
    post_id, md5 : object
        What was asked for, of which the part that is no id or no md5 is ignored.

    Raises
    ------
    NotFoundError
        If it is not among them, or withheld.
    """
    number, digest = values.count(post_id), values.md5(md5)
    for post in posts:
        if number in {None, post.id} and digest in {None, post.md5 or digest}:
            return not_withheld(site, post)
    raise NotFoundError(f"{site.name} does not have the post that was asked for.")
