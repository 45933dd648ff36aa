"""Rows of the store as Arrow tables, and these as DataFrames, column by column.

- `tables`: a typed array for each column; `tagtexts`, `tagtables`, `pairs` and
  `meanings`: what is made of the tags.
- `dataframes`: tables as DataFrames of `booru_nb.schemas`, to the dtype.
- `sidecar`, `tablefile`: tables kept in the cache folder until the library changes.

No row is ever touched by Python here: what `booru_nb.frames` does for a few posts, this
does for as many as a library holds.
"""

from booru_nb.arrow.dataframes import frame
from booru_nb.arrow.sidecar import Sidecar
from booru_nb.arrow.tables import part, table
from booru_nb.arrow.tagtables import post_tags, tag_counts

__all__ = [
    "Sidecar",
    "frame",
    "part",
    "post_tags",
    "table",
    "tag_counts",
]
