"""Rain, snow, fog and what else falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.pictures.colours import WHITE, clear, mix, rgb
from booru_nb.drawn.pictures.plants import LEAVES

if TYPE_CHECKING:
    from booru_nb.drawn.pictures.stage import Stage


def weather(stage: Stage) -> None:
    """Draw what falls in front of everything."""
    kind = stage.scene.weather
    if kind in {"rain", "storm"}:
        _rain(stage)
    elif kind == "snow":
        _snow(stage)
    if stage.scene.plants in {"cherry_blossoms", "autumn_leaves"}:
        _falling(stage)


def _rain(stage: Stage) -> None:
    chance = stage.chance("rain")
    lean = chance.number(-0.28, 0.28)
    for _ in range(int(66 * stage.width / 100)):
        x, y = chance.number(-5, stage.width + 5), chance.number(-5, stage.height)
        long = chance.number(3, 7.5)
        fill = clear(mix(stage.palette.sky[-1], WHITE, 0.6), chance.number(0.25, 0.6))
        stage.pen.line(((x, y), (x - lean * long, y + long)), fill, 0.22)


def _snow(stage: Stage) -> None:
    chance = stage.chance("snow")
    for _ in range(int(80 * stage.width / 100)):
        x, y = chance.number(0, stage.width), chance.number(0, stage.height)
        near = chance.number() ** 3
        stage.pen.disc(x, y, 0.28 + 0.85 * near, clear(WHITE, 0.95 - 0.3 * near))


def fog(stage: Stage, horizon: float) -> None:
    """Lay fog over a picture."""
    chance = stage.chance("fog")
    pale = mix(stage.palette.sky[-1], WHITE, 0.35)
    stage.pen.veil(horizon - 30, horizon + 4, pale, (0.0, 0.62))
    stage.pen.veil(horizon + 4, horizon + 34, pale, (0.62, 0.0))
    for band in range(7):
        y = horizon - 16 + band * 7
        x, wide = chance.number(0.0, 1.0) * stage.width, chance.number(25, 55)
        stage.pen.oval(x, y, wide, chance.number(1.2, 2.6), clear(pale, 0.34))


def _falling(stage: Stage) -> None:
    chance = stage.chance("falling")
    season = "spring" if stage.scene.plants == "cherry_blossoms" else "autumn"
    for _ in range(34):
        x, y = chance.number(0, stage.width), chance.number(0, stage.height)
        size, turn = chance.number(0.5, 1.15), chance.number(-0.8, 0.8)
        fill = stage.light.tint(rgb(chance.pick(LEAVES[season])))
        leaf = (
            (x - size, y - size * turn),
            (x, y - size * 0.5),
            (x + size, y + size * turn),
            (x, y + size * 0.5),
        )
        stage.pen.polygon(leaf, fill)
