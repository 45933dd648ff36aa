"""The verbs that need the network, to be awaited."""

from __future__ import annotations

from booru_nb.library.asking import Asking
from booru_nb.library.collecting import Collecting
from booru_nb.library.downloading import Downloading
from booru_nb.library.lookups import Lookups
from booru_nb.library.repeating import Repeating
from booru_nb.library.siting import Siting


class Aio(Asking, Collecting, Repeating, Lookups, Siting, Downloading):
    """What ``lib.aio`` is: the network verbs of a library, to be awaited on any loop.

    Each has a plain twin of the same name on the library, which waits for it.
    """
