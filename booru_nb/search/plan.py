"""Which part of a question a site evaluates, and which part is filtered here.

A site gets what it has words for, as far as it takes so many tags. The rest is filtered
out of its answers, with further pages fetched in place of what falls out:

- What has a colon behind a name is the site's own and stays with it, and so is a query
  with brackets or alternatives, as a whole.
- Of the tags, the rarest go to the site where their counts are known, else the first.
  A tag whose count is not known goes before the others, for it may be another name of
  one. What is negated or has a ``*`` stays here first.
- Dates go to the site a day too wide, for its days are those of its own time zone, and
  are filtered here to the moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from booru_nb.errors import ArgumentError
from booru_nb.post import Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from booru_nb.post import Post
    from booru_nb.search.question import Question
    from booru_nb.sites import Site

    Test = Callable[[Post], bool]

_OWN = re.compile(r"[-~]?[a-z_]+:\S", re.IGNORECASE)
_GROUP = re.compile(r"[-~]?[({].*|.*[)}]|or|and", re.IGNORECASE)
_TICK = timedelta(microseconds=1)
_NO_WORDS = "it has no words for this"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question.

    Attributes
    ----------
    name : str
        As it was asked.
    where : {"site", "here", "cannot"}
        Who evaluates it.
    words : str
        The site's words for it.
    why : str
        A reason, where there is one to be told.
    test : callable, optional
        What a post is filtered by here.
    """

    name: str
    where: str
    words: str = ""
    why: str = ""
    test: Test | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question is put to a site.

    Attributes
    ----------
    words : str
        The query that is sent.
    parts : list of Part
        Who evaluates what.
    """

    words: str
    parts: list[Part]

    @property
    def narrows(self) -> bool:
        """Whether something is filtered here that the site knows nothing of."""
        return any(part.where == "here" for part in self.parts)

    @property
    def filters(self) -> list[Part]:
        """The parts that a post is filtered by here."""
        return [part for part in self.parts if part.test is not None]

    def passes(self, post: Post) -> bool:
        """Tell whether a post has all that is filtered here."""
        return all(part.test(post) for part in self.parts if part.test is not None)


def plan(
    site: Site,
    question: Question,
    *,
    tag_limit: int | None,
    counts: Mapping[str, int] | None = None,
    slack: timedelta = DAY,
) -> Plan:
    """Return how a question is put to a site.

    Parameters
    ----------
    site : Site
        Who is asked.
    question : Question
        What for.
    tag_limit : int or None
        How many tags the site takes; None for any number.
    counts : Mapping of str to int, optional
        How many posts have a tag, as far as that is known.
    slack : timedelta
        How much too wide the site is asked for dates.

    Raises
    ------
    ArgumentError
        If the question has a part that can be evaluated neither there nor here.
    """
    wished = _wished(site, question, slack)
    room = None if tag_limit is None else tag_limit - _costs(site, wished)
    tags = _tags(site, question.query, room, counts or {})
    words = " ".join(tag.words for tag in tags if tag.words)
    for part in wished:
        if part.where == "cannot":
            raise ArgumentError(part.why)
        words = site.with_words(words, part.words)
    return Plan(words, [*tags, *wished])


def parts(
    site: Site,
    question: Question,
    *,
    tag_limit: int | None,
    counts: Mapping[str, int] | None = None,
) -> list[Part]:
    """Return who evaluates which part of a question, what nobody can included."""
    wished = _wished(site, question, DAY)
    room = None if tag_limit is None else tag_limit - _costs(site, wished)
    return [*_tags(site, question.query, room, counts or {}), *wished]


def competing(site: Site, question: Question, tag_limit: int) -> list[str]:
    """Return the plain tags of a question, if the site does not take all of it."""
    made = parts(site, question, tag_limit=tag_limit)
    if all(part.where != "here" or part.words for part in made):
        return []
    terms = site.terms(question.query)
    plain = [t.lower() for t in terms if not _OWN.match(t) and t[0] not in "-~"]
    return [term for term in plain if "*" not in term]


def _wished(site: Site, question: Question, slack: timedelta) -> list[Part]:
    """Return the parts of a question that are no tags."""
    return [
        *_order(site, question),
        *_bounds(site, question),
        *_dates(site, question, slack),
        *_rating(site, question),
    ]


def _costs(site: Site, asked: Iterable[Part]) -> int:
    return sum(_cost(site, word) for part in asked for word in part.words.split())


def _cost(site: Site, word: str) -> int:
    """Return how many tags a word counts for."""
    free = site.language.free
    if not _OWN.match(word):
        return 1
    return int(free is not None and word.lstrip("-~").split(":")[0].lower() not in free)


def _tags(
    site: Site, query: str, room: int | None, counts: Mapping[str, int]
) -> list[Part]:
    terms = site.terms(query)
    if room is None or is_grouped(terms):
        return [Part(term, "site", term) for term in terms]
    fixed = [t for t in terms if _OWN.match(t) or t[0] == "~"]
    room -= sum(_cost(site, term) for term in fixed)
    loose = [term for term in terms if term not in fixed]
    loose = sorted(dict.fromkeys(loose), key=lambda term: _rank(term, counts))
    sent = {*fixed, *loose[: max(room, 0)]}
    limit = f"{site.name} takes no further tag"
    return [
        Part(term, "site", term)
        if term in sent
        else Part(term, "here", why=limit, test=_tag_test(term))
        for term in terms
    ]


def is_grouped(terms: Iterable[str]) -> bool:
    """Tell whether a query has brackets or alternatives, which only the site knows."""
    return any(_GROUP.fullmatch(term) and not _named(term) for term in terms)


def _named(term: str) -> bool:
    """Tell whether the brackets of a term are those of a tag's name."""
    return term.count("(") == term.count(")") > 0 and term.lstrip("-~")[0] not in "({"


