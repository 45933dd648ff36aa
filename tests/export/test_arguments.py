"""An argument that cannot be used is refused at once, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from booru_nb.errors import ArgumentError
from tests.export.samples import dataset, some_posts

if TYPE_CHECKING:
    import booru_nb as bn

BAD: list[tuple[str, dict[str, Any], str]] = [
    ("require", {}, "at least one"),
    *(
        ("require", {name: "wide"}, name)
        for name in ("min_side", "max_width", "min_height", "max_area", "min_score")
    ),
    ("require", {"min_side": 0}, "min_side"),
    ("require", {"min_side": True}, "min_side"),
    ("require", {"min_side": 9, "max_side": 3}, "min_side=9 is above max_side=3"),
    ("require", {"megapixels": (3, 1)}, "megapixels"),
    ("require", {"aspect": 1j}, "aspect"),
    ("require", {"aspect": (1, 2, 3)}, "aspect"),
    ("require", {"ext": ".tar.gz"}, "ext"),
    ("require", {"ext": [""]}, "ext"),
    ("require", {"rating": "safe"}, "rating is of general"),
    ("require", {"status": "gone"}, "status"),
    ("require", {"percentile": 101}, "percentile"),
    ("require", {"after": "yesterday"}, "after"),
    ("require", {"before": 3}, "before"),
    ("require", {"after": pd.NaT}, "after"),
    ("require", {"after": "2024", "before": "2023"}, "after=2024"),
    ("keep", {"posts": "score:>"}, "score"),
    ("keep", {"posts": "order:random"}, "seed"),
    ("keep", {"posts": 3}, "posts"),
    ("keep", {"posts": [True]}, "8 posts"),
    ("drop", {"posts": pd.Series([1, 2])}, "True and False"),
    ("drop", {"posts": pd.Series([True], index=[99])}, "99"),
    ("drop", {"posts": pd.DataFrame({"x": [1]})}, "'id'"),
    ("dedup", {"md5": "yes"}, "md5"),
    ("dedup", {"perceptual": 40}, "perceptual"),
    ("dedup", {"keep": "worst"}, "keep"),
    ("dedup", {"md5": False, "perceptual": False, "parents": False}, "at least one"),
    ("balance", {"by": 3}, "by"),
    ("balance", {"by": ["artist", "rating"]}, "'artist' is a column"),
    ("balance", {"by": "artist", "target": 0}, "target"),
    ("balance", {"by": "artist", "others": "burn"}, "others"),
    ("sample", {"size": -1}, "size"),
    ("sample", {"size": 1.5}, "size"),
    ("sample", {"size": "half"}, "size"),
    ("sample", {"size": 3, "by": "colour"}, "colour"),
    ("sample", {"size": 3, "seed": "x"}, "seed"),
    ("retag", {}, "changes nothing"),
    ("retag", {"replace": {"a": 3}}, "replace"),
    ("retag", {"regex": {"(": ""}}, "regex"),
    ("retag", {"regex": {"a": r"\3"}}, "regex"),
    ("retag", {"remove": [3]}, "remove"),
    ("retag", {"implied": "maybe"}, "implied"),
    ("retag", {"aliases": pd.DataFrame({"tag": []})}, "aliases"),
    ("captions", {"preset": "nonesuch"}, "preset"),
    ("captions", {"order": ["artist", "colour"]}, "order"),
    ("captions", {"include": "artist", "exclude": "artist"}, "'artist'"),
    ("captions", {"keep": -1}, "keep"),
    ("captions", {"dropout": 1.1}, "dropout"),
    ("captions", {"shuffle": 1}, "shuffle"),
    ("captions", {"underscores": "no"}, "underscores"),
    ("captions", {"separator": ""}, "separator"),
    ("captions", {"trigger": "a\nb"}, "trigger"),
    ("captions", {"qualities": ["good"]}, "qualities"),
    ("captions", {"ratings": {"safe": "x"}}, "ratings"),
    ("captions", {"prefix": {"colour": "x"}}, "prefix"),
    ("captions", {"limit": 0}, "limit"),
    ("split", {"train": 1.2}, "train"),
    ("split", {"train": 0.9, "test": 0.2}, "add up to 1.1"),
    ("split", {"train": 0.5, "validation": 0.1, "test": 0.1}, "add up to 0.7"),
    ("split", {"by": "colour"}, "colour"),
    ("split", {"by": 3}, "by"),
    ("split", {"by": None}, "by"),
    ("split", {"seed": 0.5}, "seed"),
    ("report", {"by": ["artist"]}, "by"),
    ("report", {"by": "colour"}, "colour"),
    ("explain", {"post": "meadow:1"}, "post"),
    ("grid", {"which": "all"}, "which"),
]


@pytest.mark.parametrize(("verb", "options", "said"), BAD)
def test_a_bad_argument_is_refused_at_once(
    verb: str, options: dict[str, Any], said: str
) -> None:
    ds = dataset(some_posts())

    with pytest.raises(ArgumentError, match=said.replace("(", r"\(")):
        getattr(ds, verb)(**options)


def test_posts_that_are_none_are_refused(lib: bn.Library) -> None:
    with pytest.raises(ArgumentError, match="posts is a DataFrame of posts"):
        lib.dataset(3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="'id'"):
        lib.dataset(pd.DataFrame({"site": []}))
    with pytest.raises(ArgumentError, match="'split'"):
        lib.dataset(pd.DataFrame({"site": ["a"], "id": [1], "split": ["a/b"]}))
