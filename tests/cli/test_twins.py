"""The options are the arguments of the verbs, by name, choice and default."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from booru_nb import cli
from booru_nb.cli import command, download, export, options
from booru_nb.export import exporting
from booru_nb.export.formats import FORMATS
from booru_nb.library.aio import Aio
from booru_nb.library.errands import KINDS
from booru_nb.search.wishes import MEDIA, ORDERS
from booru_nb.sites import ENGINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

OF_THE_CALL = {"self", "posts", "query", "progress", "client", "to", "format"}
"""Arguments that are no options, or have none."""

TWINS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "search": (Aio.search, options.SEARCH),
    "download": (Aio.download, download.DOWNLOAD),
    "export": (exporting.Aio.export, export.EXPORT),
}


@pytest.mark.parametrize("name", TWINS)
def test_every_argument_of_a_verb_is_an_option(name: str) -> None:
    verb, given = TWINS[name]

    parameters = inspect.signature(verb).parameters.values()
    known = {p.name for p in parameters if p.kind is not p.VAR_KEYWORD}
    assert set(given) - {"to"} == known - OF_THE_CALL


@pytest.mark.parametrize("name", TWINS)
def test_what_is_not_said_is_left_to_the_verb(name: str) -> None:
    needed = ["--to", "a", "--format", "csv"] if name == "export" else []
    parsed = command.parser().parse_args([name, "sky", *needed])

    assert options.said(parsed, TWINS[name][1]) == {}


CHOICES: dict[str, tuple[Iterable[str], Iterable[str]]] = {
    "dialects": (options.DIALECTS, ENGINES),
    "orders": (options.ORDERS, ORDERS),
    "media": (options.MEDIA, MEDIA),
    "kinds": (options.KINDS, KINDS),
    "formats": (options.FORMATS, FORMATS),
}


@pytest.mark.parametrize("name", CHOICES)
def test_choices_are_those_of_the_library(name: str) -> None:
    here, there = CHOICES[name]

    assert list(here) == list(there)


@pytest.mark.parametrize("name", ["search", "download", "export"])
def test_help_tells_of_json_and_of_exit_codes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])

    told = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert "a list with one object a row" in told
    assert "130 stopped by Ctrl-C" in told
