"""Charts: which frame gets which, what they say, and that text stays text."""

import base64
import json
import subprocess
import sys
from typing import Any

import altair as alt
import pandas as pd
import pytest

from booru_nb import plots
from booru_nb.errors import ArgumentError, FrameError
from booru_nb.plots.chart import JUPYTER_MIME, svg
from tests.stats.samples import frame, of, times

POSTS = [{"ant", "bee"}, {"ant", "cat"}, {"ant", "bee", "cat"}, {"dog"}, {"bee"}]
HOSTILE = [
    "<img/src=x>",
    'a"b',
    "c'd\\",
    "datum.x",
    "e[0].f",
    "__proto__",
    "constructor",
    "+alert(1)",
]


def frames() -> dict[str, pd.DataFrame]:
    dates = times(*(f"202{n}-01-05" for n in range(5)))
    stats = frame(POSTS, created_at=dates).booru.tag_stats()
    return {
        "counts": stats.counts(),
        "groups": stats.counts(by="rating"),
        "related": stats.related("ant", measure="npmi"),
        "square": stats.cooccurrence(),
        "lift": stats.cooccurrence(measure="lift"),
        "pairs": stats.cooccurrence(measure="pmi", tidy=True),
        "over_time": stats.over_time(["ant", "bee"], freq="YS"),
        "compare": stats.compare("ant"),
        "emerging": stats.emerging(min_count=1),
    }


FRAMES = frames()


def rows(chart: alt.LayerChart) -> list[dict[str, Any]]:
    said = plots.said_by(chart)
    assert said is not None
    return said[2]


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_of_statistics_is_drawn(name: str) -> None:
    spec = FRAMES[name].booru.plot().to_dict()

    assert spec["background"] == "transparent"
    assert spec["data"]["values"]
    assert 'aria-roledescription="' in svg(spec)


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_without_rows_gives_a_chart_that_says_so(name: str) -> None:
    empty = FRAMES[name]
    empty = empty.iloc[:0, :0] if name in {"square", "lift"} else empty.iloc[:0]
    spec = empty.booru.plot().to_dict()

    assert "nothing to draw" in spec["title"]["subtitle"][0]
    assert svg(spec).startswith("<svg")


def marks(chart: alt.LayerChart) -> list[str]:
    layers = chart.to_dict()["layer"]
    return [layer["mark"]["type"] for layer in layers]


def test_the_columns_choose_the_marks() -> None:
    assert marks(FRAMES["counts"].booru.plot()) == ["bar", "bar"]
    assert marks(FRAMES["related"].booru.plot()) == ["bar"]
    assert marks(FRAMES["square"].booru.plot()) == ["rect"]
    assert marks(FRAMES["over_time"].booru.plot()) == ["area", "line", "point"]


def test_any_other_frame_is_refused_with_those_that_can_be_drawn() -> None:
    with pytest.raises(FrameError, match=r"counts, related, cooccurrence.*site, id"):
        frame(POSTS).booru.plot()


def test_a_column_that_holds_no_numbers_is_named() -> None:
    wrong = FRAMES["counts"].assign(share="much")

    with pytest.raises(FrameError, match="'share' does not hold numbers"):
        wrong.booru.plot()


@pytest.mark.parametrize("limit", [0, -1, 201, 1.5])
def test_a_limit_that_is_none_is_refused(limit: Any) -> None:
    with pytest.raises(ArgumentError, match="limit is"):
        FRAMES["counts"].booru.plot(limit=limit)


def test_as_many_are_drawn_as_wanted_and_the_subtitle_says_it() -> None:
    chart = FRAMES["counts"].booru.plot(limit=2)

    assert [row["tag"] for row in rows(chart)] == ["ant", "bee"]
    assert "The first 2 of 4 tags." in chart.to_dict()["title"]["subtitle"]


def test_compare_is_drawn_from_both_ends() -> None:
    compared = FRAMES["compare"]
    chart = compared.booru.plot(limit=2)

    ends = [compared["tag"].iloc[0], compared["tag"].iloc[-1]]
    assert [row["tag"] for row in rows(chart)] == ends


