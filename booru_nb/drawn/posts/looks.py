"""What things look like on the demo booru: palettes, colours, breeds and sizes."""

from __future__ import annotations

PALETTES: dict[str, tuple[str, ...]] = {
    "day clear": ("clear", "mint", "cotton", "retro"),
    "day cloudy": ("clear", "cotton", "drizzle", "mint"),
    "rain": ("drizzle", "slate"),
    "fog": ("slate", "drizzle", "snowfall"),
    "storm": ("thunder",),
    "snow": ("snowfall",),
    "dawn": ("rose", "lilac"),
    "sunset": ("ember", "peach", "crimson", "gold"),
    "night": ("midnight", "violet", "teal", "indigo"),
    "desert": ("dune",),
    "underwater": ("lagoon", "abyss"),
    "space": ("cosmos", "nebula"),
    "indoors": ("parlour", "blush", "sage", "mustard", "navy", "lavender"),
}
"""Which colours fit where."""

LOOKS: dict[str, tuple[str, ...]] = {
    "cat": ("orange", "black", "white", "grey", "siamese", "calico"),
    "bird": ("blue", "red", "yellow", "aqua"),
    "butterfly": ("blue", "orange", "yellow", "pink", "purple"),
    "fish": ("orange", "yellow", "blue", "red", "pink"),
    "jellyfish": ("pink", "purple", "blue", "aqua"),
    "starfish": ("red", "orange", "pink"),
    "rabbit": ("white", "brown", "grey"),
    "lighthouse": ("red", "red", "blue", "black"),
    "house": ("red", "orange", "blue", "brown"),
    "windmill": ("red", "brown", "blue"),
    "castle": ("blue", "red", "purple"),
    "tent": ("orange", "blue", "red", "yellow", "green"),
    "sailboat": ("white", "white", "red", "orange", "yellow", "aqua"),
    "rowboat": ("brown", "red", "blue", "green"),
    "ship": ("black", "red", "blue"),
    "hot_air_balloon": ("red", "orange", "yellow", "blue", "purple", "aqua"),
    "train": ("green", "red", "blue", "black"),
    "rocket": ("red", "blue", "orange", "aqua"),
    "bicycle": ("red", "aqua", "blue", "yellow"),
    "umbrella": ("red", "yellow", "blue", "purple", "pink", "green", "black"),
    "teapot": ("blue", "white", "red", "green", "yellow", "aqua", "pink"),
    "cup": ("white", "white", "red", "blue", "yellow"),
    "vase": ("blue", "white", "pink", "aqua", "yellow"),
    "book": ("red", "blue", "green", "purple"),
    "robot": ("aqua", "grey", "yellow", "red", "green", "purple"),
    "lantern": ("red", "orange", "yellow", "white"),
    "kite": ("red", "yellow", "blue", "pink"),
    "cake": ("pink", "brown", "white", "yellow"),
    "potted_plant": ("orange", "white", "brown", "aqua"),
    "snowman": ("red", "blue", "green", "yellow"),
}
"""The colours and breeds that each kind of thing comes in."""

FACES = {"cat", "fox", "rabbit", "penguin", "robot"}
"""What always has a face."""

SIZES: dict[tuple[int, int], float] = {
    (864, 768): 4,
    (960, 768): 6,
    (1024, 768): 4,
    (1152, 768): 1.5,
    (768, 768): 5,
    (768, 896): 3,
    (768, 960): 3,
    (768, 1024): 2,
    (768, 1200): 1,
    (1366, 768): 0.5,
    (1600, 768): 0.25,
}
"""Width and height of the originals, and how often."""

GRAINS: dict[tuple[int, int, int], float] = {
    (160, 128, 6): 3,
    (128, 128, 6): 2,
    (128, 160, 6): 2,
    (176, 132, 6): 1,
    (160, 128, 8): 2,
    (160, 128, 10): 1,
    (128, 160, 15): 1,
}
"""Of pixel art: how many pixels across and down, how large they are, and how often."""
