"""The steps of a dataset that change what is said of posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from booru_nb.export import checks
from booru_nb.export.captions.presets import PRESETS
from booru_nb.export.choosing import Choosing
from booru_nb.export.steps.captions import Captions
from booru_nb.export.steps.retag import Retag
from booru_nb.export.steps.split import Split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


class Wording(Choosing):
    """What gives posts other tags, captions and splits."""

    def retag(  # noqa: PLR0913 - each is a change of its own
        self,
        *,
        replace: Mapping[str, str] | None = None,
        regex: Mapping[str, str] | None = None,
        canonical: bool = False,
        implied: str = "keep",
        remove: str | Sequence[str] = (),
        add: str | Sequence[str] = (),
        aliases: pd.DataFrame | None = None,
        implications: pd.DataFrame | None = None,
    ) -> Self:
        """Change the tags of the posts, in the order of these arguments.

        A tag with a new name keeps its category, unless the new name has one already.

        Parameters
        ----------
        replace : Mapping of str to str, optional
            New names of tags; an empty one removes the tag.
        regex : Mapping of str to str, optional
            Regular expressions, and what replaces each place in a tag that fits.
        canonical : bool
            Whether aliases are replaced by the tags that they stand for.
        implied : {"keep", "drop", "add"}
            What becomes of tags that others imply: they stay as they are; they are
            removed where another tag of the post implies them; or they are added.
        remove : str or list of str
            Tags; ``*`` stands for any characters.
        add : str or list of str
            Tags that every post gets, perhaps with a category: ``meta:mine``.
        aliases : DataFrame, optional
            Columns `alias` and `tag`, perhaps `site` (default: what the library
            knows). It means ``canonical=True``.
        implications : DataFrame, optional
            Columns `tag` and `implies`, perhaps `site` (default: what the library
            knows).

        Returns
        -------
        Dataset
            With this step.

        Raises
        ------
        ArgumentError
            If one of them cannot be used, or nothing is to be changed.
        FrameError
            If a frame has not these columns.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> ds.retag(replace={"sky": "heaven"}).report()["changed"].tolist()
        [0, 20]
        """
        options: dict[str, Any] = {"canonical": canonical, "implied": implied}
        lists = {"replace": replace, "regex": regex, "remove": remove, "add": add}
        options |= {n: v for n, v in lists.items() if v is not None and v != ()}
        tables = {"aliases": aliases, "implications": implications}
        options |= {n: v for n, v in tables.items() if v is not None}
        return self._with(Retag(**options))

    def captions(  # noqa: PLR0913 - each is an option of its own
        self,
        preset: str | None = None,
        *,
        order: Sequence[str] | None = None,
        include: str | Sequence[str] | None = None,
        exclude: str | Sequence[str] | None = None,
        drop: str | Sequence[str] | None = None,
        prefix: Mapping[str, str] | None = None,
        underscores: bool | None = None,
        escape: bool | None = None,
        trigger: str | None = None,
        separator: str | None = None,
        keep: int | None = None,
        shuffle: bool | None = None,
        dropout: float | None = None,
        limit: int | None = None,
        rating: bool | None = None,
        quality: bool | None = None,
        year: bool | None = None,
        ratings: Mapping[str, str] | None = None,
        qualities: Sequence[str] | None = None,
        fallback: str | None = None,
        seed: int | None = None,
    ) -> Self:
        """Write a caption for each post, of its tags as they are at this step.

        A caption that the frame brought, in a column `caption`, stays. Chance depends
        on the seed, the post and the tag only.

        Parameters
        ----------
        preset : str, optional
            ``plain``, ``booru``, ``kohya``, ``onetrainer``, ``kohaku``, ``noobai``,
            ``illustrious``, ``animagine``, ``pony`` or ``prompt``: what holds for all
            that is not given here (default: ``plain``, every tag by category, with
            blanks for underscores and commas between).
        order : list of str, optional
            The parts of a caption: ``count`` (``1girl``, ``solo``, which then are not
            in their category), the categories, ``unknown`` (tags of no known category),
            ``other`` (a site's own categories), ``rating``, ``quality``, ``year``;
            ``sorted``, which is all tags of parts that are not placed, by name; and
            ``|||``, before which nothing is shuffled or left out. A word that would
            stand twice stands where it comes first.
        include, exclude : str or list of str, optional
            Only these parts of tags, or all but these. ``include="general"`` has
            ``1girl`` and ``solo`` too, ``exclude="general"`` leaves them.
        drop : str or list of str, optional
            Tags that do not appear; ``*`` stands for any characters.
        prefix : Mapping of str to str, optional
            What stands before each tag of a part: ``{"artist": "by "}``.
        underscores : bool, optional
            Whether they stay. Those of faces (``>_<``) and of tags of up to three
            characters always do.
        escape : bool, optional
            Whether brackets get a backslash, as prompts want and captions do not.
        trigger : str, optional
            What stands first in every caption.
        separator : str, optional
            What stands between words.
        keep : int, optional
            So many words at the beginning are neither shuffled nor left out.
        shuffle : bool, optional
            Whether the others come in an order by chance.
        dropout : float, optional
            Which share of the others is left out by chance, from 0 to 1.
        limit : int, optional
            How many words at the most.
        rating, quality, year : bool, optional
            Whether there is a word for them; where `order` does not place it, at the
            end. Quality is the percentile of score within the rating; a post younger
            than a week, counted from the newest, has none.
        ratings : Mapping of str to str, optional
            The word for each rating.
        qualities : list of str, optional
            Seven words, for posts from the 95th, 85th, 75th, 50th, 25th, 10th
            percentile on and for the rest.
        fallback : str, optional
            The caption of a post that has no words (default: it is removed, with
            this reason).
        seed : int, optional
            Another one gives another chance.

        Returns
        -------
        Dataset
            With this step.

        Raises
        ------
        ArgumentError
            If one of them cannot be used.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> ds.captions(trigger="skies").posts["caption"].str[:6].unique().tolist()
        ['skies,']
        """
        said = {n: v for n, v in locals().items() if n != "self" and v is not None}
        preset = checks.choice(*PRESETS)(said.pop("preset", "plain"), "preset")
        options = {"preset": preset, **PRESETS[preset], **said}
        return self._with(Captions(**options))

    def split(
        self,
        train: float | None = None,
        *,
        validation: float | None = None,
        test: float | None = None,
        by: str | Sequence[str] = (),
        seed: int = 0,
    ) -> Self:
        """Say of each post whether it is for training, validation or test.

        By the hash of the group that a post belongs to, so that a further post moves no
        other, unless it joins two groups. The same file, a cluster of `dedup`, and a
        parent with its children are a group, also by way of removed posts. A split that
        the frame brought, in a column `split`, stays, and holds for the whole group.

        Parameters
        ----------
        train, validation, test : float, optional
            The share of each, from 0 to 1; what is left goes to the test, or else to
            the one that is not said (default: ``train=0.9``).
        by : str or list of str
            Columns whose values are not parted either, such as ``artist``; posts of
            two artists join them.
        seed : int
            Another one gives another split.

        Returns
        -------
        Dataset
            With this step.

        Raises
        ------
        ArgumentError
            If a share is none, they do not add up, or there is no such column.

        Examples
        --------
        >>> ds = lib.dataset(lib.search("sky", limit=20, progress=False))
        >>> sorted(ds.split(train=0.5).posts["split"].unique())
        ['test', 'train']
        """
        for name in checks.texts(by, "by"):
            self._check_column(name, "by")
        shares = {"train": train, "validation": validation, "test": test}
        options: dict[str, Any] = {n: s for n, s in shares.items() if s is not None}
        options |= {"by": by, "seed": seed}
        return self._with(Split(**options))
