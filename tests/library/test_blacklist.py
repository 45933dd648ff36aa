"""What is on the blacklist is left out of searches, and of nothing that is kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import drawn, errors, schemas, search
from booru_nb.drawn.serving import serve
from booru_nb.library.backend import PAGE, LibraryBackend
from booru_nb.library.hiding import Hiding
from booru_nb.loop import run
from booru_nb.search.sparse import FRUITLESS
from booru_nb.widgets.asked import Asked

if TYPE_CHECKING:
    from pathlib import Path


def tagged(posts: pd.DataFrame, tag: str) -> pd.Series[bool]:
    return posts["tags"].str.split(" ").map(lambda tags: tag in tags)


def every(lib: bn.Library, **options: object) -> pd.DataFrame:
    return lib.search(limit=60, progress=False, **options)  # type: ignore[arg-type]


@pytest.fixture
def posts(lib: bn.Library) -> pd.DataFrame:
    return every(lib)


@pytest.fixture
def tag(posts: pd.DataFrame) -> str:
    """A tag that about a third of the posts have."""
    counts = posts["tags"].str.split(" ").explode().value_counts()
    return str((counts - len(posts) / 3).abs().idxmin())


def test_a_rule_leaves_posts_out_and_more_come_in_their_place(
    lib: bn.Library, posts: pd.DataFrame, tag: str
) -> None:
    lib.add_to_blacklist(tag)

    shown = every(lib)

    assert len(shown) == len(posts)
    assert not tagged(shown, tag).any()
    kept = posts[~tagged(posts, tag)]
    assert shown["id"].iloc[: len(kept)].tolist() == kept["id"].tolist()


def test_what_was_left_out_is_told_with_its_rule(
    lib: bn.Library, posts: pd.DataFrame, tag: str
) -> None:
    listed = ("demo", int(posts["id"].iloc[0]))
    lib.add_to_blacklist([listed])
    lib.add_to_blacklist(tag)

    every(lib)

    hidden = lib.hidden
    assert {n: schemas.dtype_name(t) for n, t in hidden.dtypes.items()} == (
        schemas.describe(schemas.HIDDEN)
    )
    assert (hidden["id"] == listed[1]).sum() == 1
    assert hidden.loc[hidden["id"] == listed[1], "rule"].isna().all()
    assert set(hidden["rule"].iloc[1:].dropna()) == {tag}
    assert tagged(hidden.iloc[1:], tag).all()


def test_only_what_came_before_the_limit_counts_as_left_out(
    lib: bn.Library, posts: pd.DataFrame, tag: str
) -> None:
    lib.add_to_blacklist(tag)

    shown = lib.search(limit=5, progress=False)

    before = posts["id"].tolist().index(shown["id"].iloc[-1])
    assert len(lib.hidden) == before + 1 - 5


def test_the_blacklist_can_be_passed_over(
    lib: bn.Library, posts: pd.DataFrame, tag: str
) -> None:
    lib.add_to_blacklist(tag)

    pd.testing.assert_frame_equal(every(lib, blacklist=False), posts)
    assert lib.hidden.empty


def test_the_blacklist_can_be_switched_off(
    lib: bn.Library, posts: pd.DataFrame, tag: str
) -> None:
    lib.add_to_blacklist(tag)
    lib.settings["blacklist"] = False

    pd.testing.assert_frame_equal(every(lib), posts)
    assert not tagged(every(lib, blacklist=True), tag).any()


def test_a_rule_has_all_that_the_language_has(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.add_to_blacklist("score:>=20 -rating:explicit")

    shown = every(lib)

    assert (posts["score"] >= 20).any()
    assert (shown["score"] < 20).all()


def test_pages_leave_out_as_searches_do(lib: bn.Library, tag: str) -> None:
    lib.add_to_blacklist(tag)

    pages = list(lib.pages(limit=60))

    assert sum(map(len, pages)) == 60
    assert not any(tagged(page, tag).any() for page in pages)


def test_what_is_kept_is_shown(lib: bn.Library, posts: pd.DataFrame, tag: str) -> None:
    lib.bookmark(posts)
    lib.add_to_blacklist(tag)

    assert len(lib.bookmarks()) == len(lib.posts()) == len(posts)
    assert tag in set(lib.tags()["tag"])


def test_pasted_lines_are_rules_without_comments(lib: bn.Library) -> None:
    added = lib.add_to_blacklist(
        """
        # what I had elsewhere
        spider   rating:q

        #hashtag
        clown # and why
        """
    )

    assert sorted(added["rule"]) == ["#hashtag", "clown", "spider rating:q"]


def test_a_blacklist_is_a_frame_of_the_schema(lib: bn.Library) -> None:
    expected = schemas.describe(schemas.BLACKLIST)
    empty = lib.blacklist()
    lib.add_to_blacklist("spider")
    lib.add_to_blacklist(("demo", 5))

    for frame in (empty, lib.blacklist()):
        dtypes = {n: schemas.dtype_name(t) for n, t in frame.dtypes.items()}
        assert dtypes == expected
    assert empty.empty


def test_adding_twice_is_nothing(lib: bn.Library) -> None:
    first = lib.add_to_blacklist("spider")
    again = lib.add_to_blacklist(["spider", " spider "])

    pd.testing.assert_frame_equal(again, first)
    assert len(lib.blacklist()) == 1


def test_posts_are_named_as_for_bookmarking(
    lib: bn.Library, posts: pd.DataFrame
) -> None:
    lib.add_to_blacklist(posts.iloc[:2])
    lib.add_to_blacklist(posts.iloc[2])
    lib.add_to_blacklist(("demo", posts["id"].iloc[3]))

    assert every(lib)["id"].iloc[0] == posts["id"].iloc[4]
    assert set(lib.hidden["id"]) == set(posts["id"].iloc[:4])


def test_a_removal_can_be_undone(lib: bn.Library, posts: pd.DataFrame) -> None:
    lib.add_to_blacklist("spider\nclown")
    lib.add_to_blacklist(posts.iloc[:2])
    before = lib.blacklist().drop(columns="added_at")

    removed = lib.remove_from_blacklist(lib.blacklist())
    assert lib.blacklist().empty
    lib.add_to_blacklist(removed)

    after = lib.blacklist().drop(columns="added_at")
    keys = ["kind", "rule", "id"]
    pd.testing.assert_frame_equal(
        after.sort_values(keys, ignore_index=True),
        before.sort_values(keys, ignore_index=True),
    )


def test_removing_what_is_not_there_is_nothing(lib: bn.Library) -> None:
    lib.add_to_blacklist("spider")

    assert lib.remove_from_blacklist("clown").empty
    assert lib.remove_from_blacklist(("demo", 1)).empty
    assert len(lib.blacklist()) == 1


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("spider (clown", "not closed"),
        ("rating:purple", "no rating 'purple'"),
        ("spider order:score", "order:"),
        ("spider limit:3", "limit:"),
        ("folder:sea", "folder:"),
        ("is:bookmarked", "bookmarked:"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_all_others(
    lib: bn.Library, rule: str, says: str
) -> None:
    with pytest.raises(errors.QueryError, match=says):
        lib.add_to_blacklist(["clown", rule])

    assert lib.blacklist().empty


@pytest.mark.parametrize("wrong", [5, None, {"a": 1}, ["spider", 5]])
def test_what_is_neither_rule_nor_post_is_refused(
    lib: bn.Library, wrong: object
) -> None:
    with pytest.raises(errors.ArgumentError):
        lib.add_to_blacklist(wrong)  # type: ignore[arg-type]


def test_an_explorer_leaves_out_and_says_how_many(lib: bn.Library, tag: str) -> None:
    first = lib.search(limit=PAGE, progress=False)
    lib.add_to_blacklist(tag)
    said = threading.Event()
    explorer = lib.explore()

    def look(_change: object) -> None:
        if f"{tagged(first, tag).sum()} posts hidden" in explorer.grid.status:
            said.set()

    explorer.grid.observe(look, "status")
    look(None)

    assert said.wait(timeout=30)
    assert not tagged(explorer.posts, tag).any()
    explorer.close()


def test_an_explorer_takes_what_is_added_meanwhile(lib: bn.Library, tag: str) -> None:
    backend = LibraryBackend(lib._state)
    asked = Asked(query="", site="demo", rating="general")
    pages = backend.pages(asked, on_failure=pytest.fail)
    before = run(anext(pages))
    run(backend.add_to_blacklist(tag))
    after = run(anext(pages))

    assert tagged(before, tag).any()
    assert not tagged(after, tag).any()


def test_the_blacklist_holds_on_every_site(library_file: Path) -> None:
    with serve(drawn.create_app()) as url, bn.open(library_file) as own:
        for name in ("one", "two"):
            own.add_site(url, name=name, engine="danbooru", allow_private=True)
        both = own.search(site=["one", "two"], limit=20, progress=False)
        tag = both["tags"].iloc[0].split()[0]

        own.add_to_blacklist(tag)
        shown = own.search(site=["one", "two"], limit=20, progress=False)

    assert len(shown) == 20
    assert not tagged(shown, tag).any()


def test_a_blacklist_that_leaves_nothing_is_told(lib: bn.Library) -> None:
    lib.add_to_blacklist("id:>=0")
    hiding = Hiding(lib._state.store)
    question = search.Question("", None, limit=None)
    pages = search.Pages(lib._state.site(), question, size=3, hide=hiding)

    with pytest.raises(errors.SparseError, match=r"filtered here: the blacklist\."):
        run(anext(pages))
    assert hiding.count == 3 * FRUITLESS


def test_withheld_posts_are_neither_shown_nor_counted_as_left_out(
    lib: bn.Library,
) -> None:
    bad = bn.Post(site="demo", id=1, rating=bn.Rating.EXPLICIT, tags=("child",))
    fine = bn.Post(site="demo", id=2, rating=bn.Rating.GENERAL, tags=("child",))
    lib.add_to_blacklist("child")
    lib.add_to_blacklist(bad)
    hiding = Hiding(lib._state.store)

    assert hiding([bad, fine], None) == []
    assert [post.id for post in hiding.hidden] == [2]
