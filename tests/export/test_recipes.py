"""Recipes as files: whole ones, and ones that somebody has damaged or made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from booru_nb import frames
from booru_nb.errors import ArgumentError, BooruError
from booru_nb.export import recipes
from tests.export.samples import dataset, some_posts

if TYPE_CHECKING:
    from pathlib import Path

    from booru_nb.export.dataset import Dataset

    Change = dict[str, Any]


def of_every_step() -> Dataset:
    frame = frames.from_posts(some_posts())
    pairs = pd.DataFrame({"site": ["meadow"], "alias": ["a"], "tag": ["b"]})
    implied = pd.DataFrame({"tag": ["a"], "implies": ["b"]})
    said: list[Any] = ["mine", *[None] * 7]
    return (
        dataset(frame.assign(caption=said))
        .require(min_side=1, megapixels=(None, 40), aspect=(0.1, 9), ext="jpg")
        .require(rating=["general"], percentile=0, after="2001", before="2099-01-01")
        .keep(frame["score"] > 1)
        .keep("sky")
        .drop(frame.iloc[:2])
        .drop(("meadow", 4))
        .dedup(perceptual=5, keep="first", parents=False)
        .balance(["sky", "sea"], target=3, others="drop", seed=2)
        .balance("artist")
        .sample(1.0)
        .sample(30, by="rating", seed=2)
        .retag(replace={"a": "b"}, regex={"x$": "y"}, remove=["q*"], add="meta:mine")
        .retag(aliases=pairs, implied="add", implications=implied)
        .captions("pony", order=["count", "rating"], prefix={"artist": "by "}, limit=9)
        .captions(ratings={"general": "g"}, qualities=[*"abcdefg"], fallback="pic")
        .split(train=0.7, validation=0.2, test=0.1, by=["artist"], seed=3)
    )


def test_every_step_is_the_same_after_a_file(tmp_path: Path) -> None:
    ds = of_every_step()
    ds.save(tmp_path / "skies.json")
    found = recipes.read(tmp_path / "skies.json")

    assert found.steps == ds._link.steps()
    assert found.brought["caption"].iloc[0] == "mine"
    assert (found.name, len(found.keys)) == ("skies", 8)


STEP: list[tuple[Change, str]] = [
    ({"step": "paint", "options": {}}, "'paint', which this booru_nb does not know"),
    ({"step": "sample", "options": {"colour": 2}}, "no option 'colour'"),
    ({"step": "sample", "options": {"size": [1]}}, "size"),
    ({"step": "sample", "options": {"size": float("nan")}}, "size"),
    ({"step": "sample", "options": []}, "cannot be read"),
    ({"step": ["sample"], "options": {}}, "cannot be read"),
    ({"step": "keep", "options": {}}, "either a query or posts"),
    ({"step": "keep", "options": {"query": "sky", "posts": []}}, "either"),
    ({"step": "keep", "options": {"query": "score:>"}}, "score"),
    ({"step": "keep", "options": {"posts": [["a"]]}}, "posts"),
    ({"step": "retag", "options": {"aliases": [["a"]]}}, "aliases"),
    ({"step": "captions", "options": {"order": [["a"]]}}, "order"),
    ({"step": "balance", "options": {"tags": ["a"], "others": None}}, "others"),
]

FILE: list[tuple[Change, str]] = [
    ({"version": 9}, "version 9"),
    ({"kind": "a cake"}, "no recipe of a dataset"),
    ({"name": ["x"]}, "name"),
    ({"steps": "abc"}, "no steps"),
    ({"posts": {}}, "neither posts nor a query"),
    ({"posts": {"query": 3}}, "query"),
    ({"posts": {"keys": [["meadow", True]]}}, "place of a"),
    ({"posts": {"keys": [["meadow", 10**30]]}}, "place of a"),
    ({"posts": {"keys": [["mea\ud800dow", 1]]}}, "place of a"),
    ({"posts": {"keys": [["meadow", 1]], "caption": [{"a": 1}]}}, "one caption"),
    ({"posts": {"keys": [["meadow", 1]], "split": []}}, "one split"),
]

ONE = [({"steps": [step]}, said) for step, said in STEP]


@pytest.mark.parametrize(("change", "said"), [*FILE, *ONE])
def test_a_recipe_that_somebody_has_changed_is_refused(
    tmp_path: Path, change: Change, said: str
) -> None:
    file = tmp_path / "skies.json"
    dataset(some_posts()).sample(2).save(file)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))

    with pytest.raises(BooruError, match=said):
        recipes.read(file)


@pytest.mark.parametrize(
    "data", [b"", b"null", b"[" * 10**5, b"\xff\xfe{}", b'{"kind": "boo'], ids=repr
)
def test_what_is_no_recipe_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)

    with pytest.raises(ArgumentError, match="is no recipe"):
        recipes.read(tmp_path / "x.json")


def test_a_recipe_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    ds = dataset(some_posts())

    for place in (tmp_path, tmp_path / "a\0b", tmp_path / "none" / "x.json"):
        with pytest.raises(ArgumentError, match="cannot be written"):
            ds.save(place)
    assert not [*tmp_path.iterdir()]
    assert not [*tmp_path.parent.glob(".*.part")]


def test_a_recipe_replaces_recipes_only(tmp_path: Path) -> None:
    ds, file = dataset(some_posts()), tmp_path / "x.json"
    ds.save(file)
    ds.sample(3).save(file)
    (tmp_path / "mine.txt").write_text("a diary")

    assert len(recipes.read(file).steps) == 1
    with pytest.raises(ArgumentError, match="exists, and is no recipe"):
        ds.save(tmp_path / "mine.txt")


def test_half_a_character_in_a_name_is_kept(tmp_path: Path) -> None:
    ds = dataset(some_posts())
    ds._name = "sky\ud800"
    ds.save(tmp_path / "x.json")

    assert recipes.read(tmp_path / "x.json").name == "sky\ud800"
