"""What sites say of their tags later, brought to the posts that are shown already."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pandas as pd
import traitlets

from booru_nb.errors import LoopError
from booru_nb.widgets.threads import at_once

if TYPE_CHECKING:
    from booru_nb.widgets.backend import Backend
    from booru_nb.widgets.grid import Grid
    from booru_nb.widgets.viewing import Viewing


class SelectedRows(traitlets.TraitType[pd.DataFrame, pd.DataFrame]):
    """The rows selected in an explorer's grid; not to be assigned."""

    def get(self, obj: Any, cls: Any = None) -> pd.DataFrame:  # noqa: ANN401, ARG002
        """Return the rows, in the order of selection."""
        obj.posts  # noqa: B018 - brings the rows up to date
        return obj.grid.selected  # type: ignore[no-any-return]

    def set(self, obj: Any, value: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse."""
        raise traitlets.TraitError("Use `explorer.grid.select(…)` to select posts.")


class Learning:
    """Keeps an explorer's posts up to what is known of their tags.

    The details show it at once, and the frame has it when it is read: a page of posts
    may need many answers, each of which would make the frame anew.

    Parameters
    ----------
    backend : Backend
        Who knows the tags.
    grid : Grid
        Where the posts stand.
    viewing : Viewing
        What shows one of them.
    """

    def __init__(self, backend: Backend, *, grid: Grid, viewing: Viewing) -> None:
        self._backend = backend
        self._grid = grid
        self._known = backend.answers
        self._unsubscribe = backend.on_learnt(viewing.refresh)

    def catch_up(self) -> None:
        """Let the frame shown have what was learnt since it was last read."""
        known = self._backend.answers
        if known == self._known:
            return
        # Without a loop the frame can be read, and stays as it is.
        with suppress(LoopError):
            at_once(self._amend)
            self._known = known

    def close(self) -> None:
        """Learn no more."""
        self._unsubscribe()

    def _amend(self) -> None:
        self._grid.amend(self._backend.learnt(self._grid.posts))
