"""What Philomena says about images and tags, as JSON."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from booru_nb.drawn.philomena.spelling import CATEGORIES, slug, tags_of
from booru_nb.drawn.pictures.encoding import extension
from booru_nb.drawn.posts.people import user_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from booru_nb.drawn.pictures.shelf import Facts
    from booru_nb.drawn.posts.history import DemoPost

Json = dict[str, Any]

MIME = {"jpg": "image/jpeg", "png": "image/png"}
REPRESENTATIONS = (
    *("thumb_tiny", "thumb_small", "thumb", "small", "medium", "large", "tall"),
    "full",
)
STATIC = {
    "duration": 0.04,
    "animated": False,
    "comment_count": 0,
    "description": "",
    "duplicate_of": None,
    "intensities": None,
    "spoilered": False,
    "thumbnails_generated": True,
    "processed": True,
}
"""What is the same for all images here."""


def written(moment: datetime) -> str:
    """Return a moment such as ``2023-06-16T12:12:31Z``."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def image_answer(
    post: DemoPost,
    facts: Facts,
    address: Callable[[str], str],
    numbers: Mapping[str, int],
) -> Json:
    """Return an image as it stands in a search.

    Parameters
    ----------
    post : DemoPost
        Which one.
    facts : Facts
        The size of its file; the md5 is not told.
    address : callable
        Gives the address of a representation.
    numbers : mapping of str to int
        The numbers of tags.
    """
    scene, tags, kind = post.scene, list(tags_of(post)), extension(post.scene)
    # Of a file that may not have been drawn, so it stands for that of its bytes.
    digest = hashlib.sha512(facts.md5.encode()).hexdigest()
    return {
        "id": post.id,
        "created_at": written(post.created_at),
        "updated_at": written(post.updated_at),
        "first_seen_at": written(post.created_at),
        "width": scene.width,
        "height": scene.height,
        "mime_type": MIME[kind],
        "size": facts.size,
        "orig_size": facts.size,
        "format": kind,
        "aspect_ratio": scene.width / scene.height,
        "name": f"{post.id}.{kind}",
        "sha512_hash": digest,
        "orig_sha512_hash": digest,
        "tags": tags,
        "tag_ids": [numbers[name] for name in tags],
        "uploader": post.uploader,
        "uploader_id": user_id(post.uploader),
        "wilson_score": 0.0,
        "score": post.score,
        "upvotes": post.up_score,
        "downvotes": -post.down_score,
        "faves": post.favorites,
        "tag_count": len(tags),
        "source_url": post.source or None,
        "source_urls": [post.source] if post.source else [],
        "view_url": address("full"),
        "representations": {name: address(name) for name in REPRESENTATIONS},
        "deletion_reason": None,
        "hidden_from_users": False,
        **STATIC,
    }


def hidden_answer(post: DemoPost) -> Json:
    """Return the little that is told of a hidden image."""
    return {
        "id": post.id,
        "created_at": written(post.created_at),
        "updated_at": written(post.updated_at),
        "first_seen_at": written(post.created_at),
        "deletion_reason": "Rule 0" if post.status == "deleted" else "Takedown",
        "hidden_from_users": True,
    }


def tag_answer(name: str, category: str, number: int, count: int) -> Json:
    """Return a tag as ``/search/tags`` has it, without its relations."""
    space, colon, rest = name.partition(":")
    spaced = bool(colon) and category == "artist"
    return {
        "id": number,
        "name": name,
        "slug": slug(name),
        "category": CATEGORIES.get(category),
        "images": count,
        "namespace": space if spaced else None,
        "name_in_namespace": rest if spaced else name,
        "description": "",
        "short_description": "",
        "spoiler_image_uri": None,
        "aliased_tag": None,
        **{name: [] for name in _RELATIONS},
    }


_RELATIONS = ("aliases", "implied_tags", "implied_by_tags", "dnp_entries")


def alias_answer(alias: str, name: str, number: int) -> Json:
    """Return a tag that stands for another, of which no image has it."""
    return tag_answer(alias, "general", number, 0) | {"aliased_tag": slug(name)}


def tally(posts: Iterable[DemoPost]) -> dict[str, tuple[str, int, int]]:
    """Return the category, number and count of images of each tag, oldest first."""
    found: dict[str, tuple[str, int, int]] = {}
    for post in posts:
        for name, category in tags_of(post).items():
            _, number, count = found.get(name, (category, 101 + len(found), 0))
            found[name] = (category, number, count + 1)
    return found
