"""Recipes as JSON: the steps of a dataset, and the posts that it began with."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb import frames
from booru_nb.columns import LIMIT
from booru_nb.errors import ArgumentError
from booru_nb.export.source import key_list
from booru_nb.export.steps import STEPS

if TYPE_CHECKING:
    from os import PathLike

    from booru_nb.export.outcome import Step
    from booru_nb.export.source import Key, Source

KIND = "booru_nb dataset"
VERSION = 1

_BEGINNING = 64
"""In so many bytes at its beginning a recipe says what it is."""


@dataclass(frozen=True)
class Recipe:
    """What a file says of a dataset.

    Attributes
    ----------
    name : str
        Of the dataset.
    steps : tuple of Step
        What is done.
    query : str or None
        What found the posts, where they were given as that.
    keys : list of (str, int)
        The posts, where they were given as a frame.
    brought : DataFrame
        The captions and splits that the frame brought, one row a key.
    """

    name: str
    steps: tuple[Step, ...]
    query: str | None
    keys: list[Key]
    brought: pd.DataFrame


def described(name: str, source: Source, steps: tuple[Step, ...]) -> dict[str, Any]:
    """Return a recipe as JSON has it."""
    return {
        "kind": KIND,
        "version": VERSION,
        "name": name,
        "posts": _posts(source),
        "steps": [{"step": step.name, "options": step.options()} for step in steps],
    }


def _posts(source: Source) -> dict[str, Any]:
    if source.query is not None:
        return {"query": source.query}
    # An alias that was learnt since may say of more posts that they are withheld.
    posts = frames.allowed(source.posts)
    found: dict[str, Any] = {"keys": key_list(posts)}
    for name in ("caption", "split"):
        column = source.brought(name)[posts.index].astype(object)
        if column.notna().any():
            found[name] = column.where(column.notna(), None).tolist()
    return found


def write(path: str | PathLike[str], recipe: dict[str, Any]) -> None:
    """Write a recipe to a file, whole or not at all.

    Raises
    ------
    ArgumentError
        If it cannot be written there, or would replace something else.
    """
    place = Path(path).expanduser().absolute()
    beside = place.with_name(f".{place.name}.part")
    text = json.dumps(recipe, ensure_ascii=False, indent=1) + "\n"
    try:
        _refuse_to_replace(place)
        # What is half of a character stays that: ASCII has a way to write it.
        beside.write_bytes(text.encode("utf-8", "backslashreplace"))
        beside.replace(place)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            beside.unlink(missing_ok=True)
        raise ArgumentError(f"The recipe cannot be written: {error}.") from error


def _refuse_to_replace(place: Path) -> None:
    if place.is_file() and f'"{KIND}"'.encode() not in place.read_bytes()[:_BEGINNING]:
        raise ArgumentError(
            f"{place} exists, and is no recipe. Choose another name, or delete it "
            "first."
        )


def read(path: str | PathLike[str]) -> Recipe:
    """Return the recipe of a file.

    Raises
    ------
    ArgumentError
        If it cannot be read, is none, or has a step or an option that is not known.
    """
    place = Path(path).expanduser()
    try:
        said = json.loads(place.read_bytes())
    except OSError as error:
        raise ArgumentError(f"The recipe cannot be read: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise ArgumentError(f"{place.name} is no recipe: {error}.") from error
    if not isinstance(said, dict) or said.get("kind") != KIND:
        raise ArgumentError(f"{place.name} is no recipe of a dataset.")
    if said.get("version") != VERSION:
        raise ArgumentError(
            f"{place.name} is a recipe of version {said.get('version')!r}, and this "
            f"booru_nb reads version {VERSION}. Update it: pip install -U booru-nb."
        )
    return _recipe(said, place.name)


def _recipe(said: dict[str, Any], file: str) -> Recipe:
    posts, steps = said.get("posts"), said.get("steps")
    if not isinstance(posts, dict) or not isinstance(steps, list):
        raise ArgumentError(f"{file} has no posts or no steps.")
    query, name = posts.get("query"), said.get("name", "")
    if not isinstance(name, str) or not isinstance(query, (str, NoneType)):
        raise ArgumentError(f"{file} has a name or a query that is no text.")
    if query is None and "keys" not in posts:
        raise ArgumentError(f"{file} has neither posts nor a query that finds them.")
    keys = _keys(posts.get("keys", []), file)
    brought = {n: posts[n] for n in ("caption", "split") if n in posts}
    for column, values in brought.items():
        texts = isinstance(values, list) and all(
            isinstance(value, (str, NoneType)) for value in values
        )
        if not texts or len(values) != len(keys):
            raise ArgumentError(f"{file} has not one {column} for each post.")
    made = tuple(_step(each, file) for each in steps)
    return Recipe(name, made, query, keys, pd.DataFrame(brought))


def _keys(given: object, file: str) -> list[Key]:
    found: list[Key] = []
    for item in given if isinstance(given, list) else [given]:
        match item:
            case [str(site), int(number)] if (
                type(number) is int and _writable(site) and abs(number) < LIMIT
            ):
                found.append((site, number))
            case _:
                raise ArgumentError(f"{file} has {item!r} in place of a (site, id).")
    return found


def _writable(text: str) -> bool:
    """Return whether a text has no half characters, which no frame can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _step(said: object, file: str) -> Step:
    match said:
        case {"step": str(name), "options": dict(options)}:
            pass
        case _:
            raise ArgumentError(f"{file} has a step that cannot be read: {said!r}.")
    if name not in STEPS:
        known = ", ".join(STEPS)
        raise ArgumentError(
            f"{file} has a step {name!r}, which this booru_nb does not know. It knows: "
            f"{known}."
        )
    has = {each.name for each in fields(STEPS[name])}
    if strange := sorted(set(options) - has):
        raise ArgumentError(
            f"{file}: the step {name!r} has no option {strange[0]!r}, only: "
            f"{', '.join(sorted(has))}."
        )
    return STEPS[name](**options)
