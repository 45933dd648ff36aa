"""What is kept: one SQLite file, read by many threads and written by one at a time.

- `files` and `migrations`: what a library file is, how it begins and how it grows.
- `connections`, `transactions`, `library_file`: who reads and who writes.
- `sites`, `posts`, `tags`, `bookmarks`, `folders`, `downloads`, `settings`,
  `blacklist`, `history`, `saved_searches`, `crawls`: the subjects.
- `relations`, `taglists`: what sites say of all their tags, and how far that is read.
- `columns`, `words`, `tagblobs`, `loading`: how rows are read.
- `keeping`, `batch`, `tagging`, `pairs`, `entries`, `reaches`: how they are written.
- `exporting`, `merging`, `joining`: every row out of a file, and rows into it.
- `copies`, `checking`, `log`, `asking`, `views`: copies of the file, whether it is
  sound, and questions in SQL.

Rows come out as plain columns (dicts of lists); DataFrames are made elsewhere.
"""

from booru_nb.store._store import Store
from booru_nb.store.columns import Rows
from booru_nb.store.crawls import CrawlRecord
from booru_nb.store.entries import Entry
from booru_nb.store.keeping import Report
from booru_nb.store.known_files import FileEntry, KeptFile
from booru_nb.store.reaches import Reach
from booru_nb.store.readings import KINDS, Gain, Reading
from booru_nb.store.searches import Search
from booru_nb.store.sites import SiteRecord
from booru_nb.store.tagblobs import TagBlobs
from booru_nb.store.transactions import Durability

__all__ = [
    "KINDS",
    "CrawlRecord",
    "Durability",
    "Entry",
    "FileEntry",
    "Gain",
    "KeptFile",
    "Reach",
    "Reading",
    "Report",
    "Rows",
    "Search",
    "SiteRecord",
    "Store",
    "TagBlobs",
]
