"""Keep secrets out of whatever a person may read: logs, messages, reprs.

Boorus take their keys in the query (``api_key``, ``login``, ``user_id``,
``password_hash``, Philomena's ``key``) or in a header, and HTTP libraries print both.
"""

from __future__ import annotations

import logging
import re

HIDDEN = "***"

_NAMES = (
    r"(?:api[_-]?key|login|user[_-]?id|pass(?:word|wd)?(?:_hash)?|key|\w*token|"
    r"\w*secret|credentials?|sess(?:ion)?(?:_?id)?|signature)"
)
_HEADERS = r"(?:(?:proxy-)?authorization|(?:set-)?cookie|x-api-key)"

_RULES = (
    # The value of a header, as text, in a dict's or a list's repr, bytes or not.
    (
        re.compile(
            rf"(?i)(?<![\w-])({_HEADERS}['\"]?\s*[:=,]\s*b?)"
            r"(?:'[^']*'|\"[^\"]*\"|[^\r\n'\"]+)"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(Basic|Bearer|Token) [\w+/=.~-]{6,}"), rf"\1 {HIDDEN}"),
    # The name and password in front of a host.
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^\s/?#@'\"]+@"), rf"\1{HIDDEN}@"),
    # A pair of a query or a form, also inside another address (%3D).
    (
        re.compile(rf"(?i)(?<![a-z0-9])({_NAMES}(?:\]|%5D)?(?:=|%3D))[^&\s'\"<>#,)%]+"),
        rf"\1{HIDDEN}",
    ),
    # A pair of JSON or of a repr.
    (
        re.compile(
            rf"(?i)(?<![a-z0-9])({_NAMES}['\"]?\s*[:=]\s*b?)(?:'[^']*'|\"[^\"]*\")"
        ),
        rf"\1{HIDDEN}",
    ),
)

_LOGGERS = (
    "httpx",
    "httpcore",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "aiohttp.access",
    "aiohttp.client",
    "aiohttp.internal",
    "aiohttp.server",
    "aiohttp.web",
    # It reports what a library left open, with the request or the proxy in it.
    "asyncio",
)


def redact(text: str) -> str:
    """Return a text with ``***`` in place of every key, login, password and token.

    Parameters
    ----------
    text : str
        An address, a header, a message, or a repr that holds such.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


class RedactingFilter(logging.Filter):
    """Rewrite a log record, with its traceback, that would show a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, redacted."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            return True  # the handler complains about it, better than this could
        safe = redact(message)
        if safe != message:
            record.msg, record.args = safe, ()
        if record.exc_info:
            shown = logging.Formatter().formatException(record.exc_info)
            safe = redact(shown)
            if safe != shown:
                record.exc_info, record.exc_text = None, safe
        return True


_filter = RedactingFilter()


def guard_logs() -> None:
    """Redact what the HTTP libraries log; doing it twice does nothing."""
    for name in _LOGGERS:
        # A logger keeps one filter once, however often it is added.
        logging.getLogger(name).addFilter(_filter)
