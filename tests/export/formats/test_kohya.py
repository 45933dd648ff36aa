import json
from pathlib import Path

import pytest

from booru_nb.errors import ArgumentError
from tests.export.formats.exports import made, picture, posts, write
from tests.support import kohya


def test_folders_say_repeats_class_and_captions(folder: Path) -> None:
    write(made("kohya", repeats=10, class_tokens="a sun"), folder, posts())

    [subset] = kohya.by_folders(folder / "train")

    assert (subset.repeats, subset.class_tokens) == (10, "a sun")
    assert list(subset.captions.values()) == [f"sun no. {n}, hill" for n in range(1, 5)]
    assert [path.read_bytes() for path in subset.captions] == [
        picture(n)[1] for n in range(1, 5)
    ]


def test_the_configuration_says_the_same_as_the_folders(folder: Path) -> None:
    classes = ["anna", "ben", "anna", "ben", "anna", "ben"]
    form = made("kohya", by="who", repeats={"anna": 3, "ben": 2})
    write(form, folder, posts(who=classes))

    found = kohya.by_configuration(folder / "dataset.toml")

    assert [(s.repeats, s.class_tokens, len(s.captions)) for s in found] == [
        (2, "ben", 2),
        (3, "anna", 2),
    ]
    assert found == kohya.by_folders(folder / "train")


def test_pictures_that_test_are_not_repeated(folder: Path) -> None:
    write(made("kohya", repeats=10), folder, posts())

    [subset] = kohya.by_folders(folder / "test")

    assert subset.repeats == 1


def test_a_caption_of_several_lines_is_one_line(folder: Path) -> None:
    frame = posts().assign(caption="sun\nhill")
    write(made("kohya"), folder, frame)

    [subset] = kohya.by_folders(folder / "train")

    assert set(subset.captions.values()) == {"sun hill"}


def test_metadata_for_fine_tuning_names_each_picture(folder: Path) -> None:
    write(made("kohya"), folder, posts())

    lines = (folder / "meta_train.jsonl").read_text().splitlines()

    first = json.loads(lines[0])
    assert len(lines) == 4
    assert first == {
        "image_path": "train/1_picture/demo_000001.jpg",
        "caption": "sun no. 1, hill",
        "tags": "",
        "image_size": [40, 40],
    }
    assert (folder / first["image_path"]).is_file()


def test_captions_alone_are_written_without_pictures(folder: Path) -> None:
    written = write(made("kohya"), folder, posts(), pictures=False)

    files = sorted(path.name for path in (folder / "train" / "1_picture").iterdir())
    assert files == [f"demo_{n:06d}.txt" for n in range(1, 5)]
    assert written[0].path == "train/1_picture/demo_000001.txt"


def test_a_long_class_is_cut_by_bytes(folder: Path) -> None:
    write(made("kohya", by="who"), folder, posts(who="\U0001d49c" * 100))

    [place] = (folder / "train").iterdir()
    assert place.name == "1_" + "\U0001d49c" * 50


def test_a_class_cannot_leave_its_folder(folder: Path) -> None:
    write(made("kohya", by="who"), folder, posts(who='../../"x'))

    assert [path.name for path in (folder / "train").iterdir()] == ["1_x"]


@pytest.mark.parametrize(
    "options",
    [{"repeats": 0}, {"repeats": {"a": "x"}}, {"class_tokens": "a/b"}, {"shuffle": 1}],
)
def test_an_option_is_checked_at_once(options: dict[str, object]) -> None:
    with pytest.raises(ArgumentError, match=next(iter(options))):
        made("kohya", **options)


def test_metadata_name_the_pictures_that_are_not_there(folder: Path) -> None:
    write(made("kohya"), folder, posts(), pictures=False)

    text = (folder / "meta_train.jsonl").read_text()
    paths = [json.loads(row)["image_path"] for row in text.splitlines()]
    assert not [path for path in paths if path.endswith(".txt")]
