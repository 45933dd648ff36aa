"""Every engine in a library: found out, logged in to, and asked in its own words."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb.drawn.serving import serve
from booru_nb.sites import ENGINES
from tests.support.dialects import DANBOORU, OTHERS, Dialect

ALL = {dialect.name: dialect for dialect in (DANBOORU, *OTHERS)}
RATED = sorted(name for name in ALL if not name.startswith("shimmie2"))
DATED = sorted(set(ALL) - {"gelbooru02-json"})


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, str]]:
    """Return the addresses of the dialects that were asked for, served once each."""
    running: list[object] = []
    addresses: dict[str, str] = {}

    class Served(dict[str, str]):
        def __missing__(self, name: str) -> str:
            context = serve(ALL[name].app(published=150, accounts={"42": "a-key"}))
            running.append(context)
            self[name] = context.__enter__()
            return self[name]

    yield Served(addresses)
    for context in running:
        context.__exit__(None, None, None)  # type: ignore[attr-defined]


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        yield library


def add(own: bn.Library, dialect: Dialect, served: dict[str, str]) -> None:
    url = served[dialect.name]
    own.add_site(url, name="quay", engine=dialect.engine, allow_private=True)
    own.set_default_site("quay")


def all_of(own: bn.Library, query: str = "", **filters: object) -> pd.DataFrame:
    return own.search(query, limit=None, rating="any", progress=False, **filters)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ALL)
def test_what_it_runs_is_found_out(
    name: str, own: bn.Library, served: dict[str, str]
) -> None:
    own.add_site(served[name], name="quay", allow_private=True)

    found = own.sites().set_index("site").loc["quay", "engine"]
    assert found == ALL[name].engine


@pytest.mark.parametrize("name", ALL)
def test_all_that_can_be_tried_out_works(
    name: str, own: bn.Library, served: dict[str, str]
) -> None:
    add(own, ALL[name], served)
    # Visitors may not list the tags of a szurubooru.
    own.login("quay", user="42", key="a-key")

    checks = own.test_site("quay").set_index("check")

    assert checks["ok"].all(), checks["message"].tolist()


@pytest.mark.parametrize("name", RATED)
def test_a_score_is_the_same_everywhere(
    name: str, own: bn.Library, served: dict[str, str]
) -> None:
    add(own, ALL[name], served)
    every = all_of(own)
    middle = int(every["score"].median())

    found = all_of(own, min_score=middle)

    assert set(found["id"]) == set(every["id"][every["score"] >= middle])


@pytest.mark.parametrize("name", DATED)
def test_dates_are_the_same_everywhere(
    name: str, own: bn.Library, served: dict[str, str]
) -> None:
    add(own, ALL[name], served)
    every = all_of(own)
    first, last = every["created_at"].sort_values().iloc[[30, 90]]

    found = all_of(own, after=first, before=last)

    wanted = every["created_at"].between(first, last, inclusive="left")
    assert set(found["id"]) == set(every["id"][wanted])


@pytest.mark.parametrize("name", ALL)
def test_a_kind_of_media_is_the_same_everywhere(
    name: str, own: bn.Library, served: dict[str, str]
) -> None:
    add(own, ALL[name], served)
    every = all_of(own)

    found = all_of(own, media="image")

    stills = every["ext"].isin(["jpg", "png", "webp"])
    assert set(found["id"]) == set(every["id"][stills])


ORDERED = [
    (name, order)
    for name in ALL
    for order in ENGINES[ALL[name].engine].language.orders
    if order != "random"
]


@pytest.mark.parametrize(("name", "order"), ORDERED)
def test_an_order_is_the_same_everywhere(
    name: str, order: str, own: bn.Library, served: dict[str, str]
) -> None:
    add(own, ALL[name], served)
    column = {"oldest": "id"}.get(order, order)

    found = own.search(order=order, limit=120, rating="any", progress=False)

    ordered = found[column].dropna()
    assert len(found) == 120
    assert (
        ordered.is_monotonic_increasing
        if order == "oldest"
        else ordered.is_monotonic_decreasing
    )
