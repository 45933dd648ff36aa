from pathlib import Path

import pytest

from booru_nb.errors import StoreError
from booru_nb.sites import TagInfo, TagPage
from booru_nb.store import Store


def test_a_page_is_kept_whole_or_not_at_all(path: Path) -> None:
    with Store.open(path) as store:
        reading = store.tag_lists.begin("quay", "tags")
        name: object = object()
        page = TagPage(
            count=2,
            cursor="2",
            aliases=(("a", "b"),),
            tags=(TagInfo("sky", None, 1), TagInfo(name, None, 1)),  # type: ignore[arg-type]
        )
        with pytest.raises(StoreError):
            store.tag_lists.put(reading, page, whole=["tags"])

        assert store.relations.counts("quay") == dict.fromkeys(
            ("aliases", "implications", "tags"), 0
        )
        assert store.tag_lists.under_way("quay", "tags") == reading


def test_a_reading_goes_on_after_the_file_was_closed(path: Path) -> None:
    with Store.open(path) as store:
        reading = store.tag_lists.begin("quay", "aliases")
        page = TagPage(count=1, cursor="b7", aliases=(("a", "b"),))
        _, after = store.tag_lists.put(reading, page, whole=["aliases"])

    with Store.open(path) as store:
        assert store.tag_lists.under_way("quay", "aliases") == after
        assert store.tag_lists.read_at("quay", "aliases") is None
        assert store.relations.aliases()["alias"] == ["a"]


def test_only_a_reading_of_everything_takes_rows_away(path: Path) -> None:
    with Store.open(path) as store:
        lists = store.tag_lists
        end = TagPage(count=1, cursor=None, aliases=(("a", "b"),))
        lists.put(lists.begin("quay", "aliases"), end, whole=["aliases"])
        none = TagPage(count=0, cursor=None)
        lists.put(lists.begin("quay", "aliases", since=1), none, whole=["aliases"])
        kept = store.relations.aliases()["alias"]
        gains, _ = lists.put(lists.begin("quay", "aliases"), none, whole=["aliases"])

    assert kept == ["a"]
    assert gains["aliases"].removed == 1
