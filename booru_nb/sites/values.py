"""Single values out of what a site sends, each checked for its form.

An md5 is 32 hex digits or missing, an extension is ``[a-z0-9]{1,5}``, an address is
http(s). What is not of its form is missing, and never an error: whether a field may be
missing is the adapter's to say.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urljoin, urlsplit

_MD5 = re.compile(r"[0-9a-f]{32}")
_EXT = re.compile(r"[a-z0-9]{1,5}")
_DIGITS = re.compile(r"\s*-?[0-9]{1,18}\s*")
_UNIX = re.compile(r"[0-9]{9,11}")
_MONTHS = re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec")
# As C writes it, with English names whatever the language: Sat Jul 20 06:05:33 -0500
# 2013.
_CTIME = re.compile(
    r"(?:[a-z]{3},?\s+)?(?P<month>[a-z]{3})\s+(?P<day>\d{1,2})\s+"
    r"(?P<time>\d{2}:\d{2}:\d{2})\s+(?:(?P<sign>[+-])(?P<hours>\d{2})"
    r"(?P<minutes>\d{2})\s+)?(?P<year>\d{4})",
    re.IGNORECASE | re.ASCII,
)
_LARGEST = 1 << 62
# Python takes some of these for blanks, and they stand within tags.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def whole(value: object) -> int | None:
    """Return a whole number, of a number or digits; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return value if abs(value) < _LARGEST else None
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    return None


def count(value: object) -> int | None:
    """Return a whole number from zero up; None for anything else."""
    number = whole(value)
    return number if number is not None and number >= 0 else None


def yes(value: object) -> bool:
    """Tell whether a value means yes: true, 1, or the same as words."""
    return value is True or str(value).strip().lower() in {"1", "true"}


def text(value: object) -> str | None:
    """Return text without control characters; None where there is none."""
    if not isinstance(value, str):
        return None
    kept = "".join(c for c in value if c.isprintable() or c in "\n\t").strip()
    return kept or None


def name_of(name: object, number: object) -> str | None:
    """Return a user's name, or else the user's number as text."""
    found = count(number)
    return text(name) or (None if found is None else str(found))


def lines(value: object) -> str | None:
    """Return texts of a list, one a line; None where there is none."""
    if not isinstance(value, list):
        return text(value)
    return "\n".join(line for item in value if (line := text(item))) or None


def unescaped(value: object) -> object:
    """Return text with its HTML entities decoded, once; anything else as it is."""
    return html.unescape(value) if isinstance(value, str) else value


def words(value: object) -> tuple[str, ...]:
    """Return the tags of a blank-separated text, without double, sorted."""
    if not isinstance(value, str):
        return ()
    found = _CONTROLS.sub("", value).split()
    clean = ("".join(filter(str.isprintable, word)) for word in found)
    return tuple(sorted({word for word in clean if word}))


def tag(value: object) -> str | None:
    """Return a tag's name, with underscores for blanks; None where there is none."""
    if not isinstance(value, str):
        return None
    # Tabs and the like are blanks to Python, and dirt in a name that may have blanks.
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", value)
    name = "".join(filter(str.isprintable, "_".join(clean.split())))
    return name or None


def category(value: object) -> str | None:
    """Return the name of a category as one word in lower case; None for no text."""
    name = tag(value)
    return name.lower().replace(":", "_") if name else None


def md5(value: object) -> str | None:
    """Return an md5 in lower case; None for anything that is none."""
    found = isinstance(value, str) and _MD5.fullmatch(value.strip().lower())
    return found[0] if found else None


def extension(value: object) -> str | None:
    """Return a file's extension; None for anything that is none."""
    found = isinstance(value, str) and _EXT.fullmatch(value.lower().lstrip("."))
    return found[0] if found else None


def extension_of(url: object) -> str | None:
    """Return the extension of the file that an address or a path names."""
    if not isinstance(url, str):
        return None
    name = re.split(r"[?#]", url, maxsplit=1)[0].rpartition("/")[2]
    return extension(name.rpartition(".")[2]) if "." in name else None


def address(value: object, *, base: str) -> str | None:
    """Return a whole http(s) address; None for anything that is none."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        url = urljoin(f"{base}/", value.strip().replace(" ", "%20"))
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        # A port that is none shows only when it is asked for.
        usable = usable and parts.port != 0
    except ValueError:
        return None
    return url if usable and url.isprintable() and " " not in url else None


def moment(value: object) -> datetime | None:
    """Return a time in UTC; None for anything that is none.

    It may be ISO 8601 (in UTC where it names no zone), seconds since 1970 as a number
    or as digits, an object with these seconds as ``s``, or as C writes times.
    """
    if isinstance(value, dict):
        value = value.get("s")
    try:
        if isinstance(value, str):
            return _written(value.strip())
        seconds = whole(value)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _written(value: str) -> datetime:
    if _UNIX.fullmatch(value):
        return datetime.fromtimestamp(int(value), UTC)
    if found := _CTIME.fullmatch(value):
        month = _MONTHS.index(found["month"].lower()) + 1
        minutes = int(found["hours"] or 0) * 60 + int(found["minutes"] or 0)
        offset = timedelta(minutes=-minutes if found["sign"] == "-" else minutes)
        day = f"{found['year']}-{month:02}-{int(found['day']):02}T{found['time']}"
        time = datetime.fromisoformat(day).replace(tzinfo=timezone(offset))
    else:
        time = datetime.fromisoformat(value)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
