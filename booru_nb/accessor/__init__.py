"""``df.booru``: what any DataFrame of posts can do.

Registering the accessor, as soon as pandas is imported, is the one side effect that
importing booru_nb has.
"""

from __future__ import annotations

import pandas as pd

from booru_nb.accessor.asking import Asking
from booru_nb.accessor.keeping import Keeping
from booru_nb.accessor.writing import Writing


@pd.api.extensions.register_dataframe_accessor("booru")
class BooruAccessor(Asking, Writing, Keeping):
    """What a DataFrame of posts can do.

    Methods that show or keep something need a library: the one given, else the one
    that the frame comes from, else the only open one. With several open and none
    known they raise a `LibraryError`.
    """
