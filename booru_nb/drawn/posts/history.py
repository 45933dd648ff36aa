"""The life of the demo booru: who uploaded what and when, and what people thought."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from booru_nb.drawn.chance import Chance
from booru_nb.drawn.posts.artists import ARTISTS, Artist, shares
from booru_nb.drawn.posts.scenes import compose, variant
from booru_nb.drawn.posts.series import SERIES, Series
from booru_nb.drawn.posts.tags import describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from booru_nb.drawn.scene import Scene

COUNT = 720
SEED = 20191101
START = datetime(2019, 11, 1, 6, tzinfo=UTC)
YEARS = 6.0
FIRST_ID = 1001
UPLOADERS = (
    "tagging_teapot",
    "quayside",
    "moth_lamp",
    "sorted_drawer",
    "early_ferry",
    "ledger",
    "two_spoons",
    "rain_gauge",
    "wren_index",
    "blank_label",
)
RATINGS = {"general": 84.0, "sensitive": 8.0, "questionable": 5.0, "explicit": 3.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPost:
    """A post of the demo booru, without its picture.

    Parameters
    ----------
    id : int
        Higher ones are newer.
    scene : Scene
        What is on the picture.
    tags : mapping of str to str
        The category of each tag, sorted by tag.
    rating : str
        The word: ``general``, ``sensitive``, ``questionable`` or ``explicit``; it is
        given by chance, for every picture here is harmless.
    up_score, down_score, favorites : int
        Votes (those against are 0 or less) and how many keep it.
    source : str
        Where it is said to come from; may be empty.
    uploader : str
        One of `UPLOADERS`.
    created_at, updated_at : datetime
        In UTC.
    parent_id : int or None
        The post of which this one is a variant.
    status : str
        ``active``, ``pending``, ``flagged``, ``deleted`` or ``restricted``.
    """

    id: int
    scene: Scene
    tags: Mapping[str, str]
    rating: str
    up_score: int
    down_score: int
    favorites: int
    source: str
    uploader: str
    created_at: datetime
    updated_at: datetime
    parent_id: int | None
    status: str

    @property
    def score(self) -> int:
        """The votes for it, less those against it."""
        return self.up_score + self.down_score

    def tags_of(self, category: str) -> list[str]:
        """Return the tags of a category, sorted."""
        return [name for name, kind in self.tags.items() if kind == category]


@dataclass(frozen=True, slots=True)
class _Work:
    """A picture at the moment it is uploaded; `parent` is a place in the list."""

    when: datetime
    scene: Scene
    artist: Artist
    parent: _Work | None = None


@lru_cache(maxsize=4)
def posts(count: int = COUNT, seed: int = SEED) -> tuple[DemoPost, ...]:
    """Return the posts of the demo booru, oldest first.

    The same arguments give the same posts, on every machine.

    Parameters
    ----------
    count : int
        How many.
    seed : int
        Another one gives another booru.
    """
    works = _works(count, seed)
    numbers: dict[int, int] = {}
    chance, number = Chance(seed, "ids"), FIRST_ID
    for work in works:
        numbers[id(work)] = number
        number += 1 if chance.happens(0.93) else chance.whole(2, 5)
    made = []
    for place, work in enumerate(works):
        parent = None if work.parent is None else numbers[id(work.parent)]
        newest = len(works) - place
        made.append(_post(work, numbers[id(work)], parent, newest, seed))
    return tuple(made)


def _works(count: int, seed: int) -> list[_Work]:
    works: list[_Work] = []
    nth = 0
    while len(works) < count:
        chance = Chance(seed, "work", nth)
        nth += 1
        work = _work(chance)
        works.append(work)
        if chance.happens(0.09) and work.scene.style == "flat":
            for _ in range(chance.whole(1, 2)):
                when = work.when + timedelta(minutes=chance.whole(1, 240))
                scene = variant(chance, work.scene)
                if len(works) < count and scene not in {w.scene for w in works[-3:]}:
                    works.append(_Work(when, scene, work.artist, work))
    return sorted(works, key=lambda work: work.when)


def _work(chance: Chance) -> _Work:
    when = _moment(chance)
    artist = ARTISTS[chance.weighted(shares())]
    series = _series(chance, when.year) if chance.happens(0.36) else None
    return _Work(when, compose(chance, artist, series, when.month), artist)


def _moment(chance: Chance) -> datetime:
    """Return a moment: the booru grows over the years, and is busiest in winter."""
    while True:
        share = chance.number()
        when = START + timedelta(days=share * YEARS * 365.25)
        season = 1 + 0.25 * math.cos(
            2 * math.pi * (when.timetuple().tm_yday - 10) / 365
        )
        if chance.happens((0.25 + 0.75 * share) * season / 1.25):
            return when.replace(microsecond=chance.whole(0, 999) * 1000)


def _series(chance: Chance, year: int) -> Series:
    known = {place: s.share for place, s in enumerate(SERIES) if s.since <= year}
    return SERIES[chance.weighted(known)]


def _post(
    work: _Work, number: int, parent: int | None, newest: int, seed: int
) -> DemoPost:
    chance = Chance(seed, "post", number)
    status = _status(chance, newest)
    rating = chance.weighted(RATINGS)
    up, down, favorites = _votes(chance, work, newest)
    tags = describe(work.scene, artist=work.artist.name, banned=status == "restricted")
    edited = work.when + timedelta(hours=chance.number(0, 24 * 90) ** 1.2)
    return DemoPost(
        id=number,
        scene=work.scene,
        tags=_forgetful(chance, tags),
        rating=rating,
        up_score=up,
        down_score=down,
        favorites=favorites,
        source=_source(chance, work, number),
        uploader=chance.weighted(
            {name: 1 / (n + 1) for n, name in enumerate(UPLOADERS)}
        ),
        created_at=work.when,
        updated_at=edited.replace(microsecond=chance.whole(0, 999) * 1000),
        parent_id=parent,
        status=status,
    )


def _status(chance: Chance, newest: int) -> str:
    if newest <= 12 and chance.happens(0.5):  # noqa: PLR2004  # a dozen wait for approval
        return "pending"
    return chance.weighted(
        {"active": 94.5, "deleted": 3.2, "flagged": 1.2, "restricted": 1.1}
    )


def _votes(chance: Chance, work: _Work, newest: int) -> tuple[int, int, int]:
    liked = sum(
        thing.kind in {"cat", "fox", "robot", "lighthouse"}
        for thing in work.scene.things
    )
    fresh = math.exp(-newest / 12) * 1.2
    level = 2.3 + work.artist.fame + 0.45 * liked + 0.85 * chance.bell() - fresh
    up = int(math.exp(min(level, 6.5)))
    down = -int(math.exp(0.8 * chance.bell() - 0.4))
    return up, down, int(up * chance.number(0.5, 1.9))


def _forgetful(chance: Chance, tags: dict[str, str]) -> dict[str, str]:
    """Return the tags without the few that an uploader did not think of."""
    general = [name for name, category in tags.items() if category == "general"]
    missed = chance.sample(general, chance.whole(1, 4)) if chance.happens(0.14) else []
    return {name: kind for name, kind in tags.items() if name not in missed}


def _source(chance: Chance, work: _Work, number: int) -> str:
    name = "".join(c for c in work.artist.name if c.isascii() and c.isalnum())
    return chance.weighted(
        {
            f"https://{name}.example/works/{number * 7 % 10007}": 6.0,
            f"https://gallery.example/@{name}/{number * 31}": 3.0,
            f"Postcard set no. {number % 40}, front side": 0.6,
            "": 1.4,
        }
    )


def renumbered(post: DemoPost, number: int, **changes: object) -> DemoPost:
    """Return a post under another number, and with other changes."""
    return replace(post, id=number, **changes)  # type: ignore[arg-type]  # checked there
