"""Everything that booru_nb raises on purpose.

::

    BooruError
    ├── ArgumentError           an argument that cannot be used (a ValueError)
    │   ├── FrameError          a DataFrame lacks a column, or holds what it may not
    │   ├── FolderNameError     a bookmark folder cannot have this name
    │   └── QueryError          a query cannot be read, here or by the site
    ├── UnknownSiteError        no site has this name (a LookupError)
    ├── UnknownSearchError      no search is saved under this name (a LookupError)
    ├── LoopError               no event loop, a dead one, or blocking inside one
    ├── LibraryError            which library is meant, or it is closed, or a demo
    ├── ClusterError            the workers of a cluster cannot do what they should
    ├── AddressError            this address is private, and nobody allowed it
    ├── UnreachableError        no answer at all: DNS, connection (a ConnectionError)
    │   └── NoAnswerInTimeError nothing came in time (a TimeoutError)
    ├── SparseError             what is filtered here lets hardly any post pass
    ├── SiteWarning             one of several sites failed (a UserWarning, not raised)
    ├── DatasetWarning          posts of a dataset could not be had (likewise)
    ├── SiteError               the site answered, and it is not what was asked for
    │   ├── LoginNeededError    401, 403: a login or a better one is needed
    │   ├── BlockedError        a challenge page or a ban stands before the site
    │   ├── NotFoundError       404 (a LookupError)
    │   ├── PageLimitError      410: the site shows no page so far back
    │   ├── RefusedQueryError   422: the site does not understand it (a QueryError)
    │   │   └── TagLimitError   more tags than this account may ask for
    │   ├── RateLimitedError    429, after the retries
    │   ├── SiteDownError       5xx, after the retries
    │   └── BadAnswerError      200, but not what the site documents
    ├── MediaError              a file is not the picture it should be
    ├── FormatError             a file to be read is not what it should be (ValueError)
    ├── FileError               a file cannot be read or written (an OSError)
    │   └── DiskFullError       there is no room for it
    └── StoreError              the library file cannot be read or written
        ├── ForeignFileError    the file belongs to another program
        ├── NewerFileError      a newer booru_nb wrote it
        └── DamagedFileError    it is not whole

One base catches it all. The classes also inherit the built-in that people would
catch, so ``except LookupError`` works, too.
"""

from __future__ import annotations

import linecache
import os
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType


class BooruError(Exception):
    """What every error of booru_nb is.

    Attributes
    ----------
    posts : DataFrame or None
        What had arrived before the error, where there is any.
    """

    posts: Any = None

    def _render_traceback_(self) -> list[str]:
        """Tell IPython how to show this error: the user's own line, then the sentence.

        With ``BOORU_NB_DEBUG=1`` in the environment the whole traceback is shown.
        """
        if os.environ.get("BOORU_NB_DEBUG") == "1":
            return "".join(traceback.format_exception(self)).splitlines()
        place = _line_in_a_cell(self.__traceback__)
        return [*place, f"{type(self).__name__}: {self}"]


def _line_in_a_cell(tb: TracebackType | None) -> list[str]:
    """Return the last line of a cell in a traceback; nothing where there is none."""
    shown: list[str] = []
    while tb is not None:
        name = tb.tb_frame.f_code.co_filename
        if "ipykernel_" in name or name.startswith("<ipython-input"):
            line = linecache.getline(name, tb.tb_lineno).rstrip()
            shown = [f"----> {tb.tb_lineno} {line}", ""]
        tb = tb.tb_next
    return shown


class ArgumentError(BooruError, ValueError):
    """An argument cannot be used."""


class FrameError(ArgumentError):
    """A DataFrame lacks a column, or holds what it may not."""


class FolderNameError(ArgumentError):
    """A bookmark folder cannot have this name."""


class QueryError(ArgumentError):
    """A query cannot be read, here or by the site."""


class UnknownSiteError(BooruError, LookupError):
    """No site has this name."""


class UnknownSearchError(BooruError, LookupError):
    """No search is saved under this name."""


class LoopError(BooruError, RuntimeError):
    """No event loop is set, or it is dead, or blocking on it would never end."""


class LibraryError(BooruError):
    """It is unclear which library is meant, or it is closed, or it is a demo."""


class ClusterError(BooruError, RuntimeError):
    """The workers of a cluster are gone, or cannot do what they should."""


class AddressError(BooruError, ConnectionError):
    """The address is private or local, and the site was not added as such."""


class UnreachableError(BooruError, ConnectionError):
    """No answer came: the name is unknown, or the connection failed."""


class NoAnswerInTimeError(UnreachableError, TimeoutError):
    """No answer came in time."""


class SparseError(BooruError):
    """A site sent many posts, and what is filtered here let none of them pass."""


class SiteWarning(BooruError, UserWarning):  # noqa: N818 - it is shown, not raised
    """One of several sites failed, and the others are shown without it."""


class DatasetWarning(BooruError, UserWarning):  # noqa: N818 - likewise
    """Some posts of a dataset could not be had, and it is there without them."""


class SiteError(BooruError):
    """The site answered, but not with what was asked for."""


class LoginNeededError(SiteError):
    """The site wants a login, or a better one (401, 403)."""


class BlockedError(SiteError):
    """A challenge page or a ban stands before the site."""


class NotFoundError(SiteError, LookupError):
    """The site does not have it (404)."""


class PageLimitError(SiteError):
    """The site shows no page so far back (410)."""


class RefusedQueryError(SiteError, QueryError):
    """The site does not understand the query (422)."""


class TagLimitError(RefusedQueryError):
    """The query has more tags than this account may ask for.

    Attributes
    ----------
    limit : int or None
        How many it may have, where the site says so.
    """

    limit: int | None = None


class RateLimitedError(SiteError):
    """The site asked to be left alone for a while (429), after the retries."""


class SiteDownError(SiteError):
    """The site failed (5xx), after the retries."""


class BadAnswerError(SiteError, ValueError):
    """The site answered well, but not with what it documents."""


class MediaError(BooruError):
    """A file is not the picture that it should be."""


class FormatError(BooruError, ValueError):
    """A file that is to be read is not of the form that it should be."""


class FileError(BooruError, OSError):
    """A file, or its folder, cannot be read or written."""


class DiskFullError(FileError):
    """There is no room for a file."""


class StoreError(BooruError):
    """The library file cannot be read or written."""


class ForeignFileError(StoreError):
    """The file belongs to another program."""


class NewerFileError(StoreError):
    """A newer version of booru_nb wrote the file."""


class DamagedFileError(StoreError):
    """The file is not whole."""
