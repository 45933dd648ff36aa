"""Captions, case by case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from booru_nb.export.captions.presets import PRESETS
from booru_nb.export.captions.words import word
from tests.export.samples import a_post, dataset

POST = a_post(
    7,
    tags=(
        *("1girl", "ann_lee", "blue_sky", ">_<", "highres", "(o)_(o)", "odd_one"),
        *("rin_(sea)", "sea_tales", "solo"),
    ),
    categories={
        **dict.fromkeys(["1girl", "solo", "blue_sky"], "general"),
        ">_<": "general",
        "(o)_(o)": "general",
        "ann_lee": "artist",
        "highres": "meta",
        "rin_(sea)": "character",
        "sea_tales": "copyright",
    },
)

LINE = "1girl, solo, rin (sea), sea tales, ann lee"

CASES: list[tuple[dict[str, Any], str]] = [
    (
        {},
        f"{LINE}, (o)_(o), >_<, blue sky, odd one, highres",
    ),
    (
        {"preset": "booru"},
        "(o)_(o) 1girl >_< ann_lee blue_sky highres odd_one rin_(sea) sea_tales solo",
    ),
    (
        {"preset": "kohya"},
        f"{LINE} ||| (o)_(o), >_<, blue sky, odd one",
    ),
    (
        {"order": ["artist", "general"], "prefix": {"artist": "by "}, "drop": "*_*"},
        "1girl, solo",
    ),
    ({"include": "character", "escape": True}, r"rin \(sea\)"),
    ({"include": ["character", "artist"], "underscores": True}, "rin_(sea), ann_lee"),
    ({"include": "artist", "trigger": "tw", "rating": True}, "tw, ann lee, safe"),
    ({"limit": 2, "separator": " / "}, "1girl / solo"),
    ({"dropout": 1.0, "keep": 1}, "1girl"),
    ({"include": "species", "fallback": "a picture"}, "a picture"),
    ({"include": "artist", "year": True}, "ann lee, newest"),
    ({"include": "general"}, "(o)_(o), 1girl, >_<, blue sky, solo"),
    ({"include": "general", "exclude": "count"}, "(o)_(o), >_<, blue sky"),
    ({"include": ["artist", "count"]}, "1girl, solo, ann lee"),
    (
        {"order": ["artist", "sorted"], "exclude": ["general", "unknown"]},
        "ann lee, highres, rin (sea), sea tales",
    ),
    (
        {"preset": "booru", "include": "artist", "prefix": {"artist": "by:"}},
        "by:ann_lee",
    ),
    ({"preset": "booru", "include": "count"}, "1girl solo"),
    ({"include": "count", "trigger": "solo"}, "solo, 1girl"),
    ({"preset": "pony", "include": "artist"}, "rating_safe, ann lee"),
]


@pytest.mark.parametrize(("options", "expected"), CASES)
def test_a_caption_is_as_asked_for(options: dict[str, Any], expected: str) -> None:
    ds = dataset([POST]).captions(**options)

    assert ds.posts["caption"].tolist() == ([expected] if expected else [])


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_gives_every_post_a_caption(preset: str) -> None:
    posts = [a_post(n, created_at=datetime(2024, 5, n, tzinfo=UTC)) for n in (1, 28)]
    found = dataset(posts).captions(preset).posts["caption"]

    assert found.str.contains("sky").all()
    assert found.str.contains("score_5").tolist() == [preset == "pony", False]


def test_a_word_that_stands_twice_is_said_once() -> None:
    post = a_post(1, tags=("safe", "sky"), categories={"safe": "meta"})
    ds = dataset([post]).captions(rating=True, order=["rating", "unknown", "meta"])

    assert ds.posts["caption"].tolist() == ["safe, sky"]


def test_a_post_without_words_is_dropped_with_the_reason() -> None:
    ds = dataset([a_post(1, tags=())]).captions()

    assert ds.dropped[["step", "reason"]].values.tolist() == [
        ["captions", "no words for a caption"]
    ]


def test_without_the_step_a_post_without_tags_is_captioned_by_the_name() -> None:
    assert dataset([a_post(1, tags=())]).posts["caption"].tolist() == ["skies"]


def test_a_caption_that_the_frame_brings_wins() -> None:
    frame = dataset([a_post(1), a_post(2), a_post(3)]).posts
    frame["caption"] = ["mine", None, " "]

    found = dataset(frame).captions(trigger="tw").posts["caption"].tolist()

    assert found == ["mine", "tw, sky", "tw, sky"]


def test_shuffling_keeps_the_first_words_and_all_words() -> None:
    tags = tuple(f"tag_{n}" for n in range(20))
    ds = dataset([a_post(1, tags=tags), a_post(2, tags=tags)])
    one, two = ds.captions(shuffle=True, keep=3).posts["caption"].str.split(", ")

    assert one[:3] == two[:3] == ["tag 0", "tag 1", "tag 10"]
    assert one != two
    assert sorted(one) == sorted(two)
    other = ds.captions(shuffle=True, keep=3, seed=1).posts["caption"].str.split(", ")
    assert one != other.iloc[0]


@pytest.mark.parametrize("tag", [">_<", "o_o", "||_||", "<|>_<|>", "(o)_(o)", "___"])
def test_a_face_keeps_its_underscores(tag: str) -> None:
    assert word(tag, underscores=False, escape=False) == tag
