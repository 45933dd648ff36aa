"""Answers have the keys and the types that Danbooru documents."""

from datetime import UTC, datetime
from itertools import chain

import pytest

from booru_nb.drawn import URL
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.danbooru.times import written
from booru_nb.drawn.posts.history import posts
from tests.drawn.asking import ask

CATEGORIES = ("general", "artist", "copyright", "character", "meta")
KEYS: dict[str, type | tuple[type, ...]] = {
    "id": int,
    "created_at": str,
    "updated_at": str,
    "uploader_id": int,
    "approver_id": (int, type(None)),
    "score": int,
    "up_score": int,
    "down_score": int,
    "fav_count": int,
    "source": str,
    "rating": str,
    "image_width": int,
    "image_height": int,
    "file_ext": str,
    "file_size": int,
    "parent_id": (int, type(None)),
    "has_children": bool,
    "has_active_children": bool,
    "has_visible_children": bool,
    "is_pending": bool,
    "is_flagged": bool,
    "is_deleted": bool,
    "is_banned": bool,
    "tag_string": str,
    "tag_count": int,
    "pixiv_id": type(None),
    "last_noted_at": type(None),
    "last_commented_at": type(None),
    "last_comment_bumped_at": type(None),
    "bit_flags": int,
    "has_large": bool,
    "media_asset": dict,
    **{f"tag_string_{category}": str for category in CATEGORIES},
    **{f"tag_count_{category}": int for category in CATEGORIES},
}
SHOWN: dict[str, type | tuple[type, ...]] = {
    "md5": str,
    "file_url": str,
    "large_file_url": str,
    "preview_file_url": str,
}
RESTRICTED = next(post.id for post in posts() if post.status == "restricted")


def typed(row: dict[str, object], keys: dict[str, type | tuple[type, ...]]) -> bool:
    return set(row) == set(keys) and all(isinstance(row[k], keys[k]) for k in keys)


def test_a_post_has_every_documented_key(app: DemoApp) -> None:
    for row in ask(
        app, "/posts.json", {"tags": "-status:banned", "limit": "40"}
    ).json():
        assert typed(row, KEYS | SHOWN)


def test_a_restricted_post_lacks_md5_and_addresses(app: DemoApp) -> None:
    row = ask(app, f"/posts/{RESTRICTED}.json").json()

    assert typed(row, KEYS)
    assert row["is_banned"]
    assert not {"md5", "file_key", "variants"} & set(row["media_asset"])


def test_counts_are_those_of_the_tags(app: DemoApp) -> None:
    for row in ask(app, "/posts.json", {"limit": "20"}).json():
        groups = [row[f"tag_string_{category}"].split() for category in CATEGORIES]

        assert sorted(chain(*groups)) == sorted(row["tag_string"].split())
        assert row["tag_count"] == len(row["tag_string"].split())


def test_votes_against_are_negative(app: DemoApp) -> None:
    for row in ask(app, "/posts.json", {"limit": "40"}).json():
        assert row["down_score"] <= 0 <= row["up_score"]
        assert row["score"] == row["up_score"] + row["down_score"]


def test_a_sample_is_there_where_the_original_is_wide(app: DemoApp) -> None:
    for row in ask(
        app, "/posts.json", {"tags": "-status:banned", "limit": "40"}
    ).json():
        types = [variant["type"] for variant in row["media_asset"]["variants"]]

        assert ("sample" in types) == row["has_large"] == (row["image_width"] > 850)
        assert types[:3] == ["180x180", "360x360", "720x720"]
        assert (row["large_file_url"] == row["file_url"]) != row["has_large"]


def test_addresses_are_on_the_host_that_was_asked(app: DemoApp) -> None:
    row = ask(app, "/posts/1010.json").json()

    assert row["file_url"].startswith(f"{URL}/original/{row['md5'][:2]}/")


def test_a_parent_knows_its_children(app: DemoApp) -> None:
    child = next(p for p in posts() if p.parent_id and p.status == "active")

    assert ask(app, f"/posts/{child.parent_id}.json").json()["has_active_children"]


def test_only_the_fields_that_are_asked_for(app: DemoApp) -> None:
    assert ask(app, "/posts/1010.json", {"only": "id,rating"}).json().keys() == {
        "id",
        "rating",
    }


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2024-01-15T12:00", "2024-01-15T07:00:00.000-05:00"),
        ("2024-07-15T12:00", "2024-07-15T08:00:00.000-04:00"),
        ("2024-03-10T06:59", "2024-03-10T01:59:00.000-05:00"),
        ("2024-03-10T07:00", "2024-03-10T03:00:00.000-04:00"),
        ("2024-11-03T05:59", "2024-11-03T01:59:00.000-04:00"),
        ("2024-11-03T06:00", "2024-11-03T01:00:00.000-05:00"),
    ],
)
def test_times_have_the_offset_of_the_us_east(moment: str, text: str) -> None:
    assert written(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == text
