"""A chart that is drawn without the network.

Altair's own way of showing a chart loads Vega from elsewhere. JupyterLab has a Vega of
its own, of the version before; the charts made here are right in both. Where there is
none, as in nbconvert or on a page of text, the chart is a picture.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any

import altair as alt

from booru_nb.plots import look

JUPYTER_MIME = "application/vnd.vegalite.v5+json"
"""What JupyterLab's and VS Code's own Vega draw."""

_VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
_COLOURS = 96
_JUPYTER_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# The menu's other entries lead to a page elsewhere.
_MENU = {"export": True, "source": False, "compiled": False, "editor": False}


class Drawn(alt.LayerChart):
    """A chart of a frame of statistics; an Altair chart like any other.

    It brings its look, unless it is part of another chart, and is shown without the
    network, unless another renderer of Altair is chosen.
    """

    def to_dict(self, *args: Any, **kwds: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return the chart as a Vega-Lite specification."""
        spec: dict[str, Any] = super().to_dict(*args, **kwds)
        if "$schema" in spec:  # only the outermost chart has one
            spec.setdefault("background", "transparent")
            spec.setdefault("padding", dict(look.PADDING))
            spec["config"] = _over(look.CONFIG, spec.get("config", {}))
        return spec

    def _repr_mimebundle_(self, *args: Any, **kwds: Any) -> Any:  # noqa: ANN401
        if alt.renderers.active != "default":
            return super()._repr_mimebundle_(*args, **kwds)
        spec = self.to_dict()
        shown = spec | {
            "$schema": _JUPYTER_SCHEMA,
            "usermeta": {"embedOptions": {"actions": _MENU}},
        }
        text = " ".join(described(spec))
        return {
            JUPYTER_MIME: shown,
            "image/png": b64encode(png(spec)).decode(),
            "text/plain": f"Chart: {text}",
        }


def svg(spec: dict[str, Any]) -> str:
    """Return the drawing of a Vega-Lite specification, which may load nothing."""
    # A large library, and not every chart is drawn here.
    from vl_convert import vegalite_to_svg  # noqa: PLC0415

    drawn: str = vegalite_to_svg(spec, vl_version=_VERSION, allowed_base_urls=[])
    return drawn


def png(spec: dict[str, Any]) -> bytes:
    """Return the same as a picture, for screens of twice the density.

    It has few colours, so that a saved notebook stays small.
    """
    # As above, and so is this.
    from PIL import Image  # noqa: PLC0415
    from vl_convert import vegalite_to_png  # noqa: PLC0415

    drawn = vegalite_to_png(spec, vl_version=_VERSION, scale=2, allowed_base_urls=[])
    small = BytesIO()
    with Image.open(BytesIO(drawn)) as image:
        few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
        few.save(small, "png")
    return small.getvalue()


def marked(chart: alt.TopLevelMixin) -> str:
    """Return the drawing of a chart whose marks have ``aria-label="12"``.

    The numbers are those of the rows that `said_by` returns.
    """
    spec: dict[str, Any] = chart.to_dict()
    for layer in spec.get("layer", [spec]):
        mark = layer.get("mark")
        kind = mark.get("type") if isinstance(mark, dict) else mark
        if kind not in {"line", "area"}:  # one mark for many rows
            layer.setdefault("encoding", {})["description"] = _ROW
    return svg(spec)


_ROW = {"field": "row", "type": "nominal"}


def described(spec: dict[str, Any]) -> list[str]:
    """Return what a chart's title and subtitle say."""
    title = spec.get("title", "")
    if not isinstance(title, dict):
        return [str(title)]
    return [str(title.get("text", "")), *map(str, title.get("subtitle", []))]


def named(kind: str, token: str) -> str:
    """Return the name of a chart's data, by which `said_by` knows it."""
    return f"booru_nb {kind} {token}"


def said_by(chart: alt.TopLevelMixin) -> tuple[str, str, list[dict[str, Any]]] | None:
    """Return what a chart's data are: kind, token and rows; None if not made here.

    Parameters
    ----------
    chart : Altair chart
        As `booru_nb.plots.plot` returns, or a copy of one with other properties.
    """
    data = getattr(chart, "data", None)
    name = getattr(data, "name", None)
    if not isinstance(name, str) or not name.startswith("booru_nb "):
        return None
    kind, _, token = name.removeprefix("booru_nb ").partition(" ")
    return kind, token, list(data.values)  # type: ignore[union-attr]


def _over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return settings over others, one level after the other."""
    both = dict(under)
    for key, value in over.items():
        below = both.get(key)
        nested = isinstance(below, dict) and isinstance(value, dict)
        both[key] = _over(below, value) if nested else value  # type: ignore[arg-type]
    return both
