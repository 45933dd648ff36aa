"""Say in tags what a scene shows: nothing that is not on the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.drawn.posts.lexicon import (
    ARTIST,
    CHARACTER,
    COLOURED,
    COPYRIGHT,
    GENERAL,
    META,
    implied,
)
from booru_nb.drawn.posts.series import ORIGINAL, SERIES

if TYPE_CHECKING:
    from booru_nb.drawn.scene import Scene, Thing

SETTING_TAGS: dict[str, str] = {
    "hills": "scenery outdoors nature hill grass",
    "mountains": "scenery outdoors nature mountain hill",
    "field": "scenery outdoors nature flower_field",
    "forest": "scenery outdoors nature forest tree",
    "desert": "scenery outdoors nature desert sand dune",
    "ocean": "scenery outdoors ocean water horizon island",
    "coast": "scenery outdoors ocean water horizon cliff",
    "beach": "scenery outdoors beach sand ocean water horizon",
    "lake": "scenery outdoors nature lake water mountain reflection tree",
    "underwater": "scenery underwater water bubble coral seaweed light_rays",
    "village": "scenery outdoors town house building street",
    "city": "scenery outdoors city cityscape building skyscraper",
    "space": "scenery outdoors space planet crater starry_sky night_sky",
    "table": "still_life indoors table tablecloth",
    "window": "indoors window windowsill curtains hill",
    "simple": "simple_background full_shot",
}
TIME_TAGS = {
    "day": "day",
    "dawn": "sunrise",
    "sunset": "sunset evening",
    "night": "night night_sky",
}
WEATHER_TAGS = {
    "clear": "",
    "cloudy": "cloudy_sky",
    "rain": "rain overcast",
    "storm": "rain storm overcast",
    "snow": "snowing snow",
    "fog": "fog",
}
PALETTE_TAGS: dict[str, str] = {
    "clear": "blue_sky",
    "mint": "aqua_sky pastel_colors",
    "cotton": "blue_sky pink_sky gradient_sky pastel_colors",
    "retro": "yellow_sky retro_colors",
    "dune": "blue_sky",
    "rose": "pink_sky gradient_sky",
    "lilac": "purple_sky gradient_sky",
    "ember": "orange_sky purple_sky gradient_sky",
    "peach": "orange_sky pink_sky gradient_sky",
    "crimson": "red_sky orange_sky gradient_sky",
    "gold": "orange_sky yellow_sky",
    "midnight": "blue_theme",
    "violet": "purple_theme",
    "teal": "aqua_theme",
    "indigo": "purple_sky gradient_sky",
    "slate": "grey_sky",
    "drizzle": "blue_theme",
    "thunder": "grey_sky dark",
    "snowfall": "pale_colors",
    "lagoon": "aqua_theme",
    "abyss": "blue_theme",
    "cosmos": "purple_theme",
    "nebula": "aqua_theme",
    "parlour": "aqua",
    "blush": "pink",
    "sage": "green",
    "mustard": "yellow",
    "navy": "blue",
    "lavender": "purple",
}
"""What each palette looks like; of the ones for indoors, the colour of the wall."""

BEHIND_TAGS = {
    "flock": "flock bird flying",
    "full_moon": "full_moon",
    "crescent_moon": "crescent_moon",
    "starry_sky": "starry_sky night_sky",
    "shooting_star": "shooting_star",
    "lightning": "lightning",
    "pennant": "string_of_flags",
}
PLANT_TAGS = {
    "lavender": "lavender_(flower)",
    "poppy": "poppy_(flower)",
    "cherry_blossoms": "cherry_blossoms petals falling_petals",
    "autumn_leaves": "autumn_leaves leaf falling_leaves tree",
}
KIND_TAGS = {
    "orange": "orange_(fruit)",
    "cup": "cup steam saucer",
    "candle": "candle fire",
    "lantern": "paper_lantern",
    "cake": "cake cherry",
    "snowman": "snowman scarf",
    "fish": "fish",
}
COLOURLESS = {"greyscale", "sepia", "silhouette"}
FLOWERS = {"tulip", "sunflower", "daisy", "lavender", "poppy", "cornflower"}
HIGHRES = (1600, 1200)
ABSURDRES = (3200, 2400)


def describe(scene: Scene, *, artist: str, banned: bool = False) -> dict[str, str]:
    """Return the tags of a scene with the category of each, sorted by name.

    Parameters
    ----------
    scene : Scene
        What is on the picture.
    artist : str
        The tag of who drew it.
    banned : bool
        Whether the artist does not want it to be shown.
    """
    tags = dict.fromkeys(_general(scene), GENERAL)
    tags[artist] = ARTIST
    names = {thing.name for thing in scene.things if thing.name}
    tags |= dict.fromkeys(names, CHARACTER)
    tags |= dict.fromkeys(_series(names) or {ORIGINAL}, COPYRIGHT)
    tags |= dict.fromkeys(_meta(scene), META)
    if banned:
        tags["banned_artist"] = META
    for name in implied(tags):
        tags.setdefault(name, META if name == "highres" else GENERAL)
    return dict(sorted(tags.items()))


def _series(names: set[str]) -> set[str]:
    return {s.name for s in SERIES for thing in s.cast if thing.name in names}


def _meta(scene: Scene) -> list[str]:
    size = (scene.width, scene.height)
    found = [
        name
        for name, (wide, tall) in (("highres", HIGHRES), ("absurdres", ABSURDRES))
        if size[0] >= wide or size[1] >= tall
    ]
    return [*found, "wallpaper"] if size == (1366, 768) else found


def _general(scene: Scene) -> set[str]:
    tags = {"no_humans", *SETTING_TAGS[scene.setting].split(), *_style(scene)}
    if scene.setting not in {"table", "simple", "underwater", "space"}:
        tags |= {
            "sky",
            *TIME_TAGS[scene.time].split(),
            *WEATHER_TAGS[scene.weather].split(),
        }
    if scene.weather == "fog":
        tags.discard("horizon")
    if scene.season == "winter":
        tags.discard("grass")
    tags |= _season(scene)
    tags |= _colours(scene)
    for name in scene.behind:
        tags |= set(BEHIND_TAGS.get(name, name).split())
    tags |= _plants(scene)
    for thing in scene.things:
        tags |= _thing(scene, thing)
    return tags


def _style(scene: Scene) -> set[str]:
    tags = {"pixel_art"} if scene.style == "pixel_art" else {"flat_color"}
    if scene.style in COLOURLESS:
        tags.add(scene.style)
    if scene.style == "silhouette" and "sun" in scene.behind:
        tags.add("backlighting")
    if scene.border:
        tags.add("white_border")
    if scene.width >= 2 * scene.height:
        tags.add("panorama")
    return tags


def _season(scene: Scene) -> set[str]:
    if not scene.season or scene.style == "silhouette":
        return set()
    return {scene.season, "snow"} if scene.season == "winter" else {scene.season}


def _colours(scene: Scene) -> set[str]:
    if scene.style in {"greyscale", "sepia"}:
        return set()
    words = PALETTE_TAGS[scene.palette].split()
    if scene.setting == "simple":
        return {f"{words[0]}_background"}
    if scene.setting == "table":
        return {f"{words[0]}_wall"}
    return set(words)


def _plants(scene: Scene) -> set[str]:
    plants = scene.plants
    if not plants or plants == "plain":
        return set()
    if scene.setting == "simple":
        return {f"{plants}_background"}
    if scene.setting == "table" or (scene.setting == "window" and plants in FLOWERS):
        vase = any(thing.kind == "vase" for thing in scene.things)
        return set(PLANT_TAGS.get(plants, plants).split()) if vase else set()
    if scene.setting == "ocean":
        return set()
    return set(PLANT_TAGS.get(plants, plants).split())


def _thing(scene: Scene, thing: Thing) -> set[str]:
    tags = set(KIND_TAGS.get(thing.kind, thing.kind).split())
    if thing.mood and scene.style != "silhouette":
        tags.add(thing.mood)
    if thing.kind == "vase" and scene.setting in {"table", "window"}:
        tags |= {"flower"} if scene.plants in FLOWERS else {"tulip"}
    if scene.style in COLOURLESS:
        return tags
    if thing.kind == "cat":
        tags.add("calico" if thing.look == "calico" else f"{thing.look}_cat")
    elif thing.kind in COLOURED and thing.look:
        tags.add(f"{thing.look}_{thing.kind}")
    return tags
