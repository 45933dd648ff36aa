"""A library: a file of what is kept, the sites it asks, and the verbs of a cell."""

from __future__ import annotations

from booru_nb.library.library import Library
from booru_nb.library.opening import demo, library_of, open_library

__all__ = ["Library", "demo", "library_of", "open_library"]
