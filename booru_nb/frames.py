"""Posts and rows as DataFrames, and any DataFrame as posts.

What comes in may be whatever pandas makes of a frame of ours: concatenated, merged,
read back from a CSV or Parquet file, with object columns, ``pd.NA`` and whole floats as
ids. What goes out follows `booru_nb.schemas` to the dtype, without the posts that
`booru_nb.guard` withholds.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.columns import cast, formed, missing, own
from booru_nb.errors import FrameError
from booru_nb.guard import withheld, withholds
from booru_nb.post import Category, Post, Rating, Status
from booru_nb.schemas import BOOKMARKS, OUTCOME, POST_TAGS, POSTS, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from booru_nb.schemas import Schema

_CATEGORIES = tuple(str(c) for c in Category)
_PLAIN = tuple(c for c in POSTS if c not in {"also_on", "tags", "other", *_CATEGORIES})


def from_columns(
    columns: Mapping[str, Sequence[Any]], schema: Schema = POSTS
) -> pd.DataFrame:
    """Return columns of plain values as a frame of a schema.

    Parameters
    ----------
    columns : Mapping of str to sequence
        All of one length; None where missing; times as datetimes or as microseconds
        since 1970 in UTC. Columns that the mapping lacks are left out.
    schema : Schema
        One of `booru_nb.schemas`.

    Returns
    -------
    DataFrame
        With a default index.
    """
    return pd.DataFrame(
        {
            name: cast(name, pd.Series(columns[name], dtype=object), dtype)
            for name, dtype in schema.items()
            if name in columns
        }
    )


def from_rows(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Return rows of plain values as a frame, each column of the dtype that fits it.

    Whole numbers become int64, or Int64 where some are missing, real ones float64, text
    str; a column that is mixed, or has no values, stays object. Names may be double.
    """
    lists: Iterable[Sequence[Any]] = (
        zip(*rows, strict=True) if rows else ([] for _ in names)
    )
    columns = [_fitting(pd.Series(values, dtype=object)) for values in lists]
    frame = pd.DataFrame(dict(enumerate(columns)), columns=range(len(names)))
    frame.columns = pd.Index(names, dtype=object)
    return frame


def _fitting(values: pd.Series[Any]) -> pd.Series[Any]:
    kinds = {type(value) for value in values} - {type(None)}
    if kinds == {int}:
        return values.astype("Int64" if values.isna().any() else "int64")
    if kinds in ({float}, {float, int}):
        return values.astype("float64")
    return values.astype("str") if kinds == {str} else values


def from_posts(posts: Iterable[Post]) -> pd.DataFrame:
    """Return posts as a frame of the schema `POSTS`, in their order.

    Posts that the guard withholds are left out.
    """
    rows = [_row(post) for post in posts if not withholds(post)]
    return from_columns({name: [row[name] for row in rows] for name in POSTS})


def _row(post: Post) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(post, name) for name in _PLAIN}
    groups: dict[str, list[str]] = {name: [] for name in (*_CATEGORIES, "other")}
    for tag in post.tags:
        category = post.categories.get(tag)
        if category in groups:
            groups[category].append(tag)
        elif category is not None:
            groups["other"].append(f"{category}:{tag}")
    row |= {name: " ".join(sorted(tags)) for name, tags in groups.items()}
    row["tags"] = " ".join(post.tags)
    row["also_on"] = " ".join(post.also_on)
    return row


def conform(frame: pd.DataFrame, *, site: str | None = None) -> pd.DataFrame:
    """Return any frame of posts in the schema `POSTS`.

    Parameters
    ----------
    frame : DataFrame
        With a column ``id``, and ``site`` unless it is given here. Other columns of
        the schema are used where they are there. The frame is not changed.
    site : str, optional
        The site of all rows; it replaces a column ``site``.

    Returns
    -------
    DataFrame
        The columns of the schema, then the frame's further ones, with those of a
        bookmark as their dtypes; its index. Rows that the guard withholds are left out.
        An md5, an extension or an address that is none is missing.

    Raises
    ------
    FrameError
        If a column is missing or holds what it may not; the message names it.
    """
    check(frame, site=site)
    frame = _without_outcomes(frame)
    known = {
        name: formed(name, cast(name, frame[name], dtype))
        if name in frame.columns
        else missing(name, frame.index, dtype)
        for name, dtype in POSTS.items()
        if not (name == "site" and site is not None)
    }
    if site is not None:
        known["site"] = pd.Series(site, index=frame.index, dtype="str")
    if (known["site"].isna() | (known["site"].str.strip() == "")).any():
        raise FrameError("The column 'site' has missing values; each row needs one.")
    known["tags"] = _all_tags(known)
    extra = {
        name: own(name, frame[name], BOOKMARKS[name])
        if name in BOOKMARKS
        else frame[name]
        for name in frame.columns
        if name not in POSTS
    }
    whole = pd.DataFrame({**{n: known[n] for n in POSTS}, **extra}, index=frame.index)
    whole.attrs = dict(frame.attrs)
    return allowed(whole)


