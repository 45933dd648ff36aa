"""The local query language, in which what is kept here is searched.

`parse` reads a query into a tree of small frozen parts, which `booru_nb.store` turns
into SQL and `booru_nb.query.frames` applies to any DataFrame of posts, with the same
answers. `booru_nb.Library.query` describes the language.
"""

from booru_nb.query.parsing import parse
from booru_nb.query.tree import Query

__all__ = ["Query", "parse"]
