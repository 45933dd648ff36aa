"""What Danbooru says about posts and tags, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.drawn.danbooru.times import written
from booru_nb.drawn.pictures.encoding import BOXES, SAMPLE_WIDTH, extension_of, size_of
from booru_nb.drawn.posts.history import START
from booru_nb.drawn.posts.people import user_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.pictures.shelf import Facts
    from booru_nb.drawn.posts.booru import Shelf, Tag
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.relations import Relation

Json = dict[str, Any]

CATEGORIES = {"general": 0, "artist": 1, "copyright": 3, "character": 4, "meta": 5}
APPROVER = 2
ASSETS_FROM = 50_000
NEVER = ("pixiv_id", "last_noted_at", "last_commented_at", "last_comment_bumped_at")
"""What no post has here."""


def post_answer(
    post: DemoPost, shelf: Shelf, facts: Facts, address: Callable[[str], str]
) -> Json:
    """Return a post as ``/posts.json`` has it.

    Parameters
    ----------
    post : DemoPost
        Which one.
    shelf : Shelf
        Knows its children.
    facts : Facts
        The md5 and size of its picture; a restricted post states no md5, and has no
        addresses.
    address : callable
        Gives the address of a variant of its picture.
    """
    return (
        {
            "id": post.id,
            "created_at": written(post.created_at),
            "updated_at": written(post.updated_at),
            "uploader_id": user_id(post.uploader),
            "approver_id": None if post.status == "pending" else APPROVER,
            "score": post.score,
            "up_score": post.up_score,
            "down_score": post.down_score,
            "fav_count": post.favorites,
            "source": post.source,
            "rating": post.rating[0],
            "parent_id": post.parent_id,
        }
        | dict.fromkeys(NEVER)
        | _flags(post, shelf)
        | _tags(post)
        | _media(post, facts, address)
    )


def _flags(post: DemoPost, shelf: Shelf) -> Json:
    children = shelf.children.get(post.id, [])
    alive = any(child.status != "deleted" for child in children)
    return {
        "has_children": bool(children),
        "has_active_children": alive,
        "has_visible_children": alive,
        "is_pending": post.status == "pending",
        "is_flagged": post.status == "flagged",
        "is_deleted": post.status == "deleted",
        "is_banned": post.status == "restricted",
        "has_large": post.scene.width > SAMPLE_WIDTH,
        "bit_flags": 0,
    }


def _tags(post: DemoPost) -> Json:
    answer: Json = {"tag_string": " ".join(post.tags), "tag_count": len(post.tags)}
    for category in CATEGORIES:
        names = post.tags_of(category)
        answer[f"tag_count_{category}"] = len(names)
        answer[f"tag_string_{category}"] = " ".join(names)
    return answer


def _media(post: DemoPost, facts: Facts, address: Callable[[str], str]) -> Json:
    """Return what is said of the file; of a restricted post no md5 and no address."""
    file = {
        "file_ext": extension_of(post.scene, "original"),
        "file_size": facts.size,
        "image_width": post.scene.width,
        "image_height": post.scene.height,
    }
    asset: Json = file | {
        "id": ASSETS_FROM + post.id,
        "created_at": written(post.created_at),
        "updated_at": written(post.created_at),
        "duration": None,
        "status": "active",
        "is_public": post.status != "restricted",
    }
    if post.status == "restricted":
        return file | {"media_asset": asset}
    large = ["sample"] if post.scene.width > SAMPLE_WIDTH else []
    names = [*BOXES, *large, "original"]
    variants = [_variant(post, name, address(name)) for name in names]
    urls = {variant["type"]: variant["url"] for variant in variants}
    asset |= {
        "md5": facts.md5,
        "file_key": facts.md5[:9],
        "pixel_hash": facts.md5,
        "variants": variants,
    }
    return file | {
        "media_asset": asset,
        "md5": facts.md5,
        "file_url": urls["original"],
        "large_file_url": urls.get("sample", urls["original"]),
        "preview_file_url": urls["180x180"],
    }


def _variant(post: DemoPost, name: str, url: str) -> Json:
    width, height = size_of(post.scene, name)
    return {
        "type": name,
        "url": url,
        "width": width,
        "height": height,
        "file_ext": extension_of(post.scene, name),
    }


def tag_answer(tag: Tag) -> Json:
    """Return a tag as ``/tags.json`` has it."""
    return {
        "id": tag.id,
        "name": tag.name,
        "post_count": tag.count,
        "category": CATEGORIES[tag.category],
        "created_at": written(tag.created_at),
        "updated_at": written(tag.created_at),
        "is_deprecated": False,
        "words": [word for word in tag.name.strip("()").split("_") if word],
    }


def suggestion(tag: Tag, antecedent: str | None) -> Json:
    """Return a tag as ``/autocomplete.json`` has it.

    Parameters
    ----------
    tag : Tag
        What is suggested.
    antecedent : str or None
        The alias that was typed instead.
    """
    answer: Json = {
        "type": "tag-alias" if antecedent else "tag-word",
        "label": tag.name.replace("_", " "),
        "value": tag.name,
        "category": CATEGORIES[tag.category],
        "post_count": tag.count,
    }
    if antecedent:
        answer["antecedent"] = antecedent
    return answer | {"tag": tag_answer(tag)}


def relation(row: Relation) -> Json:
    """Return an alias or an implication, as ``/tag_aliases.json`` has it."""
    return {
        "id": row.id,
        "antecedent_name": row.one,
        "consequent_name": row.other,
        "status": row.status,
        "reason": "",
        "creator_id": APPROVER,
        "approver_id": APPROVER,
        "forum_topic_id": None,
        "forum_post_id": None,
        "created_at": written(START),
        "updated_at": written(row.changed_at),
    }
