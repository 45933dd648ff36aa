"""What every class of questions about tags has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.stats import answers, caveats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from booru_nb.stats.backend import Backend


class Asked:
    """Questions about the tags of some posts.

    Parameters
    ----------
    backend : Backend
        Who counts the posts.
    vocabulary : str
        In which vocabulary it does.
    caveats : iterable of str
        What keeps the posts from standing for others.
    beside : callable
        Returns the statistics of a frame of other posts, in the same vocabulary.
    """

    def __init__(
        self,
        backend: Backend[Any],
        *,
        vocabulary: str,
        caveats: Iterable[str],
        beside: Callable[[pd.DataFrame], Asked],
    ) -> None:
        self.backend = backend
        self.vocabulary = vocabulary
        self._caveats = tuple(dict.fromkeys(caveats))
        self._beside = beside

    @property
    def caveats(self) -> tuple[str, ...]:
        """What keeps the posts from standing for others; empty where nothing does."""
        return self._caveats

    def __len__(self) -> int:
        """Return how many posts are counted."""
        return len(self.backend)

    def _said(
        self,
        frame: pd.DataFrame,
        *,
        caveats_beside: Sequence[str] = (),
        lacking: Sequence[str] = (),
        undated: bool = False,
        about: Mapping[str, Any] | None = None,
    ) -> pd.DataFrame:
        """Let an answer say what there is to know about it.

        Parameters
        ----------
        frame : DataFrame
            The answer.
        caveats_beside : sequence of str
            The caveats of other posts that are in it.
        lacking : sequence of str
            Tags that were asked for, and no post has.
        undated : bool
            Whether it matters that posts have no date.
        about : Mapping, optional
            What of the question is needed to find the posts behind a number; without
            it nobody can.
        """
        said = [*self._caveats, *caveats_beside]
        said += caveats.unknown(lacking, self.backend.names)
        if undated:
            said += caveats.undated(self.backend.undated())
        frame = caveats.stamped(frame, said)
        return frame if about is None else answers.stamped(frame, self, about)
