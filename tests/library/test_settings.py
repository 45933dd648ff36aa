"""Settings: names and values that fit, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import booru_nb as bn
from booru_nb import errors, schemas
from booru_nb.library.preferences import KNOWN
from booru_nb.settings import PREFERENCES

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_never_set_is_the_default(lib: bn.Library) -> None:
    assert dict(lib.settings) == {"default_site": "demo", **PREFERENCES}
    assert set(KNOWN) == {"default_site", *PREFERENCES}


def test_settings_outlive_the_library(library_file: Path) -> None:
    with bn.open(library_file) as own:
        own.settings.update(limit=None, blur=["explicit"], rating=["general"])

    with bn.open(library_file) as again:
        assert again.settings["limit"] is None
        assert again.settings["blur"] == ["explicit"]
        assert again.rating == ["general"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("rating", "purple"),
        ("rating", 5),
        ("rating", []),
        ("default_site", "danboru"),
        ("default_site", None),
        ("limit", -1),
        ("limit", "many"),
        ("limit", True),
        ("blacklist", "no"),
        ("history", 1),
        ("blur", "purple"),
        ("blur", ["general", 5]),
        ("blur", None),
        ("thumbnail_size", 10),
        ("thumbnail_size", 190.0),
        ("downloads", 5),
        ("colour", "red"),
        (5, 5),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(
    lib: bn.Library, name: str, wrong: object
) -> None:
    before = dict(lib.settings)

    with pytest.raises(errors.BooruError):
        lib.settings.update({"history": False, name: wrong})

    assert dict(lib.settings) == before


def test_an_unknown_name_is_said_with_those_there_are(lib: bn.Library) -> None:
    with pytest.raises(errors.ArgumentError, match=r"'colour'\. There are: default"):
        lib.settings["colour"]
    with pytest.raises(errors.ArgumentError, match="'colour'"):
        del lib.settings["colour"]
    assert "colour" not in lib.settings


def test_deleting_brings_the_default_back(lib: bn.Library) -> None:
    lib.settings["limit"] = 5
    del lib.settings["limit"]
    del lib.settings["limit"]

    assert lib.settings["limit"] == 100


def test_the_limit_that_is_set_holds(lib: bn.Library) -> None:
    lib.settings["limit"] = 7

    assert len(lib.search(progress=False)) == 7
    assert len(lib.search(limit=3, progress=False)) == 3


def test_the_rating_and_the_default_site_are_settings(library_file: Path) -> None:
    with bn.open(library_file) as own:
        own.rating = "any"
        own.set_default_site("konachan")

        assert own.settings["rating"] == "any"
        assert own.settings["default_site"] == "konachan"
        own.settings.update(rating="general", default_site="danbooru")
        assert (own.rating, own.default_site) == ("general", "danbooru")


def test_grids_are_as_they_are_set(lib: bn.Library) -> None:
    posts = lib.search(limit=2, progress=False)
    lib.settings.update(thumbnail_size=240, blur=["general"])

    with_them = lib.grid(posts)

    assert with_them.size == 240
    assert with_them._supply.caption(0)["blurred"]
    assert lib.grid(posts, size=100).size == 100
    assert lib.explore().grid.size == 240


def test_settings_are_shown_as_a_table(lib: bn.Library) -> None:
    lib.settings["limit"] = 5
    table = lib.settings.table()

    dtypes = {n: schemas.dtype_name(t) for n, t in table.dtypes.items()}
    assert dtypes == schemas.describe(schemas.SETTINGS)
    row = table.set_index("setting").loc["limit"]
    assert (row["value"], row["default"]) == ("5", "100")
    assert "limit" in repr(lib.settings)
    assert "<th>limit</th><td>5</td>" in lib.settings._repr_html_()


def test_what_is_handed_out_cannot_be_changed_behind(lib: bn.Library) -> None:
    lib.settings["blur"].append("general")

    assert lib.settings["blur"] == ["questionable", "explicit"]


def test_a_closed_library_has_no_settings(library_file: Path) -> None:
    own = bn.open(library_file)
    settings = own.settings
    own.close()

    with pytest.raises(errors.LibraryError, match="closed"):
        settings["limit"] = 5
    with pytest.raises(errors.LibraryError, match="closed"):
        settings["limit"]
