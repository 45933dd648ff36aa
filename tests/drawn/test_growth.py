"""Posts that come, and that are changed, while the booru is being read."""

from pathlib import Path

import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.posts.history import posts
from tests.drawn.asking import ask, found


@pytest.fixture
def young(pictures: Path) -> DemoApp:
    """The booru when it had ten posts."""
    return drawn.create_app(cache=pictures, published=10)


def test_at_the_start_only_the_oldest_are_there(young: DemoApp) -> None:
    assert found(young, "") == [post.id for post in reversed(posts()[:10])]


def test_the_next_posts_can_be_published(young: DemoApp) -> None:
    new = young.booru.publish(2)

    assert new == list(posts()[10:12])
    assert found(young, "", limit="3") == [posts()[n].id for n in (11, 10, 9)]


def test_no_more_come_than_there_are(young: DemoApp) -> None:
    assert len(young.booru.publish(10_000)) == len(posts()) - 10
    assert young.booru.publish() == []


def test_tags_count_what_can_be_seen(young: DemoApp) -> None:
    def count() -> int:
        [row] = ask(young, "/tags.json", {"search[name]": "no_humans"}).json()
        return int(row["post_count"])

    before = count()
    new = young.booru.publish(50)

    assert count() == before + sum("no_humans" in post.tags for post in new)


def test_a_page_shifts_when_a_post_comes(young: DemoApp) -> None:
    first = found(young, "", limit="5")

    young.booru.publish()

    assert found(young, "", limit="5")[1:] == first[:4]
    assert found(young, "", limit="5", page=f"b{first[0]}")[:4] == first[1:]


def test_a_post_can_be_added(young: DemoApp) -> None:
    added = young.booru.add(like=posts()[3].id, rating="explicit", parent_id=None)

    row = ask(young, f"/posts/{added.id}.json").json()

    assert added.id > posts()[-1].id
    assert row["rating"] == "e"
    assert row["md5"] != ask(young, f"/posts/{posts()[3].id}.json").json()["md5"]


def test_a_post_can_be_changed(young: DemoApp) -> None:
    number = posts()[4].id

    young.booru.change(number, status="deleted", up_score=900, down_score=0)

    row = ask(young, f"/posts/{number}.json").json()
    assert row["is_deleted"]
    assert row["score"] == 900


def test_a_post_that_there_is_not_cannot_be_changed(young: DemoApp) -> None:
    with pytest.raises(KeyError):
        young.booru.change(5, rating="general")


def test_making_an_app_makes_up_and_draws_nothing(tmp_path: Path) -> None:
    drawn.create_app(cache=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_package_itself_imports_nothing_heavy() -> None:
    source = Path(drawn.__file__).read_text()
    top = [line for line in source.splitlines() if line.startswith(("import", "from"))]

    assert top == [
        "from __future__ import annotations",
        "from typing import TYPE_CHECKING",
    ]


def test_an_answer_without_files_draws_nothing(tmp_path: Path) -> None:
    app = drawn.create_app(cache=tmp_path)

    assert found(app, "cat")
    assert list(tmp_path.iterdir()) == []
