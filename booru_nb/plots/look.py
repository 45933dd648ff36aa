"""How charts look: colours and sizes that can be read on white and on black.

Text has the grey whose contrast is the same on white as on JupyterLab's dark ground
(4.2 to 1), since a chart that is drawn once cannot follow a theme. The background is
transparent.
"""

from __future__ import annotations

from typing import Any

INK = "#777c84"
BLUE = "#4393d3"
ORANGE = "#dd7a2f"

SERIES = (
    *("#4393d3", "#dd7a2f", "#3da35d", "#d65f8c", "#9a7bd0"),
    *("#a58a2c", "#2aa5a5", "#b5695b", "#7f8fa6", "#7da33a"),
)
"""The colours of lines and groups, in order."""

# Of equal widths where there are any of them, so that a drawing fits elsewhere, too.
_FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_LABEL = 240  # pixels that the name of a tag may take

PADDING = {"left": 24, "right": 36, "top": 8, "bottom": 8}
"""Pixels around a drawing, for who has wider letters than those it was made with."""

CONFIG: dict[str, Any] = {
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": INK,
        "tickColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.2,
        "domainOpacity": 0.5,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "labelLimit": _LABEL,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": INK,
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "labelLimit": _LABEL,
        "symbolOpacity": 1,
    },
    "title": {
        "anchor": "start",
        "frame": "group",
        "color": INK,
        "subtitleColor": INK,
        "fontSize": 14,
        "subtitleFontSize": 11,
        "subtitlePadding": 4,
        "offset": 12,
    },
    "range": {"category": list(SERIES)},
}
"""The configuration of Vega-Lite; what a chart says itself comes before it."""
