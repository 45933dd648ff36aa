"""Settings: JSON values by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_setting_comes_back_as_it_was(path: Path) -> None:
    value = {"rating": ["general"], "limit": None, "größe": 1.5}
    with Store.open(path) as store:
        store.settings.set("search", value)

    with Store.open(path) as again:
        assert again.settings.get("search") == value
        assert again.settings.all() == {"search": value}


def test_what_was_never_set_is_the_default(store: Store) -> None:
    assert store.settings.get("x") is None
    assert store.settings.get("x", default=3) == 3


def test_none_forgets(store: Store) -> None:
    store.settings.set("x", 1)
    store.settings.set("x", None)

    assert store.settings.all() == {}
