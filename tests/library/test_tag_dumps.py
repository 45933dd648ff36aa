import gzip
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

import booru_nb as bn
from booru_nb.errors import ArgumentError
from booru_nb.library import dumps

RELATION = "id,antecedent_name,consequent_name,created_at,status\n"


def packed(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def aliases(folder: Path, rows: Sequence[str]) -> Path:
    text = RELATION + "".join(f"{n},{row}\n" for n, row in enumerate(rows, 1))
    return packed(folder / "tag_aliases-2026-10-01.csv.gz", text)


def test_e621_s_exports_are_read(lib: bn.Library, tmp_path: Path) -> None:
    tags = 'id,name,category,post_count\n1,umbrella,0,41\n2,"a,b",5,1\n'
    rows = ["brolly,umbrella,,active", "gamp,umbrella,,deleted", "x,y,,pending"]
    files = [
        aliases(tmp_path, rows),
        packed(tmp_path / "tag_implications.csv.gz", RELATION + "1,a,b,,active\n"),
        packed(tmp_path / "tags-2026-10-01.csv.gz", tags),
    ]

    report = lib.sync_tags("e621", dump=files, progress=False)

    assert report["known"].tolist() == [1, 1, 2]
    assert set(report["as_of"].iloc[[0, 2]]) == {datetime(2026, 10, 1, tzinfo=UTC)}
    assert lib.tag_aliases("e621")["alias"].tolist() == ["brolly"]
    assert lib.site_tags("e621").to_numpy().tolist() == [
        ["e621", "a,b", "species", 1],
        ["e621", "umbrella", "general", 41],
    ]


@pytest.mark.parametrize("name", ["tags.jsonl", "tags.json.gz", "tags.jsonl.gz"])
def test_tables_of_json_lines_are_read(
    name: str, lib: bn.Library, tmp_path: Path
) -> None:
    rows = [
        {"id": 1, "name": "sky", "post_count": 7, "category": 0},
        {"id": 2, "name": "highres", "post_count": 9, "category": 5},
    ]
    text = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    packs = name.endswith("gz")
    (tmp_path / name).write_bytes(gzip.compress(text) if packs else text)

    lib.sync_tags("demo", dump=tmp_path / name, progress=False)

    assert lib.site_tags()["category"].tolist() == ["meta", "general"]


def test_rows_that_are_none_are_counted_and_left_out(
    lib: bn.Library, tmp_path: Path
) -> None:
    path = tmp_path / "aliases.jsonl"
    good = {"antecedent_name": "brolly", "consequent_name": "umbrella"}
    lines = [good, {"antecedent_name": 5}, [1], {**good, "antecedent_name": "\x00"}]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines) + "{nonsense\n")

    report = lib.sync_tags("demo", dump=path, progress=False)

    assert report[["what", "fetched", "skipped"]].to_numpy().tolist() == [
        ["aliases", 1, 4]
    ]


def test_a_dump_forgets_what_is_not_in_it_any_more(
    lib: bn.Library, tmp_path: Path
) -> None:
    lib.sync_tags("demo", dump=aliases(tmp_path, ["a,b,,active"]), progress=False)
    newer = aliases(tmp_path, ["c,d,,active"]).rename(
        tmp_path / "tag_aliases-2026-10-02.csv.gz"
    )

    report = lib.sync_tags("demo", dump=newer, progress=False)

    assert report["removed"].tolist() == [1]
    assert lib.tag_aliases()["alias"].tolist() == ["c"]


def test_an_older_dump_does_not_undo_what_the_site_said(
    lib: bn.Library, tmp_path: Path
) -> None:
    lib.sync_tags(what="aliases", progress=False)
    known = lib.tag_aliases()

    lib.sync_tags(dump=aliases(tmp_path, ["bike,sky,,active"]), progress=False)

    assert lib.tag_aliases().equals(known)


def test_a_dump_that_is_cut_keeps_what_came_and_takes_nothing_away(
    lib: bn.Library, tmp_path: Path
) -> None:
    lib.sync_tags("demo", dump=aliases(tmp_path, ["a,b,,active"]), progress=False)
    whole = aliases(tmp_path, [f"t{n},sky,,active" for n in range(20_000)])
    path = whole.rename(tmp_path / "tag_aliases-2026-10-02.csv.gz")
    path.write_bytes(path.read_bytes()[:-2_000])

    with pytest.raises(ArgumentError, match="cut, damaged or no dump"):
        lib.sync_tags("demo", dump=path, progress=False)

    found = lib.tag_aliases()["alias"].tolist()
    assert "a" in found
    assert len(found) >= dumps.ROWS


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("posts.csv", "id,md5\n1,a\n", "no dump of tags"),
        ("relations.csv", RELATION + "1,a,b,,active\n", "Say which"),
        ("tags.csv", "id,name,post_count\n", "has no rows"),
        ("tags.jsonl", "", "has no rows"),
        ("tags.csv", "x" * (dumps.LONGEST_LINE + 2), "larger than any"),
    ],
)
def test_what_is_no_dump_is_told(
    name: str, text: str, said: str, lib: bn.Library, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)

    with pytest.raises(ArgumentError, match=said):
        lib.sync_tags("demo", dump=tmp_path / name, progress=False)


def test_a_dump_that_is_not_there_is_told(lib: bn.Library, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="There is no file"):
        lib.sync_tags("demo", dump=tmp_path / "tags.csv.gz", progress=False)


def test_a_dump_that_unpacks_without_end_is_refused(
    lib: bn.Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "LARGEST", 1 << 20)
    path = aliases(tmp_path, ["a,b,,active"] * 200_000)

    assert path.stat().st_size < 1 << 20
    with pytest.raises(ArgumentError, match="larger than any"):
        lib.sync_tags("demo", dump=path, progress=False)


def test_a_kind_that_is_not_wanted_is_refused(lib: bn.Library, tmp_path: Path) -> None:
    path = aliases(tmp_path, ["a,b,,active"])

    with pytest.raises(ArgumentError, match="tags are wanted"):
        lib.sync_tags("demo", dump=path, what="tags", progress=False)


def test_a_row_that_is_none_may_be_the_first(lib: bn.Library, tmp_path: Path) -> None:
    dump = tmp_path / "tag_aliases.jsonl"
    good = '{"antecedent_name": "kitty", "consequent_name": "cat"}'
    dump.write_text(f"<!-- made by hand -->\n{good}\n")

    [row] = lib.sync_tags("barn", dump=dump, progress=False).to_dict("records")

    assert (row["fetched"], row["skipped"]) == (1, 1)


def test_the_name_of_a_dump_may_be_in_capitals(lib: bn.Library, tmp_path: Path) -> None:
    dump = tmp_path / "TAG_ALIASES.CSV"
    dump.write_text("antecedent_name,consequent_name\nkitty,cat\n")

    lib.sync_tags("barn", dump=dump, progress=False)

    assert lib.tag_aliases("barn")["alias"].tolist() == ["kitty"]


@pytest.mark.parametrize(
    ("dump", "said"), [([], "No dump is named"), (5, "by its path, not by 5")]
)
def test_a_dump_that_is_not_named_is_refused(
    lib: bn.Library, dump: object, said: str
) -> None:
    with pytest.raises(ArgumentError, match=said):
        lib.sync_tags("barn", dump=dump)  # type: ignore[arg-type]
