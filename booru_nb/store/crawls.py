"""What was collected: which posts a question found, and of which ids that is all.

A question is a mapping of JSON's values that says what is searched for on a site; two
that are equal are the same crawl. Of each it is kept which posts it found, and in which
ranges of ids it was answered in full. Both are written together with the posts, so that
whatever ends a crawl leaves neither a hole nor a double.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.store import keeping, reaches
from booru_nb.store.reaches import Reach
from booru_nb.store.transactions import Durability

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from booru_nb.post import Post
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile
    from booru_nb.store.reaches import Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRecord:
    """What is known of one crawl.

    Attributes
    ----------
    number : int
        Its own.
    site : str
        Who was asked.
    question : Mapping of str to JSON values
        What for.
    posts : int
        How many posts it has found that are kept.
    reaches : tuple of Reach
        The ranges that are complete, the newest first.
    started_at, asked_at : int
        When it was asked first and last, in microseconds since 1970, UTC.
    """

    number: int
    site: str
    question: Mapping[str, Any]
    posts: int
    reaches: tuple[Reach, ...]
    started_at: int
    asked_at: int


@dataclass(frozen=True)
class Crawls:
    """The crawls of a library.

    Parameters
    ----------
    file : LibraryFile
        Where they are.
    """

    file: LibraryFile

    def keep(
        self,
        site: str,
        question: Mapping[str, Any],
        posts: Sequence[Post],
        reach: Reach | None,
        *,
        durability: Durability = Durability.NORMAL,
    ) -> list[Post]:
        """Keep posts for their own sake, and that they are all of their range.

        Parameters
        ----------
        site : str
            Who was asked.
        question : Mapping of str to JSON values
            What for.
        posts : sequence of Post
            What the site has sent of it; newest first, and none twice.
        reach : Reach or None
            The ids of which these are all. What the question found there before and
            does not find any more is its own no longer, but stays kept. None for no
            ids, as in a listing that has another order.
        durability : Durability
            Whether a power cut may take the last ones.

        Returns
        -------
        list of Post
            Those that are kept, in the order given; the others are withheld.
        """
        ordered = keeping.in_order_of_keeping(posts, key=attrgetter("key"))

        def work(db: Db) -> list[Post]:
            rows = keeping.keep(db, ordered, collected=True).rows
            kept = [post for post in posts if post.key in rows]
            if reach is not None:
                reaches.note(db, reaches.begin(db, site, question), kept, reach)
            return kept

        return self.file.write(work, durability=durability)

    def below(
        self, site: str, question: Mapping[str, Any], below: int, *, limit: int
    ) -> Stretch | None:
        """Return what a question finds below an id, as far as that is known.

        Parameters
        ----------
        site, question
            As for `keep`.
        below : int
            The posts are older than this one.
        limit : int
            How many posts at the most.

        Returns
        -------
        Stretch or None
            None where only the site can say what comes next.
        """
        return self.file.read(
            lambda db: reaches.below(db, site, question, below, limit)
        )

    def all(self) -> list[CrawlRecord]:
        """Return every crawl, the one that was asked last first."""
        return self.file.read(_all)

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget crawls; the posts that they found stay kept.

        Raises
        ------
        ArgumentError
            If there is no crawl of such a number; none is forgotten then.
        """
        wanted = list(numbers)

        def work(db: Db) -> None:
            for number in wanted:
                gone = db.execute("delete from crawl where crawl_id = ?", (number,))
                if not gone.rowcount:
                    raise ArgumentError(
                        f"There is no crawl {number!r} here. lib.crawls() shows them."
                    )

        self.file.write(work, counts=False)


def _all(db: Db) -> list[CrawlRecord]:
    complete: dict[int, list[Reach]] = {}
    for number, low, high in db.execute(
        "select crawl_id, low, high from crawled order by crawl_id, high desc"
    ):
        complete.setdefault(number, []).append(Reach(low, high))
    rows = db.execute(
        """
        select
          crawl_id, name, question, started_at, asked_at,
          (
            select count(*) from crawl_post as found
            join post on post.site_id = crawl.site_id and post.post_id = found.post_id
            where found.crawl_id = crawl.crawl_id
          )
        from crawl join site using (site_id)
        order by asked_at desc, crawl_id desc
        """
    )
    return [
        CrawlRecord(
            number=number,
            site=site,
            question=json.loads(question),
            posts=posts,
            reaches=tuple(complete.get(number, ())),
            started_at=started,
            asked_at=asked,
        )
        for number, site, question, started, asked, posts in rows
    ]
