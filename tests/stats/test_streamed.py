"""Statistics streamed from the disk answer as those in memory do."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booru_nb import stats
from booru_nb.errors import ArgumentError, FrameError
from booru_nb.stats import TagStats, onfile
from tests.stats.samples import frame, times

WORDS = ("ant", "bee", "cat", "dog", "elk", "loli", "child", "ün_i", "a:b")
Ask = Callable[[TagStats], pd.DataFrame]

ASKED: list[Ask] = [
    lambda s: s.counts(),
    lambda s: s.counts(by="rating"),
    lambda s: s.counts(by="month"),
    lambda s: s.counts(by="site", category="artist"),
    lambda s: s.related("cat", measure="npmi"),
    lambda s: s.related("cat -dog score:>2"),
    lambda s: s.related("artist:cat or e*"),
    lambda s: s.cooccurrence(top=5),
    lambda s: s.cooccurrence(tags=["dog", "hound", "nobody"], measure="jaccard"),
    lambda s: s.cooccurrence(top=5, measure="frequency", tidy=True),
    lambda s: s.over_time(["cat", "dog -cat"], freq="MS"),
    lambda s: s.emerging(min_count=1),
    lambda s: s.compare("cat", "dog"),
    lambda s: s.posts("cat"),
    lambda s: s.posts(),
]

ALIASES = pd.DataFrame(
    {
        "site": ["meadow", "meadow", "pond", "pond"],
        "alias": ["hound", "ant", "ant", "bee"],
        "tag": ["dog", "bee", "elk", "child"],
    }
)
IMPLICATIONS = pd.DataFrame(
    {
        "site": ["meadow", "meadow", "pond"],
        "tag": ["dog", "animal", "cat"],
        "implies": ["animal", "dog", "cat"],
    }
)

posts = st.lists(
    st.tuples(
        st.sampled_from(["meadow", "pond", "o'hill"]),
        st.integers(1, 6),
        st.sampled_from(["general", "sensitive", "explicit", None]),
        st.sets(st.sampled_from(WORDS[:5]), max_size=4),
        st.sets(st.sampled_from(WORDS), max_size=2),
        st.sampled_from(["", "lore:cat", "cat oc:x", "lore:dog oc:dog"]),
        st.integers(0, 5) | st.none(),
        st.sampled_from(["2024-01-03", "2024-03-01", "2024-03-31", None]),
    ),
    max_size=14,
)


def made(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Return posts as a frame, doubles, gaps and withheld ones among them."""
    sites, ids, ratings, tags, artists, others, scores, dates = (
        zip(*rows, strict=True) if rows else [()] * 8
    )
    return frame(
        tags,
        site=pd.Series(sites, dtype="str"),
        id=pd.Series(ids, dtype="int64"),
        rating=pd.Series(ratings, dtype="str"),
        artist=pd.Series([" ".join(sorted(a)) for a in artists], dtype="str"),
        other=pd.Series(others, dtype="str"),
        score=pd.Series(scores, dtype="Int64"),
        created_at=times(*dates),
    )


def both(path: Path, vocabulary: str = "raw") -> tuple[TagStats, TagStats]:
    known = stats.of_frames(ALIASES, IMPLICATIONS)
    memory, streamed = (
        stats.of_parquet(path, vocabulary=vocabulary, known=known, engine=engine)
        for engine in ("memory", "duckdb")
    )
    return memory, streamed


@settings(max_examples=12, deadline=None)
@given(posts, st.sampled_from(["raw", "canonical", "expanded", "minimal"]), st.data())
def test_both_backends_give_the_same_answers(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[Any, ...]],
    vocabulary: str,
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("posts") / 'it\'s [a] 100% "file"; --*.parquet'
    size = data.draw(st.integers(1, 5), label="rows a group")
    made(rows).to_parquet(path, row_group_size=size)

    memory, streamed = both(path, vocabulary)

    assert len(memory) == len(streamed)
    assert memory.caveats == streamed.caveats
    for ask in ASKED:
        one, two = ask(memory), ask(streamed)
        pd.testing.assert_frame_equal(one, two)
        assert one.attrs.get("caveats") == two.attrs.get("caveats")


