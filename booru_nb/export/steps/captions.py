"""What a trainer reads of each post."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from booru_nb.errors import ArgumentError
from booru_nb.export import checks
from booru_nb.export.captions import grades, presets
from booru_nb.export.captions.making import Manner
from booru_nb.export.captions.words import counting, word
from booru_nb.export.chance import names
from booru_nb.export.checks import CATEGORIES
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from booru_nb.export.outcome import Bench

TAGS = ("count", *CATEGORIES, "unknown", "other")
"""The parts of a caption that are tags: how many are in the picture, by category,
those of no known category, and those of a site's own categories."""

GRADES = ("rating", "quality", "year")
"""The parts that are words for something else."""

ORDER = (
    *("count", "character", "copyright", "artist", "species", "general"),
    *("unknown", "other", "meta"),
)


def _preset(value: object, name: str) -> str:
    return checks.choice(*presets.PRESETS)(value, name)


def _order(value: object, name: str) -> tuple[str, ...]:
    return checks.choices(*TAGS, *GRADES, "sorted", presets.MARK)(value, name)


_kinds = checks.choices(*TAGS)


def _ratings(value: object, name: str) -> tuple[tuple[str, str], ...]:
    found = checks.pairs(value, name)
    for rating, _ in found:
        checks.choice(*presets.RATINGS)(rating, name)
    return found


def _prefixes(value: object, name: str) -> tuple[tuple[str, str], ...]:
    found = checks.pairs(value, name)
    for kind, _ in found:
        checks.choice(*TAGS)(kind, name)
    return found


def _qualities(value: object, name: str) -> tuple[str, ...]:
    count = len(presets.PERCENTILES)
    if not isinstance(value, (list, tuple)) or len(value) != count:
        checks.refuse(name, f"a list of {count} texts, the best first", value)
    return tuple(checks.text(each, name) for each in value)


def _line(value: object, name: str) -> str:
    text = checks.text(value, name).strip()
    if len(text.splitlines()) > 1:
        checks.refuse(name, "a text of one line", value)
    return text


def _separator(value: object, name: str) -> str:
    text = checks.text(value, name)
    if not text or len(f"{text}.".splitlines()) > 1:
        checks.refuse(name, "a text of one line that is not empty", value)
    return text


def _least(value: object, name: str) -> int:
    number = checks.whole(value, name)
    if number < 0:
        checks.refuse(name, "a whole number from 0 on", value)
    return number


