"""What an explorer needs from outside: a library, or anything that acts like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Sequence

    import pandas as pd

    from booru_nb.post import Post
    from booru_nb.sites import Suggestion
    from booru_nb.widgets.asked import Asked
    from booru_nb.widgets.item import Item, Picture

    Key = tuple[str, int]


class Kept(NamedTuple):
    """What a user says of a bookmark; None leaves it as it is."""

    folder: str | None = None
    note: str | None = None


class Backend(Protocol):
    """Where an explorer's posts, pictures and bookmarks come from.

    Everything here is called on the registered loop. What goes wrong is a `BooruError`
    whose text is shown as it is; any other exception is taken for a defect.
    """

    @property
    def default_site(self) -> str:
        """The site that is searched unless another is chosen."""

    @property
    def rating(self) -> str:
        """The rating filter that holds unless another is chosen, such as "general"."""

    @property
    def blur(self) -> Collection[str]:
        """The ratings whose pictures are blurred until somebody asks to see them."""

    def sites(self) -> Sequence[str]:
        """Return the names of the sites to choose from."""

    def pages(
        self, asked: Asked, *, on_failure: Callable[[str], object]
    ) -> AsyncIterator[pd.DataFrame]:
        """Yield the posts found, page after page, in frames of the schema.

        The next page is asked for when somebody wants to see it, so a page should be
        no larger than a few screens (60 to 100 posts). An iterator that can be asked
        again after an error asks for the failed page only; with a generator, the
        explorer begins anew and leaves out what it has already. An iterator may say
        in an attribute `hidden` how many posts it has left out.

        Parameters
        ----------
        asked : Asked
            What for. Its sites are some of `sites`, or whatever a cell named.
        on_failure : callable
            Called with a sentence when one of several sites is left out.
        """

    def notes(self, asked: Asked) -> Sequence[str]:
        """Return what of a search its sites cannot evaluate, in sentences."""

    @property
    def answers(self) -> int:
        """How many times a site has said something about its tags."""

    def learnt(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Return posts with the categories of their tags that are known by now."""

    def on_learnt(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a function called on the loop when a site has said categories.

        Returns
        -------
        callable
            Ends that.
        """

    async def suggest(self, text: str, *, site: str) -> Sequence[Suggestion]:
        """Return tags that complete a beginning, best first."""

    async def thumbnail(self, item: Item, /) -> Picture:
        """Return a post's thumbnail."""

    async def preview(self, post: Post, /) -> Picture:
        """Return a larger picture of a post, for the details."""

    async def bookmark(
        self, posts: pd.DataFrame, *, folder: str | None = None, note: str | None = None
    ) -> None:
        """Keep posts; None leaves folder or note of those that are kept already."""

    async def unbookmark(self, posts: pd.DataFrame) -> None:
        """Keep posts no longer."""

    def bookmarked(self) -> set[Key]:
        """Return the site and id of every bookmark."""

    def kept(self, key: Key) -> Kept | None:
        """Return the folder and the note of a bookmark; None where there is none."""

    def folders(self) -> Sequence[str]:
        """Return the names of the folders."""

    def on_bookmarks_changed(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have a function called on the loop when bookmarks change, here or elsewhere.

        Returns
        -------
        callable
            Ends that.
        """
