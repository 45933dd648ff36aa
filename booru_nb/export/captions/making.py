"""The caption of one post, of the words that each part of the order has for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.export.captions.presets import MARK
from booru_nb.export.chance import chances

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Manner:
    """How words become a caption.

    Attributes
    ----------
    trigger : str
        What stands first in every caption; empty for nothing.
    separator : str
        What stands between words.
    keep : int
        How many words at the beginning stay in their place.
    shuffle : bool
        Whether the others come in an order by chance.
    dropout : float
        The share of the others that is left out, by chance.
    limit : int or None
        How many words at the most, beside the trigger.
    seed : int
        Another one gives another chance.
    """

    trigger: str
    separator: str
    keep: int
    shuffle: bool
    dropout: float
    limit: int | None
    seed: int

    def caption(
        self, name: str, order: Sequence[str], parts: Mapping[str, list[str]]
    ) -> str:
        """Return a post's caption.

        Parameters
        ----------
        name : str
            Of the post, ``site:id``, on which its chance depends.
        order : sequence of str
            The parts in their order, of which `MARK` is one.
        parts : Mapping of str to list of str
            The words of each part.
        """
        # A word stands once, where it comes first.
        placed = {self.trigger: ""}
        for part in order:
            for word in parts.get(part, ()):
                placed.setdefault(word, part)
        del placed[self.trigger]
        words = list(placed.items())[: self.limit]
        before = order[: order.index(MARK)] if MARK in order else ()
        # Parts before the mark stand first, so that their words are the first ones.
        fixed = max(self.keep, sum(part in before for _, part in words))
        plain = [word for word, _ in words]
        head, tail = plain[:fixed], self._by_chance(name, plain[fixed:])
        if self.trigger:
            head = [self.trigger, *head]
        if MARK in order and head and tail:
            return f" {MARK} ".join(map(self.separator.join, (head, tail)))
        return self.separator.join([*head, *tail])

    def _by_chance(self, name: str, words: list[str]) -> list[str]:
        if self.dropout:
            pairs = zip(
                chances(f"{self.seed}:dropout:{name}", words), words, strict=True
            )
            words = [word for chance, word in pairs if chance >= self.dropout]
        if self.shuffle:
            pairs = zip(
                chances(f"{self.seed}:shuffle:{name}", words), words, strict=True
            )
            words = [word for _, word in sorted(pairs)]
        return words
