"""Queries of the local language on a matrix: tags by their numbers, the rest by frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from booru_nb import query
from booru_nb.query import frames, tree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from booru_nb.query import Query
    from booru_nb.stats.matrix import Ints
    from booru_nb.stats.memory import Memory
