"""What is not shown of what sites find: rules in the local query language, and posts.

Nothing that is kept is touched by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.store import columns, sites
from booru_nb.store.times import now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.store.columns import Columns, Key
    from booru_nb.store.connections import Db
    from booru_nb.store.library_file import LibraryFile

_COLUMNS = ("kind", "rule", "site", "id", "added_at")

_EVERY = """
select 'rule' as kind, rule, null as site, null as id, added_at
from blacklist_rule
union all
select 'post', null, site.name, post_id, blacklist_post.added_at
from blacklist_post join site using (site_id)
order by added_at desc, kind, rule, site, id
"""


@dataclass(frozen=True)
class Blacklist:
    """The blacklist of a library.

    Parameters
    ----------
    file : LibraryFile
        Where it is.
    """

    file: LibraryFile

    def columns(self) -> Columns:
        """Return the blacklist as columns, what was added last first.

        Returns
        -------
        dict of str to list
            The columns `kind` (``rule`` or ``post``), `rule` (None for a post), `site`
            and `id` (None for a rule) and `added_at`.
        """
        rows = self.file.read(lambda db: db.execute(_EVERY).fetchall())
        lists = zip(*rows, strict=True) if rows else [()] * len(_COLUMNS)
        return {
            name: list(values) for name, values in zip(_COLUMNS, lists, strict=True)
        }

    def is_empty(self) -> bool:
        """Tell whether nothing is listed."""
        return not self.file.read(
            lambda db: db.execute(
                """
                select exists (select 1 from blacklist_rule)
                or exists (select 1 from blacklist_post)
                """
            ).fetchone()[0]
        )

    def rules(self) -> list[str]:
        """Return the rules, sorted."""
        rows = self.file.read(
            lambda db: db.execute(
                "select rule from blacklist_rule order by rule"
            ).fetchall()
        )
        return [rule for (rule,) in rows]

    def listed(self, keys: Iterable[Key]) -> set[Key]:
        """Return those of some posts that are listed themselves."""
        wanted = list(keys)

        def work(db: Db) -> set[Key]:
            return set(
                db.execute(
                    """
                    select site.name, post_id
                    from json_each(?) as wanted
                    join blacklist_post
                      on site_id = json_extract(wanted.value, '$[0]')
                      and post_id = json_extract(wanted.value, '$[1]')
                    join site using (site_id)
                    """,
                    (columns.wanted(db, wanted),),
                )
            )

        return self.file.read(work)

    def add(self, *, rules: Iterable[str] = (), posts: Iterable[Key] = ()) -> None:
        """List rules and posts, all or none; what is listed already stays as it is.

        Parameters
        ----------
        rules : iterable of str
            As they are to be kept; nothing is checked here.
        posts : iterable of (str, int)
            Site and id of each, kept here or not.
        """
        said, named = list(rules), list(posts)

        def work(db: Db) -> None:
            moment = now()
            db.executemany(
                "insert or ignore into blacklist_rule (rule, added_at) values (?, ?)",
                [(rule, moment) for rule in said],
            )
            ids = sites.ensure(db, (site for site, _ in named))
            db.executemany(
                "insert or ignore into blacklist_post values (?, ?, ?)",
                [(ids[site], post, moment) for site, post in named],
            )

        self.file.write(work, counts=False)

    def remove(self, *, rules: Iterable[str] = (), posts: Iterable[Key] = ()) -> None:
        """Take rules and posts off, all or none; what is not listed is nothing."""
        said, named = list(rules), list(posts)

        def work(db: Db) -> None:
            db.executemany(
                "delete from blacklist_rule where rule = ?", [(rule,) for rule in said]
            )
            db.executemany(
                """
                delete from blacklist_post where post_id = ?
                and site_id = (select site_id from site where name = ?)
                """,
                [(post, site) for site, post in named],
            )

        self.file.write(work, counts=False)
