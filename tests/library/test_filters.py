"""Filters that every site understands, on a booru that is really served."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import drawn, errors, loop
from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve
from booru_nb.search.wishes import MEDIA, ORDERS
from booru_nb.widgets import asked


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[DemoApp, str]]:
    """A demo booru on a socket, with Danbooru's limit of two tags."""
    app = drawn.create_app()
    with serve(app) as url:
        yield app, url


@pytest.fixture
def app(served: tuple[DemoApp, str]) -> Iterator[DemoApp]:
    app, _ = served
    app.calls.clear()
    yield app
    app.faults.clear()


@pytest.fixture
def own(
    served: tuple[DemoApp, str], app: DemoApp, library_file: Path
) -> Iterator[bn.Library]:
    del app
    with bn.open(library_file) as library:
        library.add_site(served[1], name="quay", engine="danbooru", allow_private=True)
        library.set_default_site("quay")
        yield library


def all_of(own: bn.Library, query: str, **filters: object) -> pd.DataFrame:
    return own.search(query, limit=None, rating="any", progress=False, **filters)  # type: ignore[arg-type]


def having(posts: pd.DataFrame, *tags: str) -> set[int]:
    rows = posts["tags"].str.split(" ")
    return {i for i, r in zip(posts["id"], rows, strict=True) if set(tags) <= set(r)}


def common(own: bn.Library) -> list[str]:
    """Return the most frequent tags of the booru, most frequent first."""
    every = own.search(limit=200, rating="any", progress=False)
    return every["tags"].str.split(" ").explode().value_counts().index[:4].tolist()


def test_a_third_tag_is_filtered_here(own: bn.Library) -> None:
    tags = common(own)[:3]

    found = all_of(own, " ".join(tags))

    assert set(found["id"]) == having(all_of(own, ""), *tags)
    assert len(found) > 0


def test_the_rarest_tags_are_asked_for(own: bn.Library, app: DemoApp) -> None:
    tags = common(own)[:3]
    app.calls.clear()

    own.search(" ".join(tags), rating="any", limit=3, progress=False)
    second = own.explain(" ".join(tags), rating="any").set_index("part")["where"]

    counts = {tag: own.count(tag, rating="any") or 0 for tag in tags}
    assert second[max(counts, key=lambda tag: counts[tag])] == "here"
    assert app.calls.count("/tags.json") == 1


def test_counts_that_cannot_be_had_fail_no_search(
    own: bn.Library, app: DemoApp
) -> None:
    tags = " ".join(common(own)[:3])
    app.faults.add(mishaps.refuse(404), path="/tags.json", count=None)

    assert len(own.search(tags, rating="any", limit=3, progress=False)) > 0


def test_a_page_is_filled_from_further_pages(own: bn.Library) -> None:
    tags = common(own)[:3]
    whole = having(all_of(own, ""), *tags)
    wanted = min(len(whole), 5)

    assert len(all_of(own, " ".join(tags)).head(wanted)) == wanted


def test_what_is_learnt_of_the_limit_is_remembered(
    own: bn.Library, app: DemoApp
) -> None:
    tags = " ".join(common(own)[:3])
    own.search(tags, rating="any", limit=1, progress=False)
    app.calls.clear()

    own.search(tags, rating="any", limit=1, progress=False)

    assert app.calls.count("/posts.json") == 1


def test_a_query_with_brackets_keeps_the_sites_own_error(
    own: bn.Library, app: DemoApp
) -> None:
    with pytest.raises(errors.TagLimitError, match="fewer tags"):
        all_of(own, "( sky sea boat )")

    assert app.calls.count("/posts.json") == 1


def test_a_count_of_what_is_filtered_here_is_not_known(own: bn.Library) -> None:
    tags = " ".join(common(own)[:3])
    own.search(tags, rating="any", limit=1, progress=False)

    assert own.count(tags, rating="any") is None


def test_filters_of_the_site_are_counted(lib: bn.Library) -> None:
    assert lib.count("sky", after="2000-01-01") == lib.count("sky")


