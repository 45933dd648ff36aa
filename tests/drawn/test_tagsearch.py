"""Tags, aliases, implications, and completing what is typed."""

from typing import Any

import pytest

from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.posts.lexicon import ALIASES, implications
from tests.drawn.asking import ask

TAG_KEYS = {
    "id", "name", "post_count", "category", "created_at", "updated_at",
    "is_deprecated", "words",
}  # fmt: skip


def search(app: DemoApp, path: str, limit: int = 1000, **words: str) -> Any:
    """Return rows for what stands in ``search[…]``."""
    params = {f"search[{name}]": value for name, value in words.items()}
    return ask(app, path, {"limit": str(limit), **params}).raise_for_status().json()


def complete(app: DemoApp, typed: str, limit: int = 10) -> Any:
    return search(app, "/autocomplete.json", limit, query=typed, type="tag_query")


def test_tags_by_name(app: DemoApp) -> None:
    rows = search(app, "/tags.json", name_comma="cat,:3,no_such_tag")

    assert {row["name"] for row in rows} == {"cat", ":3"}
    assert all(set(row) == TAG_KEYS for row in rows)


@pytest.mark.parametrize(
    ("name", "category"),
    [("cat", 0), ("paper_moon", 1), ("lantern_coast", 3),
     ("beacon_(lantern_coast)", 4), ("highres", 5)],
)  # fmt: skip
def test_categories_are_danboorus_numbers(
    app: DemoApp, name: str, category: int
) -> None:
    [row] = search(app, "/tags.json", name=name)

    assert row["category"] == category


def test_a_tag_counts_its_posts(app: DemoApp) -> None:
    [row] = search(app, "/tags.json", name="cat")

    answer = ask(app, "/counts/posts.json", {"tags": "cat"}).json()
    assert row["post_count"] == answer["counts"]["posts"]


def test_tags_by_pattern_and_count(app: DemoApp) -> None:
    rows = search(app, "/tags.json", name_matches="*_sky", order="count")
    counts = [row["post_count"] for row in rows]

    assert len(rows) > 5
    assert all(row["name"].endswith("_sky") for row in rows)
    assert counts == sorted(counts, reverse=True)


def test_words_that_are_not_known_are_ignored(app: DemoApp) -> None:
    assert search(app, "/tags.json", name_match="cat") == search(app, "/tags.json")


def test_rows_come_in_pages(app: DemoApp) -> None:
    pages = [
        ask(app, "/tags.json", {"limit": "3", "page": page}).json() for page in "12"
    ]

    assert [len(page) for page in pages] == [3, 3]
    assert pages[0] != pages[1]


def test_aliases(app: DemoApp) -> None:
    [row] = search(app, "/tag_aliases.json", antecedent_name="kitty")

    assert row["consequent_name"] == "cat"
    assert row["status"] == "active"
    assert len(search(app, "/tag_aliases.json", status="active")) == len(ALIASES)


def test_implications(app: DemoApp) -> None:
    rows = search(app, "/tag_implications.json", antecedent_name="siamese_cat")

    assert [row["consequent_name"] for row in rows] == ["cat"]
    assert len(search(app, "/tag_implications.json", status="active")) == len(
        implications()
    )


def test_completions_are_the_most_used_tags(app: DemoApp) -> None:
    rows = complete(app, "sun")
    counts = [row["post_count"] for row in rows]

    assert {"sun", "sunset"} <= {row["value"] for row in rows}
    assert counts == sorted(counts, reverse=True)
    assert rows[0].keys() == {
        "type", "label", "value", "category", "post_count", "tag",
    }  # fmt: skip


def test_an_alias_is_completed_to_what_it_means(app: DemoApp) -> None:
    [row, *_] = complete(app, "kitt")

    assert (row["type"], row["value"], row["antecedent"]) == (
        "tag-alias",
        "cat",
        "kitty",
    )


def test_the_last_word_is_completed(app: DemoApp) -> None:
    assert complete(app, "night -lightho") == complete(app, "lightho")
    assert complete(app, "lightho")[0]["value"] == "lighthouse"


def test_a_word_inside_a_tag_is_found(app: DemoApp) -> None:
    assert "full_moon" in {row["value"] for row in complete(app, "moon", 50)}


def test_nothing_typed_or_no_type_gives_nothing(app: DemoApp) -> None:
    assert complete(app, "") == []
    assert search(app, "/autocomplete.json", query="sun") == []
