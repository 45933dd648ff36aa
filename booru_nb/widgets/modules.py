"""The browser's half of a widget, as the one text that anywidget takes.

Under ``static`` lie plain ES modules, which import each other by relative paths. A
notebook can load one text only, so they are put one after the other, each once and
after those that it imports. Nothing else is done to them; therefore no two may give
the same name to something at their top level.
"""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"

_IMPORT = re.compile(r'^import [^;]*? from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def joined(name: str) -> str:
    """Return a module of ``static`` together with all that it imports.

    Parameters
    ----------
    name : str
        The file's name, such as ``grid.js``. It keeps its default export.
    """
    done: dict[str, str] = {}
    _collect(name, done)
    return "\n".join(done.values())


def _collect(name: str, done: dict[str, str]) -> None:
    if name in done:
        return
    text = (STATIC / name).read_text(encoding="utf-8")
    for other in _IMPORT.findall(text):
        _collect(other, done)
    done[name] = _EXPORT.sub("", _IMPORT.sub("", text))


def styles(*names: str) -> str:
    """Return style sheets of ``static`` as one text."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)
