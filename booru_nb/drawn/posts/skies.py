"""What is in the sky of a scene, or on its wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.drawn.chance import Chance
    from booru_nb.drawn.scene import Thing

ON_THE_WALL = ("picture_frame", "clock", "pennant")


def behind(
    chance: Chance, setting: str, time: str, weather: str, things: tuple[Thing, ...]
) -> tuple[str, ...]:
    """Return what is behind the things of a scene, as `Scene.behind` has it."""
    if setting == "table":
        return tuple(chance.sample(ON_THE_WALL, int(chance.happens(0.7))))
    if setting == "space":
        return ("planetary_ring",) if chance.happens(0.5) else ()
    if setting in {"underwater", "simple"}:
        return ()
    found = [t.kind for t in things if t.kind in {"hot_air_balloon", "kite"}]
    if weather == "storm":
        found += ["cloud", "lightning"]
    elif weather != "clear":
        found += ["cloud"] if weather != "fog" else []
    if weather in {"clear", "cloudy"}:
        found += _lights(chance, time, weather)
    if weather == "rain" and time == "day" and chance.happens(0.25):
        found.append("rainbow")
    if time != "night" and weather in {"clear", "cloudy"} and chance.happens(0.25):
        found.append("flock")
    if time == "day" and weather == "clear" and chance.happens(0.55):
        found.append("cloud")
    return tuple(dict.fromkeys(found))


def _lights(chance: Chance, time: str, weather: str) -> list[str]:
    if time != "night":
        return ["sun"] if chance.happens(0.8 if weather == "clear" else 0.4) else []
    lights = [chance.weighted({"full_moon": 2.0, "crescent_moon": 2.0, "aurora": 0.7})]
    if weather == "clear":
        lights.append("starry_sky")
        if chance.happens(0.25):
            lights.append("shooting_star")
    return lights
