"""Other tags than the site has given."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from booru_nb import frames
from booru_nb.errors import ArgumentError, FrameError
from booru_nb.export import checks
from booru_nb.export.outcome import Outcome, Step, judged, no_reasons, option, shown
from booru_nb.export.tagging import Tagging, categories_of
from booru_nb.stats.relations import Known, Relations, of_frames

if TYPE_CHECKING:
    from booru_nb.export.outcome import Bench

IMPLIED = ("keep", "drop", "add")


def _relations(columns: tuple[str, str]) -> Any:  # noqa: ANN401 - a check
    """Return the check of a frame of aliases or of implications."""

    def triples(value: object, name: str) -> tuple[tuple[str | None, str, str], ...]:
        if isinstance(value, pd.DataFrame):
            lacking = [column for column in columns if column not in value]
            if lacking:
                has = ", ".join(map(str, value.columns))
                msg = f"{name} has no column {lacking[0]!r}, only: {has}."
                raise FrameError(msg)
            whole = value.dropna(subset=list(columns))
            sites = whole["site"] if "site" in whole else [None] * len(whole)
            rows = zip(sites, *(whole[c].astype(str) for c in columns), strict=True)
            return tuple((s if isinstance(s, str) else None, a, b) for s, a, b in rows)
        found = []
        for item in value if isinstance(value, (list, tuple)) else [value]:
            match item:
                case [str() | None as site, str(one), str(two)]:
                    found.append((site, one, two))
                case _:
                    wanted = f"a DataFrame with {columns[0]} and {columns[1]}"
                    checks.refuse(name, wanted, item)
        return tuple(found)

    return triples


@dataclass(frozen=True, kw_only=True)
class Retag(Step):
    """Changes tags, in the order of the fields; each sees what the one before left.

    Aliases and implications are the library's where none are given.
    """

    name: ClassVar[str] = "retag"

    replace: tuple[tuple[str, str], ...] = option(checks.pairs, ())
    regex: tuple[tuple[str, str], ...] = option(checks.patterns, ())
    canonical: bool = option(checks.flag, default=False)
    implied: str = option(checks.choice(*IMPLIED), "keep")
    remove: tuple[str, ...] = option(checks.tags, ())
    add: tuple[str, ...] = option(checks.tags, ())
    aliases: tuple[tuple[str | None, str, str], ...] | None = option(
        _relations(("alias", "tag"))
    )
    implications: tuple[tuple[str | None, str, str], ...] | None = option(
        _relations(("tag", "implies"))
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.aliases is not None:
            object.__setattr__(self, "canonical", True)
        if self.implications is not None and self.implied == "keep":
            raise ArgumentError(
                "implications are given, and implied='keep' does not use them: say "
                "implied='drop' or implied='add'."
            )
        if not (self.asks or any((self.replace, self.regex, self.remove, self.add))):
            raise ArgumentError(
                "retag changes nothing without replace, regex, canonical, implied, "
                "remove or add."
            )

    def __str__(self) -> str:
        said = self.options()
        for name in ("aliases", "implications"):
            if name in said:
                said[name] = len(said[name])
        return ", ".join(f"{name}={shown(value)}" for name, value in said.items())

    @property
    def asks(self) -> bool:
        """Whether aliases or implications are asked for."""
        return self.canonical or self.implied != "keep"

    def run(self, posts: pd.DataFrame, bench: Bench) -> Outcome:
        """Return posts with other tags, without those that the guard then withholds."""
        known = self._known(bench) if self.asks else Known()
        tagging = Tagging(posts, self.add)
        new_names = self._new_names(posts, known, tagging)
        unwanted = functools.cache(self._is_unwanted)
        rows = []
        for site, text in zip(posts["site"].tolist(), posts["tags"], strict=True):
            names = new_names[site]
            found = {names[tag] for tag in text.split()}
            found = self._with_implied(found - {""}, known.get(site, Relations()))
            kept = {tag for tag in found if not unwanted(tag)}
            rows.append(kept.union(self._added))
        new = tagging.with_tags(posts, rows)
        allowed = frames.allowed(new)
        changed = (new["tags"] != posts["tags"]).loc[allowed.index].sum()
        return judged(allowed, no_reasons(allowed), changed=int(changed))

    def _new_names(
        self, posts: pd.DataFrame, known: Known, tagging: Tagging
    ) -> dict[str, dict[str, str]]:
        """Return the new name of each tag, by site; empty where it goes."""
        tags: dict[str, set[str]] = {}
        for site, text in zip(posts["site"].tolist(), posts["tags"], strict=True):
            tags.setdefault(site, set()).update(text.split())
        found: dict[str, dict[str, str]] = {}
        for site, every in tags.items():
            relations, names = known.get(site, Relations()), found.setdefault(site, {})
            # In an order of their own, for the first gives the new name its category.
            for tag in sorted(every):
                name = self._renamed(tag)
                if name and self.canonical:
                    name = relations.canonical(name)
                if name != tag:
                    tagging.rename(site, tag, name)
                names[tag] = name
        return found

    def _with_implied(self, tags: set[str], relations: Relations) -> set[str]:
        if self.implied == "add":
            return tags.union(*(relations.implied.get(t, ()) for t in tags))
        if self.implied == "drop":
            return tags.difference(*map(relations.makes_needless, tags))
        return tags

    def _is_unwanted(self, tag: str) -> bool:
        return self._unwanted is not None and bool(self._unwanted.fullmatch(tag))

    def _renamed(self, tag: str) -> str:
        tag = self._names.get(tag, tag)
        for pattern, by in self.regex:
            tag = re.sub(pattern, by, tag)
        return _tag(tag)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {_tag(old): _tag(new) for old, new in self.replace}

    @cached_property
    def _added(self) -> tuple[str, ...]:
        return tuple(tag for tag, _ in map(categories_of, self.add))

    @cached_property
    def _unwanted(self) -> re.Pattern[str] | None:
        """What is removed; ``*`` stands for any characters."""
        each = [".*".join(map(re.escape, tag.split("*"))) for tag in self.remove]
        return re.compile("|".join(each)) if each else None

    def _known(self, bench: Bench) -> Known:
        aliases, implications = bench.host.relations()
        if self.aliases is not None:
            aliases = _frame(self.aliases, ("alias", "tag"))
        if self.implications is not None:
            implications = _frame(self.implications, ("tag", "implies"))
        if self.canonical and self.aliases is None and aliases.empty:
            raise _unknown("aliases")
        if self.implied != "keep" and self.implications is None and implications.empty:
            raise _unknown("implications")
        return of_frames(aliases, implications)


def _tag(text: str) -> str:
    return "_".join(text.split())


def _unknown(what: str) -> ArgumentError:
    return ArgumentError(
        f"The library knows no {what} of tags. Ask the sites for them, "
        f"lib.sync_tags(), or give a DataFrame: retag(…, {what}=frame)."
    )


def _frame(
    rows: tuple[tuple[str | None, str, str], ...], columns: tuple[str, str]
) -> pd.DataFrame:
    found = pd.DataFrame(list(rows), columns=["site", *columns], dtype=object)
    return found if found["site"].notna().any() else found.drop(columns="site")
