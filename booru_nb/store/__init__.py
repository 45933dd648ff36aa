"""What is kept: one SQLite file, read by many threads and written by one at a time.

- `files` and `migrations`: what a library file is, how it begins and how it grows.
- `connections`, `transactions`, `library_file`: who reads and who writes.
- `sites`, `posts`, `tags`, `bookmarks`, `folders`, `settings`: the subjects.
- `columns` and `words`: how rows are read.
- `keeping`, `batch`, `tagging`, `pairs`, `entries`: how they are written.

Rows come out as plain columns (dicts of lists); DataFrames are made elsewhere.
"""

from booru_nb.store._store import Store
from booru_nb.store.columns import Rows
from booru_nb.store.entries import Entry
from booru_nb.store.keeping import Report
from booru_nb.store.sites import SiteRecord
from booru_nb.store.transactions import Durability

__all__ = ["Durability", "Entry", "Report", "Rows", "SiteRecord", "Store"]
