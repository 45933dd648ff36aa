"""Several sites in one search."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

import booru_nb as bn
from booru_nb import errors
from booru_nb.drawn.serving import serve
from tests.support.web import Site

Row = dict[str, Any]


def row(number: int, day: int | None, *, md5: str | None = None, **more: Any) -> Row:
    """Return a post as a Danbooru writes it."""
    at = None if day is None else f"2024-03-{day:02}T12:00:00Z"
    made = {"id": number, "tag_string": "sky", "rating": "g", "created_at": at}
    return {**made, "md5": md5 or f"{number:032x}", "file_url": "/a.jpg", **more}


EMPTY = JSONResponse([])
SAME = "ab" * 16


class Harbour:
    """Sites on sockets, and a library that knows them by name."""

    def __init__(self, library: bn.Library, stack: ExitStack) -> None:
        self.library = library
        self._stack = stack

    def add(self, name: str, *pages: list[Row] | Response) -> Site:
        made = [p if isinstance(p, Response) else JSONResponse(p) for p in pages]
        site = Site(*made, EMPTY)
        url = self._stack.enter_context(serve(site))
        self.library.add_site(url, name=name, engine="danbooru", allow_private=True)
        return site


@pytest.fixture
def harbour(library_file: Path) -> Iterator[Harbour]:
    with ExitStack() as stack, bn.open(library_file) as library:
        yield Harbour(library, stack)


def keys(
    harbour: Harbour, *, site: Any = ("east", "west"), **options: Any
) -> list[str]:
    found = harbour.library.search(site=site, progress=False, **options)
    return [f"{s}:{i}" for s, i in zip(found["site"], found["id"], strict=True)]


def test_posts_are_merged_newest_first_and_undated_last(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 20), row(8, 10)])
    harbour.add("west", [row(5, 15), row(4, None)])

    assert keys(harbour) == ["east:9", "west:5", "east:8", "west:4"]


def test_the_limit_is_of_all_sites_together(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 20), row(8, 10)])
    harbour.add("west", [row(5, 15), row(4, 14)])

    assert keys(harbour, limit=3) == ["east:9", "west:5", "west:4"]


def test_the_same_work_is_one_row_of_the_site_named_first(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 10, md5=SAME)])
    harbour.add("west", [row(5, 20, md5=SAME), row(4, 15)])

    found = harbour.library.search(site=["east", "west"], progress=False)

    assert found["site"].tolist() == ["west", "east"]
    assert found["also_on"].tolist() == ["", "west:5"]


def test_the_order_of_the_names_decides_whose_row_it_is(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 10, md5=SAME)])
    harbour.add("west", [row(5, 20, md5=SAME)])

    found = harbour.library.search(site=["west", "east"], limit=1, progress=False)

    assert found["also_on"].tolist() == ["east:9"]


def test_posts_without_an_md5_are_works_of_their_own(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 10) | {"md5": None}])
    harbour.add("west", [row(5, 20) | {"md5": None}])

    assert len(keys(harbour)) == 2


def test_a_work_found_on_a_later_page_is_no_second_row(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 20)], [row(8, 1, md5=SAME)])
    harbour.add("west", [row(5, 15, md5=SAME)])

    found = harbour.library.search(site=["east", "west"], progress=False)

    assert found["also_on"].tolist() == ["", "west:5"]


def test_a_site_that_fails_is_told_and_the_others_are_shown(harbour: Harbour) -> None:
    harbour.add("east", JSONResponse({"success": False}, 404))
    harbour.add("west", [row(5, 15)])

    with pytest.warns(errors.SiteWarning, match=r"east is left out.*404"):
        assert keys(harbour) == ["west:5"]


def test_a_site_that_fails_again_is_told_again(harbour: Harbour) -> None:
    refusal = JSONResponse({"success": False}, 404)
    harbour.add("east", refusal, refusal)
    harbour.add("west", [row(5, 15)])

    for _ in range(2):
        with pytest.warns(errors.SiteWarning, match="east is left out"):
            keys(harbour)


def test_a_site_that_fails_later_keeps_what_it_gave(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 20)], JSONResponse({"success": False}, 404))
    harbour.add("west", [row(5, 15)])

    with pytest.warns(errors.SiteWarning, match="east"):
        assert keys(harbour) == ["east:9", "west:5"]


def test_if_all_sites_fail_there_is_an_error(harbour: Harbour) -> None:
    harbour.add("east", JSONResponse({"success": False}, 404))
    harbour.add("west", Response("<html>Just a moment...</html>", 403))

    with (
        pytest.warns(errors.SiteWarning) as told,
        pytest.raises(errors.NotFoundError, match=r"east refused.*west is behind"),
    ):
        keys(harbour)

    assert len(told) <= 1


def test_a_site_that_cannot_evaluate_something_is_left_out(harbour: Harbour) -> None:
    harbour.add("west", [row(5, 15)])
    url = "http://127.0.0.1:9"
    harbour.library.add_site(url, name="shed", engine="shimmie2", allow_private=True)

    with pytest.warns(errors.SiteWarning, match='rating="any"'):
        assert keys(harbour, site=["shed", "west"]) == ["west:5"]


def test_a_name_that_is_unknown_is_an_error(harbour: Harbour) -> None:
    harbour.add("west", [row(5, 15)])

    with pytest.raises(errors.UnknownSiteError, match="'wets'"):
        keys(harbour, site=["west", "wets"])


@pytest.mark.parametrize("wrong", [[], [1], 7])
def test_what_is_no_name_is_refused(harbour: Harbour, wrong: Any) -> None:
    with pytest.raises(errors.ArgumentError, match="name"):
        keys(harbour, site=wrong)


def test_a_name_given_twice_counts_once(harbour: Harbour) -> None:
    site = harbour.add("west", [row(5, 15)])

    assert keys(harbour, site=["west", "west"]) == ["west:5"]
    assert site.paths.count("/posts.json") == 2


def test_an_order_merges_by_its_own_measure(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 1, score=50), row(8, 2, score=5)])
    harbour.add("west", [row(5, 3, score=20)])

    assert keys(harbour, order="score") == ["east:9", "west:5", "east:8"]


def test_pages_of_several_sites_come_in_one_index(harbour: Harbour) -> None:
    harbour.add("east", [row(9, 20)], [row(8, 10)])
    harbour.add("west", [row(5, 15, md5=f"{8:032x}")])

    pages = list(harbour.library.pages(site=["east", "west"]))

    assert [list(page.index) for page in pages] == [[0], [1]]
    assert sum(map(len, pages)) == 2


def test_counts_are_added_up(harbour: Harbour) -> None:
    for name in ("east", "west"):
        harbour.add(name, JSONResponse({"counts": {"posts": 40}}))

    assert harbour.library.count(site=["east", "west"]) == 80
