"""Perceptual hashes of pictures, by their definition and of hostile files."""

import io
import struct

import numpy as np
import pytest
from PIL import Image
from scipy.fft import dct

from booru_nb.export.perceptual import hashes


def scene(size: tuple[int, int], seed: int = 0) -> Image.Image:
    source = np.random.default_rng(seed)
    colours = source.integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(colours).resize(size, Image.Resampling.BICUBIC)


def file(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def defined(data: bytes) -> int:
    """Return the hash as it is defined, without any short cut."""
    with Image.open(io.BytesIO(data)) as picture:
        grey = picture.convert("L").resize((32, 32), Image.Resampling.LANCZOS)
    waves = dct(dct(np.asarray(grey, float), axis=0), axis=1)[:8, :8].ravel()
    bits = waves > np.median(waves)
    return int("".join("01"[bit] for bit in bits.astype(int)), 2)


@pytest.mark.parametrize("size", [(250, 188), (150, 150), (180, 135), (31, 20)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_hash_is_the_defined_one_but_for_few_bits(
    size: tuple[int, int], kind: str
) -> None:
    files = [file(scene(size, seed), kind) for seed in range(10)]

    found = hashes(files)

    off = [
        (int(each) ^ defined(data)).bit_count()
        for each, data in zip(found, files, strict=True)
    ]
    assert np.mean(off) <= 1.5


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_a_jpeg_file_of_any_colours_has_its_hash(mode: str) -> None:
    data = file(scene((1400, 1000)).convert(mode), progressive=True)

    (found,) = hashes([data])

    assert (int(found) ^ defined(data)).bit_count() <= 4


def test_the_same_scene_in_another_size_and_format_has_nearly_the_same_hash() -> None:
    one, two = hashes([file(scene((250, 188))), file(scene((720, 541)), "WEBP")])

    assert (int(one) ^ int(two)).bit_count() <= 3


def test_a_picture_of_one_colour_has_the_hash_of_any_other() -> None:
    plain = [file(Image.new("RGB", (99, 70), colour)) for colour in ("teal", "white")]

    assert hashes(plain).tolist() == [2**63, 2**63]


GOOD = file(scene((250, 188)))
HUGE = GOOD.replace(struct.pack(">HH", 188, 250), struct.pack(">HH", 60_000, 60_000))
# A decoder skips the two bytes, and a reader of lengths what stands behind them.
HIDDEN = GOOD[:2] + b"\xff\x00" + GOOD[2:]
TWO_STARTS = GOOD[:2] + b"\xff\xd9" + GOOD


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", GOOD[:2], GOOD[:200], GOOD[:3000], HUGE, TWO_STARTS]
    + [file(scene((90, 90)), kind)[:-60] for kind in ("PNG", "WEBP", "AVIF")],
)
def test_what_cannot_be_decoded_is_masked(data: bytes) -> None:
    found = hashes([GOOD, data, GOOD])

    assert np.ma.getmaskarray(found).tolist() == [False, True, False]
    assert found.data[1] == 0


def test_a_header_that_decoders_read_differently_harms_nobody() -> None:
    assert len(hashes([HIDDEN])) == 1


def test_no_pictures_have_no_hashes() -> None:
    found = hashes(iter([]))

    assert len(found) == 0
    assert found.dtype == np.dtype(np.uint64)
