"""What there is on the demo booru."""

import subprocess
import sys
from collections import Counter
from itertools import pairwise

from booru_nb.drawn.posts.history import DemoPost, posts
from booru_nb.drawn.posts.lexicon import ALIASES, implied
from booru_nb.guard import withheld

PRINT = (
    "import hashlib; from booru_nb.drawn.posts.history import posts;"
    "print(hashlib.sha256(repr(posts()).encode()).hexdigest())"
)


def fingerprint(hash_seed: str) -> str:
    """Return what another Python process makes of the posts."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT],
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def counted(category: str) -> Counter[str]:
    return Counter(name for post in posts() for name in post.tags_of(category))


def test_there_are_at_least_600() -> None:
    assert len(posts()) >= 600


def test_every_process_makes_the_same_posts() -> None:
    assert fingerprint("1") == fingerprint("2")


def test_another_seed_makes_other_posts() -> None:
    assert posts(20, 1)[5].scene != posts(20, 2)[5].scene


def test_a_higher_id_is_a_newer_post() -> None:
    for older, newer in pairwise(posts()):
        assert older.id < newer.id
        assert older.created_at <= newer.created_at


def test_they_cover_six_years_and_become_more() -> None:
    years = Counter(post.created_at.year for post in posts())

    assert years[2020] < years[2022] < years[2024]
    assert (posts()[-1].created_at - posts()[0].created_at).days > 5 * 365


def test_most_are_general_and_each_rating_occurs() -> None:
    ratings = Counter(post.rating for post in posts())

    assert set(ratings) == {"general", "sensitive", "questionable", "explicit"}
    assert ratings["general"] > 0.75 * len(posts())


def test_each_status_occurs() -> None:
    found = {post.status for post in posts()}

    assert found == {"active", "pending", "flagged", "deleted", "restricted"}


def test_none_is_one_that_must_never_be_shown() -> None:
    assert not [post.id for post in posts() if withheld(post.rating, post.tags)]


def test_a_few_artists_draw_most() -> None:
    artists = [count for _, count in counted("artist").most_common()]

    assert len(artists) == 20
    assert sum(artists[:5]) > 0.5 * sum(artists)


def test_each_post_has_one_artist_and_a_copyright() -> None:
    for post in posts():
        assert len(post.tags_of("artist")) == 1
        assert post.tags_of("copyright")


def test_tags_are_sorted_words_without_blanks() -> None:
    for post in posts():
        assert list(post.tags) == sorted(post.tags)
        assert not any(" " in name or name != name.strip() for name in post.tags)


def test_names_are_as_odd_as_on_real_boorus() -> None:
    names = " ".join(name for post in posts() for name in post.tags)

    for odd in ("'", "(", "&", "%", "+", ":3", ":d", "^_^", "=_=", "ø", "森", "9:15"):
        assert odd in names


def test_no_tag_is_an_alias_of_another() -> None:
    names = {name for post in posts() for name in post.tags}

    assert not names & set(ALIASES)
    assert set(ALIASES.values()) <= names


def test_most_posts_have_all_implied_tags() -> None:
    whole = [post for post in posts() if implied(post.tags) <= set(post.tags)]

    assert 0.85 * len(posts()) < len(whole) < len(posts())


def test_a_variant_shows_the_same_as_its_parent() -> None:
    by_id = {post.id: post for post in posts()}
    pairs = [(p, by_id[p.parent_id]) for p in posts() if p.parent_id is not None]

    assert len(pairs) > 40
    for child, parent in pairs:
        assert child.scene.things == parent.scene.things
        assert child.scene != parent.scene
        assert child.id > parent.id


def test_scores_have_a_long_tail() -> None:
    scores = sorted(post.score for post in posts())

    assert scores[0] < 0
    assert scores[-1] > 10 * scores[len(scores) // 2]


def test_each_picture_is_another_one() -> None:
    assert len({post.scene for post in posts()}) == len(posts())


def test_umbrellas_go_with_the_rain() -> None:
    def share(of: list[DemoPost]) -> float:
        return sum("umbrella" in post.tags for post in of) / len(of)

    wet = [post for post in posts() if "rain" in post.tags]

    assert share(wet) > 3 * share(list(posts()))
