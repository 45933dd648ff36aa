"""Views of a library's tables with names instead of numbers, for those who write SQL.

They bear the names of the library's methods, and so does each column. Times stay whole
microseconds since 1970, UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb.store.columns import POST_COLUMNS, RATINGS, STATUSES, TEXTS, source_of

if TYPE_CHECKING:
    from booru_nb.store.connections import Db


def _named(column: str, meanings: tuple[str, ...]) -> str:
    cases = " ".join(f"when {n} then '{name}'" for n, name in enumerate(meanings))
    return f"case {column} {cases} end"


_CODED = {
    "rating": _named("post.rating", RATINGS),
    "status": _named("post.status", STATUSES),
    "tags": "tag_names(post.tag_ids)",
}
"""Columns that are stored as something else."""


def _columns(*, tags: bool) -> str:
    names = [name for name in POST_COLUMNS if name not in TEXTS or name == "tags"]
    return ", ".join(
        f"{_CODED.get(name, source_of(name))} as {name}"
        for name in names
        if tags or name != "tags"
    )


def views(*, tags: bool) -> dict[str, str]:
    """Return what each view selects.

    Parameters
    ----------
    tags : bool
        Whether posts have a column `tags`. It needs the function ``tag_names``, which
        only a connection of ours has.
    """
    post = _columns(tags=tags)
    return {
        "posts": f"""
            select {post}, post.collected, post.kept_at
            from post join site using (site_id)
            """,  # noqa: S608 - texts of this package only
        "bookmarks": f"""
            select {post}, coalesce(folder.name, '') as folder, bookmark.note,
              bookmark.bookmarked_at
            from bookmark
            join post on post.id = bookmark.post
            join site using (site_id)
            left join folder using (folder_id)
            """,  # noqa: S608 - as above
        **OTHERS,
    }


OTHERS = {
    "tags": "select name as tag, n as count from tag where n > 0",
    "post_tags": """
        select
          site.name as site, post.post_id as id, tag.name as tag,
          tag_category.category as category
        from tag_post
        join tag using (tag_id)
        join post on post.id = tag_post.post
        join site using (site_id)
        left join tag_category
          on tag_category.site_id = post.site_id
          and tag_category.tag_id = tag_post.tag_id
        """,
    "folders": """
        select
          folder.name as folder, count(bookmark.id) as count, folder.query,
          folder.added_at
        from folder left join bookmark using (folder_id)
        group by folder_id
        """,
    "sites": "select name as site, url, engine, added_at from site",
}
"""The views that are the same everywhere."""


def create(db: Db, *, temporary: bool = False) -> None:
    """Create the views.

    Parameters
    ----------
    db : Connection
        One that may write.
    temporary : bool
        Whether they are this connection's own, which has the function ``tag_names``.
    """
    kind = "temp view" if temporary else "view"
    for name, query in views(tags=temporary).items():
        db.execute(f"create {kind} if not exists {name} as {query}")
