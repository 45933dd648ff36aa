"""Downloads: every original whole, under its own name, and once only."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors, loop
from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.post import Post, Rating
from tests.support.downloads import ORIGINALS, intact, library, names, served, whole


@pytest.fixture(scope="module")
def booru() -> Iterator[tuple[DemoApp, str]]:
    with served() as both:
        yield both


@pytest.fixture
def app(booru: tuple[DemoApp, str]) -> Iterator[DemoApp]:
    app, _ = booru
    app.calls.clear()
    yield app
    app.faults.clear()


@pytest.fixture
def own(
    booru: tuple[DemoApp, str], app: DemoApp, library_file: Path
) -> Iterator[bn.Library]:
    del app
    with library(library_file, booru[1]) as opened:
        yield opened


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "pictures"


def found(own: bn.Library, count: int = 4, query: str = "") -> pd.DataFrame:
    posts = own.search(query, limit=count + 10, progress=False)
    return posts[posts["file_url"].notna()].head(count)


def had(own: bn.Library, posts: object, to: Path, **options: object) -> pd.DataFrame:
    return own.download(posts, to=to, progress=False, **options)  # type: ignore[arg-type]


def test_originals_come_whole(own: bn.Library, to: Path) -> None:
    posts = found(own)

    table = had(own, posts, to)

    assert table["status"].tolist() == ["downloaded"] * 4
    assert intact(table, posts) == len(names(to)) == 4


def test_all_come_whole_from_a_bad_server(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own, 60)
    for seed, (share, fault) in enumerate(
        [
            (0.08, mishaps.refuse(503)),
            (0.05, mishaps.drop()),
            (0.05, mishaps.cut()),
            (0.03, mishaps.challenge(status=200)),
            (0.02, mishaps.refuse(429, retry_after=1)),
        ]
    ):
        app.faults.add(fault, path=ORIGINALS, probability=share, count=None, seed=seed)

    table = had(own, posts, to)

    assert set(table["status"]) == {"downloaded"}
    assert intact(table, posts) == 60
    assert len(names(to)) == 60


def test_the_table_is_in_the_order_of_the_posts(own: bn.Library, to: Path) -> None:
    posts = found(own, 8).sample(frac=1, random_state=1)

    table = had(own, pd.concat([posts, posts.head(2)]), to)

    assert table["id"].tolist() == posts["id"].tolist()


def test_no_posts_give_an_empty_table(own: bn.Library, to: Path) -> None:
    table = had(own, found(own).head(0), to)

    assert len(table) == 0
    assert table.dtypes.equals(had(own, found(own, 1), to).dtypes)


def test_a_second_run_fetches_what_is_missing(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own)
    first = had(own, posts, to)
    Path(first["path"][1]).unlink()
    app.calls.clear()

    second = had(own, posts, to, template="%id%-%score%")

    assert second["status"].tolist() == ["present", "downloaded", "present", "present"]
    assert app.calls.count(ORIGINALS) == 1
    assert len(names(to)) == len(own.files()) == 4


def test_the_settings_say_where_files_go(own: bn.Library, to: Path) -> None:
    usual = own.download(found(own, 1), progress=False)
    own.settings["downloads"] = str(to)

    other = own.download(found(own, 1), progress=False)

    assert Path(usual["path"][0]).parent == own.path.parent / "downloads"
    assert Path(other["path"][0]).parent == to


def test_what_is_there_can_be_fetched_again(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own, 2)
    first = had(own, posts, to)
    Path(first["path"][0]).write_bytes(b"x")
    app.calls.clear()

    again = had(own, posts, to, overwrite=True)

    assert again["path"].tolist() == first["path"].tolist()
    assert app.calls.count(ORIGINALS) == 2
    assert intact(again, posts) == 2


def test_a_file_of_another_library_is_present(
    own: bn.Library, booru: tuple[DemoApp, str], app: DemoApp, to: Path, tmp_path: Path
) -> None:
    posts = found(own)
    had(own, posts, to)
    app.calls.clear()

    with library(tmp_path / "other.booru", booru[1]) as other:
        table = had(other, posts, to)

        assert set(table["status"]) == {"present"}
        assert len(other.files()) == 4
    assert app.calls.count(ORIGINALS) == 0


def test_downloaded_posts_are_kept_and_files_are_known(
    own: bn.Library, to: Path
) -> None:
    posts = found(own)
    table = had(own, posts, to)

    assert sorted(own.posts()["id"]) == sorted(posts["id"])
    assert len(own.bookmarks()) == 0
    files = own.files().set_index("id").loc[table["id"]]
    assert files["path"].tolist() == table["path"].tolist()
    assert files["sha256"].tolist() == table["sha256"].tolist()
    assert files["md5"].tolist() == posts["md5"].tolist()


def test_a_restricted_post_is_skipped_with_a_reason(own: bn.Library, to: Path) -> None:
    posts = own.search(limit=40, progress=False)
    hidden = posts[posts["file_url"].isna()]

    table = had(own, hidden, to)

    assert set(table["status"]) == {"skipped"}
    assert table["reason"].str.contains(r"some accounts only|no address|deleted").all()
    assert len(own.posts()) == 0


def test_what_failed_is_told_and_can_be_tried_again(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own)
    app.faults.add(mishaps.refuse(404), path=f"*{posts['md5'].iloc[2]}*")

    first = had(own, posts, to)
    again = own.retry(progress=False)

    assert first["status"].tolist() == [*["downloaded"] * 2, "failed", "downloaded"]
    assert "404" in first["reason"][2]
    assert again["id"].tolist() == [posts["id"].iloc[2]]
    assert again["status"].tolist() == ["downloaded"]


def test_a_failed_row_of_a_table_can_be_downloaded(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own)
    app.faults.add(mishaps.refuse(404), path=ORIGINALS)
    first = had(own, posts, to)

    again = had(own, first[first["status"] == "failed"], to)

    assert again["status"].tolist() == ["downloaded"]
    assert first.booru.bookmark()["id"].tolist() == posts["id"].tolist()


def test_a_file_over_the_limit_is_skipped_unasked(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    table = had(own, found(own, 2), to, limit_bytes=100)

    assert set(table["status"]) == {"skipped"}
    assert table["reason"].str.contains("limit_bytes").all()
    assert app.calls.count(ORIGINALS) == 0


def test_a_sample_lies_beside_the_original(own: bn.Library, to: Path) -> None:
    posts = found(own, 2)
    had(own, posts, to)

    table = had(own, posts, to, kind="sample")

    assert table["path"].str.contains(r"\.sample\.").all()
    assert sorted(own.files()["kind"]) == ["original"] * 2 + ["sample"] * 2
    assert intact(had(own, posts, to), posts) == 2


def test_tokens_name_folders_and_files(own: bn.Library, to: Path) -> None:
    post = found(own, 1)

    had(own, post, to, template="%rating%/%artist%/%id%.%ext%")

    artist = post["artist"].item() or "unknown"
    assert names(to) == [f"general/{artist}/{post['id'].item()}.jpg"]


def test_another_posts_file_of_the_same_name_stays(own: bn.Library, to: Path) -> None:
    posts = found(own, 8)
    posts = posts[posts["ext"] == "jpg"].head(3)

    table = had(own, posts, to, template="%site%.%ext%")

    first, second, third = posts["id"]
    distinct = [f"quay_quay_{number}.jpg" for number in (second, third)]
    assert [Path(path).name for path in table["path"]] == ["quay.jpg", *distinct]
    assert first == table["id"][0]
    assert intact(table, posts) == 3


def test_an_unknown_file_of_the_same_name_stays(own: bn.Library, to: Path) -> None:
    post = found(own, 1)
    number = post["id"].item()
    to.mkdir()
    (to / f"{number}.jpg").write_bytes(b"mine")

    for status in ("downloaded", "present"):
        table = had(own, post, to, template="%id%")

        assert table["status"].tolist() == [status]
        assert names(to) == [f"{number}.jpg", f"{number}_quay_{number}.jpg"]
    assert (to / f"{number}.jpg").read_bytes() == b"mine"


def test_a_link_below_the_folder_is_not_followed(
    own: bn.Library, to: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    to.mkdir()
    (to / "general").symlink_to(outside)

    table = had(own, found(own, 1), to, template="%rating%/%id%")

    assert table["status"].tolist() == ["failed"]
    assert names(outside) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_is_told(own: bn.Library, to: Path) -> None:
    to.mkdir(mode=0o500)
    with pytest.raises(errors.FileError, match="Nothing may be written"):
        had(own, found(own, 1), to)


def test_a_file_in_the_place_of_the_folder_is_told(own: bn.Library, to: Path) -> None:
    to.write_bytes(b"")
    with pytest.raises(errors.FileError, match="cannot be used"):
        had(own, found(own, 1), to)


def test_a_drive_that_is_not_there_is_told(own: bn.Library, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    posts = found(own, 1)
    had(own, posts, drive / "pictures")
    drive.rename(tmp_path / "unplugged")

    with pytest.raises(errors.FileError, match="Connect its drive"):
        had(own, posts, drive / "pictures")
    assert len(own.files()) == 1
    assert own.check_files(progress=False)["condition"].tolist() == ["unreachable"]


@pytest.mark.parametrize(
    "wrong",
    [{"template": "%x%"}, {"template": "../%id%"}, {"kind": "all"}, {"limit_bytes": 0}],
)
def test_what_cannot_be_is_refused_at_once(
    own: bn.Library, app: DemoApp, to: Path, wrong: dict[str, object]
) -> None:
    with pytest.raises(errors.ArgumentError):
        had(own, found(own, 1), to, **wrong)

    assert app.calls.count(ORIGINALS) == 0


def test_a_withheld_post_is_not_downloaded(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    post = found(own, 1).assign(rating="explicit", tags="child sky", general="child")
    as_post = Post(
        site="quay",
        id=7,
        rating=Rating.EXPLICIT,
        tags=("child",),
        file_url=post["file_url"].item(),
    )

    assert len(had(own, post, to)) == 0
    assert len(had(own, as_post, to)) == 0
    assert app.calls.count(ORIGINALS) == 0
    assert len(own.files()) == len(own.posts()) == 0


def test_a_rating_that_is_known_here_withholds_a_file(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    mild = found(own, 1).assign(tags="child sky", general="child")
    own.bookmark(mild)
    bare = mild[["site", "id", "file_url"]].assign(rating="explicit")

    assert len(had(own, bare, to)) == 0
    assert app.calls.count(ORIGINALS) == 0


def test_a_dead_host_is_told_of_each_post(own: bn.Library, to: Path) -> None:
    posts = found(own, 2).assign(file_url="http://127.0.0.1:9/1.jpg")

    table = had(own, posts, to)

    assert set(table["status"]) == {"failed"}
    assert table["reason"].str.contains("refused").all()


def test_a_private_address_is_not_asked(own: bn.Library, to: Path) -> None:
    posts = found(own, 1).assign(file_url="http://169.254.169.254/1.jpg")

    assert "allow_private" in had(own, posts, to)["reason"][0]


def test_the_stop_button_keeps_what_came(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts = found(own)
    gate = threading.Event()
    app.faults.add(mishaps.hold(gate), path=f"*{posts['md5'].iloc[0]}*")

    async def stopped() -> None:
        task = asyncio.ensure_future(own.aio.download(posts, to=to, progress=False))
        while len(own.files()) < 3:  # noqa: ASYNC110  until the others are there
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(stopped())
    gate.set()

    assert own.last_download["status"].tolist() == ["skipped", *["downloaded"] * 3]
    assert "Run it again" in own.last_download["reason"][0]
    assert own.retry(progress=False)["status"].tolist() == ["downloaded"]


def test_a_stop_waits_until_what_came_is_known(
    own: bn.Library, app: DemoApp, to: Path
) -> None:
    posts, held, gate = found(own), threading.Event(), threading.Event()
    app.faults.add(mishaps.hold(gate), path=f"*{posts['md5'].iloc[0]}*")

    def busy(_db: object) -> None:
        held.set()
        gate.wait()

    other = threading.Thread(target=own._state.store.file.write, args=[busy])
    other.start()
    held.wait()

    work = loop.run_on_app_loop(own.aio.download(posts, to=to, progress=False))
    while not whole(to):  # a file is placed, and not known yet
        threading.Event().wait(0.01)

    work.stop()
    loop.run(turns())

    waited = not work.done()
    gate.set()
    other.join()
    with pytest.raises(CancelledError):
        work.result()
    assert waited
    assert len(own.files()) == len(whole(to))


async def turns() -> None:
    """Let the loop go round so often that whatever can end there has ended."""
    for _ in range(100):
        await asyncio.sleep(0)


FULL = """
import resource, signal, sys
import booru_nb as bn
from booru_nb import errors, loop
from pathlib import Path
from tests.support.downloads import library, names

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
url, file, to = sys.argv[1:]
with library(Path(file), url) as own:
    posts = own.search(limit=20, progress=False)
    posts = posts[posts["file_size"] > 40_000].head(2)
    own.files()
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    try:
        own.download(posts, to=to, progress=False)
    except errors.DiskFullError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        # What the other download had begun may stay, so that it is gone on with.
        whole = [name for name in names(Path(to)) if not name.endswith(".part")]
        print(error, len(error.posts), whole)
