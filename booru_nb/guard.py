"""The one rule that is not an option: sexual pictures of minors have no place here.

A post is withheld, which means that it is never shown, stored, counted or exported,

- if it joins a sexual rating (questionable, explicit; a missing one counts as
  sexual here) with a tag that codes a minor, or
- at any rating, if a tag by itself means sexualised minors.

Tags are compared NFKC-normalised and case-folded, without what cannot be seen, with
blanks and hyphens as underscores, both as a whole and by their bracketed qualifier:
``name_(child)`` is ``child``. Quotes and commas around a name do not hide it. Where the
aliases and implications of a site are known (`learn`), a tag there also says what they
make of it. The rule acts where posts enter (adapter, frame, import, file) and again at
grid, statistics and export.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from booru_nb.post import Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from booru_nb.post import Post

MILD = frozenset({Rating.GENERAL.value, Rating.SENSITIVE.value})

MINOR = frozenset(
    """
    adolescent aged_down baby babies boy_child child child_on_child children cub cubs
    elementary_school_student elementary_schooler elementary_student female_child
    foal girl_child grade_schooler gradeschooler infant infants juvenile
    kindergarten kindergartener kindergartner kid kids little_boy little_girl
    male_child middle_school_student middle_schooler minor minors newborn
    preteen pre_teen preteens schoolchild teen teenage teenage_boy
    teenage_girl teenager teens toddler toddlers tween tweens underage underaged
    very_young young young_boy young_child young_female young_girl young_male
    younger_female younger_male youngster
    """.strip().split()
)
"""Tags that code a minor."""

ALWAYS = frozenset(
    """
    child_porn child_pornography cp cunny jailbait kodocon lolicon loli lolidom
    lolisho rori shota shotacon shotadom straight_shota toddlercon
    """.strip().split()
)
"""Tags that by themselves mean sexualised minors."""

_EDGES = "_.:!?\"'`*~<>[]{}"
# What is written like this means itself and nothing else.
_PLAIN = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_QUALIFIER = re.compile(r"^(.*?)_*\(([^()]*)\)$")


_Meant = dict[str, dict[str, frozenset[str]]]

_LEARNT: WeakKeyDictionary[object, _Meant] = WeakKeyDictionary()

_MEANT: _Meant = {}
"""What was learnt, of all who said so; replaced as a whole, and never changed."""


def withheld(
    rating: str | None, tags: Iterable[str], *, site: str | None = None
) -> bool:
    """Tell whether a post of this rating with these tags is withheld.

    Parameters
    ----------
    rating : str or None
        A `Rating`, or None where unknown, which counts as sexual here.
    tags : iterable of str
        All its tags, as the site writes them or after aliases.
    site : str, optional
        The site whose tags they are, so that they also say what was learnt of it.

    Returns
    -------
    bool
        True if the post must not be shown, stored, counted or exported.
    """
    allowed = _Says.MINOR if rating in MILD else _Says.NOTHING
    known = meanings(site)
    if known:
        tags = (word for tag in tags for word in (tag, *known.get(tag, ())))
    return max(map(_says, tags), default=allowed) > allowed


def withholds(post: Post) -> bool:
    """Tell whether a post is withheld."""
    return withheld(post.rating, post.tags, site=post.site)


def learn(owner: object, by_site: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
    """Have tags say what a site's aliases and implications make of them, too.

    Parameters
    ----------
    owner : object
        Who says so. What it has said before is replaced, and it is forgotten when the
        owner is gone, or with `forget`.
    by_site : Mapping of str to Mapping of str to iterable of str
        For each site the tags that mean others which say something, and these.
    """
    _LEARNT[owner] = {
        site: {tag: frozenset(words) for tag, words in said.items()}
        for site, said in by_site.items()
        if said
    }
    _join()


def forget(owner: object) -> None:
    """Forget what someone has had learnt."""
    if _LEARNT.pop(owner, None):
        _join()


def meanings(site: str | None) -> Mapping[str, frozenset[str]]:
    """Return the tags of a site that by what was learnt mean others, and these."""
    return _NONE if site is None else _MEANT.get(site, _NONE)


_NONE: Mapping[str, frozenset[str]] = MappingProxyType({})


def _join() -> None:
    """Put together what all owners have said."""
    global _MEANT  # noqa: PLW0603 - who reads it must find it whole
    joined: _Meant = {}
    for by_site in list(_LEARNT.values()):
        for site, said in by_site.items():
            here = joined.setdefault(site, {})
            for tag, words in said.items():
                here[tag] = here.get(tag, frozenset()) | words
    _MEANT = joined


class _Says(IntEnum):
    """What a tag says about the rule."""

    NOTHING = 0
    MINOR = 1
    ALWAYS = 2


# A crawl meets the same tags again and again; the vocabulary of a large booru fits.
@lru_cache(maxsize=1 << 18)
def _says(tag: str) -> _Says:
    names = _names(tag)
    if not ALWAYS.isdisjoint(names):
        return _Says.ALWAYS
    return _Says.NOTHING if MINOR.isdisjoint(names) else _Says.MINOR


def _names(tag: str) -> set[str]:
    """Return what a tag says: itself, and each of its bracketed qualifiers."""
    return {tag} if _PLAIN.fullmatch(tag) else _names_within(tag)


def _names_within(tag: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", tag).casefold()
    seen = "".join(c for c in plain if c.isprintable() or c.isspace())
    names: set[str] = set()
    for part in re.split(r"[,;|]", seen):
        name = re.sub(r"[\s\-_]+", "_", part).strip(_EDGES)
        names.add(name)
        while match := _QUALIFIER.match(name):
            name, qualifier = match[1].strip(_EDGES), match[2].strip(_EDGES)
            names |= {name, qualifier}
    return names
