"""What can be asked of a post: numbers, ratings, dates, files, people.

Each function here reads the value of a word such as ``score:>5``, and gives a test
that a post passes or not. A value that cannot be read is passed by no post.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from booru_nb.drawn.posts.booru import Shelf
from booru_nb.drawn.posts.history import DemoPost
from booru_nb.drawn.queries.ranges import date_matcher, matcher, number

Test = Callable[[DemoPost, Shelf], bool]


@dataclass(frozen=True, slots=True)
class Context:
    """What only the pictures tell.

    Parameters
    ----------
    md5_of : callable
        Gives a post's md5; may draw its picture.
    file_size_of : callable
        Gives the size of its file in bytes; may draw it.
    extension_of : callable
        Gives the kind of its file.
    """

    md5_of: Callable[[DemoPost], str]
    file_size_of: Callable[[DemoPost], int]
    extension_of: Callable[[DemoPost], str]


Trait = Callable[[str, Context], Test]
"""Reads a value, and gives a test."""


def always(_: DemoPost, __: Shelf) -> bool:
    """Match every post."""
    return True


def never(_: DemoPost, __: Shelf) -> bool:
    """Match no post, as a value that cannot be read does."""
    return False


def negated(test: Test) -> Test:
    """Return the test that fails where another one succeeds."""
    return lambda post, shelf: not test(post, shelf)


def all_of(tests: Sequence[Test]) -> Test:
    """Return a test that several ones must pass."""
    return lambda post, shelf: all(test(post, shelf) for test in tests)


def any_of(tests: Sequence[Test]) -> Test:
    """Return a test that one of several must pass."""
    return lambda post, shelf: any(test(post, shelf) for test in tests)


def numeric(get: Callable[[DemoPost], float]) -> Trait:
    """Return how a number of a post is asked for."""

    def read(value: str, _: Context) -> Test:
        try:
            fits = matcher(value, number)
        except ValueError:
            return never
        return lambda post, _: fits(get(post))

    return read


def rated(meant: Mapping[str, Sequence[str]], otherwise: Test = never) -> Trait:
    """Return how ratings are asked for.

    Parameters
    ----------
    meant : mapping of str to sequence of str
        The ratings that a word stands for, or all words with a first letter.
    otherwise : callable
        The test for words that stand for none.
    """

    def read(value: str, _: Context) -> Test:
        wanted = {
            rating
            for word in value.split(",")
            for rating in meant.get(word, meant.get(word[:1], ()))
        }
        return (lambda post, _: post.rating in wanted) if wanted else otherwise

    return read


def date(value: str, _: Context) -> Test:
    """Read when a post was uploaded."""
    try:
        fits = date_matcher(value)
    except ValueError:
        return never
    return lambda post, _: fits(post.created_at)


def parent(value: str, _: Context) -> Test:
    """Read whose variant a post is; the parent itself is found as well."""
    if value in {"none", "any"}:
        return lambda post, _: (post.parent_id is None) == (value == "none")
    if not value.isdecimal():
        return never
    return lambda post, _: int(value) in {post.parent_id, post.id}


def child(value: str, _: Context) -> Test:
    """Read whether a post has variants."""
    return lambda post, shelf: (post.id in shelf.children) == (value != "none")


def md5(value: str, context: Context) -> Test:
    """Read which file a post has; restricted posts do not tell theirs."""
    wanted = set(value.split(","))
    return lambda post, _: (
        post.status != "restricted" and context.md5_of(post) in wanted
    )


def file_size(value: str, context: Context) -> Test:
    """Read how many bytes a file has; ``kb`` and ``mb`` may stand behind a number."""
    plain = value.replace("kb", "k").replace("mb", "m").replace("b", "")
    try:
        fits = matcher(plain, number)
    except ValueError:
        return never
    return lambda post, _: fits(context.file_size_of(post))


def file_type(value: str, context: Context) -> Test:
    """Read which kind of file a post has."""
    return lambda post, _: context.extension_of(post) in value.split(",")


def source(value: str, _: Context) -> Test:
    """Read what the source of a post begins with."""
    if value == "none":
        return lambda post, _: not post.source
    return lambda post, _: post.source.lower().startswith(value.rstrip("*"))


def user(value: str, _: Context) -> Test:
    """Read who uploaded a post."""
    return lambda post, _: post.uploader == value


def status(value: str, _: Context) -> Test:
    """Read what was decided about a post."""
    if value in {"any", "all"}:
        return always
    return lambda post, _: post.status == value


NUMBERS: Mapping[str, Trait] = {
    "id": numeric(lambda post: post.id),
    "score": numeric(lambda post: post.score),
    "upvotes": numeric(lambda post: post.up_score),
    "downvotes": numeric(lambda post: post.down_score),
    "favcount": numeric(lambda post: post.favorites),
    "width": numeric(lambda post: post.scene.width),
    "height": numeric(lambda post: post.scene.height),
    "mpixels": numeric(lambda post: post.scene.width * post.scene.height / 1e6),
    "ratio": numeric(lambda post: round(post.scene.width / post.scene.height, 2)),
    "tagcount": numeric(lambda post: len(post.tags)),
}
"""The numbers of a post, by the words that most engines have for them."""