def _rank(term: str, counts: Mapping[str, int]) -> tuple[int, int]:
    return ("*" in term) + 2 * (term[0] == "-"), counts.get(term.lower(), 0)


def _tag_test(term: str) -> Test:
    negated = term[0] == "-"
    name = term.removeprefix("-").casefold()
    if "*" in name:
        pieces = map(re.escape, name.split("*"))
        fits = re.compile(".*".join(pieces), re.DOTALL).fullmatch
        return lambda post: negated != any(fits(t.casefold()) for t in post.tags)
    return lambda post: negated != any(t.casefold() == name for t in post.tags)


def _order(site: Site, question: Question) -> list[Part]:
    order = question.wishes.order
    if order is None:
        return []
    name = f"order={order}"
    if order == "newest":
        return [Part(name, "site", why="its own order")]
    words = site.language.orders.get(order)
    if words:
        return [Part(name, "site", words)]
    known = ", ".join(["newest", *site.language.orders])
    why = f"{site.name} cannot be asked for the order {order!r}. It has: {known}."
    return [Part(name, "cannot", why=why)]


def _bounds(site: Site, question: Question) -> list[Part]:
    """Return the parts about score and kind of media."""
    wishes, language = question.wishes, site.language
    made: list[Part] = []
    if wishes.min_score is not None:
        name = f"min_score={wishes.min_score}"
        if "score" in language.lacks:
            why = f"{site.name} has no scores. Leave min_score out."
            made.append(Part(name, "cannot", why=why))
        else:
            words = language.score.format(wishes.min_score)
            made.append(_evaluated(name, words, wishes.has_score))
    if wishes.media is not None:
        words = language.media.get(wishes.media, "")
        made.append(_evaluated(f"media={wishes.media}", words, wishes.has_media))
    return made


def _evaluated(name: str, words: str, test: Test) -> Part:
    if words:
        return Part(name, "site", words)
    return Part(name, "here", why=_NO_WORDS, test=test)


def _dates(site: Site, question: Question, slack: timedelta) -> list[Part]:
    wishes, language = question.wishes, site.language
    made: list[Part] = []
    if wishes.after is not None:
        first = wishes.after.astimezone(UTC) - slack
        name = f"after={_plain(wishes.after)}"
        made.append(_date(name, first, language.after, wishes.is_late_enough))
    if wishes.before is not None:
        # The day behind the last one, of which a part may be meant.
        last = wishes.before.astimezone(UTC) + slack + DAY - _TICK
        name = f"before={_plain(wishes.before)}"
        made.append(_date(name, last, language.before, wishes.is_early_enough))
    return made


def _plain(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}".removesuffix(" 00:00")


def _date(name: str, day: datetime, template: str, test: Test) -> Part:
    if not template:
        return Part(name, "here", why=_NO_WORDS, test=test)
    why = "a day too wide there, to the moment here"
    return Part(name, "site", template.format(day.date().isoformat()), why, test)


def _rating(site: Site, question: Question) -> list[Part]:
    ratings = question.ratings
    if ratings is None or site.names_rating(question.query):
        return []
    name = f"rating={','.join(r for r in Rating if r in ratings)}"
    try:
        words = site.rating_words(ratings)
    except ArgumentError as error:
        return [Part(name, "cannot", why=str(error))]
    return [Part(name, "site", words, test=lambda post: post.rating in ratings)]