def _without_outcomes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of downloads without its `status`, which is none of posts."""
    if list(frame.columns).count("status") != 1:
        return frame
    said = set(frame["status"].dropna())
    outcomes = bool(said) and said <= set(OUTCOME.categories)
    return frame.drop(columns="status") if outcomes else frame


def check(frame: pd.DataFrame, *, site: str | None = None) -> None:
    """Raise a `FrameError` if a frame cannot be one of posts, by its columns alone."""
    if not isinstance(frame, pd.DataFrame):
        raise FrameError(f"A DataFrame of posts is needed, not {type(frame).__name__}.")
    if isinstance(frame.columns, pd.MultiIndex):
        raise FrameError("A DataFrame of posts has one level of columns, not several.")
    if "id" not in frame.columns or (site is None and "site" not in frame.columns):
        lacking = "id" if "id" not in frame.columns else "site"
        hint = " Or say which: bn.posts(df, site='danbooru')." * (lacking == "site")
        raise FrameError(f"The DataFrame has no column {lacking!r}.{hint}")
    doubles = frame.columns[frame.columns.duplicated()]
    if len(doubles):
        raise FrameError(f"The DataFrame has two columns {doubles[0]!r}.")


def allowed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of posts without the rows that the guard withholds."""
    # Most frames have no tag that could withhold a post, whatever its rating.
    if not withheld(None, set(" ".join(frame["tags"]).split())):
        return frame
    ratings = frame["rating"].astype(object).where(frame["rating"].notna(), None)
    tags = frame["tags"].str.split(" ")
    keep = [not withheld(r, t) for r, t in zip(ratings, tags, strict=True)]
    return frame if all(keep) else frame[keep]


def _all_tags(columns: Mapping[str, pd.Series[Any]]) -> pd.Series[Any]:
    """Return the tags of each row, those of the category columns included, sorted."""
    joined = columns["other"].str.replace(r"(^| )[^: ]*:", r"\1", regex=True)
    for name in ("tags", *_CATEGORIES):
        joined = joined + " " + columns[name]
    rows = [" ".join(sorted(set(text.split()))) for text in joined]
    return pd.Series(rows, index=joined.index, dtype="str")


def with_categories(frame: pd.DataFrame, posts: Sequence[Post]) -> pd.DataFrame:
    """Return a frame of posts whose tags stand under the categories of these posts.

    Parameters
    ----------
    frame : DataFrame
        Of the schema `POSTS`. It is not changed.
    posts : sequence of Post
        Its rows, with what is known of their tags by now.
    """
    names = (*_CATEGORIES, "other")
    rows = [_row(post) for post in posts]
    new = from_columns({name: [row[name] for row in rows] for name in names})
    return frame.assign(**{name: new[name].set_axis(frame.index) for name in names})


def post_tags(frame: pd.DataFrame) -> pd.DataFrame:
    """Return which post of any frame of posts has which tag.

    Returns
    -------
    DataFrame
        Of the schema `POST_TAGS`, in the order of the frame, then by tag.

    Raises
    ------
    FrameError
        As `conform` does.
    """
    pairs = [
        (post.site, post.id, tag, post.categories.get(tag))
        for post in to_posts(frame)
        for tag in post.tags
    ]
    columns = list(zip(*pairs, strict=True)) or [()] * len(POST_TAGS)
    return from_columns(dict(zip(POST_TAGS, columns, strict=True)), POST_TAGS)


def tag_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the tags of any frame of posts, the most frequent first.

    A post that stands there twice counts once; equally frequent tags come by name.

    Returns
    -------
    DataFrame
        Of the schema `TAGS`.

    Raises
    ------
    FrameError
        As `conform` does.
    """
    posts = {post.key: post for post in to_posts(frame)}
    counts = Counter(
        (tag, post.categories.get(tag)) for post in posts.values() for tag in post.tags
    )
    ranked = sorted(counts.items(), key=lambda c: (-c[1], c[0][0], c[0][1] or ""))
    columns: dict[str, list[Any]] = {
        "tag": [tag for (tag, _), _ in ranked],
        "category": [category for (_, category), _ in ranked],
        "count": [count for _, count in ranked],
    }
    return from_columns(columns, TAGS)


def to_posts(frame: pd.DataFrame, *, site: str | None = None) -> list[Post]:
    """Return the rows of any frame of posts as posts, in their order.

    Raises
    ------
    FrameError
        As `conform` does.
    """
    whole = conform(frame, site=site)
    plain = whole[list(POSTS)].astype(object)
    plain = plain.where(plain.notna(), None)
    return [_post(dict(zip(POSTS, row, strict=True))) for row in plain.to_numpy()]


def _post(row: dict[str, Any]) -> Post:
    categories = {t: name for name in _CATEGORIES for t in row[name].split()}
    for token in row["other"].split():
        category, _, tag = token.partition(":")
        categories[tag] = category
    fields = {name: row[name] for name in _PLAIN}
    fields["rating"] = Rating(row["rating"]) if row["rating"] else None
    fields["status"] = Status(row["status"]) if row["status"] else None
    created = row["created_at"]
    fields["created_at"] = created.to_pydatetime() if created is not None else None
    return Post(
        **fields,
        tags=tuple(row["tags"].split()),
        also_on=tuple(row["also_on"].split()),
        categories=categories,
    )
