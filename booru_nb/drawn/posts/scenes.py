"""Make up scenes: who draws what, where, when and in which colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from booru_nb.drawn.posts.looks import FACES, GRAINS, LOOKS, PALETTES, SIZES
from booru_nb.drawn.posts.places import SEASONS, SETTINGS
from booru_nb.drawn.posts.skies import behind
from booru_nb.drawn.scene import Scene, Thing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.posts.artists import Artist
    from booru_nb.drawn.posts.series import Series

MOODS = {":3": 5.0, "^_^": 3.0, ":d": 2.0, "=_=": 1.5, ":o": 1.0, ";)": 0.7}
WET = {"rain", "storm"}
MAIN_SHARES = (1.0, 0.6, 0.42, 0.26, 0.18, 0.12, 0.1)
EXTRAS = {"table": (2, 4), "window": (1, 2), "simple": (0, 0)}
"""How many things there are besides the main ones: at least and at most."""


def season_of(month: int) -> str:
    """Return the season of a month on the northern half of the earth."""
    return {12: "winter", 1: "winter", 2: "winter"}.get(month) or SEASONS[
        (month - 3) // 3
    ]


def compose(chance: Chance, artist: Artist, series: Series | None, month: int) -> Scene:
    """Return a scene as this artist would draw it in this month.

    Parameters
    ----------
    chance : Chance
        Decides the rest.
    artist : Artist
        Whose habits count.
    series : Series or None
        Whose characters are in it.
    month : int
        From 1 to 12: two of three artists draw the season that they are in.
    """
    cast = () if series is None else _cast(chance, series)
    setting = _setting(chance, artist, cast)
    kind = SETTINGS[setting]
    time = chance.weighted(_ranked(kind.times))
    season = season_of(month) if chance.happens(0.66) else chance.pick(SEASONS)
    if any(thing.kind == "snowman" for thing in cast):
        season = "winter"
    if not kind.seasons:
        season = ""
    elif setting == "field" and season not in {"spring", "summer"}:
        season = chance.pick(("spring", "summer"))
    weather = _weather(chance, setting, time, season)
    plants = chance.pick((kind.plants or {}).get(season, ("",)))
    style = _style(chance, artist)
    if style == "silhouette" and (time not in {"sunset", "dawn"} or not kind.horizon):
        style = "flat"
    width, height = _size(chance, style)
    things = _things(chance, (setting, weather), cast, tall=height > width)
    scene = Scene(
        seed=chance.whole(1, 2**31),
        setting=setting,
        time=time,
        weather=weather,
        season=season,
        palette="",
        style=style,
        behind=behind(chance, setting, time, weather, things),
        plants=plants,
        things=things,
        border=style != "pixel_art" and chance.happens(artist.border),
        width=width,
        height=height,
    )
    return replace(scene, palette=_palette(chance, artist, scene))


def variant(chance: Chance, scene: Scene) -> Scene:
    """Return the same scene in other colours."""
    others = [name for name in palettes_for(scene) if name != scene.palette]
    if scene.style == "flat" and (not others or chance.happens(0.12)):
        return replace(scene, style=chance.pick(("greyscale", "sepia")))
    return replace(scene, palette=chance.pick(others or [scene.palette]), style="flat")


def palettes_for(scene: Scene) -> tuple[str, ...]:
    """Return the palettes that fit a scene."""
    if scene.setting in {"table", "simple"}:
        return PALETTES["indoors"]
    if scene.setting in {"underwater", "space"}:
        return PALETTES[scene.setting]
    if scene.time != "day":
        return PALETTES[scene.time]
    if scene.setting == "desert":
        return PALETTES["desert"]
    if scene.weather in PALETTES:
        return PALETTES[scene.weather]
    return PALETTES[f"day {scene.weather}"]


def _ranked(names: str) -> dict[str, float]:
    ranked = names.split()
    shares: dict[str, float] = {}
    for share, name in zip(MAIN_SHARES, ranked, strict=False):
        shares[name] = shares.get(name, 0.0) + share
    return shares


def _cast(chance: Chance, series: Series) -> tuple[Thing, ...]:
    main = chance.pick(series.cast)
    others = [thing for thing in series.cast if thing is not main]
    if others and chance.happens(0.4):
        return (main, chance.pick(others))
    return (main,)


def _setting(chance: Chance, artist: Artist, cast: tuple[Thing, ...]) -> str:
    shares: dict[str, float] = {}
    for name, setting in SETTINGS.items():
        kinds = {**setting.extra, **setting.main}
        if all(thing.kind in kinds for thing in cast):
            fit = setting.main.get(cast[0].kind, 0.3) if cast else 1.0
            shares[name] = setting.share * fit * (4 if name in artist.settings else 1)
    if shares:
        return chance.weighted(shares)
    return _setting(chance, artist, cast[:1])


def _weather(chance: Chance, setting: str, time: str, season: str) -> str:
    shares = _ranked(SETTINGS[setting].weathers)
    if time == "night":
        shares.pop("fog", None)
    if time in {"sunset", "dawn"}:
        shares = {name: shares.get(name, 0.3) for name in ("clear", "cloudy")}
    if season == "winter":
        shares.pop("rain", None)
        shares.pop("storm", None)
        if time in {"day", "night"} and "snow" in shares:
            shares["snow"] = 1.2
    else:
        shares.pop("snow", None)
    return chance.weighted(shares)


def _things(
    chance: Chance, place: tuple[str, str], cast: tuple[Thing, ...], *, tall: bool
) -> tuple[Thing, ...]:
    setting, weather = place
    kind = SETTINGS[setting]
    fits = [thing for thing in cast if thing.kind in {**kind.main, **kind.extra}]
    things = fits or [_thing(chance, chance.weighted(_of_weather(kind.main, weather)))]
    few, many = EXTRAS.get(setting, (0, 2))
    extras = (few, many - 1 if tall and many > few else many)
    for _ in range(chance.whole(*extras)):
        taken = {thing.kind for thing in things}
        left = {name: share for name, share in kind.extra.items() if name not in taken}
        if left:
            things.append(_thing(chance, chance.weighted(_of_weather(left, weather))))
    if setting == "simple":
        things = things[:1]
    return tuple(things)


def _of_weather(kinds: Mapping[str, float], weather: str) -> dict[str, float]:
    """Return how likely each kind is in a weather: umbrellas go with the rain."""
    shares = dict(kinds)
    for name, share in kinds.items():
        if name == "umbrella":
            shares[name] = share * (6.0 if weather in WET else 0.35)
        if name == "snowman":
            shares[name] = share * (8.0 if weather == "snow" else 0.02)
        if name in {"kite", "hot_air_balloon", "butterfly"} and weather in {
            *WET,
            "snow",
        }:
            shares[name] = share * 0.05
    return shares


def _thing(chance: Chance, kind: str) -> Thing:
    several = {
        "fish": 0.7,
        "duck": 0.6,
        "jellyfish": 0.5,
        "hot_air_balloon": 0.4,
        "cup": 0.4,
        "butterfly": 0.5,
        "lantern": 0.5,
        "starfish": 0.3,
    }
    count = chance.whole(2, 3) if chance.happens(several.get(kind, 0.0)) else 1
    look = chance.pick(LOOKS.get(kind, ("",)))
    mood = chance.weighted(MOODS) if kind in FACES else ""
    if kind == "teapot" and chance.happens(0.15):
        mood = chance.pick(("^_^", ":d"))
    return Thing(kind, look, count, mood)


def _style(chance: Chance, artist: Artist) -> str:
    rest = 1.0 - sum(artist.styles.values())
    common = {"greyscale": 0.008, "sepia": 0.006, "silhouette": 0.02, "pixel_art": 0.02}
    return chance.weighted({"flat": rest, **common, **artist.styles})


def _size(chance: Chance, style: str) -> tuple[int, int]:
    if style != "pixel_art":
        return chance.weighted(SIZES)
    across, down, grain = chance.weighted(GRAINS)
    return across * grain, down * grain


def _palette(chance: Chance, artist: Artist, scene: Scene) -> str:
    fits = palettes_for(scene)
    return chance.weighted({p: 6.0 if p in artist.palettes else 1.0 for p in fits})
