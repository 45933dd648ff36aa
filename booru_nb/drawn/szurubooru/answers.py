"""What szurubooru says about posts and tags, as JSON."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from booru_nb.drawn.pictures.encoding import extension

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from booru_nb.drawn.pictures.shelf import Facts
    from booru_nb.drawn.posts.booru import Booru, Tag
    from booru_nb.drawn.posts.history import DemoPost

Json = dict[str, Any]

SAFETY = {
    "general": "safe",
    "sensitive": "safe",
    "questionable": "sketchy",
    "explicit": "unsafe",
}
MIME = {"jpg": "image/jpeg", "png": "image/png"}
COLOURS = {
    "general": "default",
    "artist": "crimson",
    "copyright": "orchid",
    "character": "green",
    "meta": "goldenrod",
}
NOBODY: Json = {
    "ownScore": 0,
    "ownFavorite": False,
    "commentCount": 0,
    "noteCount": 0,
    "featureCount": 0,
    "lastFeatureTime": None,
    "favoritedBy": [],
    "hasCustomThumbnail": False,
    "flags": [],
    "notes": [],
    "comments": [],
    "pools": [],
}
"""What no post has here."""


def written(moment: datetime) -> str:
    """Return a moment such as ``2023-05-12T18:37:14.800970Z``."""
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def names_of(name: str, booru: Booru) -> list[str]:
    """Return the names of a tag, its own one first."""
    return [name, *(alias for alias, other in booru.aliases.items() if other == name)]


def post_answer(
    post: DemoPost, booru: Booru, facts: Facts, address: Callable[[str], str]
) -> Json:
    """Return a post as ``/posts/`` has it.

    Parameters
    ----------
    post : DemoPost
        Which one.
    booru : Booru
        Knows its tags and children.
    facts : Facts
        The md5 and size of its file.
    address : callable
        Gives the address of a picture, relative to the site.
    """
    shelf = booru.shelf
    related = [child.id for child in shelf.children.get(post.id, [])]
    if post.parent_id is not None:
        related = [post.parent_id, *related]
    return {
        "id": post.id,
        "version": 1,
        "creationTime": written(post.created_at),
        "lastEditTime": written(post.updated_at),
        "safety": SAFETY[post.rating],
        "source": post.source or None,
        "type": "image",
        "mimeType": MIME[extension(post.scene)],
        # Of a file that may not have been drawn, so it stands for that of its bytes.
        "checksum": hashlib.sha256(facts.md5.encode()).hexdigest()[:40],
        "checksumMD5": facts.md5,
        "fileSize": facts.size,
        "canvasWidth": post.scene.width,
        "canvasHeight": post.scene.height,
        "contentUrl": address("content"),
        "thumbnailUrl": address("thumbnail"),
        "tags": [
            {
                "names": names_of(name, booru),
                "category": category,
                "usages": shelf.tags[name].count,
            }
            for name, category in post.tags.items()
        ],
        "relations": [_micro(number) for number in related if number in shelf.by_id],
        "user": {"name": post.uploader, "avatarUrl": f"data/{post.uploader}.png"},
        "score": post.score,
        "tagCount": len(post.tags),
        "favoriteCount": post.favorites,
        "relationCount": len(related),
        **NOBODY,
    }


def _micro(number: int) -> Json:
    return {"id": number, "thumbnailUrl": f"data/generated-thumbnails/{number}.jpg"}


def tag_answer(tag: Tag, booru: Booru) -> Json:
    """Return a tag as ``/tags/`` has it."""
    return {
        "names": names_of(tag.name, booru),
        "category": tag.category,
        "version": 1,
        "description": None,
        "creationTime": written(tag.created_at),
        "lastEditTime": None,
        "usages": tag.count,
        "suggestions": [],
        "implications": [
            {"names": [other], "category": "general", "usages": 0}
            for one, other in booru.implications
            if one == tag.name
        ],
    }


def info_answer(booru: Booru, privileges: Mapping[str, str]) -> Json:
    """Return what ``/info`` says of the site."""
    return {
        "postCount": len(booru.shelf.posts),
        "diskUsage": 0,
        "serverTime": written(booru.shelf.posts[-1].created_at),
        "featuredPost": None,
        "featuringTime": None,
        "featuringUser": None,
        "config": {
            "name": "Demo booru",
            "userNameRegex": "^[a-zA-Z0-9_-]{1,32}$",
            "passwordRegex": "^.{5,}$",
            "tagNameRegex": "^\\S+$",
            "tagCategoryNameRegex": "^[^\\s%+#/]+$",
            "defaultUserRank": "regular",
            "enableSafety": True,
            "contactEmail": None,
            "canSendMails": False,
            "privileges": dict(privileges),
        },
    }