@dataclass(frozen=True, kw_only=True)
class Captions(Step):
    """Gives each post a caption, of its tags as they are at this step."""

    name: ClassVar[str] = "captions"

    preset: str = option(_preset, "plain")
    order: tuple[str, ...] = option(_order, ORDER)
    include: tuple[str, ...] | None = option(_kinds)
    exclude: tuple[str, ...] = option(_kinds, ())
    drop: tuple[str, ...] = option(checks.tags, ())
    prefix: tuple[tuple[str, str], ...] = option(_prefixes, ())
    underscores: bool = option(checks.flag, default=False)
    escape: bool = option(checks.flag, default=False)
    trigger: str = option(_line, "")
    separator: str = option(_separator, ", ")
    keep: int = option(_least, 0)
    shuffle: bool = option(checks.flag, default=False)
    dropout: float = option(checks.share, 0.0)
    limit: int | None = option(checks.size)
    rating: bool | None = option(checks.flag)
    quality: bool | None = option(checks.flag)
    year: bool | None = option(checks.flag)
    ratings: tuple[tuple[str, str], ...] = option(
        _ratings, tuple(presets.RATINGS.items())
    )
    qualities: tuple[str, ...] = option(_qualities, presets.QUALITY)
    fallback: str = option(_line, "")
    seed: int = option(checks.whole, 0)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.include is not None and set(self.include) & set(self.exclude):
            both = min(set(self.include) & set(self.exclude))
            raise ArgumentError(f"{both!r} stands in include and in exclude.")

    def __str__(self) -> str:
        said = self.options()
        of_preset = presets.PRESETS[self.preset]
        own = {n: v for n, v in said.items() if of_preset.get(n) != v}
        return ", ".join(f"{name}={shown(value)}" for name, value in own.items())

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:
        """Return posts with captions, without those for which there are no words."""
        manner = Manner(
            trigger=self.trigger,
            separator=self.separator,
            keep=self.keep,
            shuffle=self.shuffle,
            dropout=self.dropout,
            limit=self.limit,
            seed=self.seed,
        )
        rows = zip(names(posts), self._parts(posts), strict=True)
        made = [manner.caption(name, self._wanted, parts) for name, parts in rows]
        said = pd.Series(made, index=posts.index, dtype="str")
        said = said.mask(said.str.strip() == "", self.fallback)
        brought = bench.source.brought("caption").reindex(posts.index)
        said = brought.where(brought.notna(), said)
        reasons = no_reasons(posts).mask(said == "", "no words for a caption")
        changed = int((said != "").sum())
        return judged(posts.assign(caption=said), reasons, changed=changed)

    @cached_property
    def _wanted(self) -> tuple[str, ...]:
        wanted = list(self.order)
        for name in GRADES:
            asked = getattr(self, name)
            if asked and name not in wanted:
                wanted.append(name)
            if asked is False and name in wanted:
                wanted.remove(name)
        only = TAGS if self.include is None else self.include
        gone = (set(TAGS) - set(only)) | set(self.exclude)
        return tuple(name for name in wanted if name not in gone)

    @cached_property
    def _counting(self) -> bool:
        """Whether tags that count are a part of their own, and not of a category."""
        placed = self.order if self.include is None else self.include
        return "count" in (*placed, *self.exclude)

    @cached_property
    def _by_name(self) -> frozenset[str]:
        """The parts whose tags come by name, being placed by ``sorted`` only."""
        shown = set(self.include or TAGS) - set(self.exclude) - set(self._wanted)
        return frozenset(shown if "sorted" in self._wanted else ())

    def _parts(self, posts: pd.DataFrame) -> Iterator[dict[str, list[str]]]:
        """Yield the words of each post by their parts."""
        columns = [posts[name] for name in ("tags", *CATEGORIES, "other")]
        words: dict[str, list[str]] = {
            "rating": grades.ratings(posts, dict(self.ratings)),
            "quality": grades.qualities(posts, self.qualities),
            "year": grades.years(posts),
        }
        grade_rows = zip(*words.values(), strict=True)
        say = functools.cache(self._word)
        for texts, grade in zip(zip(*columns, strict=True), grade_rows, strict=True):
            parts = self._tags(say, *texts)
            graded = zip(words, grade, strict=True)
            yield {**parts, **{name: [said] for name, said in graded if said}}

    def _tags(
        self, say: Callable[[str, str], str], tags: str, *texts: str
    ) -> dict[str, list[str]]:
        every = tags.split()
        parts = dict(zip((*CATEGORIES, "other"), map(str.split, texts), strict=True))
        parts["other"] = [token.partition(":")[2] for token in parts["other"]]
        said = {tag for found in parts.values() for tag in found}
        parts["unknown"] = [tag for tag in every if tag not in said]
        if self._counting:
            counts = {tag for tag in every if counting(tag)}
            parts = {n: [t for t in f if t not in counts] for n, f in parts.items()}
            parts["count"] = sorted(counts, key=_counted)
        words = {
            name: [known for tag in found if (known := say(name, tag))]
            for name, found in parts.items()
            if name in self._wanted
        }
        if self._by_name:
            kinds = {tag: n for n in self._by_name for tag in parts.get(n, ())}
            named = [say(kinds[tag], tag) for tag in every if tag in kinds]
            words["sorted"] = [known for known in named if known]
        return words

    def _word(self, kind: str, tag: str) -> str:
        """Return what a caption says for a tag; empty where it says nothing."""
        if self._dropped is not None and self._dropped.fullmatch(tag):
            return ""
        said = word(tag, underscores=self.underscores, escape=self.escape)
        return f"{self._prefix_of.get(kind, '')}{said}"

    @cached_property
    def _prefix_of(self) -> dict[str, str]:
        return dict(self.prefix)

    @cached_property
    def _dropped(self) -> re.Pattern[str] | None:
        each = [".*".join(map(re.escape, tag.split("*"))) for tag in self.drop]
        return re.compile("|".join(each)) if each else None


def _counted(tag: str) -> tuple[bool, bool, str]:
    """Return the order of tags that count: girls, boys, others, then the rest."""
    return not tag[0].isdigit(), "girl" not in tag, tag
