"""What e621 says about posts and tags, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.drawn import ratings
from booru_nb.drawn.danbooru.times import written
from booru_nb.drawn.pictures.encoding import SAMPLE_WIDTH, extension, size_of
from booru_nb.drawn.posts.history import START
from booru_nb.drawn.posts.people import user_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.pictures.shelf import Facts
    from booru_nb.drawn.posts.booru import Shelf, Tag
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.relations import Relation

Json = dict[str, Any]

CATEGORIES = {"general": 0, "artist": 1, "copyright": 3, "character": 4, "meta": 7}
GROUPS = (
    *("general", "artist", "contributor", "copyright", "character", "species"),
    *("invalid", "meta", "lore"),
)
APPROVER = 2
NOBODY = {
    "locked_tags": [],
    "pools": [],
    "description": "",
    "comment_count": 0,
    "is_favorited": False,
    "vote": 0,
    "has_notes": False,
    "duration": None,
}
"""What no post has here."""


def post_answer(
    post: DemoPost, shelf: Shelf, facts: Facts, address: Callable[[str], str] | None
) -> Json:
    """Return a post as ``/posts.json`` has it.

    Parameters
    ----------
    post : DemoPost
        Which one.
    shelf : Shelf
        Knows its children.
    facts : Facts
        The md5 and size of its file.
    address : callable or None
        Gives the address of a picture; None where addresses are withheld.
    """
    scene = post.scene
    file = {
        "width": scene.width,
        "height": scene.height,
        "ext": extension(scene),
        "size": facts.size,
        "md5": facts.md5,
        "url": address("file") if address else None,
    }
    return {
        "id": post.id,
        "created_at": written(post.created_at),
        "updated_at": written(post.updated_at),
        "file": file,
        "preview": _smaller(post, "preview", address),
        "sample": _sample(post, address),
        "score": {"up": post.up_score, "down": post.down_score, "total": post.score},
        "tags": {group: post.tags_of(group) for group in GROUPS},
        "change_seq": post.id * 3,
        "flags": _flags(post),
        "rating": ratings.LETTERS[post.rating],
        "fav_count": post.favorites,
        "sources": [post.source] if post.source else [],
        "relationships": _family(post, shelf),
        "approver_id": None if post.status == "pending" else APPROVER,
        "uploader_id": user_id(post.uploader),
        "uploader_name": post.uploader,
        **NOBODY,
    }


def _smaller(post: DemoPost, name: str, address: Callable[[str], str] | None) -> Json:
    width, height = size_of(post.scene, "360x360" if name == "preview" else "sample")
    url = address(name) if address else None
    return {"width": width, "height": height, "url": url, "alt": None}


def _sample(post: DemoPost, address: Callable[[str], str] | None) -> Json:
    has = post.scene.width > SAMPLE_WIDTH
    sample = _smaller(post, "sample", address if has else None)
    return {"has": has, **sample, "alternates": {}}


def _flags(post: DemoPost) -> Json:
    found = {f: post.status == f for f in ("pending", "flagged", "deleted")}
    locked = dict.fromkeys(("note_locked", "status_locked", "rating_locked"), False)
    return {**found, **locked}


def _family(post: DemoPost, shelf: Shelf) -> Json:
    children = shelf.children.get(post.id, [])
    return {
        "parent_id": post.parent_id,
        "has_children": bool(children),
        "has_active_children": any(c.status != "deleted" for c in children),
        "children": [child.id for child in children],
    }


def tag_answer(tag: Tag) -> Json:
    """Return a tag as ``/tags.json`` has it."""
    return {
        "id": tag.id,
        "name": tag.name,
        "post_count": tag.count,
        "related_tags": "",
        "related_tags_updated_at": written(tag.created_at),
        "category": CATEGORIES[tag.category],
        "is_locked": False,
        "created_at": written(tag.created_at),
        "updated_at": written(tag.created_at),
    }


def completion(tag: Tag, antecedent: str | None) -> Json:
    """Return a tag as ``/tags/autocomplete.json`` has it."""
    return {
        "id": tag.id,
        "name": tag.name,
        "post_count": tag.count,
        "category": CATEGORIES[tag.category],
        "antecedent_name": antecedent,
    }


def relation(row: Relation) -> Json:
    """Return an alias or an implication, as ``/tag_aliases.json`` has it."""
    return {
        "id": row.id,
        "antecedent_name": row.one,
        "consequent_name": row.other,
        "status": row.status,
        "post_count": 0,
        "reason": "",
        "creator_id": APPROVER,
        "approver_id": APPROVER,
        "forum_topic_id": None,
        "forum_post_id": None,
        "created_at": written(START),
        "updated_at": written(row.changed_at),
    }
