"""Files on disk: found again, limited, kept, and never trusted blindly."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from booru_nb.errors import ArgumentError
from booru_nb.media import DiskCache
from booru_nb.media.cache import Item

URLS = [f"https://cdn.example.com/{number}.jpg" for number in range(40)]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def put(cache: DiskCache, *urls: str, size: int = 1000) -> None:
    cache.put_many([Item(url, url.encode().ljust(size)) for url in urls])


def there(cache: DiskCache, *urls: str) -> list[bool]:
    return [data is not None for data in cache.get_many(list(urls))]


def test_what_was_put_is_found_again(tmp_path: Path) -> None:
    put(DiskCache(tmp_path), *URLS[:2])

    found = DiskCache(tmp_path).get_many(URLS[:3])

    assert found[:2] == [url.encode().ljust(1000) for url in URLS[:2]]
    assert found[2] is None


def test_what_is_surely_not_there_is_known_without_looking(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    assert not cache.lacks(URLS[2])
    there(cache, URLS[2])
    put(cache, URLS[1])

    assert [cache.lacks(url) for url in URLS[:3]] == [False, False, True]


def test_what_is_kept_is_not_lacking(tmp_path: Path) -> None:
    put(DiskCache(tmp_path), URLS[0])
    DiskCache(tmp_path).keep([URLS[0]], "mine")
    [thumb] = files(tmp_path / "thumbs")
    thumb.unlink()
    cache = DiskCache(tmp_path)
    there(cache, URLS[1])

    assert not cache.lacks(URLS[0])


def test_looking_creates_nothing(tmp_path: Path) -> None:
    there(DiskCache(tmp_path / "cache"), *URLS)

    assert list(tmp_path.iterdir()) == []


def test_no_address_stands_in_a_file_name(tmp_path: Path) -> None:
    put(DiskCache(tmp_path), "https://cdn.example.com/../../x?api_key=1")

    [file] = files(tmp_path)
    assert file.parent.parent == tmp_path / "thumbs"
    assert file.name.isalnum()
    assert file.name.startswith(file.parent.name)


@pytest.mark.parametrize("size", [5_000, 50_000])
def test_the_folder_stays_within_its_limit(tmp_path: Path, size: int) -> None:
    cache = DiskCache(tmp_path, limit=20_000)
    for url in URLS:
        put(cache, url, size=size)

    assert sum(file.stat().st_size for file in files(tmp_path)) <= 20_000


def test_the_least_recently_used_is_removed_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, limit=10_000)
    put(cache, *URLS[:8])
    for age, file in enumerate(files(tmp_path)):
        os.utime(file, (age, age))
    there(cache, URLS[0])
    put(cache, *URLS[8:11])

    assert there(cache, URLS[0], *URLS[8:11]) == [True] * 4
    assert sum(there(cache, *URLS[1:8])) < 7


@pytest.mark.parametrize(
    "damage",
    [b"", b"bnt1", b"x" * 1008, b"bnt1\x00\x00\x00\x00" + b"x" * 1000],
)
def test_a_damaged_file_is_missing_and_removed(tmp_path: Path, damage: bytes) -> None:
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    [file] = files(tmp_path)
    file.write_bytes(damage)

    assert there(cache, URLS[0]) == [False]
    assert files(tmp_path) == []


def test_a_folder_in_a_files_place_is_missing(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    [file] = files(tmp_path)
    file.unlink()
    file.mkdir()

    assert there(cache, URLS[0]) == [False]


def test_files_that_vanish_are_missing(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    put(cache, *URLS)
    for file in files(tmp_path)[::2]:
        file.unlink()

    assert sum(there(cache, *URLS)) == len(URLS) // 2


def test_a_folder_that_cannot_be_written_to_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "thumbs").write_text("a file where the folder should be")
    cache = DiskCache(tmp_path)
    put(cache, *URLS[:5])
    put(cache, *URLS[:5])

    assert [r.levelno for r in caplog.records] == [logging.WARNING]
    assert "not cached on disk" in caplog.text
    assert there(cache, URLS[0]) == [False]


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    program = f"""
import resource, signal
from pathlib import Path
from booru_nb.media.cache import DiskCache, Item
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
written = DiskCache(Path({str(tmp_path)!r})).put_many(
    [Item("a", bytes(100)), Item("b", bytes(9000)), Item("c", bytes(100))]
)
raise SystemExit(written != [True, False, True])
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)

    assert ended.returncode == 0
    assert len(files(tmp_path)) == 2


def test_what_a_crash_left_is_swept_when_it_is_old(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    [file] = files(tmp_path)
    old, new = (file.with_name(f"{file.name}.{name}.tmp") for name in ("1.1", "2.2"))
    for leftover in (old, new):
        leftover.write_bytes(b"half")
    os.utime(old, (1, 1))
    put(DiskCache(tmp_path), URLS[1])

    assert not old.exists()
    assert new.exists()


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from booru_nb.media.cache import DiskCache, Item
cache = DiskCache(Path({str(tmp_path)!r}), limit=30_000)
for round in range(3):
    for url in {URLS!r}:
        cache.put_many([Item(url, url.encode().ljust(1000))])
        [data] = cache.get_many([url])
        assert data is None or data == url.encode().ljust(1000)
"""
    running = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]

    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert sum(file.stat().st_size for file in files(tmp_path)) <= 34_000


def test_threads_share_a_cache(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, limit=30_000)
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        for url in URLS:
            put(cache, url)
            cache.get_many(URLS)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(file.suffix != ".tmp" for file in files(tmp_path))


def test_what_is_kept_outlives_the_limit(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, limit=5_000)
    put(cache, *URLS[:3])
    missing = cache.keep(URLS[:4], "mine")
    for url in URLS[4:]:
        put(cache, url)

    assert missing == [URLS[3]]
    assert there(cache, *URLS[:3]) == [True] * 3


def test_a_kept_file_takes_no_second_room(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    cache.keep([URLS[0]], "mine")

    assert [file.stat().st_nlink for file in files(tmp_path)] == [2, 2]


def test_where_there_are_no_links_a_kept_file_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    assert cache.keep([URLS[0]], "mine") == []
    for file in files(tmp_path / "thumbs"):
        file.unlink()

    assert there(cache, URLS[0]) == [True]


def test_what_is_released_may_be_removed_again(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    cache.keep([URLS[0]], "mine")
    cache.release(URLS, "mine")

    assert files(tmp_path / "kept") == []
    assert there(cache, URLS[0]) == [True]


def test_each_library_keeps_for_itself(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path)
    put(cache, URLS[0])
    cache.keep([URLS[0]], "mine")
    cache.keep([URLS[0]], "yours")
    cache.release([URLS[0]], "mine")
    for file in files(tmp_path / "thumbs"):
        file.unlink()

    assert there(cache, URLS[0]) == [True]
    assert cache.keep([URLS[0]], "ours") == []


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "a" * 65, "a\0"])
def test_a_library_id_that_is_no_folder_name_is_refused(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(ArgumentError, match="no id of a library"):
        DiskCache(tmp_path).keep(URLS, name)
