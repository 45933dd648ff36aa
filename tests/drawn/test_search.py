"""Searching in Danbooru's language."""

from datetime import UTC, datetime

import pytest

from booru_nb import drawn
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.posts.history import DemoPost, posts
from tests.drawn.asking import ask, found

NEWEST = [post.id for post in reversed(posts())]


def by_hand(**wanted: object) -> list[int]:
    """Return the ids of posts by attribute, newest first."""
    return [
        post.id
        for post in reversed(posts())
        if all(getattr(post, name) == value for name, value in wanted.items())
    ]


def post(number: int) -> DemoPost:
    return next(p for p in posts() if p.id == number)


@pytest.fixture
def free(app: DemoApp) -> DemoApp:
    """The app where any number of tags may be asked for."""
    return drawn.create_app(cache=app.gallery.shelf.folder.parent, tag_limit=None)


def test_without_tags_the_newest_come_first(app: DemoApp) -> None:
    assert found(app, "") == NEWEST[:20]


def test_tags_are_joined_by_and(app: DemoApp) -> None:
    ids = found(app, "cat night", limit="200")

    assert ids
    assert all({"cat", "night"} <= set(post(i).tags) for i in ids)


def test_a_tag_is_negated(app: DemoApp) -> None:
    ids = found(app, "cat -night", limit="200")

    assert ids
    assert all("cat" in post(i).tags and "night" not in post(i).tags for i in ids)


def test_one_of_several_is_enough(app: DemoApp) -> None:
    ids = found(app, "~windmill ~castle", limit="200")

    tags = [post(i).tags for i in ids]
    assert any("castle" not in t for t in tags)
    assert all("windmill" in t or "castle" in t for t in tags)


def test_a_star_stands_for_any_letters(app: DemoApp) -> None:
    ids = found(app, "*_umbrella", limit="200")

    assert ids
    assert all(any(t.endswith("_umbrella") for t in post(i).tags) for i in ids)


def test_an_alias_finds_what_it_means(app: DemoApp) -> None:
    assert found(app, "kitty") == found(app, "cat")


def test_an_unknown_tag_finds_nothing(app: DemoApp) -> None:
    assert found(app, "no_such_tag") == []


@pytest.mark.parametrize(
    "tag",
    ["the_9:15_to_nowhere", "100%_chance_of_rain", "tea_o'clock", "rust_&_rain",
     "森の手紙", ":3", "^_^", "snow+more_snow", "sunset_(series)", "søndag_sky"],
)  # fmt: skip
def test_odd_names_can_be_searched_for(app: DemoApp, tag: str) -> None:
    ids = found(app, tag)

    assert ids
    assert all(tag in post(i).tags for i in ids)


@pytest.mark.parametrize(
    ("words", "ratings"),
    [
        ("rating:g", {"general"}),
        ("rating:explicit", {"explicit"}),
        ("rating:q,e", {"questionable", "explicit"}),
        ("-rating:general", {"sensitive", "questionable", "explicit"}),
        ("rating:s", {"sensitive"}),
    ],
)
def test_ratings(app: DemoApp, words: str, ratings: set[str]) -> None:
    ids = found(app, words, limit="200")

    assert {post(i).rating for i in ids} == ratings


def test_an_unknown_rating_finds_nothing(app: DemoApp) -> None:
    assert found(app, "rating:z") == []


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("1010", [1010]),
        ("1010,1012,99", [1012, 1010]),
        ("1010..1012", [1012, 1011, 1010]),
        ("1010...1012", [1011, 1010]),
        ("<1003", [1002, 1001]),
        ("<=1002", [1002, 1001]),
        ("..1002", [1002, 1001]),
    ],
)
def test_ids_in_ranges_and_lists(app: DemoApp, value: str, ids: list[int]) -> None:
    assert found(app, f"id:{value}") == [i for i in ids if i in NEWEST]


def test_scores_in_ranges(app: DemoApp) -> None:
    assert {post(i).score > 50 for i in found(app, "score:>50", limit="200")} == {True}
    assert {post(i).score for i in found(app, "score:5..7")} == {5, 6, 7}


def test_a_value_that_is_none_finds_nothing(app: DemoApp) -> None:
    assert found(app, "score:many") == []
    assert found(app, "date:yesterday") == []


