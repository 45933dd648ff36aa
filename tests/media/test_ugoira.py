"""Ugoira: archives of frames, made moving pictures within limits."""

import json
import struct
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from booru_nb.errors import MediaError
from booru_nb.media.ugoira import DELAY, convert
from tests.support.pictures import drawn


def archive(folder: Path, *frames: bytes, **others: str) -> Path:
    path = folder / "1.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number, frame in enumerate(frames):
            file.writestr(f"{number:06}.jpg", frame)
        for name, content in others.items():
            file.writestr(name.replace("_", "."), content)
    return path


def converted(source: Path) -> tuple[int, list[int]]:
    """Return how many frames come out, and how long each is shown."""
    target = source.with_suffix(".webp")
    convert(source, target)
    with Image.open(target) as picture:
        count: int = getattr(picture, "n_frames")  # noqa: B009  not every picture has it
        times = []
        for number in range(count):
            picture.seek(number)
            picture.load()
            times.append(int(picture.info["duration"]))
    return count, times


FRAMES = [drawn(number, side=60).data for number in range(1, 4)]


def test_frames_come_in_order_with_a_usual_time(tmp_path: Path) -> None:
    assert converted(archive(tmp_path, *FRAMES)) == (3, [DELAY] * 3)


def test_the_times_that_are_said_hold(tmp_path: Path) -> None:
    said = [{"file": f"{n:06}.jpg", "delay": 100 * (n + 1)} for n in range(3)]
    source = archive(tmp_path, *FRAMES, animation_json=json.dumps({"frames": said}))

    assert converted(source) == (3, [100, 200, 300])


@pytest.mark.parametrize("said", ["{", "[1]", '{"frames": 5}', "null"])
def test_times_that_are_nonsense_count_for_nothing(tmp_path: Path, said: str) -> None:
    assert converted(archive(tmp_path, *FRAMES, animation_json=said))[1] == [DELAY] * 3


def test_the_archive_stays_as_it_is(tmp_path: Path) -> None:
    source = archive(tmp_path, *FRAMES)
    before = source.read_bytes()

    converted(source)

    assert source.read_bytes() == before


def bomb() -> bytes:
    head = struct.pack(">II5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + bytes(100)


@pytest.mark.parametrize(
    "frame", [b"<html>", FRAMES[0][:500], bomb()], ids=["html", "cut", "bomb"]
)
def test_a_frame_that_is_none_is_told(tmp_path: Path, frame: bytes) -> None:
    with pytest.raises(MediaError):
        convert(archive(tmp_path, FRAMES[0], frame), tmp_path / "out.webp")


def test_an_archive_without_frames_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="not 0"):
        convert(archive(tmp_path, letter_txt="dear"), tmp_path / "out.webp")
    (tmp_path / "2.zip").write_bytes(b"no archive")
    with pytest.raises(MediaError, match="no ugoira"):
        convert(tmp_path / "2.zip", tmp_path / "out.webp")
