"""Aliases and implications, on graphs that were followed by hand."""

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booru_nb.errors import FrameError
from booru_nb.stats import Known, of_frames
from booru_nb.stats.relations import of_pairs
from tests.stats.samples import WORDS, few, frame, matrix_of, of, tag_sets

pairs = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), max_size=8)

Pairs = Sequence[tuple[str, str]]


def tags_of(posts: list[set[str]], vocabulary: str, known: Known) -> list[set[str]]:
    """Return the tags that each post has in a vocabulary."""
    stats = of(posts, vocabulary=vocabulary, known=known)
    matrix = matrix_of(stats)
    bounds = zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
    return [set(matrix.names[matrix.codes[low:high]]) for low, high in bounds]


def known(aliases: Pairs = (), implications: Pairs = ()) -> Known:
    return of_frames(
        pd.DataFrame(aliases, columns=["alias", "tag"]),
        pd.DataFrame(implications, columns=["tag", "implies"]),
    )


def test_a_chain_of_aliases_is_followed_to_its_end() -> None:
    relations = of_pairs([("kitty", "kitten"), ("kitten", "cat")], [])

    assert relations.aliases == {"kitty": "cat", "kitten": "cat"}


def test_of_a_circle_of_aliases_the_first_name_is_the_canonical_one() -> None:
    circle = [("cat", "kitten"), ("kitten", "kitty"), ("kitty", "cat")]
    relations = of_pairs([*circle, ("puss", "kitty")], [])

    assert relations.aliases == {"kitten": "cat", "kitty": "cat", "puss": "cat"}


def test_implications_are_followed_through_others() -> None:
    # tabby -> cat -> feline -> mammal, and cat -> pet
    relations = of_pairs(
        [],
        [("tabby", "cat"), ("cat", "feline"), ("feline", "mammal"), ("cat", "pet")],
    )

    assert relations.implied == {
        "tabby": {"cat", "feline", "mammal", "pet"},
        "cat": {"feline", "mammal", "pet"},
        "feline": {"mammal"},
    }


def test_implications_that_run_in_a_circle_end() -> None:
    relations = of_pairs([], [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])

    assert relations.implied == {
        "a": {"b", "c", "d"},
        "b": {"a", "c", "d"},
        "c": {"a", "b", "d"},
    }


def test_a_tag_that_implies_itself_implies_nothing() -> None:
    assert of_pairs([], [("a", "a")]).implied == {"a": frozenset()}


def test_implications_hold_between_canonical_names() -> None:
    relations = of_pairs([("kitty", "cat"), ("beast", "animal")], [("kitty", "beast")])

    assert relations.expanded("kitty") == {"cat", "animal"}


def test_the_four_vocabularies_of_one_post() -> None:
    relations = known(
        aliases=[("kitty", "cat")], implications=[("cat", "animal"), ("dog", "animal")]
    )
    posts = [{"kitty", "animal", "sky"}]
    spoken = {v: tags_of(posts, v, relations)[0] for v in VOCABULARIES}

    assert spoken == {
        "raw": {"kitty", "animal", "sky"},
        "canonical": {"cat", "animal", "sky"},
        "expanded": {"cat", "animal", "sky"},
        "minimal": {"cat", "sky"},
    }


VOCABULARIES = ("raw", "canonical", "expanded", "minimal")


def test_a_post_that_comes_to_a_tag_in_several_ways_counts_once() -> None:
    relations = known(
        aliases=[("kitty", "cat")], implications=[("cat", "animal"), ("dog", "animal")]
    )
    posts = [{"kitty", "cat", "dog"}, {"dog"}, {"sky"}]
    counts = of(posts, vocabulary="expanded", known=relations).counts()

    assert dict(zip(counts["tag"], counts["count"], strict=True)) == {
        "animal": 2,
        "dog": 2,
        "cat": 1,
        "sky": 1,
    }


def test_of_tags_that_imply_each_other_one_stays() -> None:
    relations = known(implications=[("a", "b"), ("b", "a")])

    assert tags_of([{"a", "b"}, {"b"}], "minimal", relations) == [{"a"}, {"b"}]


