"""Colours, palettes, and how the light of a picture tints what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

RGB = tuple[int, int, int]
RGBA = tuple[int, int, int, int]
Colour = RGB | RGBA


def rgb(text: str) -> RGB:
    """Return the colour that six hexadecimal digits name."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Return the colour between two; `share` is that of the second one."""
    keep = 1.0 - share
    return (
        int(one[0] * keep + other[0] * share),
        int(one[1] * keep + other[1] * share),
        int(one[2] * keep + other[2] * share),
    )


def clear(colour: RGB, opacity: float) -> RGBA:
    """Return a colour that lets what is under it shine through."""
    return (*colour, int(255 * opacity))


WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)
INK: RGB = rgb("1d1b2e")
LAMP: RGB = rgb("ffd98a")
SNOW: RGB = rgb("f3f6fb")
WOOD: RGB = rgb("8a5a3c")

NAMED: dict[str, RGB] = {
    "red": rgb("d8433f"),
    "orange": rgb("ee8a3a"),
    "yellow": rgb("f4c545"),
    "green": rgb("4f9d5d"),
    "blue": rgb("3f78c4"),
    "purple": rgb("7e57b0"),
    "pink": rgb("ee92b0"),
    "white": rgb("f4f1ea"),
    "black": rgb("2a2833"),
    "grey": rgb("8d939c"),
    "brown": rgb("8a5a3c"),
    "aqua": rgb("49b3b1"),
}


DARK = 300
"""Below this sum of red, green and blue, black lines cannot be seen on a colour."""


def is_dark(colour: RGB) -> bool:
    """Say whether lines on a colour must be light."""
    return sum(colour) < DARK


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture.

    Parameters
    ----------
    sky : tuple of RGB
        From the top down to the horizon.
    far, near : RGB
        The land at the horizon, and under the viewer's feet.
    water : RGB
        The water under the viewer's feet; at the horizon it has the sky's colour.
    light : RGB
        The sun, or the moon.
    """

    sky: tuple[RGB, ...]
    far: RGB
    near: RGB
    water: RGB
    light: RGB


def _palette(sky: str, far: str, near: str, water: str, light: str) -> Palette:
    stops = tuple(rgb(stop) for stop in sky.split())
    return Palette(stops, rgb(far), rgb(near), rgb(water), rgb(light))


PALETTES: dict[str, Palette] = {
    # Day.
    "clear": _palette("2f86d6 78bdf1 d5edfb", "93bfd0", "3f8a4a", "2379b5", "fff7da"),
    "mint": _palette("7fd0cf bfe8da fdf3dd", "a5d3c4", "3f9479", "3aa3a5", "fffbe6"),
    "cotton": _palette("8fb6f0 cfc8f2 fcdbe4", "b9b5dc", "6f9a86", "7fa3d8", "fff5ef"),
    "retro": _palette("5fb0a8 c9d8a8 f7e2b0", "d9b279", "5b7f56", "3f8f8c", "fff0c4"),
    "dune": _palette("3d97cf 9fd4e2 fdeac4", "ecc591", "cf8a45", "3b8fb4", "fff8df"),
    # Dawn.
    "rose": _palette(
        "6d86c2 cfa6c8 ffc6b4 fff0d2", "b59bbb", "5d6f80", "7d84b8", "fff3d6"
    ),
    "lilac": _palette(
        "4d4c92 9480c4 e3b2d0 ffe6d4", "9a86b8", "4b4f77", "6a63a6", "fff0dc"
    ),
    # Sunset.
    "ember": _palette(
        "2a1b50 8b2f6e ea624b ffc562", "8f3f63", "2a1d3d", "5b2a5f", "fff0b5"
    ),
    "peach": _palette(
        "5a6cb4 ca8cb4 f8aa8a ffe2a6", "b07f9b", "4a4a6e", "7a6aa0", "fff4cf"
    ),
    "crimson": _palette(
        "3c102f a0203d ea543a ffb84b", "962c44", "2c1226", "6b1c3c", "fff0ae"
    ),
    "gold": _palette(
        "7299b4 e2c084 ffb750 ffeaa9", "c49a63", "57502f", "a88a55", "fffbe0"
    ),
    # Night.
    "midnight": _palette(
        "050a22 10204f 2c4a86", "22386b", "0a1430", "0e2250", "f6f1d8"
    ),
    "violet": _palette("120a2e 2e1b62 6a4198", "442a72", "170d33", "2a1a58", "f7e9ff"),
    "teal": _palette("03131d 0a3442 23707a", "19505a", "051b24", "0b3a47", "effbe9"),
    "indigo": _palette(
        "0b0f2e 252a68 6d5c9e c08aa6", "4a4580", "12132f", "2a2f66", "fff1dc"
    ),
    # Under clouds.
    "slate": _palette("5d6b7b 8a9aa9 bdc7cd", "94a3ac", "46594f", "5f7685", "f1f3f0"),
    "drizzle": _palette("567fa2 90b3c9 cddee2", "8eabb6", "3f6a62", "4f7f9c", "f5f7f2"),
    "thunder": _palette("25283a 454c63 7b8192", "545c70", "262c38", "353f55", "e9e6f5"),
    "snowfall": _palette(
        "8fabc8 c5d6e6 eef3f8", "b7c9da", "dfe8f2", "7b9cba", "ffffff"
    ),
    # Elsewhere.
    "lagoon": _palette("a4ece0 38b0c8 155f9b", "2b8fb0", "e6d3a0", "2b8fb0", "fdfff0"),
    "abyss": _palette("2a86b4 0e427e 061b48", "14508a", "3b4a78", "0d3a74", "d6f6ff"),
    "cosmos": _palette("070416 1b1044 43237a", "3a2a6a", "57507c", "1b1044", "fff3d0"),
    "nebula": _palette("04121f 123a52 7a3a72", "3a3f6b", "4c5a6e", "123a52", "ffe3f0"),
    # Indoors: the wall, and the table.
    "parlour": _palette("2f6f73 3d8385", "cdb48a", "8a5638", "5b3624", "ffe7b8"),
    "blush": _palette("f0b8b0 f6cdc3", "fff0e6", "b9785a", "8c5640", "fff4e0"),
    "sage": _palette("9fb894 b4caa8", "f3efdc", "a9744a", "7c5233", "fff6dc"),
    "mustard": _palette("e2ab3f ecc065", "fbf0d3", "6b4a3a", "4c3328", "fff3cf"),
    "navy": _palette("22305c 2e3f73", "d9cfb4", "7b4e3a", "553427", "ffe2a0"),
    "lavender": _palette("a99bd0 beb3de", "f7f0fa", "8d6a86", "664a62", "fff4ea"),
}


@dataclass(frozen=True, slots=True)
class Light:
    """How the light of a picture tints what stands in it.

    Parameters
    ----------
    shade : RGB
        The colour of the shadows.
    depth : float
        How far everything goes towards it, from 0 to 1.
    lit : bool
        Whether windows and lamps shine.
    glow : RGB
        The colour of the sun or the moon.
    """

    shade: RGB
    depth: float
    lit: bool
    glow: RGB

    def tint(self, colour: RGB) -> RGB:
        """Return a colour as it looks in this light."""
        return mix(colour, self.shade, self.depth)

    def dark(self, colour: RGB, share: float = 0.25) -> RGB:
        """Return the side of a colour that is turned away from the light."""
        return mix(self.tint(colour), mix(self.shade, BLACK, 0.3), share)

    def window(self) -> RGB:
        """Return what a window looks like from outside."""
        return LAMP if self.lit else self.tint(rgb("5d7f9a"))
