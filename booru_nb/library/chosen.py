"""What holds for a library: what its user has set, and else the defaults."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from booru_nb.settings import PREFERENCES

if TYPE_CHECKING:
    from booru_nb.store import Store


class Chosen:
    """The settings of a library, as its verbs look them up.

    Parameters
    ----------
    store : Store
        Where they are kept.
    default_site : str
        The site that is asked where nothing was set.
    """

    def __init__(self, store: Store, *, default_site: str) -> None:
        self.store = store
        self._default_site = default_site

    @property
    def default_site(self) -> str:
        """The site that is asked where none is named."""
        return str(self.setting("default_site"))

    @property
    def rating(self) -> str | list[str]:
        """The ratings that are searched for where none are named."""
        wanted: str | list[str] = self.setting("rating")
        return wanted

    def setting(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return what is set, or else the default."""
        return self.store.settings.get(name, self.default(name))

    def default(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return what holds where a setting was never set."""
        if name == "default_site":
            return self._default_site
        return copy(PREFERENCES[name])

    def hides(self, wanted: bool | None) -> bool:  # noqa: FBT001 - as `search` has it
        """Tell whether the blacklist holds for a search; None for what is set."""
        return bool(self.setting("blacklist") if wanted is None else wanted)
