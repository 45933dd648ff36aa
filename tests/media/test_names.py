"""Names of files: any system takes them, and nothing leads out of the folder."""

import pytest

from booru_nb.errors import ArgumentError
from booru_nb.media.names import LONGEST, TOKENS, Template, clean, distinct

VALUES = dict.fromkeys(TOKENS, "") | {"id": "7", "site": "quay"}


def path(template: str, *, ext: str = "jpg", mark: str = "", **values: str) -> str:
    return Template(template).path({**VALUES, **values}, ext=ext, mark=mark)


def test_tokens_are_filled_in() -> None:
    assert path("%artist%/%id% %score%.%ext%", artist="mist", score="5") == (
        "mist/7_5.jpg"
    )


def test_an_extension_is_added_where_none_is_said() -> None:
    assert path("%id%") == path("%id%.%ext%") == "7.jpg"


def test_a_value_is_not_expanded_again() -> None:
    assert path("%artist%", artist="%character%", character="zed") == (
        "%character%.jpg"
    )


def test_a_value_makes_no_folder() -> None:
    assert path("%artist%/%id%", artist="a/b\\c") == "a_b_c/7.jpg"


@pytest.mark.parametrize("value", ["..", "../..", "/etc", "~root", "C:", ".", ". ."])
def test_a_value_leads_nowhere_else(value: str) -> None:
    found = path("%artist%/%id%", artist=value)

    folder, name = found.split("/")
    assert name == "7.jpg"
    assert folder.strip(". ~") == folder
    assert ":" not in folder


@pytest.mark.parametrize(
    "template", ["/x/%id%", "../%id%", "a/../%id%", "a//b", "", "C:/x", "a\\%id%", "a/"]
)
def test_a_template_stays_below_its_folder(template: str) -> None:
    with pytest.raises(ArgumentError):
        Template(template)


def test_an_unknown_token_is_told() -> None:
    with pytest.raises(ArgumentError, match=r"No token is called %mood%.*%species%"):
        Template("%mood%")


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "LPT9", "aux.x", "com²"])
def test_a_device_of_windows_is_no_name(name: str) -> None:
    assert clean(name) == f"_{name}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a.", "a"),
        ("a. ", "a"),
        (".hidden", "hidden"),
        ('a:b*c?"<>|', "a_b_c_____"),
        ("a\x00\x1f\u202eb", "a___b"),
        ("a \t\n b", "a_b"),
        ("\ud800", "_"),
        ("e\u0301", "\xe9"),
    ],
)
def test_what_some_system_does_not_take_is_replaced(text: str, name: str) -> None:
    assert clean(text) == name


@pytest.mark.parametrize("letter", ["a", "\u6f22", "\U0001f3ee"])
def test_a_long_name_is_cut_in_bytes_and_keeps_its_extension(letter: str) -> None:
    found = path("%artist%/%artist%.%ext%", artist=letter * 400, mark=".sample")

    folder, name = found.split("/")
    assert name.endswith(f"{letter}.sample.jpg")
    assert LONGEST - 4 < len(name.encode()) <= LONGEST
    assert len(folder.encode()) <= LONGEST


def test_an_empty_name_is_the_id_and_an_empty_folder_is_named() -> None:
    assert path("%artist%/%character%") == "unknown/7.jpg"


def test_a_distinct_name_keeps_folder_mark_and_extension() -> None:
    long = "a" * (LONGEST - 4)

    assert distinct("x/9.sample.jpg", "quay_7", ext="jpg", mark=".sample") == (
        "x/9_quay_7.sample.jpg"
    )
    assert len(distinct(f"{long}.jpg", "quay_7", ext="jpg")) == LONGEST
