"""Statistics of tags: of bookmarks, or of any posts.

`TagStats` answers questions with DataFrames. `making` makes one of a frame, a file or
tag numbers; `backend` says what it asks of whoever counts.
"""

from booru_nb.stats.making import of_codes, of_frame, of_parquet
from booru_nb.stats.reading import Read
from booru_nb.stats.relations import Known, of_frames
from booru_nb.stats.tagstats import TagStats

__all__ = [
    "Known",
    "Read",
    "TagStats",
    "of_codes",
    "of_frame",
    "of_frames",
    "of_parquet",
]