@few
@given(posts=tag_sets, aliases=pairs, implications=pairs)
def test_a_vocabulary_is_what_following_the_pairs_gives(
    posts: list[set[str]],
    aliases: list[tuple[str, str]],
    implications: list[tuple[str, str]],
) -> None:
    relations = of_pairs(aliases, implications)
    said = known(aliases, implications)

    assert tags_of(posts, "canonical", said) == [
        {relations.canonical(tag) for tag in post} for post in posts
    ]
    assert tags_of(posts, "expanded", said) == [
        {word for tag in post for word in relations.expanded(tag)} for post in posts
    ]


@few
@given(posts=tag_sets, aliases=pairs, implications=pairs)
def test_the_minimal_vocabulary_loses_nothing_that_the_expanded_one_has(
    posts: list[set[str]],
    aliases: list[tuple[str, str]],
    implications: list[tuple[str, str]],
) -> None:
    said = known(aliases, implications)
    minimal = tags_of(posts, "minimal", said)

    assert tags_of(minimal, "expanded", said) == tags_of(posts, "expanded", said)
    canonical = tags_of(posts, "canonical", said)
    assert all(few <= all_ for few, all_ in zip(minimal, canonical, strict=True))


@few
@given(aliases=pairs, implications=pairs)
def test_what_is_implied_is_what_any_number_of_steps_reaches(
    aliases: list[tuple[str, str]], implications: list[tuple[str, str]]
) -> None:
    relations = of_pairs(aliases, implications)
    steps = {
        (relations.canonical(one), relations.canonical(two))
        for one, two in implications
    }
    reached = set(steps)
    for _ in WORDS:
        reached |= {(a, d) for a, b in reached for c, d in steps if b == c}

    assert {
        (tag, other) for tag, others in relations.implied.items() for other in others
    } == {(one, two) for one, two in reached if one != two}


def test_relations_of_a_site_hold_on_its_posts_only() -> None:
    implications = pd.DataFrame(
        {"site": ["meadow"], "tag": ["cat"], "implies": ["animal"]}
    )
    posts = frame([{"cat"}, {"cat"}], site=["meadow", "pond"])
    stats = posts.booru.tag_stats(vocabulary="expanded", implications=implications)

    assert stats.counts().set_index("tag")["count"].to_dict() == {
        "cat": 2,
        "animal": 1,
    }
    assert "pond" in stats.caveats[0]


def test_a_tag_is_found_by_its_alias() -> None:
    relations = known(aliases=[("kitty", "cat")])
    stats = of([{"kitty", "sky"}], vocabulary="canonical", known=relations)

    assert len(stats.posts("kitty")) == 1
    assert stats.related("kitty")["tag"].tolist() == ["sky"]


def test_an_alias_hands_its_category_on() -> None:
    posts = frame([{"kitty"}], species=["kitty"])
    aliases = pd.DataFrame({"alias": ["kitty"], "tag": ["cat"]})
    stats = posts.booru.tag_stats(vocabulary="canonical", aliases=aliases)

    assert stats.counts(category="species")["tag"].tolist() == ["cat"]


def test_a_vocabulary_without_relations_is_the_raw_one_and_says_so() -> None:
    stats = of([{"cat"}], vocabulary="expanded")

    assert stats.counts()["tag"].tolist() == ["cat"]
    assert "No aliases and implications of meadow" in stats.caveats[0]


def test_a_frame_of_relations_without_its_columns_is_refused() -> None:
    with pytest.raises(FrameError, match="no column 'implies'"):
        of_frames(None, pd.DataFrame({"tag": ["cat"]}))


def test_an_alias_of_no_site_holds_on_all() -> None:
    aliases = pd.DataFrame(
        {"site": ["pond", None], "alias": ["cat", "dog"], "tag": ["kitty", "hound"]}
    )
    posts = frame([{"cat", "dog"}] * 2, site=["pond", "meadow"])

    made = posts.booru.tag_stats(vocabulary="canonical", aliases=aliases)

    counts = made.counts().set_index("tag")["count"].to_dict()
    assert counts == {"hound": 2, "cat": 1, "kitty": 1}


def test_relations_in_another_form_are_refused() -> None:
    with pytest.raises(FrameError, match="are DataFrames, not dict"):
        of_frames({"kitty": "cat"})  # type: ignore[arg-type]
