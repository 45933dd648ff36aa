from __future__ import annotations

from datetime import UTC, datetime

from booru_nb.post import Post, Rating, Status
from booru_nb.widgets.description import describe, facts, groups, links, summary


def test_facts_name_what_is_known_and_no_more() -> None:
    post = Post(site="x", id=1, width=800, height=600, file_size=1_250_000)

    assert facts(post) == [("Size", "800 x 600, 1.2 MB")]


def test_a_summary_says_what_the_site_thinks() -> None:
    post = Post(site="x", id=1, rating=Rating.GENERAL, score=1234, favorites=5)

    assert summary(post) == "Rated general · score 1,234 · 5 favourites"
    assert summary(Post(site="x", id=1)) == "Rating unknown"


def test_facts_tell_time_and_status() -> None:
    when = datetime(2024, 5, 1, 12, 30, tzinfo=UTC)
    post = Post(site="x", id=1, created_at=when, status=Status.DELETED)

    assert facts(post) == [
        ("Uploaded", "2024-05-01 12:30 UTC"),
        ("Status", "deleted"),
    ]


def test_a_source_is_a_link_only_if_a_browser_may_follow_it() -> None:
    sources = ("https://art.test/1", "javascript:alert(1)", "a book")

    found = [links(Post(site="x", id=1, source=source))[0] for source in sources]

    assert [row["address"] for row in found] == ["https://art.test/1", None, None]
    assert [row["text"] for row in found] == ["art.test/1", *sources[1:]]


def test_a_long_address_is_cut_to_be_shown() -> None:
    [row] = links(Post(site="x", id=1, source="https://art.test/" + "a" * 99))

    assert row["text"] == "art.test/" + "a" * 50 + "…"
    assert str(row["address"]).endswith("a" * 99)


def test_a_parent_leads_to_a_search() -> None:
    [row] = links(Post(site="x", id=2, parent_id=1))

    assert (row["text"], row["query"]) == ("post 1", "parent:1")


def test_tags_stand_by_category_in_the_order_of_boorus() -> None:
    kinds = {"sky": "general", "anna": "artist", "old_lore": "lore", "x_y": "meta"}
    post = Post(site="x", id=1, tags=("anna", "new", "old_lore", "sky", "x_y"))
    post = Post(site="x", id=1, tags=post.tags, categories=kinds)

    assert [(g["title"], g["tags"]) for g in groups(post)] == [
        ("Artists", ["anna"]),
        ("General", ["sky"]),
        ("Meta", ["x_y"]),
        ("Lore", ["old_lore"]),
        ("Other tags", ["new"]),
    ]


def test_tags_without_categories_are_one_group() -> None:
    [group] = groups(Post(site="x", id=1, tags=("sea", "sky")))

    assert (group["title"], group["tags"]) == ("Tags", ["sea", "sky"])


def test_a_bare_post_can_be_described() -> None:
    told = describe(Post(site="x", id=1))

    assert (told["size"], told["links"], told["groups"]) == (None, [], [])
