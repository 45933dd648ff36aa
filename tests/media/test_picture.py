"""What is a picture, told by its header."""

import io
import struct
import zlib

import pytest
from PIL import Image

from booru_nb.errors import MediaError
from booru_nb.media.picture import read_picture


def file(kind: str, size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


PICTURES = {
    "image/jpeg": [
        file("JPEG"),
        file("JPEG", progressive=True),
        file("JPEG", exif=b"x"),
    ],
    "image/png": [file("PNG")],
    "image/gif": [file("GIF")],
    "image/webp": [file("WEBP"), file("WEBP", lossless=True), file("WEBP", exif=b"x")],
    "image/avif": [file("AVIF")],
}
EACH = [(mime, data) for mime, files in PICTURES.items() for data in files]


@pytest.mark.parametrize(("mime", "data"), EACH)
def test_a_picture_is_known_by_its_bytes(mime: str, data: bytes) -> None:
    picture = read_picture(data)

    assert (picture.mime, picture.data) == (mime, data)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "an empty file"),
        (b" \r\n", "an empty file"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\xef\xbb\xbf\n<html>", "a web page"),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', "an SVG drawing"),
        (b"<svg></svg>", "an SVG drawing"),
        (b'{"success": false}', "JSON"),
        (b"[]", "JSON"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "a video (MP4)"),
        (b"\x1aE\xdf\xa3" + bytes(40), "a video (WebM)"),
        (b"PK\x03\x04" + bytes(40), "a ZIP archive"),
        (b"FWS" + bytes(40), "a Flash film"),
        (b"Too many requests", "a file of an unknown format"),
        (bytes(5000), "a file of an unknown format"),
    ],
)
def test_what_came_instead_of_a_picture_is_named(data: bytes, name: str) -> None:
    with pytest.raises(MediaError) as caught:
        read_picture(data, sender="'cdn.example.com'")

    assert name in str(caught.value)
    assert str(caught.value).startswith("'cdn.example.com' sent ")


@pytest.mark.parametrize("data", [files[0] for files in PICTURES.values()])
def test_a_picture_that_ends_in_its_header_is_damaged(data: bytes) -> None:
    for length in range(10):
        with pytest.raises(MediaError):
            read_picture(data[:length])


def _chunk(kind: bytes, data: bytes) -> bytes:
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


@pytest.mark.parametrize(
    "bomb",
    [
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">II5B", 50_000, 50_000, *[8] * 5)),
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(20),
        b"\xff\xd8\xff\xc0\x00\x11\x08"
        + struct.pack(">HH", 60_000, 60_000)
        + bytes(20),
        b"RIFF" + bytes(4) + b"WEBPVP8X" + bytes(8) + b"\xff" * 6 + bytes(20),
    ],
)
def test_a_file_that_claims_too_many_pixels_is_refused(bomb: bytes) -> None:
    with pytest.raises(MediaError, match="pixels, which is too large"):
        read_picture(bomb)


def test_the_size_is_that_of_the_picture_not_of_its_preview() -> None:
    large = file("JPEG", (9_000, 6_000), quality=1)
    start = large.index(b"\xff\xdb")
    preview = file("JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(preview) + 2) + preview

    with pytest.raises(MediaError, match="9000 x 6000 pixels"):
        read_picture(large[:start] + segment + large[start:])


def test_a_picture_of_no_pixels_is_damaged() -> None:
    with pytest.raises(MediaError, match="a damaged picture"):
        read_picture(b"GIF89a" + bytes(20))


def test_a_picture_shows_how_large_it_is() -> None:
    assert repr(read_picture(file("GIF"))).startswith("Picture(image/gif, ")
