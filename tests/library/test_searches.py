"""Searches that were made, and searches that have a name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import errors, schemas
from booru_nb.library.backend import FramePages, LibraryBackend
from booru_nb.loop import run
from booru_nb.widgets.asked import Asked
from tests.store.samples import at_once

if TYPE_CHECKING:
    from pathlib import Path


def find(lib: bn.Library, query: str = "", **options: object) -> pd.DataFrame:
    return lib.search(query, limit=1, progress=False, **options)  # type: ignore[arg-type]


def explored(lib: bn.Library, query: str) -> FramePages:
    asked = Asked(query=query, site="demo", rating="any")
    return LibraryBackend(lib._state).pages(asked, on_failure=pytest.fail)


def queries(lib: bn.Library) -> list[str]:
    return lib.history()["query"].tolist()


@pytest.mark.parametrize("name", ["history", "saved_searches"])
def test_searches_are_frames_of_their_schemas(lib: bn.Library, name: str) -> None:
    table = getattr(lib, name)
    empty = table()
    find(lib, "sky", min_score=1, after="2020", media="image")
    lib.save_search("skies", "sky", min_score=1, after="2020", media="image")

    for frame in (empty, table()):
        dtypes = {n: schemas.dtype_name(t) for n, t in frame.dtypes.items()}
        assert dtypes == schemas.describe(getattr(schemas, name.upper()))
    assert (len(empty), len(table())) == (0, 1)


def test_a_search_is_kept_with_all_that_was_said(lib: bn.Library) -> None:
    find(lib, " sky  sea ", rating=["general", "sensitive"], min_score=2, order="score")

    [row] = lib.history().to_dict("records")
    assert row["query"] == "sky sea"
    assert row["site"] == "demo"
    assert row["rating"] == "general, sensitive"
    assert (row["min_score"], row["order"]) == (2, "score")
    assert pd.isna(row["after"])


def test_a_search_made_again_moves_up(lib: bn.Library) -> None:
    for query in ("sky", "sea", "sky"):
        find(lib, query)

    assert queries(lib) == ["sky", "sea"]


def test_the_rating_that_is_set_is_kept(lib: bn.Library) -> None:
    find(lib, "sky")
    lib.rating = "any"
    find(lib, "sky")

    assert lib.history()["rating"].tolist() == ["any", "general"]


def test_a_search_in_which_nothing_is_said_is_not_kept(lib: bn.Library) -> None:
    find(lib)
    find(lib, order="score")

    assert lib.history()["order"].tolist() == ["score"]


def test_pages_and_explorers_are_kept_too(lib: bn.Library) -> None:
    list(lib.pages("sky", limit=3))
    run(anext(explored(lib, "sea")))

    assert queries(lib) == ["sea", "sky"]


def test_an_explorer_that_finds_nothing_is_kept(lib: bn.Library) -> None:
    pages = explored(lib, "no_such")

    with pytest.raises(StopAsyncIteration):
        run(anext(pages))
    assert queries(lib) == ["no_such"]


def test_a_search_that_fails_is_not_kept(library_file: Path) -> None:
    with bn.open(library_file) as own:
        own.add_site("http://127.0.0.1:9", name="gone", engine="danbooru")
        with pytest.raises(errors.BooruError):
            find(own, "sky", site="gone")

        assert own.history().empty


def test_no_history_is_kept_where_that_is_set(lib: bn.Library) -> None:
    find(lib, "sky")
    lib.settings["history"] = False
    find(lib, "sea")

    assert queries(lib) == ["sky"]


def test_searching_changes_nothing_that_frames_show(lib: bn.Library) -> None:
    before = lib._state.store.file.generation()

    find(lib, "sky")

    assert queries(lib) == ["sky"]
    assert lib._state.store.file.generation() == before


def test_a_history_that_cannot_be_written_fails_no_search(lib: bn.Library) -> None:
    lib._state.store.file.write(
        lambda db: db.execute(
            """
            create trigger no before insert on search_history
            begin select raise(abort, 'no room'); end
            """
        )
    )

    assert len(find(lib, "sky")) == 1
    assert lib.history().empty


def test_a_query_is_forgotten_and_the_others_stay(lib: bn.Library) -> None:
    find(lib, "sky")
    find(lib, "sky", rating="any")
    find(lib, "sea")

    assert lib.remove_from_history("sky ") == 2
    assert queries(lib) == ["sea"]
    assert lib.remove_from_history("sky") == 0


def test_rows_are_forgotten(lib: bn.Library) -> None:
    for query in ("sky", "sea", "fog"):
        find(lib, query)
    history = lib.history()

    assert lib.remove_from_history(history[history["query"] != "sea"]) == 2
    assert queries(lib) == ["sea"]
    assert lib.clear_history() == 1
    assert queries(lib) == []


@pytest.mark.parametrize("wrong", [5, None, pd.DataFrame({"query": ["sky"]})])
def test_what_is_no_search_is_refused(lib: bn.Library, wrong: object) -> None:
    with pytest.raises(errors.ArgumentError):
        lib.remove_from_history(wrong)  # type: ignore[arg-type]


def test_a_saved_search_finds_what_the_search_would(lib: bn.Library) -> None:
    said = {"rating": "any", "min_score": 5, "order": "score", "after": "2001-01-01"}
    lib.save_search("best", "sky", **said)  # type: ignore[arg-type]

    pd.testing.assert_frame_equal(
        lib.run_search("best", limit=5, progress=False),
        lib.search("sky", limit=5, progress=False, **said),  # type: ignore[arg-type]
    )


def test_what_a_saved_search_leaves_out_is_as_it_is_set(lib: bn.Library) -> None:
    lib.save_search("all")
    lib.rating = "explicit"
    lib.settings["limit"] = 3

    found = lib.run_search("all", progress=False)

    assert len(found) == 3
    assert set(found["rating"]) == {"explicit"}


def test_a_saved_search_can_be_awaited(lib: bn.Library) -> None:
    lib.save_search("lights", "lighthouse")

    found = run(lib.aio.run_search("lights", limit=2, progress=False))

    assert len(found) == 2


def test_a_search_is_saved_once_and_replaced_when_asked_for(lib: bn.Library) -> None:
    lib.save_search("x", "sky", site="demo")
    lib.save_search("x", " sky", site=["demo"])
    with pytest.raises(errors.ArgumentError, match="replace=True"):
        lib.save_search("x", "sky")
    lib.save_search("x", "sea", replace=True)

    saved = lib.saved_searches()
    assert saved["query"].tolist() == ["sea"]
    assert saved["site"].isna().all()


def test_a_saved_search_is_renamed_and_removed(lib: bn.Library) -> None:
    lib.save_search("a", "sky")
    lib.save_search("b", "sea")
    lib.rename_search("a", "c")
    with pytest.raises(errors.ArgumentError, match="saved as 'b'"):
        lib.rename_search("c", "b")
    lib.remove_saved_search("b")

    assert lib.saved_searches()["name"].tolist() == ["c"]


def test_an_unknown_search_is_said_with_those_there_are(lib: bn.Library) -> None:
    lib.save_search("skies", "sky")

    for verb in (lib.run_search, lib.remove_saved_search):
        with pytest.raises(errors.UnknownSearchError, match="Saved: skies"):
            verb("sky")
    with pytest.raises(LookupError):
        lib.rename_search("sky", "x")


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": "purple"},
        {"site": "danboru"},
        {"order": "best"},
        {"min_score": "many"},
        {"query": 5},
        {"name": " "},
        {"name": 5},
    ],
)
def test_what_cannot_be_searched_for_is_not_saved(
    lib: bn.Library, wrong: dict[str, object]
) -> None:
    with pytest.raises(errors.BooruError):
        lib.save_search(**{"name": "x", **wrong})  # type: ignore[arg-type]

    assert lib.saved_searches().empty


def test_of_two_threads_one_saves_its_search(lib: bn.Library) -> None:
    waiting = ["sky", "sea"]

    def save() -> bool:
        with suppress(errors.ArgumentError):
            lib.save_search("x", waiting.pop())
            return True
        return False

    assert sorted(at_once(save)) == [False, True]
    assert len(lib.saved_searches()) == 1


def test_searches_outlive_the_library(library_file: Path) -> None:
    with bn.open(library_file) as own:
        own.save_search("skies", "sky", site="danbooru", rating="any")

    with bn.open(library_file) as again:
        [row] = again.saved_searches().to_dict("records")
    assert (row["name"], row["site"], row["rating"]) == ("skies", "danbooru", "any")
