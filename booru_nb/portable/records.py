"""Kept rows as JSON objects, and JSON objects as kept rows.

An object has the fields of its row; what is missing or empty is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from booru_nb import kept
from booru_nb.kept import SUBJECTS, KeptPost
from booru_nb.portable import checks
from booru_nb.post import Post

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.kept import Kept
    from booru_nb.portable.checks import Check

FIELDS: dict[str, dict[str, Check]] = {
    "sites": {
        "name": checks.name,
        "url": checks.text,
        "engine": checks.name,
        "options": checks.settings,
        "added_at": checks.microseconds,
    },
    "tags": {
        "site": checks.name,
        "tag": checks.tag,
        "category": checks.tag,
        "fetched_at": checks.microseconds,
    },
    "posts": {
        "site": checks.name,
        "id": checks.count,
        "also_on": checks.tokens,
        "rating": checks.rating,
        "score": checks.whole,
        "favorites": checks.whole,
        "tags": checks.tags,
        "width": checks.whole,
        "height": checks.whole,
        "ext": checks.text,
        "md5": checks.text,
        "file_size": checks.whole,
        "source": checks.text,
        "parent_id": checks.whole,
        "uploader": checks.text,
        "created_at": checks.moment,
        "preview_url": checks.text,
        "sample_url": checks.text,
        "file_url": checks.text,
        "post_url": checks.text,
        "status": checks.status,
        "collected": checks.yes_or_no,
        "kept_at": checks.microseconds,
    },
    "folders": {
        "name": checks.name,
        "query": checks.text,
        "added_at": checks.microseconds,
    },
    "bookmarks": {
        "site": checks.name,
        "id": checks.count,
        "folder": checks.text,
        "note": checks.text,
        "bookmarked_at": checks.microseconds,
    },
    "blacklist": {"rule": checks.name, "added_at": checks.microseconds},
    "blacklisted_posts": {
        "site": checks.name,
        "id": checks.count,
        "added_at": checks.microseconds,
    },
    "saved_searches": {
        "name": checks.name,
        "query": checks.text,
        "sites": checks.names,
        "options": checks.settings,
        "saved_at": checks.microseconds,
    },
    "history": {
        "query": checks.text,
        "sites": checks.names,
        "options": checks.settings,
        "searched_at": checks.microseconds,
    },
    "settings": {"name": checks.name, "value": checks.plain},
}
"""The fields of each subject's objects, and what each holds."""

NEEDED: dict[str, frozenset[str]] = {
    "sites": frozenset({"name"}),
    "tags": frozenset({"site", "tag"}),
    "posts": frozenset({"site", "id"}),
    "folders": frozenset({"name"}),
    "bookmarks": frozenset({"site", "id"}),
    "blacklist": frozenset({"rule"}),
    "blacklisted_posts": frozenset({"site", "id"}),
    "saved_searches": frozenset({"name", "query"}),
    "history": frozenset({"query"}),
    "settings": frozenset({"name", "value"}),
}
"""The fields that each object must have."""

_TIMES = frozenset(
    field
    for known in FIELDS.values()
    for field, check in known.items()
    if check is checks.microseconds
)
_OWN = ("collected", "kept_at")
_POST = tuple(name for name in FIELDS["posts"] if name not in _OWN)
_KINDS: dict[str, type[Kept]] = {subject: kind for kind, subject in SUBJECTS.items()}
_NAMES = {
    kind: tuple(field.name for field in fields(kind))
    for kind in SUBJECTS
    if kind is not KeptPost
}


@dataclass(frozen=True, slots=True)
class Read:
    """A row from a file.

    Attributes
    ----------
    row : Kept
        The row.
    dropped : tuple of str
        The fields that were left out, since they are not of their form.
    """

    row: Kept
    dropped: tuple[str, ...] = ()


def to_object(row: Kept) -> dict[str, Any]:
    """Return a row as a JSON object."""
    found: dict[str, Any]
    if isinstance(row, KeptPost):
        found = {name: getattr(row.post, name) for name in _POST}
        found |= {name: getattr(row, name) for name in _OWN}
    else:
        found = {name: getattr(row, name) for name in _NAMES[type(row)]}
    needed = NEEDED[SUBJECTS[type(row)]]
    return {
        name: _said(name, value)
        for name, value in found.items()
        if name in needed or _says_something(value)
    }


def _says_something(value: object) -> bool:
    return value is not None and value is not False and value not in ("", (), {})


def _said(name: str, value: object) -> object:
    if name in _TIMES:
        return checks.written(value)  # type: ignore[arg-type] # a time is a whole number
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return value


def from_object(subject: str, found: object) -> Read:
    """Return a JSON object as a row.

    Parameters
    ----------
    subject : str
        A key of `FIELDS`.
    found : object
        Any JSON value.

    Raises
    ------
    ValueError
        If it is no such row; the message says why.
    """
    if not isinstance(found, dict):
        raise ValueError(f"an object is expected, not {found!r:.80}")  # noqa: TRY004 - one error for whatever is wrong
    known = FIELDS[subject]
    if unknown := found.keys() - known.keys():
        raise ValueError(f"there is no field {min(unknown)!r:.80} in {subject!r}")
    values: dict[str, Any] = {
        name: _checked(name, value, known[name])
        for name, value in found.items()
        if value is not None
    }
    if lacking := NEEDED[subject] - values.keys():
        raise ValueError(f"the field {min(lacking)!r} is missing")
    if subject == "posts":
        return post_of(values)
    return Read(_KINDS[subject](**values))


def _checked(name: str, value: object, check: Callable[[Any], Any]) -> object:
    try:
        return check(value)
    except ValueError as error:
        raise ValueError(
            f"the field {name!r} must hold {error}, not {value!r:.80}"
        ) from None


def post_of(values: dict[str, Any]) -> Read:
    """Return checked values as a post, without those that are not of their form."""
    own = {name: values.pop(name) for name in _OWN if name in values}
    dropped = []
    for name, (form, _) in checks.FORMS.items():
        if name in values:
            formed = form(values[name])
            if formed is None:
                dropped.append(name)
            values[name] = formed
    row = kept.KeptPost(post=Post(**values), **own)
    return Read(row, tuple(dropped))
