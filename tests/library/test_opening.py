import concurrent.futures
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

import booru_nb as bn
from booru_nb import errors, loop


def test_a_file_that_is_open_gives_the_same_library_counted(
    library_file: Path,
) -> None:
    first = bn.open(library_file)
    second = bn.open(str(library_file))
    first.bookmark(bn.Post(site="attic", id=4))
    first.close()

    assert len(second.bookmarks()) == 1
    second.close()
    with pytest.raises(errors.LibraryError):
        second.bookmarks()


def test_closing_twice_is_nothing(library_file: Path) -> None:
    library = bn.open(library_file)
    library.close()
    library.close()

    assert "closed" in repr(library)


def test_the_last_library_lets_the_loop_go(library_file: Path) -> None:
    with bn.open(library_file), bn.demo() as lib:
        lib.search(limit=1, progress=False)

    with pytest.raises(errors.LoopError):
        loop.get_app_loop()


def test_a_demo_leaves_no_file() -> None:
    with bn.demo() as lib:
        folder = lib.path.parent

    assert not folder.exists()


def test_the_default_library_is_the_users_own() -> None:
    with bn.open() as own:
        assert own.path.name == "library.booru"
        assert own.default_site == "danbooru"


def test_another_programs_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a library")

    with pytest.raises(errors.ForeignFileError):
        bn.open(file)

    assert file.read_text() == "not a library"


def test_the_repr_says_what_it_is_and_what_to_do(lib: bn.Library) -> None:
    text = repr(lib)

    assert str(lib.path) in text
    assert "default site: demo" in text
    assert "lib.explore" in text


def test_the_html_is_escaped(tmp_path: Path) -> None:
    with bn.open(tmp_path / "<b>.booru") as own:
        html = own._repr_html_()

    assert "&lt;b&gt;" in html


def test_an_added_site_is_kept(library_file: Path) -> None:
    with bn.open(library_file) as own:
        name = own.add_site("https://booru.example.org/", engine="danbooru", rate=None)
    with bn.open(library_file) as again:
        row = again.sites().set_index("site").loc[name]

    assert row["url"] == "https://booru.example.org"


@pytest.mark.parametrize(
    ("url", "engine", "says"),
    [
        ("booru", "danbooru", "no address"),
        ("ftp://booru.example.org", "danbooru", "no address"),
        ("https://booru.example.org", "phpbb", "No engine"),
    ],
)
def test_a_site_that_cannot_be_used_is_refused(
    library_file: Path, url: str, engine: str, says: str
) -> None:
    with (
        bn.open(library_file) as own,
        pytest.raises(errors.ArgumentError, match=says),
    ):
        own.add_site(url, engine=engine)


def test_another_kind_of_loop_is_refused_while_one_is_in_use() -> None:
    with bn.demo(), pytest.raises(errors.LoopError, match="kernel"):
        bn.demo(loop="kernel")


def test_an_unknown_kind_of_loop_is_refused() -> None:
    with pytest.raises(errors.ArgumentError, match="loop='background'"):
        bn.demo(loop="other")


def test_a_file_that_is_open_is_the_same_library(library_file: Path) -> None:
    with bn.open(library_file) as first, bn.open(library_file) as second:
        assert first is second


def test_eight_threads_open_one_library(library_file: Path) -> None:
    barrier = threading.Barrier(8)

    def work(_: int) -> bn.Library:
        barrier.wait()
        return bn.open(library_file)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(work, range(8)))

    assert len({id(library) for library in opened}) == 1
    for library in opened:
        library.close()


def test_a_file_that_cannot_be_opened_leaves_no_loop(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a library")

    with pytest.raises(errors.ForeignFileError):
        bn.open(file, loop="background")

    with pytest.raises(errors.LoopError):
        loop.get_app_loop()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_leaves_its_parents_demo_alone(lib: bn.Library) -> None:
    code = """
    import os, sys
    import booru_nb as bn
    lib = bn.demo()
    child = os.fork()
    if child == 0:
        sys.exit(0)
    os.waitpid(child, 0)
    print(lib.path.exists())
    lib.close()
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert lib.path.exists()
    assert result.stdout == "True\n"


def test_adding_a_site_again_is_nothing(library_file: Path) -> None:
    with bn.open(library_file) as own:
        for _ in range(2):
            name = own.add_site("https://booru.example.org", engine="danbooru")
        with pytest.raises(errors.ArgumentError, match="already"):
            own.add_site("https://other.example.org", engine="danbooru", name=name)

        assert own.sites()["site"].tolist().count(name) == 1


def test_a_demo_in_a_file_stays_and_asks_no_other_site(library_file: Path) -> None:
    with bn.demo(library_file) as lib, bn.demo(library_file) as again:
        assert again is lib
        lib.bookmark(lib.search("lighthouse", limit=2, progress=False))
        with pytest.raises(errors.LibraryError, match="its own booru only"):
            lib.search("lighthouse", site="danbooru")

    with bn.demo(library_file) as lib:
        assert len(lib.bookmarks()) == 2
