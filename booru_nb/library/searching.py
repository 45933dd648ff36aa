"""The verbs that ask a site, as plain methods."""

from __future__ import annotations

from booru_nb.library.aio import Aio
from booru_nb.library.coat import blocking, blocking_each
from booru_nb.library.verbs import Verbs


class Searching(Verbs):
    """What asks a site. The work itself is in `Aio`."""

    @property
    def aio(self) -> Aio:
        """The same verbs, to be awaited: ``await lib.aio.search("sky")``."""
        self._state.check_open()
        return Aio(self._state)

    search = blocking(Aio.search)
    pages = blocking_each(Aio.pages)
    post = blocking(Aio.post)
    suggest = blocking(Aio.suggest)
    count = blocking(Aio.count)
