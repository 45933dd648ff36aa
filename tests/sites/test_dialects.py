"""What is asked of a site besides its listings, of every engine in its own words."""

import re
from dataclasses import replace
from functools import partial

import httpx
import pytest

from booru_nb import errors, http, search
from booru_nb.drawn.pictures.shelf import facts_of
from booru_nb.drawn.serving import serve
from booru_nb.post import Rating
from booru_nb.search import Question
from booru_nb.search.plan import plan
from booru_nb.sites import Login
from tests.support.dialects import (
    ALL,
    Dialect,
    crawl,
    demo,
    shown,
    standing,
    told,
    with_login,
)
from tests.support.web import on_a_loop

ODD = re.compile(r"[^a-z0-9_]")
OTHER_CATEGORIES: dict[str, dict[str, str | None]] = {
    "philomena": {"rust_&_rain": "content-official"},
    "shimmie2": dict.fromkeys(
        ("sky", "paper_moon", "rust_&_rain", "miso_(cats_of_the_quay)")
    ),
}
"""Categories that have another name, or none."""
each_dialect = pytest.mark.parametrize("dialect", ALL, ids=lambda d: d.name)


def with_tag(tag: str) -> list[object]:
    """Return the ids of the posts that have a tag."""
    return [n for n, tags in told("danbooru")["tags"].items() if tag in tags.split()]


def is_prefixed(dialect: Dialect, tag: str) -> bool:
    """Tell whether a dialect has a prefix for a tag."""
    return dialect.engine == "philomena" and tag == "paper_moon"


@each_dialect
def test_a_file_over_a_socket_is_the_file_that_is_told(dialect: Dialect) -> None:
    """Files are fetched as the library does it, with the Referer that a site wants."""
    app = dialect.app(published=4)
    with serve(app) as url:
        site = dialect.adapter(url, allow_private=True)
        [*_, post] = crawl(site)
        policy = search.policy(site, media=True)
        wanted = app.gallery.facts(app.booru.shelf.by_id[post.id].scene)

        for address in filter(None, (post.file_url, post.preview_url)):
            request = httpx.Request("GET", address)
            answer = on_a_loop(partial(http.send, request, policy))

            assert answer.headers["content-type"].startswith("image/")
            same = facts_of(answer.content) == wanted
            assert same == (address == post.file_url)


@each_dialect
def test_the_general_rating_is_asked_for_in_the_sites_words(dialect: Dialect) -> None:
    posts = told(dialect.name)
    question = Question("", frozenset({Rating.GENERAL}), None)
    if dialect.engine == "shimmie2":
        with pytest.raises(errors.ArgumentError, match='rating="any"'):
            plan(dialect.adapter(), question, tag_limit=None)
        return

    with standing(dialect, demo(dialect)):
        site = dialect.adapter()
        found = crawl(site, plan(site, question, tag_limit=None).words)

    assert [post.id for post in found] == list(
        posts.index[posts["rating"] == "general"][::-1]
    )


@each_dialect
def test_a_tag_of_odd_letters_is_found(dialect: Dialect) -> None:
    """The same tags go back into a query as they came out of a frame."""
    posts = told(dialect.name)
    odd = {tag for tags in posts["tags"] for tag in tags.split() if ODD.search(tag)}
    with standing(dialect, demo(dialect)):
        site = dialect.adapter()
        found = {tag: [post.id for post in crawl(site, tag)] for tag in odd}

    wanted = {
        tag: [n for n, tags in posts["tags"][::-1].items() if tag in tags.split()]
        for tag in odd
    }
    assert len(odd) > 5
    assert found == wanted


@each_dialect
def test_one_post_is_the_same_as_in_a_list(dialect: Dialect) -> None:
    with standing(dialect, demo(dialect)):
        site = dialect.adapter()
        [first, *_] = crawl(site, limit=1)
        found = on_a_loop(partial(search.post, site, first.id))

    assert replace(found, categories={}) == replace(first, categories={})


@each_dialect
def test_a_post_that_there_is_not_is_not_found(dialect: Dialect) -> None:
    with (
        standing(dialect, demo(dialect)),
        pytest.raises(errors.NotFoundError, match="quay"),
    ):
        on_a_loop(partial(search.post, dialect.adapter(), 5))


@each_dialect
def test_a_post_is_found_by_its_md5_or_not_asked_for(dialect: Dialect) -> None:
    post_id, md5 = next(iter(shown(told("danbooru"))["md5"].items()))
    with standing(dialect, demo(dialect)):
        look = partial(search.post_by_md5, dialect.adapter(), md5)
        if dialect.engine in {"philomena", "szurubooru"}:
            with pytest.raises(errors.ArgumentError, match=md5):
                on_a_loop(look)
        else:
            assert on_a_loop(look).id == post_id


@each_dialect
def test_a_count_is_that_of_what_comes(dialect: Dialect) -> None:
    with standing(dialect, demo(dialect)):
        site = dialect.adapter()
        question = Question("sky", None)
        counted = on_a_loop(partial(search.count, site, question))
        found = crawl(site, "sky")

    # JSON of Gelbooru 0.2 has no count.
    assert counted == (None if dialect.name == "gelbooru02-json" else len(found))


@each_dialect
def test_a_word_goes_on_with_counts(dialect: Dialect) -> None:
    with standing(dialect, demo(dialect)):
        site = with_login(dialect.adapter())
        found = on_a_loop(partial(search.suggest, site, "lighth", limit=5))
        [first] = [s for s in found if s.tag == "lighthouse"]

    assert first.count == len(with_tag("lighthouse"))
    assert first.category in {"general", None}


@each_dialect
def test_tags_tell_their_categories(dialect: Dialect) -> None:
    names = {"sky": "general", "paper_moon": "artist", "rust_&_rain": "copyright"}
    names["miso_(cats_of_the_quay)"] = "character"
    asked = [f"artist:{n}" if is_prefixed(dialect, n) else n for n in names]
    with standing(dialect, demo(dialect)):
        site = with_login(dialect.adapter())
        found = on_a_loop(partial(search.tags, site, [*asked, "no_such_tag"]))

    told_of = {tag.tag.removeprefix("artist:"): tag.category for tag in found}
    assert told_of == (names | OTHER_CATEGORIES.get(dialect.engine, {}))


@each_dialect
def test_a_wrong_key_is_told_apart(dialect: Dialect) -> None:
    site = replace(dialect.adapter(), login=Login("demo", "wrong"))
    with standing(dialect, demo(dialect)):
        if dialect.engine == "philomena":
            # A key that is wrong is nobody's there.
            assert crawl(site, limit=1)
        else:
            with pytest.raises(errors.LoginNeededError, match="quay"):
                crawl(site, limit=1)


@each_dialect
def test_a_login_that_is_needed_is_told_apart(dialect: Dialect) -> None:
    app = dialect.app(published=5, login_needed=True)
    with standing(dialect, app):
        site = dialect.adapter()
        assert crawl(with_login(site), limit=1)
        if dialect.engine != "philomena":
            with pytest.raises(errors.LoginNeededError, match="quay"):
                crawl(site, limit=1)
