"""The steps of a recipe. One module a kind, one line in the table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.export.steps.balance import Balance
from booru_nb.export.steps.captions import Captions
from booru_nb.export.steps.choose import Drop, Keep
from booru_nb.export.steps.dedup import Dedup
from booru_nb.export.steps.require import Require
from booru_nb.export.steps.retag import Retag
from booru_nb.export.steps.sample import Sample
from booru_nb.export.steps.split import Split

if TYPE_CHECKING:
    from booru_nb.export.outcome import Step

STEPS: dict[str, type[Step]] = {
    step.name: step
    for step in (
        *(Require, Keep, Drop, Dedup, Balance, Sample),
        *(Retag, Captions, Split),
    )
}
"""Every kind of step, by its name in a recipe."""
