"""What holds for the adapter of every engine."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booru_nb import errors
from booru_nb.post import Rating
from booru_nb.sites import ENGINES, PRESETS, Login, Page, Site
from tests.support.mutation import broken
from tests.support.said import HOST, recorded, said

SITES = [engine(name="quay", url=HOST) for engine in ENGINES.values()]
BODIES = {name: recorded(name) for name in ENGINES}
each_site = pytest.mark.parametrize("site", SITES, ids=lambda site: site.engine)


def read(site: Site, name: str, answer: httpx.Response) -> object:
    """Read an answer by the reader that its name asks for."""
    if name.startswith("posts"):
        return site.read_posts(answer, query="")
    readers = {
        "suggestions": site.read_suggestions,
        "tags": site.read_tags,
        "count": site.read_count,
    }
    return readers[name.partition("_")[0]](answer)


def page(site: Site, name: str = "posts") -> Page:
    return site.read_posts(said(BODIES[site.engine][name]), query="")


@each_site
def test_an_engine_has_one_module_and_one_file_of_answers(site: Site) -> None:
    tests = Path(__file__).parent

    assert type(site).__module__ == f"booru_nb.sites.{site.engine}"
    assert (tests / "answers" / f"{site.engine}.json").exists()
    assert (tests / f"test_{site.engine}.py").exists()


@each_site
def test_what_was_recorded_is_read(site: Site) -> None:
    for name, body in BODIES[site.engine].items():
        read(site, name, said(body))


@each_site
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_answer_gone_wrong_is_read_or_an_error_of_ours(
    site: Site, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(BODIES[site.engine])))
    body = data.draw(broken(BODIES[site.engine][name]))
    status = data.draw(st.sampled_from([200, 200, 200, 404, 422, 500]))

    with suppress(errors.BooruError):
        read(site, name, said(body, status=status))


@each_site
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_one_post_gone_wrong_is_read_or_an_error_of_ours(
    site: Site, data: st.DataObject
) -> None:
    body = data.draw(broken(BODIES[site.engine]["posts"]))

    with suppress(errors.BooruError):
        site.read_post(said(body, asked=site.post(5)))


@each_site
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.text(max_size=30), number=st.integers(0, 10**9))
def test_any_query_makes_a_request(site: Site, query: str, number: int) -> None:
    site.names_rating(query)
    request = site.search(query, cursor=f"b{number}", limit=10)

    assert request.url.host == "booru.example.org"
    site.suggest(query, limit=5)
    site.count(query)


@each_site
def test_a_listing_goes_on_below_its_lowest_id(site: Site) -> None:
    first = page(site)
    request = site.search("fog", cursor=first.cursor, limit=10)
    number = min(post.id for post in first.posts)

    assert first.cursor == f"b{number}"
    assert {str(number), f"b{number}", f"..{number - 1}"} & {
        part for value in request.url.params.values() for part in cut(value)
    }


def cut(value: str) -> list[str]:
    """Return the parts of a query that may be a number."""
    for sign in ("id:<", "id.lt:", "id<", "id:"):
        value = value.replace(sign, " ")
    return value.split()


@each_site
def test_no_more_than_a_page_is_asked_for(site: Site) -> None:
    params = site.search("fog", limit=10_000).url.params

    assert str(site.page_size) in {params.get("limit"), params.get("per_page")}


@each_site
def test_tags_are_asked_for_in_batches(site: Site) -> None:
    with pytest.raises(errors.ArgumentError, match="quay can be asked for 1 to"):
        site.tags([f"tag_{n}" for n in range(site.tag_batch + 1)])


@each_site
def test_a_withheld_post_counts_and_is_not_there(site: Site) -> None:
    found = page(site, "posts_withheld")

    assert (found.count, found.cursor) == (page(site).count, page(site).cursor)
    assert [post.id for post in found.posts] == [
        post.id for n, post in enumerate(page(site).posts) if n != 1
    ]


@each_site
def test_a_login_is_in_no_repr(site: Site) -> None:
    known: dict[str, Any] = {"name": "quay", "url": HOST}
    with_login = type(site)(**known, login=Login("somebody", "hidden"))

    assert "hidden" not in repr(with_login)
    assert "somebody" not in repr(with_login)
    assert "hidden" not in repr(with_login.login)


@pytest.mark.parametrize(
    "site",
    [site for site in SITES if site.engine != "shimmie2"],
    ids=lambda site: site.engine,
)
def test_a_query_with_ratings_names_a_rating(site: Site) -> None:
    assert site.names_rating(site.with_ratings("fog", {Rating.GENERAL}))


def test_known_sites_have_one_name_each_and_a_pace() -> None:
    names = [site.name for site in PRESETS]

    assert len(set(names)) == len(names)
    assert all(site.rate and site.rate <= 2 for site in PRESETS)
    assert all(site.url.startswith("https://") for site in PRESETS)
    assert {site.engine for site in PRESETS} <= set(ENGINES)
