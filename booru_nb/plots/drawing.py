"""A drawing: rows, the layers that draw them, and what is said above."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import Any

import altair as alt

from booru_nb.plots.chart import Drawn, named

WIDTH = 420
"""Pixels of a chart's plane, without labels."""

STEP = 20
"""Pixels of a bar with the gap after it."""

_LINE = 88  # characters of a line of the subtitle
_LINES = 12


@dataclass(frozen=True, eq=False)
class Drawing:
    """What is drawn of a frame.

    Attributes
    ----------
    kind : str
        Which kind of frame it is.
    rows : list of dict
        What is drawn; ``row`` is the number of each.
    layers : list of Chart
        What draws the rows.
    title : str
        What is to be seen.
    notes : list of str
        How it is to be read.
    sizes : dict
        Pixels: ``width`` and ``height``.
    """

    kind: str
    rows: list[dict[str, Any]]
    layers: list[alt.Chart]
    title: str
    notes: list[str]
    sizes: dict[str, Any] = field(default_factory=lambda: {"width": WIDTH})

    def chart(self, *, token: str, title: str | None, caveats: list[str]) -> Drawn:
        """Return the chart, with caveats below its title."""
        said = [*self.notes, *caveats]
        if not self.rows:
            said.insert(0, "There is nothing to draw: the frame has no rows.")
        return Drawn(
            layer=self.layers,
            data=alt.InlineData(values=self.rows, name=named(self.kind, token)),
            title=alt.TitleParams(
                text=self.title if title is None else title, subtitle=_lines(said)
            ),
            **self.sizes,
        )


def _lines(said: list[str]) -> list[str]:
    lines = [line for text in said for line in textwrap.wrap(text, _LINE)]
    return [*lines[:_LINES], "…"] if len(lines) > _LINES else lines


def tips(**fields: str) -> list[alt.Tooltip]:
    """Return tooltips that show fields of text, by their titles."""
    return [alt.Tooltip(f"{name}:N", title=title) for name, title in fields.items()]


def tag_axis(name: str = "tag") -> alt.Y:
    """Return the vertical axis on which rows have the names of tags, in order."""
    # The order of the data; a list of names would become part of an expression.
    axis = alt.Axis(title=None, ticks=False, domain=False, grid=False)
    return alt.Y(f"{name}:N", sort=None, axis=axis)


def top_of(drawn: int, total: int, what: str) -> list[str]:
    """Say that not all are drawn, if so."""
    return [f"The first {drawn:,} of {total:,} {what}."] if drawn < total else []