def test_a_score_and_an_order(lib: bn.Library) -> None:
    found = lib.search("sky", min_score=10, order="score", limit=None, progress=False)

    assert found["score"].min() >= 10
    assert found["score"].is_monotonic_decreasing


def test_the_oldest_come_first(lib: bn.Library) -> None:
    found = lib.search(order="oldest", limit=300, progress=False)

    assert found["id"].is_monotonic_increasing
    assert found["id"].is_unique


def test_dates_are_exact(lib: bn.Library) -> None:
    every = lib.search(limit=None, progress=False)["created_at"]
    first, last = every.sort_values().iloc[[50, 150]]

    found = lib.search(after=first, before=last, limit=None, progress=False)

    assert len(found) == every.between(first, last, inclusive="left").sum()


def test_filters_hold_for_pages_too(lib: bn.Library) -> None:
    pages = list(lib.pages("sky", min_score=10))

    assert pd.concat(pages)["score"].min() >= 10


def test_an_explorer_has_its_filters(lib: bn.Library) -> None:
    with pytest.raises(errors.ArgumentError, match="order is one of"):
        lib.explore("sky", order="best")


def test_an_explanation_has_a_row_a_part(lib: bn.Library) -> None:
    found = lib.explain("sky -sea", media="video", after="2024-03-10")

    assert found["part"].tolist() == [
        *("sky", "-sea", "media=video", "after=2024-03-10", "rating=general"),
    ]
    assert set(found["where"]) == {"site"}


def test_what_cannot_be_asked_is_explained_and_refused(library_file: Path) -> None:
    with bn.open(library_file) as own:
        found = own.explain(site="konachan", order="favorites").set_index("part")
        with pytest.raises(errors.ArgumentError, match="cannot be asked for the order"):
            own.search(site="konachan", order="favorites", progress=False)

    assert found.loc["order=favorites", "where"] == "cannot"


def explored(lib: bn.Library, **given: Any) -> tuple[pd.DataFrame, str]:
    """Return what an explorer shows at first, and what it says."""
    explorer = lib.explore(**given)

    async def until_idle() -> None:
        while explorer.bar.busy or not (explorer.grid.status or explorer.bar.status):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    try:
        loop.run(until_idle(), timeout=30)
        return explorer.posts, f"{explorer.bar.status} {explorer.grid.status}"
    finally:
        explorer.close()


@pytest.mark.parametrize(
    "given",
    [
        {"min_score": 20},
        {"order": "score"},
        {"order": "oldest", "rating": ["general", "sensitive"]},
        {"media": "image", "after": "2023-01-01"},
        {"before": date(2023, 6, 1), "rating": "any"},
        {"after": datetime(2023, 1, 5, 12, 30, tzinfo=UTC)},
    ],
)
def test_an_explorer_finds_what_a_search_does(lib: bn.Library, given: Any) -> None:
    found, _ = explored(lib, query="sky", **given)
    wanted = lib.search("sky", limit=len(found), progress=False, **given)

    assert len(found) > 0
    assert found["id"].tolist() == wanted["id"].tolist()


def test_an_explorer_says_what_a_site_cannot_do(library_file: Path) -> None:
    with bn.open(library_file) as own:
        found, said = explored(own, query="sky", site="konachan", order="favorites")

    assert found.empty
    assert "konachan cannot be asked for the order 'favorites'" in said


def test_an_explorer_searches_several_sites(own: bn.Library, app: DemoApp) -> None:
    url = str(own.sites().set_index("site").loc["quay", "url"])
    own.add_site(url, name="pier", engine="danbooru", allow_private=True)
    app.calls.clear()

    found, _ = explored(own, query="sky", site=["pier", "quay"])

    assert app.calls.count("/posts.json") >= 2
    # Only who withholds the md5 of a post cannot be told to have the same.
    assert set(found.loc[found["md5"].notna(), "site"]) == {"pier"}
    assert found["also_on"].str.startswith("quay:").any()


def test_what_an_explorer_offers_is_what_a_search_takes() -> None:
    assert [order for order, _ in asked.ORDERS[1:]] == list(ORDERS)
    assert [media for media, _ in asked.MEDIA[1:]] == list(MEDIA)
