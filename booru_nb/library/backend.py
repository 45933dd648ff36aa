"""What the widgets ask of a library."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from booru_nb import loop, search
from booru_nb.library.aio import Aio
from booru_nb.library.bookmarking import Bookmarking
from booru_nb.post import Suggestion

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    import pandas as pd

    from booru_nb.library.state import State
    from booru_nb.media import Picture
    from booru_nb.widgets.items import Item