def test_dates_stand_for_all_of_their_time(app: DemoApp) -> None:
    ids = found(app, "date:2021-03", limit="200")

    assert ids == [
        p.id
        for p in reversed(posts())
        if datetime(2021, 3, 1, tzinfo=UTC) <= p.created_at
        and p.created_at < datetime(2021, 4, 1, tzinfo=UTC)
    ]
    assert found(app, "date:2021-03..2021-03", limit="200") == ids
    assert found(app, "date:>=2021-03 date:<2021-04", limit="200") == ids


def test_status(app: DemoApp) -> None:
    assert found(app, "status:deleted") == by_hand(status="deleted")[:20]
    assert found(app, "status:pending") == by_hand(status="pending")
    assert found(app, "status:banned") == by_hand(status="restricted")


def test_deleted_posts_are_found_as_well(app: DemoApp) -> None:
    [first, *_] = by_hand(status="deleted")

    assert found(app, f"id:{first}") == [first]
    assert found(app, f"id:{first} -status:deleted") == []


def test_a_parent_is_found_with_its_children(app: DemoApp) -> None:
    child = next(p for p in posts() if p.parent_id is not None)

    family = found(app, f"parent:{child.parent_id}")

    assert child.id in family
    assert child.parent_id in family
    assert all(post(i).parent_id is None for i in found(app, "parent:none"))


def test_a_post_is_found_by_md5(app: DemoApp) -> None:
    row = ask(app, "/posts/1010.json").json()

    assert found(app, f"md5:{row['md5']}") == [1010]
    assert ask(app, "/posts.json", {"md5": row["md5"]}).json() == row


@pytest.mark.parametrize(
    ("order", "attribute", "falling"),
    [
        ("score", "score", True),
        ("score_asc", "score", False),
        ("favcount", "favorites", True),
        ("id_asc", "id", False),
        ("id", "id", False),
    ],
)
def test_orders(app: DemoApp, order: str, attribute: str, *, falling: bool) -> None:
    values = [getattr(post(i), attribute) for i in found(app, f"order:{order}")]

    assert values == sorted(values, reverse=falling)


def test_a_random_order_is_another_one_each_time(app: DemoApp) -> None:
    assert found(app, "order:random") != found(app, "order:random")


def test_pages_follow_each_other(app: DemoApp) -> None:
    ids = [i for page in "123" for i in found(app, "", limit="7", page=page)]

    assert ids == NEWEST[:21]


def test_before_and_after_an_id(app: DemoApp) -> None:
    middle = NEWEST[100]

    assert found(app, "", limit="3", page=f"b{middle}") == NEWEST[101:104]
    assert found(app, "", limit="3", page=f"a{middle}") == NEWEST[97:100]


def test_a_cursor_overrides_an_order(app: DemoApp) -> None:
    ids = found(app, "order:score", limit="5", page=f"b{NEWEST[10]}")

    assert ids == NEWEST[11:16]


def test_a_crawl_with_cursors_finds_every_post_once(app: DemoApp) -> None:
    ids: list[int] = []
    page = found(app, "no_humans", limit="200")
    while page:
        ids += page
        page = found(app, "no_humans", limit="200", page=f"b{min(ids)}")

    assert ids == [i for i in NEWEST if "no_humans" in post(i).tags]


@pytest.mark.parametrize(("asked", "given"), [("500", 200), ("0", 1), ("x", 20)])
def test_a_limit_is_lowered_without_a_word(
    app: DemoApp, asked: str, given: int
) -> None:
    assert len(found(app, "", limit=asked)) == given


def test_a_limit_may_stand_among_the_tags(app: DemoApp) -> None:
    assert len(found(app, "limit:7")) == 7


def test_posts_are_counted(app: DemoApp) -> None:
    answer = ask(app, "/counts/posts.json", {"tags": "cat -night"}).json()

    wanted = [p for p in posts() if "cat" in p.tags and "night" not in p.tags]
    assert answer == {"counts": {"posts": len(wanted)}}


def test_free_metatags_do_not_count_towards_the_limit(app: DemoApp) -> None:
    words = "cat night rating:g,s score:>0 -status:deleted id:>0 date:2020.. limit:5"

    assert found(app, words)


def test_without_a_limit_any_number_of_tags_goes(free: DemoApp) -> None:
    assert found(free, "cat night no_humans -rain -dog sky order:score")