def test_parts_and_chunks_make_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in (
        ("parquet", "PART"),
        ("streamed", "CHUNK"),
        ("streamed", "SPOKEN"),
    ):
        monkeypatch.setattr(f"booru_nb.stats.{module}.{name}", 7)
    rng = np.random.default_rng(5)
    tags = [set(rng.choice(WORDS[:5], size=rng.integers(0, 5))) for _ in range(200)]
    ids = rng.integers(0, 120, 200)
    frame(tags, id=ids, site=list(rng.choice(["meadow", "pond"], 200))).to_parquet(
        tmp_path / "posts.parquet"
    )

    for vocabulary in ("raw", "expanded", "minimal"):
        memory, streamed = both(tmp_path / "posts.parquet", vocabulary)
        for ask in (ASKED[0], ASKED[4], ASKED[7], ASKED[9], ASKED[13]):
            pd.testing.assert_frame_equal(ask(memory), ask(streamed))


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
@pytest.mark.parametrize("name", [".", "part-*.parquet"])
def test_several_files_are_one(tmp_path: Path, name: str, engine: str) -> None:
    frame([{"cat"}, {"dog"}]).to_parquet(tmp_path / "part-1.parquet")
    again = frame([{"dog"}, {"dog"}], id=[2, 3])
    again.to_parquet(tmp_path / "part-2.parquet")

    found = stats.of_parquet(tmp_path / name, engine=engine)

    assert found.counts()[["tag", "count"]].to_numpy().tolist() == [
        ["dog", 2],
        ["cat", 1],
    ]
    assert found.posts().index.tolist() == [0, 1, 3]


def test_a_mask_is_of_all_rows_of_the_files(tmp_path: Path) -> None:
    frame([{"cat"}, {"dog"}, {"dog"}], id=[1, 1, 2]).to_parquet(tmp_path / "a.parquet")

    streamed = stats.of_parquet(tmp_path / "a.parquet", engine="duckdb")

    chosen = np.array([False, True, True])
    assert streamed.posts(chosen)["id"].tolist() == [2]
    assert streamed.related(chosen)["tag"].tolist() == ["dog"]


def test_a_withheld_post_is_not_counted(tmp_path: Path) -> None:
    posts = frame(
        [{"child"}, {"child"}, {"loli"}], rating=["general", "explicit", "general"]
    )
    posts.to_parquet(tmp_path / "a.parquet")

    streamed = stats.of_parquet(tmp_path / "a.parquet", engine="duckdb")

    assert streamed.counts()[["tag", "count"]].to_numpy().tolist() == [["child", 1]]
    assert streamed.posts()["id"].tolist() == [1]


def test_few_posts_are_counted_in_memory_and_many_are_streamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame([{"cat"}] * 3).to_parquet(tmp_path / "a.parquet")
    few = stats.of_parquet(tmp_path / "a.parquet").backend
    monkeypatch.setattr(onfile, "MOST_IN_MEMORY", 2)
    many = stats.of_parquet(tmp_path / "a.parquet").backend

    assert [type(few).__name__, type(many).__name__] == ["Memory", "Streamed"]


def test_a_small_memory_is_enough(tmp_path: Path) -> None:
    frame([{"cat", "dog"}] * 50).to_parquet(tmp_path / "a.parquet")

    found = stats.of_parquet(tmp_path / "a.parquet", engine="duckdb", memory="64MB")

    assert found.counts()["count"].tolist() == [50, 50]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"engine": "polars"}, "auto, memory, duckdb"),
        ({"engine": "duckdb", "memory": "lots"}, "DuckDB could not count"),
        ({"engine": "duckdb", "vocabulary": "full"}, "no vocabulary 'full'"),
    ],
)
def test_what_cannot_be_is_told(
    tmp_path: Path, options: dict[str, str], said: str
) -> None:
    frame([{"cat"}]).to_parquet(tmp_path / "a.parquet")

    with pytest.raises(ArgumentError, match=said):
        stats.of_parquet(tmp_path / "a.parquet", **options)  # type: ignore[arg-type]


