"""The one rule sees tags after aliases, too, wherever posts come and go."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import booru_nb as bn
from booru_nb import guard
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.serving import serve
from tests.support.dialects import DANBOORU


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[DemoApp, str]]:
    app = DANBOORU.app(published=60)
    app.booru.aliases = {"sapling": "sprout", "sprout": "young_child"}
    app.booru.implications = (("seedling", "sapling"),)
    with serve(app) as url:
        yield app, url


@pytest.fixture
def own(served: tuple[DemoApp, str], library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        library.add_site(
            served[1], name="quay", engine="danbooru", rate=None, allow_private=True
        )
        yield library


def frame(rating: str = "explicit", site: str = "quay") -> pd.DataFrame:
    """Return posts of which all but the first mean a child by relations only."""
    tags = ["tree", "sapling tree", "sprout", "seedling"]
    ids = range(1, len(tags) + 1)
    return pd.DataFrame({"site": site, "id": ids, "rating": rating, "tags": tags})


def test_kept_posts_go_when_an_alias_shows_what_they_are(own: bn.Library) -> None:
    own.bookmark(frame())
    assert len(own.bookmarks()) == 4

    own.sync_tags("quay", progress=False)

    assert own.bookmarks()["id"].tolist() == [1]
    assert own.posts()["id"].tolist() == [1]


def test_posts_are_not_kept_once_the_alias_is_known(own: bn.Library) -> None:
    own.sync_tags("quay", progress=False)

    assert own.bookmark(frame())["id"].tolist() == [1]


def test_frames_grids_queries_and_statistics_leave_them_out(own: bn.Library) -> None:
    own.sync_tags("quay", progress=False)
    posts = frame()

    assert bn.posts(posts)["id"].tolist() == [1]
    assert posts.booru.query("")["id"].tolist() == [1]
    assert len(own.tag_stats(posts)) == 1
    assert len(posts.booru.tag_stats()) == 1
    assert own.tags(posts=posts)["tag"].tolist() == ["tree"]


@pytest.mark.parametrize("steps", ["none", "retag"])
def test_exports_leave_them_out_also_of_datasets_from_before(
    own: bn.Library, tmp_path: Path, steps: str
) -> None:
    ds = own.dataset(frame(), name="trees")
    if steps == "retag":
        ds = ds.retag(remove=["sapling", "sprout", "seedling"])
    assert len(ds) == 4
    own.sync_tags("quay", progress=False)

    table = ds.export(tmp_path / "x", "csv", images=False, progress=False)

    assert table["id"].tolist() == [1]


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_files_are_counted_without_them(
    own: bn.Library, tmp_path: Path, engine: str
) -> None:
    own.sync_tags("quay", progress=False)
    frame().to_parquet(tmp_path / "posts.parquet")

    stats = own.tag_stats(tmp_path / "posts.parquet", engine=engine)

    assert stats.posts()["id"].tolist() == [1]


def test_a_search_does_not_show_them(
    own: bn.Library, served: tuple[DemoApp, str]
) -> None:
    booru = served[0].booru
    post = booru.shelf.posts[-1]
    booru.change(post.id, rating="explicit", tags={"sapling": "general"})
    before = own.search(f"id:{post.id}", site="quay", rating="any", progress=False)
    own.sync_tags("quay", progress=False)

    after = own.search(f"id:{post.id}", site="quay", rating="any", progress=False)
    assert before["id"].tolist() == [post.id]
    assert after.empty


def test_a_general_post_of_such_a_tag_stays(own: bn.Library) -> None:
    own.bookmark(frame(rating="general"))
    own.sync_tags("quay", progress=False)

    assert len(own.bookmarks()) == 4


def test_an_alias_of_one_site_says_nothing_of_another(own: bn.Library) -> None:
    own.bookmark(frame(site="meadow"))
    own.sync_tags("quay", progress=False)

    assert len(own.bookmarks()) == 4


def test_a_library_that_is_opened_again_knows_it(own: bn.Library) -> None:
    own.sync_tags("quay", progress=False)
    own.close()

    assert not guard.withheld("explicit", ["sapling"], site="quay")
    with bn.open(own.path) as again:
        assert guard.withheld("explicit", ["sapling"], site="quay")
        assert again.bookmark(frame())["id"].tolist() == [1]


def test_datasets_and_their_recipes_leave_them_out(
    own: bn.Library, tmp_path: Path
) -> None:
    before = own.dataset(frame(), name="trees")
    own.sync_tags("quay", progress=False)
    after = own.dataset(frame(), name="trees")
    before.save(tmp_path / "trees.json")

    assert before.posts["id"].tolist() == after.posts["id"].tolist() == [1]
    assert before.dropped.empty
    assert before.report()["kept"].tolist() == [1]
    assert '"quay",\n    2' not in (tmp_path / "trees.json").read_text()
    again = own.load_dataset(tmp_path / "trees.json", posts=frame())
    assert again.retag(add="oak").posts["id"].tolist() == [1]