def test_caveats_stand_in_the_subtitle() -> None:
    counts = of(POSTS).counts()
    counts.attrs["caveats"] = ["Newest first: " + "what is older is missing. " * 5]
    said = counts.booru.plot().to_dict()["title"]["subtitle"]

    assert any(line.startswith("Newest first") for line in said)
    assert max(map(len, said)) <= 88


def test_a_share_has_its_interval_and_is_told_in_percent() -> None:
    [first, *_] = rows(FRAMES["counts"].booru.plot())

    assert first["share"] == 0.6
    assert (first["share_text"], first["count_text"]) == ("60 %", "3")
    assert first["low"] < first["share"] < first["high"]


def test_the_names_of_columns_are_ours_and_tags_are_values() -> None:
    dates = times(*["2020-01-01"] * len(HOSTILE))
    stats = frame(
        [{tag} for tag in HOSTILE], created_at=dates, **{"a.b[0]": HOSTILE}
    ).booru.tag_stats()
    answers = [
        stats.counts(),
        stats.counts(by="a.b[0]"),
        stats.cooccurrence(),
        stats.compare("datum.x"),
        stats.over_time(HOSTILE, freq="YS"),
    ]
    for answer in answers:
        spec = answer.booru.plot().to_dict()
        fields = {name for row in spec["data"]["values"] for name in row}
        drawn = svg(spec)

        assert all(name.isidentifier() for name in fields)
        assert "<img" not in drawn
        assert "&lt;img/src=x&gt;" in drawn


def test_hostile_tags_are_drawn_in_their_order() -> None:
    counts = of([set(HOSTILE[n:]) for n in range(len(HOSTILE))]).counts()
    chart = counts.booru.plot()
    drawn = svg(chart.to_dict())
    labels = drawn.split("Y-axis", 1)[1].split("</g></g></g>", 1)[0]

    assert [row["tag"] for row in rows(chart)] == HOSTILE[::-1]
    places = [labels.find(f">{tag}</text>") for tag in ("constructor", "__proto__")]
    assert 0 < places[0] < places[1]


def test_nothing_is_loaded_from_elsewhere_to_show_a_chart() -> None:
    bundle = FRAMES["counts"].booru.plot()._repr_mimebundle_()

    assert set(bundle) == {JUPYTER_MIME, "image/png", "text/plain"}
    assert "https" not in json.dumps(bundle[JUPYTER_MIME] | {"$schema": ""})
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


def test_another_renderer_of_altair_is_heeded() -> None:
    with alt.renderers.enable("json"):
        bundle = FRAMES["counts"].booru.plot()._repr_mimebundle_()

    assert "application/json" in bundle[0]


def test_a_chart_is_an_altair_chart_that_can_be_changed_and_joined() -> None:
    chart = FRAMES["counts"].booru.plot(title="Mine").properties(width=100)
    both = (chart | FRAMES["related"].booru.plot()).to_dict()

    assert isinstance(chart, alt.LayerChart)
    assert chart.to_dict()["title"]["text"] == "Mine"
    assert [part["width"] for part in both["hconcat"]] == [100, 420]


def test_a_configuration_of_the_user_comes_first() -> None:
    chart = FRAMES["counts"].booru.plot().configure_axis(labelColor="red")
    axis = chart.to_dict()["config"]["axis"]

    assert axis["labelColor"] == "red"
    assert axis["labelLimit"] > 0


def test_text_can_be_read_on_white_and_on_black() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [
            p / 12.92 if p < 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    ink = luminance(FRAMES["counts"].booru.plot().to_dict()["config"]["title"]["color"])
    light, dark = 1.05 / (ink + 0.05), (ink + 0.05) / (luminance("#111111") + 0.05)
    assert min(light, dark) > 4


def test_altair_is_imported_by_who_plots_only() -> None:
    code = "import sys, booru_nb, booru_nb.library; print('altair' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "False"
