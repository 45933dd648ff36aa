"""What can be set for a library: names, values that fit, and what holds otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.library import checks
from booru_nb.post import Rating
from booru_nb.schemas import SETTINGS

if TYPE_CHECKING:
    import pandas as pd

    from booru_nb.library.state import State


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that can be set.

    Attributes
    ----------
    checked : callable
        Is given the library's state and a value; returns it as it is kept.
    meaning : str
        What it does.
    """

    checked: Callable[[State, object], Any]
    meaning: str


def _site(state: State, value: object) -> str:
    return state.site(checks.text(value, what="A site"), logged_in=False).name


def _rating(state: State, value: Any) -> str | list[str]:  # noqa: ANN401 - anything may be set
    state.ratings(value)
    return value if isinstance(value, str) else [str(rating) for rating in value]


def _ratings(_state: State, value: Any) -> list[str]:  # noqa: ANN401 - anything may be set
    several = isinstance(value, Iterable) and not isinstance(value, str)
    names = list(value) if several else [value]
    if any(name not in list(Rating) for name in names):
        known = ", ".join(Rating)
        raise ArgumentError(f"blur is a list of ratings, of {known}, not {value!r}.")
    return [str(rating) for rating in Rating if rating in names]


def _flag(name: str) -> Callable[[State, object], bool]:
    def checked(_state: State, value: object) -> bool:
        if not isinstance(value, bool):
            raise ArgumentError(f"{name} is True or False, not {value!r}.")
        return value

    return checked


def _size(_state: State, value: object) -> int:
    pixels = checks.whole(value, what="thumbnail_size")
    if pixels not in SIZES:
        raise ArgumentError(
            f"thumbnail_size is {SIZES[0]} to {SIZES[-1]} pixels, not {pixels}."
        )
    return pixels


def _folder(_state: State, value: object) -> str:
    return checks.text(value, what="A folder")


SIZES = range(60, 601)
"""Pixels that a thumbnail may take."""

KNOWN: Mapping[str, Setting] = {
    "default_site": Setting(_site, "the site that is asked where none is named"),
    "rating": Setting(_rating, "the ratings that are searched for"),
    "limit": Setting(
        lambda _, value: checks.limit(value),
        "how many posts a search returns at the most; None for all",
    ),
    "blacklist": Setting(_flag("blacklist"), "whether the blacklist hides posts"),
    "history": Setting(_flag("history"), "whether searches are kept in the history"),
    "blur": Setting(_ratings, "the ratings whose pictures are blurred"),
    "thumbnail_size": Setting(_size, "about how many pixels a thumbnail takes"),
    "downloads": Setting(_folder, "where files go; a name is beside the library"),
}
"""All that can be set, in the order in which it is shown."""


class Preferences(MutableMapping[str, Any]):
    """The settings of a library, by name: read, set, and (with ``del``) forgotten.

    They are kept in the library file. Shown in a cell, they are a table. A name that
    is no setting, or a value that does not fit, is refused with an `ArgumentError`,
    and changes nothing.

    Examples
    --------
    >>> lib.settings["limit"] = 500
    >>> lib.settings.update(blur=["explicit"], history=False)
    >>> lib.settings["limit"], lib.settings["history"]
    (500, False)
    >>> del lib.settings["limit"]
    >>> lib.settings["limit"]
    100
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        self._state.check_open()
        return self._state.setting(_known(name))

    def __setitem__(self, name: str, value: object) -> None:
        self.update({name: value})

    def __delitem__(self, name: str) -> None:
        self._state.check_open()
        self._state.store.settings.forget([_known(name)])

    def update(self, other: Any = (), /, **named: object) -> None:  # noqa: ANN401 - as a dict takes it
        """Set several, all or none.

        Parameters
        ----------
        other : mapping, or iterable of pairs
            Names and values.
        **named
            Likewise.

        Raises
        ------
        ArgumentError
            If a name is no setting, or a value does not fit it.
        """
        self._state.check_open()
        kept = {
            name: KNOWN[_known(name)].checked(self._state, value)
            for name, value in dict(other, **named).items()
        }
        self._state.store.settings.put(kept)

    def __contains__(self, name: object) -> bool:
        return name in KNOWN

    def __iter__(self) -> Iterator[str]:
        return iter(KNOWN)

    def __len__(self) -> int:
        return len(KNOWN)

    def table(self) -> pd.DataFrame:
        """Return the settings as a DataFrame.

        Returns
        -------
        DataFrame
            One row a setting.

            =========  =====  ========================================================
            column     dtype  meaning
            =========  =====  ========================================================
            setting    str    its name
            value      str    as Python writes it
            default    str    what holds where it is not set
            meaning    str    what it does
            =========  =====  ========================================================

        Examples
        --------
        >>> lib.settings.table().set_index("setting").loc["limit", "value"]
        '100'
        """
        columns = {
            "setting": list(self),
            "value": [repr(self[name]) for name in self],
            "default": [repr(self._state.default(name)) for name in self],
            "meaning": [KNOWN[name].meaning for name in self],
        }
        return self._state.table(columns, SETTINGS)

    def __repr__(self) -> str:
        return "\n".join(
            f"{name:<16}{self[name]!r:<32}{KNOWN[name].meaning}" for name in self
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{name}</th><td>{escape(repr(self[name]))}</td>"
            f"<td>{escape(KNOWN[name].meaning)}</td></tr>"
            for name in self
        )
        return f"<table>{rows}</table>"


def _known(name: object) -> str:
    if not isinstance(name, str) or name not in KNOWN:
        raise ArgumentError(
            f"There is no setting {name!r}. There are: {', '.join(KNOWN)}."
        )
    return name
