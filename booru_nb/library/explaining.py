"""Which part of a search its site evaluates, and how that is said."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from booru_nb import search

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.library.state import State
    from booru_nb.search.plan import Part
    from booru_nb.sites import Site


def parts(state: State, site: Site, question: search.Question) -> list[Part]:
    """Return the parts of a question to a site, by all that is known of it by now."""
    learnt = state.learnt(site)
    limit = search.tag_limit(site, learnt)
    return search.parts(site, question, tag_limit=limit, counts=learnt.counts)


def notes(
    state: State, targets: Iterable[Site], question: search.Question
) -> list[str]:
    """Return what sites cannot evaluate of a question, in sentences."""
    return [
        f"Filtered here, not by {site.name}: {_names(same)} ({why})."
        for site in targets
        for why, same in groupby(_here(state, site, question), lambda part: part.why)
    ]


def _here(state: State, site: Site, question: search.Question) -> list[Part]:
    made = parts(state, site, question)
    return sorted((p for p in made if p.where == "here"), key=lambda part: part.why)


def _names(same: Iterable[Part]) -> str:
    return ", ".join(part.name for part in same)