"""


def test_a_full_disk_is_told_and_leaves_nothing_broken(
    booru: tuple[DemoApp, str], app: DemoApp, library_file: Path, to: Path
) -> None:
    del app
    done = subprocess.run(
        [sys.executable, "-c", FULL, booru[1], library_file, to],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "has no room for this file" in done.stdout
    assert done.stdout.endswith("2 []\n")


KILLED = """
import sys
from pathlib import Path
from tests.support.downloads import library

url, file, to = sys.argv[1:]
with library(Path(file), url) as own:
    posts = own.search(limit=20, progress=False)
    posts = posts[posts["file_url"].notna()].head(6)
    own.download(posts, to=to, progress=False)
"""


def half_there(to: Path, md5: str) -> bool:
    """Tell whether a part has something, and the five other files are there."""
    if not to.is_dir():
        return False
    part = to / f".{md5}.part"
    others = [name for name in names(to) if not name.endswith(".part")]
    return len(others) == 5 and part.exists() and part.stat().st_size > 0


def test_what_a_kill_leaves_is_gone_on_with(
    booru: tuple[DemoApp, str],
    app: DemoApp,
    own: bn.Library,
    to: Path,
) -> None:
    gate = threading.Event()
    posts = found(own, 6)
    first = posts["md5"].iloc[0]
    app.faults.add(mishaps.stall(gate), path=f"*{first}*")
    app.calls.clear()
    arguments = [sys.executable, "-c", KILLED, booru[1], f"{to}.booru", f"{to}"]
    with subprocess.Popen(arguments) as process:
        while not half_there(to, first):
            time.sleep(0.01)
        process.kill()
    gate.set()
    app.calls.clear()

    table = had(own, posts, to)

    assert table["status"].tolist() == ["downloaded", *["present"] * 5]
    assert intact(table, posts) == len(names(to)) == 6
    [call] = app.calls.of(ORIGINALS)
    assert call.headers["range"].startswith("bytes=")
    assert call.headers["range"] != "bytes=0-"
