"""Texts from outside, as files of a dataset can bear them."""

from __future__ import annotations

import json
import re

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - these are formulas in Japan
"""Text that a spreadsheet may run, behind any apostrophes."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$@:/=.\-])")


def clean(text: str) -> str:
    """Return a text that every file can hold: no NUL, no half characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")


def line(text: str) -> str:
    """Return a text as one line, without what cannot be seen."""
    plain = " ".join(clean(text).split())
    return "".join(c for c in plain if c.isprintable())


def markdown(text: str) -> str:
    """Return a text that Markdown shows as it is, in one line, also in a table."""
    return _SPECIAL.sub(r"\\\1", line(text)).replace("\\<", "&lt;")


def cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def quoted(value: object) -> str:
    """Return a value as JSON writes it, which TOML and YAML read, too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
