"""What an import has done, or would do, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from booru_nb.kept import Tally

WITHHELD = "a sexual rating together with tags that code minors"


def columns(
    tallies: Mapping[str, Tally], notes: Iterable[tuple[str, str]] = ()
) -> dict[str, list[Any]]:
    """Return the columns of the schema `IMPORTS`.

    Parameters
    ----------
    tallies : Mapping of str to Tally
        What became of the rows of each subject.
    notes : iterable of (str, str)
        Subject, and what else is to be said of it.
    """
    rows: list[tuple[Any, ...]] = []
    said: dict[str, list[str]] = {}
    for subject, note in notes:
        said.setdefault(subject, []).append(note)
    for subject in dict.fromkeys([*tallies, *said]):
        tally = tallies.get(subject)
        if tally is not None and _has_rows(tally):
            counts = tally.added, tally.updated, tally.unchanged, tally.withheld
            reason = WITHHELD if tally.withheld else ""
            rows.append((subject, *counts, 0, reason))
            for why, count in sorted(tally.skipped.items()):
                rows.append((subject, 0, 0, 0, 0, count, why))
        rows += [(subject, 0, 0, 0, 0, 0, note) for note in said.get(subject, ())]
    names = ("subject", "added", "updated", "unchanged", "withheld", "skipped")
    lists = zip(*rows, strict=True) if rows else ([] for _ in range(7))
    return {
        name: list(values)
        for name, values in zip((*names, "reason"), lists, strict=True)
    }


def _has_rows(tally: Tally) -> bool:
    counts = (tally.added, tally.updated, tally.unchanged, tally.withheld)
    return any(counts) or bool(tally.skipped)
