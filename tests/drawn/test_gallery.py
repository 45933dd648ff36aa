"""Pictures are drawn once, and their bytes are what is stated about them."""

import hashlib
import multiprocessing
import threading
from pathlib import Path

import pytest

from booru_nb.drawn.pictures.gallery import Gallery
from booru_nb.drawn.pictures.shelf import Shelf
from booru_nb.drawn.posts.history import posts

SCENE = posts()[7].scene


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def fill(folder: Path) -> None:
    """Draw a few pictures, as another process does."""
    gallery = Gallery(folder)
    for post in posts()[:6]:
        gallery.content(post.scene)


def test_md5_and_size_are_those_of_the_bytes(tmp_path: Path) -> None:
    gallery = Gallery(tmp_path)

    facts, content = gallery.facts(SCENE), gallery.content(SCENE)

    assert facts.size == len(content)
    assert facts.md5 == hashlib.md5(content).hexdigest()  # noqa: S324  # boorus use it


def test_nothing_is_drawn_before_it_is_asked_for(tmp_path: Path) -> None:
    _ = Gallery(tmp_path).shelf

    assert kept(tmp_path) == []


def test_a_later_gallery_takes_what_was_drawn(tmp_path: Path) -> None:
    stated = Gallery(tmp_path).facts(SCENE)
    [file] = kept(tmp_path)
    before = file.stat()

    later = Gallery(tmp_path)

    assert later.facts(SCENE) == stated
    assert later.content(SCENE) == file.read_bytes()
    assert file.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("damage", [b"", b"half a picture"])
def test_a_damaged_file_is_drawn_again(tmp_path: Path, damage: bytes) -> None:
    gallery = Gallery(tmp_path)
    whole = gallery.content(SCENE)
    [file] = kept(tmp_path)
    file.write_bytes(damage)

    assert Gallery(tmp_path).content(SCENE) == whole
    assert file.read_bytes() == whole


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    gallery = Gallery(tmp_path)
    whole = gallery.content(SCENE, "180x180")
    [file] = kept(tmp_path)
    file.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])

    assert gallery.content(SCENE, "180x180") == whole


def test_a_file_that_was_removed_is_drawn_again(tmp_path: Path) -> None:
    gallery = Gallery(tmp_path)
    whole = gallery.content(SCENE)
    kept(tmp_path)[0].unlink()

    assert gallery.content(SCENE) == whole


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    gallery = Gallery(blocked)

    assert len(gallery.content(SCENE)) == gallery.facts(SCENE).size


def test_a_foreign_file_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    folder = Gallery(tmp_path).shelf.folder
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine")

    Gallery(tmp_path).facts(SCENE)

    assert (folder / "notes.txt").read_text() == "mine"


def test_ten_threads_make_a_file_once(tmp_path: Path) -> None:
    shelf, made, start = Shelf(tmp_path), [], threading.Barrier(10)

    def make() -> bytes:
        made.append(1)
        return b"a picture"

    def work() -> None:
        start.wait()
        shelf.content("name", "jpg", make)

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1


def test_two_processes_may_draw_into_one_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=fill, args=(tmp_path,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [worker.exitcode for worker in workers] == [0, 0]
    assert len(kept(tmp_path)) == 6
    for path in kept(tmp_path):
        _, md5, size, _ = path.name.split(".")
        assert path.stat().st_size == int(size)
        assert hashlib.md5(path.read_bytes()).hexdigest() == md5  # noqa: S324


def test_a_picture_is_found_by_its_md5(tmp_path: Path) -> None:
    scenes = [post.scene for post in posts()[:5]]
    md5 = Gallery(tmp_path).facts(scenes[3]).md5

    assert Gallery(tmp_path).with_md5(md5, scenes) == scenes[3]
    assert Gallery(tmp_path / "cold").with_md5(md5, scenes) == scenes[3]
    assert Gallery(tmp_path).with_md5("0" * 32, scenes) is None
