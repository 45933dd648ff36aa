"""JPEG files made short, and what a decoder says of both."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from booru_nb.media.jpeg import abridged

NOISE = Image.effect_noise((120, 90), 40)


def file(mode: str = "RGB", kind: str = "JPEG", **options: Any) -> bytes:
    """Return a file of noise."""
    out = io.BytesIO()
    NOISE.convert(mode).save(out, kind, **options)
    return out.getvalue()


def decodes(data: bytes) -> bool:
    """Tell whether Pillow reads a file to its end."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize(
    "options", [{}, {"optimize": True}, {"restart_marker_rows": 1}]
)
def test_a_whole_file_becomes_short_and_stays_good(
    mode: str, options: dict[str, Any]
) -> None:
    short = abridged(file(mode, **options))

    assert len(short) < len(file(mode, **options))
    assert decodes(short)


def test_comments_and_what_follows_the_end_are_passed_over() -> None:
    data = file(comment=b"seen \xff\xd9 here", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")

    assert len(abridged(data + b"and more")) < len(data)


def test_a_file_that_was_cut_stays_as_it_is() -> None:
    cut = [file()[:size] for size in range(len(file()))]

    assert [abridged(data) for data in cut] == cut


def test_a_decoder_says_the_same_whatever_bit_is_wrong() -> None:
    data = bytearray(file())
    wrong = []
    for place in range(len(data)):
        for bit in (0, 7):
            data[place] ^= 1 << bit
            if decodes(abridged(bytes(data))) and not decodes(bytes(data)):
                wrong.append((place, bit))
            data[place] ^= 1 << bit

    assert wrong == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xd8\xff", id="three bytes"),
        pytest.param(file(progressive=True), id="several scans"),
        pytest.param(file(kind="PNG"), id="another format"),
        pytest.param(file()[:640] + b"\xff\xd9", id="a beginning with an end"),
        pytest.param(b"\xff\xd8" + bytes(1000) + b"\xff\xd9", id="nothing within"),
    ],
)
def test_what_is_unusual_stays_as_it_is(data: bytes) -> None:
    assert abridged(data) == data
