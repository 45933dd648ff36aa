"""What aliases and implications make of tags, as far as the rule speaks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from booru_nb import guard

if TYPE_CHECKING:
    from booru_nb.store.connections import Db

_TARGETS = """
select distinct site_id, tag from tag_alias
union
select distinct site_id, implies from tag_implication
"""

_SOURCES = """
select alias from tag_alias where site_id = ? and tag = ?
union
select tag from tag_implication where site_id = ? and implies = ?
"""


def told(db: Db) -> dict[str, dict[str, set[str]]]:
    """Return the tags that mean, directly or not, one that may withhold a post.

    Returns
    -------
    dict of str to dict of str to set of str
        By the name of the site, then by tag: what it means of that kind.
    """
    found: dict[int, dict[str, set[str]]] = {}
    waiting = [
        (site, target, target)
        for site, target in db.execute(_TARGETS)
        if guard.withheld(None, [target])
    ]
    while waiting:
        site, name, word = waiting.pop()
        here = found.setdefault(site, {})
        for (source,) in db.execute(_SOURCES, (site, name, site, name)).fetchall():
            said = here.setdefault(source, set())
            if word not in said:
                said.add(word)
                waiting.append((site, source, word))
    names = dict(db.execute("select site_id, name from site"))
    return {names[site]: said for site, said in found.items()}
