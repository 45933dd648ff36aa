"""What every class of verbs has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from booru_nb.library.state import State


class Verbs:
    """Methods of a library, over what it holds."""

    def __init__(self, state: State) -> None:
        self._state = state
