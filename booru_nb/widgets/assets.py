"""The style sheets of the widgets."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
"""Where the browser halves lie."""


def css(name: str) -> str:
    """Return a widget's style sheet, after the colours that all of them share.

    Parameters
    ----------
    name : str
        The file's name without its ending, such as ``"details"``.
    """
    return "\n".join(
        (STATIC / f"{part}.css").read_text("utf-8") for part in ("theme", name)
    )
