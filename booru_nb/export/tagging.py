"""The tags of posts, changed, and put back under their categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from booru_nb.export.checks import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_COLUMNS = (*CATEGORIES, "other")


def categories_of(word: str) -> tuple[str, str | None]:
    """Return a tag that may have its category before it, and this category."""
    category, colon, tag = word.partition(":")
    if colon and tag and category in CATEGORIES:
        return tag, category
    return word, None


def known_categories(posts: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the category of each tag that has one, by site.

    Those of a site's own are there by its own words.
    """
    found: dict[str, dict[str, str]] = {}
    for name in CATEGORIES:
        for site, text in set(zip(posts["site"], posts[name], strict=True)):
            known = found.setdefault(site, {})
            for tag in text.split():
                known.setdefault(tag, name)
    # Sorted, since a tag may stand in two of them.
    for site, text in sorted(set(zip(posts["site"], posts["other"], strict=True))):
        for token in text.split():
            category, _, tag = token.partition(":")
            found.setdefault(site, {}).setdefault(tag, category)
    return found


class Tagging:
    """What is known of the categories of tags, while they are changed.

    Parameters
    ----------
    posts : DataFrame
        As they are.
    added : iterable of str
        Tags that come from nowhere, perhaps with their category: ``meta:mine``.
    """

    def __init__(self, posts: pd.DataFrame, added: Iterable[str] = ()) -> None:
        self._known = known_categories(posts)
        self._added = {tag: kind for tag, kind in map(categories_of, added) if kind}

    def rename(self, site: str, old: str, new: str) -> None:
        """Let a new name have the category of the old one, unless it has its own."""
        known = self._known.get(site, {})
        if old in known:
            known.setdefault(new, known[old])

    def category(self, site: str, tag: str) -> str | None:
        """Return the category of a tag; None where it is not known."""
        return self._known.get(site, {}).get(tag) or self._added.get(tag)

    def with_tags(
        self, posts: pd.DataFrame, rows: Sequence[Iterable[str]]
    ) -> pd.DataFrame:
        """Return posts with other tags.

        Parameters
        ----------
        posts : DataFrame
            In the schema; they are not changed.
        rows : sequence of iterable of str
            The tags of each post.
        """
        columns: dict[str, list[str]] = {name: [] for name in ("tags", *_COLUMNS)}
        for site, tags in zip(posts["site"], rows, strict=True):
            ordered = sorted(tags)
            columns["tags"].append(" ".join(ordered))
            groups = self._grouped(site, ordered)
            for name in _COLUMNS:
                columns[name].append(" ".join(groups.get(name, ())))
        made = {
            name: pd.Series(texts, index=posts.index, dtype="str")
            for name, texts in columns.items()
        }
        return posts.assign(**made)

    def _grouped(self, site: str, tags: Iterable[str]) -> Mapping[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for tag in tags:
            kind = self.category(site, tag)
            if kind in CATEGORIES:
                groups.setdefault(str(kind), []).append(tag)
            elif kind is not None:
                groups.setdefault("other", []).append(f"{kind}:{tag}")
        return groups
