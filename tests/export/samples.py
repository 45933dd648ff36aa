"""Posts to make datasets of, and a host that answers without a library."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import strategies as st

from booru_nb import frames
from booru_nb.export.dataset import Dataset
from booru_nb.export.source import of_frame
from booru_nb.library.progress import bar
from booru_nb.post import Post, Rating
from booru_nb.query.frames import select

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from os import PathLike

    from booru_nb.export.order import Order
    from booru_nb.export.parts import About


class Host:
    """What a dataset asks of a library that knows some relations and no thumbnail."""

    def __init__(
        self,
        aliases: Sequence[tuple[str, str]] = (),
        implications: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.aliases = pd.DataFrame(list(aliases), columns=["alias", "tag"])
        self.implications = pd.DataFrame(list(implications), columns=["tag", "implies"])

    def found(self, posts: pd.DataFrame, query: str) -> pd.DataFrame:
        return select(posts, query)

    def relations(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self.aliases, self.implications

    def thumbnails(
        self,
        posts: pd.DataFrame,
        *,
        progress: bool,  # noqa: ARG002 - as every host has it
    ) -> Iterator[Sequence[bytes | Exception]]:
        yield [LookupError("no thumbnail")] * len(posts)

    def bar(
        self, total: int, *, doing: str, unit: str, show: bool
    ) -> AbstractContextManager[Any]:
        return bar(total, doing=doing, unit=unit, show=show)

    def grid(self, posts: pd.DataFrame, **options: Any) -> Any:
        return posts, options

    def check_file(self, path: str | PathLike[str]) -> None:
        pass

    def ours(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame

    async def export(
        self, posts: pd.DataFrame, about: About, order: Order
    ) -> pd.DataFrame:
        raise NotImplementedError(about, order, posts)


def dataset(posts: list[Post] | pd.DataFrame, host: Host | None = None) -> Dataset:
    frame = posts if isinstance(posts, pd.DataFrame) else frames.from_posts(posts)
    return Dataset(of_frame(frame), host or Host(), name="skies")


def a_post(number: int, **fields: Any) -> Post:
    tags = fields.pop("tags", ("sky",))
    plain: dict[str, Any] = {
        "site": "meadow",
        "id": number,
        "rating": Rating.GENERAL,
        "score": number,
        "width": 800,
        "height": 600,
        "ext": "jpg",
        "md5": f"{number:032x}",
        "created_at": datetime(2024, 5, 1, tzinfo=UTC),
    }
    return Post(**{**plain, "tags": tuple(sorted(tags)), **fields})


def some_posts(count: int = 8) -> list[Post]:
    return [a_post(number) for number in range(1, count + 1)]


@st.composite
def posts(draw: st.DrawFn, most: int = 12) -> list[Post]:
    numbers = draw(st.lists(st.integers(1, 60), unique=True, max_size=most))
    return [draw(post(number)) for number in numbers]


@st.composite
def post(draw: st.DrawFn, number: int) -> Post:
    artists = draw(st.lists(st.sampled_from(["ann", "bob", "cleo"]), unique=True))
    general = draw(st.lists(st.sampled_from(["sky", "sea", "1girl"]), unique=True))
    return a_post(
        number,
        tags=(*artists, *general),
        categories={
            **dict.fromkeys(artists, "artist"),
            **dict.fromkeys(general, "general"),
        },
        md5=draw(st.none() | st.sampled_from(["0" * 32, "a" * 32, f"{number:032x}"])),
        parent_id=draw(st.none() | st.integers(1, 60)),
        score=draw(st.none() | st.integers(-2, 4)),
        width=draw(st.none() | st.sampled_from([100, 900])),
        rating=draw(st.none() | st.sampled_from(list(Rating))),
    )
