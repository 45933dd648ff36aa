import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import features

from booru_nb.errors import ArgumentError, FrameError
from booru_nb.export.formats import FORMATS
from booru_nb.export.formats.pictures import problem
from booru_nb.export.parts import Item, Shard
from tests.export.formats.exports import items, made, picture, posts, write
from tests.support.pictures import broken_avif
from tests.support.place import Place


def refusal(name: str, item: Item, folder: Path) -> str:
    [written] = made(name).write(Shard(0, 1, "train"), [item], Place(folder))
    assert written.path == ""
    assert Place(folder).names() == []
    return written.reason


def item(**changes: object) -> Item:
    [first] = items(posts(3))[:1]
    return replace(first, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"caption": " \n"}, "caption is empty"),
        ({"key": "a.b"}, "no key"),
        ({"key": "../up"}, "no key"),
        ({"ext": "e/xe"}, "e/xe"),
        ({"ext": "txt"}, "txt"),
        ({"post": {"rating": "explicit", "tags": "child"}}, "withheld"),
        ({"post": {"rating": None, "tags": "teen"}}, "withheld"),
    ],
)
def test_what_no_format_can_bear_is_refused(
    name: str, changes: dict[str, object], said: str, folder: Path
) -> None:
    assert said in refusal(name, item(**changes), folder)


@pytest.mark.parametrize("name", ["kohya", "imagefolder", "parquet"])
def test_a_video_is_refused_by_formats_of_pictures(name: str, folder: Path) -> None:
    assert "takes no .webm" in refusal(name, item(ext="webm"), folder)


@pytest.mark.parametrize("name", ["webdataset", "csv"])
def test_mixed_media_go_where_any_file_can(name: str, folder: Path) -> None:
    form, shard = made(name), Shard(0, 1, "train")
    both = [item(), item(key="film", ext="webm", data=b"\x1aE\xdf\xa3film")]

    written = form.write(shard, both, Place(folder))

    assert [each.reason for each in written] == ["", ""]
    assert set(form.files(shard, written)) == set(Place(folder).names())


@pytest.mark.parametrize("name", FORMATS)
def test_one_bad_item_does_not_touch_the_others(name: str, folder: Path) -> None:
    form, shard = made(name), Shard(0, 1, "train")
    three = [item(key="a"), item(key="a"), item(key="b")]

    written = form.write(shard, three, Place(folder))

    assert [each.key for each in written if not each.reason] == ["a", "b"]
    assert [each.reason for each in written if each.reason] == [
        "the key 'a' stands there twice"
    ]
    assert set(form.files(shard, written)) == set(Place(folder).names())


@pytest.mark.skipif(not features.check("avif"), reason="no decoder of AVIF")
def test_a_damaged_avif_is_told(folder: Path) -> None:
    broken = item(ext="avif", data=broken_avif(), post={"site": "demo", "id": 1})

    assert "cannot be decoded" in problem(broken)
    assert Place(folder).names() == []


def test_a_split_that_is_no_name_is_refused(folder: Path) -> None:
    form, shard = made("imagefolder"), Shard(0, 1, "../train")

    [written] = form.write(shard, [item()], Place(folder))

    assert "no name of a split" in written.reason


@pytest.mark.parametrize(
    "options",
    [
        {"shard_size": 0},
        {"columns": "tags"},
        {"columns": {"x": "text"}},
        {"columns": ["file_name"]},
        {"license": "a b"},
    ],
)
@pytest.mark.parametrize("name", FORMATS)
def test_an_option_is_checked_at_once(name: str, options: dict[str, object]) -> None:
    with pytest.raises(ArgumentError, match=next(iter(options))):
        made(name, **options)


def test_a_value_of_another_type_names_its_column(folder: Path) -> None:
    form = made("parquet", columns={"aesthetic": "float64"})

    with pytest.raises(FrameError, match="'aesthetic' has 'good'"):
        write(form, folder, posts(aesthetic="good"))


def test_a_column_that_the_posts_lack_is_named(folder: Path) -> None:
    with pytest.raises(FrameError, match="no column 'aesthetic'"):
        write(made("webdataset", columns=["aesthetic"]), folder, posts())


def test_a_whole_picture_has_no_problem() -> None:
    for each in items(posts()):
        assert problem(each) == ""
        assert problem(replace(each, post={})) == ""
        assert problem(replace(each, data=None)) == ""


def _md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


HALF = picture(1)[1][:400]


@pytest.mark.parametrize(
    ("data", "post", "said"),
    [
        (b"", {}, "empty"),
        (b"<html>gone</html>", {}, "web page"),
        (picture(1)[1][:400], {}, "cannot be decoded"),
        (picture(1)[1], {"file_size": 5}, "bytes, not 5"),
        (picture(1)[1], {"md5": "0" * 32}, "another md5"),
        (b"nothing", {"md5": "3e47b75000b0924b6c9ba5759a7cf15d"}, "no picture"),
        (b"nothing", {}, "no picture"),
        (HALF, {"md5": _md5(HALF)}, "cannot be decoded"),
    ],
)
def test_a_picture_that_cannot_be_used_has_a_problem(
    data: bytes, post: dict[str, object], said: str
) -> None:
    assert said in problem(item(data=data, post=post))
