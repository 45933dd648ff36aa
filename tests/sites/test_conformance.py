"""One booru, eight dialects: the same posts come, but for what a dialect cannot say."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
import pytest

from booru_nb.drawn.posts.history import UPLOADERS
from booru_nb.drawn.posts.people import user_id
from booru_nb.schemas import POSTS
from tests.support.dialects import HIDDEN, OTHERS, Dialect, shown, told

TAGS = frozenset({"artist", "character", "copyright", "general", "meta"})
URLS = ("preview_url", "sample_url", "file_url")
COMPARED = [c for c in POSTS if c not in {"id", "md5", "post_url", *URLS}]
NAMES = {str(user_id(name)): name for name in UPLOADERS}
RATINGS = {"general": "safe", "sensitive": "suggestive"}


def as_philomena(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts with a prefix for their artists, and their rating as a tag."""
    rating = posts["rating"].replace(RATINGS)
    artist = "artist:" + posts["artist"]
    rest = [
        {*tags.split(), f"artist:{name}", word} - {name}
        for tags, name, word in zip(posts["tags"], posts["artist"], rating, strict=True)
    ]
    tags = [" ".join(sorted(names)) for names in rest]
    return posts.assign(tags=tags, artist=artist, other="rating:" + rating)


def without_zero(posts: pd.DataFrame) -> pd.DataFrame:
    """Return posts whose score is missing where it is 0."""
    return posts.assign(score=posts["score"].mask(posts["score"] == 0))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a dialect cannot say, or says otherwise than Danbooru.

    Attributes
    ----------
    missing : frozenset of str
        Columns that are missing; those of tags are empty.
    unlisted : frozenset of str
        The statuses of posts that are not listed.
    active : frozenset of str
        Statuses that are said to be active.
    ratings : dict of str to str
        Ratings that are said to be another one.
    names : bool
        Whether uploaders have names, which Danbooru's listing does not say.
    whole_seconds : bool
        Whether times have no parts of a second.
    otherwise : callable
        Changes what else is different.
    """

    missing: frozenset[str]
    unlisted: frozenset[str] = HIDDEN
    active: frozenset[str] = frozenset()
    ratings: dict[str, str] = field(default_factory=dict)
    names: bool = True
    whole_seconds: bool = True
    otherwise: Callable[[pd.DataFrame], pd.DataFrame] = lambda posts: posts


UNKNOWN = frozenset({"pending", "flagged"})
THREE = {"sensitive": "general"}
GELBOORU = TAGS | {"favorites", "file_size"}
LIMITS = {
    "e621": Limits(
        missing=frozenset(),
        unlisted=frozenset({"deleted"}),
        ratings=THREE,
        whole_seconds=False,
    ),
    "gelbooru": Limits(missing=GELBOORU),
    "gelbooru-xml": Limits(missing=GELBOORU),
    "gelbooru02": Limits(
        missing=GELBOORU, ratings=THREE, names=False, otherwise=without_zero
    ),
    "gelbooru02-json": Limits(
        missing=GELBOORU | {"created_at", "md5"}, ratings=THREE, otherwise=without_zero
    ),
    "moebooru": Limits(
        missing=frozenset({"favorites"}), unlisted=frozenset(), ratings=THREE
    ),
    "philomena": Limits(
        missing=(TAGS - {"artist"}) | {"md5", "parent_id"},
        active=UNKNOWN,
        otherwise=as_philomena,
    ),
    "szurubooru": Limits(
        missing=frozenset({"parent_id", "sample_url"}),
        active=UNKNOWN,
        ratings=THREE,
        whole_seconds=False,
    ),
    "shimmie2": Limits(
        missing=GELBOORU | {"rating", "score", "parent_id", "sample_url"},
        active=UNKNOWN,
    ),
}
"""What each dialect leaves out or changes."""


def expected(limits: Limits) -> pd.DataFrame:
    """Return what a dialect is to tell: what Danbooru's does, within its limits."""
    meant = told("danbooru")
    posts = meant[~meant["status"].isin(limits.unlisted)].copy()
    active = dict.fromkeys(limits.active, "active")
    posts["status"] = posts["status"].astype(str).replace(active)
    posts["rating"] = posts["rating"].astype(str).replace(limits.ratings)
    if limits.names:
        posts["uploader"] = posts["uploader"].map(NAMES)
    if limits.whole_seconds:
        posts["created_at"] = posts["created_at"].dt.floor("s")
    posts = limits.otherwise(posts)
    blank = {c: "" if c in TAGS else None for c in limits.missing}
    return posts.assign(**blank)


each_other = pytest.mark.parametrize("dialect", OTHERS, ids=lambda d: d.name)


@each_other
def test_the_same_posts_come(dialect: Dialect) -> None:
    wanted = expected(LIMITS[dialect.name]).index

    assert list(told(dialect.name).index) == list(wanted)


@each_other
@pytest.mark.parametrize("column", COMPARED)
def test_each_column_says_the_same(dialect: Dialect, column: str) -> None:
    found = told(dialect.name)[column].astype(object)
    wanted = expected(LIMITS[dialect.name])[column].astype(object)

    assert found.where(found.notna(), None).to_dict() == (
        wanted.where(wanted.notna(), None).to_dict()
    )


@each_other
def test_each_file_is_told_by_the_same_md5(dialect: Dialect) -> None:
    found = shown(told(dialect.name))["md5"].astype(object)
    wanted = shown(expected(LIMITS[dialect.name]))["md5"].astype(object)

    assert found.where(found.notna(), None).to_dict() == (
        wanted.where(wanted.notna(), None).to_dict()
    )


@each_other
@pytest.mark.parametrize("column", URLS)
def test_each_picture_has_an_address(dialect: Dialect, column: str) -> None:
    found = shown(told(dialect.name))[column]
    wanted = shown(expected(LIMITS[dialect.name]))[column]

    # Engines that have a sample only where it is smaller say none in its place.
    if column != "sample_url" or "sample_url" in LIMITS[dialect.name].missing:
        assert list(found.notna()) == list(wanted.notna())
    else:
        assert found.notna().any()


@each_other
def test_no_picture_of_a_hidden_post_has_an_address(dialect: Dialect) -> None:
    posts = told(dialect.name)
    hidden = posts[posts["status"].isin(HIDDEN)]

    assert hidden[list(URLS)].isna().all(axis=None)
