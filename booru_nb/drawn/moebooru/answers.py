"""What Moebooru says about posts and tags, as JSON or XML alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.drawn import ratings
from booru_nb.drawn.pictures.encoding import SAMPLE_WIDTH, extension, size_of
from booru_nb.drawn.posts.people import user_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from booru_nb.drawn.pictures.shelf import Facts
    from booru_nb.drawn.posts.booru import Shelf, Tag
    from booru_nb.drawn.posts.history import DemoPost

Json = dict[str, Any]

TYPES = {"general": 0, "artist": 1, "copyright": 3, "character": 4, "meta": 5}
APPROVER = 2
PLACEHOLDER = "/images/deleted.png"
FRAMES = {
    "is_held": False,
    "frames_pending_string": "",
    "frames_pending": [],
    "frames_string": "",
    "frames": [],
    "is_note_locked": False,
    "last_noted_at": 0,
    "last_commented_at": 0,
}
"""What no post has here."""


def post_answer(
    post: DemoPost, shelf: Shelf, facts: Facts, address: Callable[[str], str] | None
) -> Json:
    """Return a post as ``/post.json`` has it.

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
    restricted = post.status == "restricted"
    answer = {
        "id": post.id,
        "tags": " ".join(post.tags),
        "created_at": int(post.created_at.timestamp()),
        "updated_at": int(post.updated_at.timestamp()),
        "creator_id": user_id(post.uploader),
        "approver_id": None if post.status == "pending" else APPROVER,
        "author": post.uploader,
        "change": post.id * 2,
        "source": post.source,
        "score": post.score,
        "md5": facts.md5,
        "file_size": facts.size,
        "file_ext": extension(post.scene),
        "is_shown_in_index": True,
        "rating": ratings.LETTERS[post.rating],
        "is_rating_locked": False,
        "has_children": bool(shelf.children.get(post.id)),
        "parent_id": post.parent_id,
        "status": "active" if restricted else post.status,
        "is_pending": post.status == "pending",
        "width": post.scene.width,
        "height": post.scene.height,
        **_files(post, address),
        **FRAMES,
    }
    if post.status in {"flagged", "deleted"}:
        answer["flag_detail"] = _flag(post)
    return answer


def _files(post: DemoPost, address: Callable[[str], str] | None) -> Json:
    """Return what is said of the pictures; without an address only a placeholder."""
    scene = post.scene
    small, large = size_of(scene, "180x180"), size_of(scene, "sample")
    sizes = {
        "preview_width": small[0],
        "preview_height": small[1],
        "actual_preview_width": small[0],
        "actual_preview_height": small[1],
        "sample_width": large[0],
        "sample_height": large[1],
        # No bytes mean that the sample is the file itself.
        "sample_file_size": large[0] * large[1] // 8 if _has_sample(post) else 0,
        "jpeg_width": scene.width,
        "jpeg_height": scene.height,
        "jpeg_file_size": 0,
    }
    if address is None:
        return {"preview_url": PLACEHOLDER, **sizes}
    return {
        "file_url": address("file"),
        "preview_url": address("preview"),
        "sample_url": address("sample" if _has_sample(post) else "file"),
        "jpeg_url": address("file"),
        **sizes,
    }


def _has_sample(post: DemoPost) -> bool:
    return post.scene.width > SAMPLE_WIDTH


def _flag(post: DemoPost) -> Json:
    return {
        "post_id": post.id,
        "reason": "A better version is there",
        "created_at": f"{post.updated_at:%Y-%m-%dT%H:%M:%S.000Z}",
        "user_id": APPROVER,
        "flagged_by": "approver",
    }


def tag_answer(tag: Tag) -> Json:
    """Return a tag as ``/tag.json`` has it."""
    return {
        "id": tag.id,
        "name": tag.name,
        "count": tag.count,
        "type": TYPES[tag.category],
        "ambiguous": False,
    }