def test_without_duckdb_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame([{"cat"}]).to_parquet(tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "duckdb", None)

    with pytest.raises(ArgumentError, match=r'pip install "booru-nb\[scale\]"'):
        stats.of_parquet(tmp_path / "a.parquet", engine="duckdb")
    assert len(stats.of_parquet(tmp_path / "a.parquet")) == 1


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_a_file_of_something_else_is_told(tmp_path: Path, engine: str) -> None:
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "a.parquet")
    (tmp_path / "text.parquet").write_text("no")

    with pytest.raises(FrameError, match="no column 'id'"):
        stats.of_parquet(tmp_path / "a.parquet", engine=engine)
    with pytest.raises(FrameError, match="no Parquet file"):
        stats.of_parquet(tmp_path / "text.parquet", engine=engine)
    with pytest.raises(FrameError, match="There is no file"):
        stats.of_parquet(tmp_path / "none-*.parquet", engine=engine)


def test_a_database_ends_with_who_counts_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    frame([{"cat"}]).to_parquet(tmp_path / "a.parquet")
    found = stats.of_parquet(tmp_path / "a.parquet", engine="duckdb")
    there = list(tmp_path.glob("booru-nb-stats-*"))
    del found

    assert len(there) == 1
    assert not there[0].exists()


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_a_column_that_the_first_file_lacks_is_read(
    tmp_path: Path, engine: str
) -> None:
    frame([{"cat"}]).assign(mood=None).to_parquet(tmp_path / "1.parquet")
    later = frame([{"dog"}], id=[2], species=["lynx"], mood=["calm"])
    later.to_parquet(tmp_path / "2.parquet")

    found = stats.of_parquet(tmp_path, engine=engine)

    counts = found.counts()[["tag", "category"]].fillna("").to_numpy().tolist()
    assert counts == [["cat", ""], ["dog", ""], ["lynx", "species"]]
    assert found.counts(by="mood")["mood"].tolist()[:2] == ["calm", "calm"]


DATES = times(
    "2024-01-31T23:30:00Z", "2024-02-29T00:00:00Z", None, "2024-03-01T00:00:00Z"
)

FORMS: dict[str, dict[str, Any]] = {
    "lists": {"tags": [["cat", "dog"], [], None, ["cat"]]},
    "no tags": {"tags": None},
    "a zone": {"created_at": DATES.dt.tz_convert("Asia/Tokyo")},
    "no zone": {"created_at": DATES.dt.tz_localize(None)},
    "nanoseconds": {"created_at": DATES.astype("datetime64[ns, UTC]")},
    "dates as text": {"created_at": ["2024-01-31", "2024-02-29", None, "2024-03-01"]},
    "numbers as text": {"id": ["4", "3", "3", "1"]},
    "numbers as floats": {"id": [4.0, 3.0, 3.0, 1.0]},
    "sites as categories": {"site": pd.Categorical(["pond", "a", "a", "pond"])},
    "ratings unknown": {"rating": [None, "explicit", None, "general"]},
    "a column of its own": {"mood": pd.Categorical(["b", None, "a", "b"])},
}


@pytest.mark.parametrize("form", FORMS)
def test_both_backends_read_every_form_of_a_column(tmp_path: Path, form: str) -> None:
    posts = frame([{"cat"}, {"dog", "ant"}, {"dog"}, {"cat", "dog"}], score=None)
    whole = posts.assign(created_at=DATES, mood="calm").assign(**FORMS[form])
    whole.to_parquet(tmp_path / "a.parquet", row_group_size=3)

    memory, streamed = both(tmp_path / "a.parquet")

    asks: list[Ask] = [*ASKED, lambda s: s.counts(by="mood")]
    for ask in asks:
        pd.testing.assert_frame_equal(ask(memory), ask(streamed))
