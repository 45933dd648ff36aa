"""The pictures at their addresses: whole, or the part that is asked for."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from booru_nb.drawn.pictures.encoding import extension_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from booru_nb.drawn.pictures.gallery import Gallery
    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
RANGE = re.compile(r"bytes=(?P<first>\d*)-(?P<last>\d*)")
MD5 = re.compile(r"[0-9a-f]{32}")
NUMBER = re.compile(r"\d{1,9}")


class Files:
    """Where a dialect has its pictures.

    Parameters
    ----------
    booru : Booru
        Has the posts.
    gallery : Gallery
        Has their pictures.
    places : mapping of str to (str, str)
        What the dialect calls a picture: the gallery's variant, and its path, in
        which ``{md5}``, ``{aa}`` and ``{bb}`` (its beginning), ``{id}``, ``{folder}``,
        ``{token}``, ``{day}``, ``{tags}`` and ``{ext}`` stand for those of the post.
    """

    def __init__(
        self, booru: Booru, gallery: Gallery, places: Mapping[str, tuple[str, str]]
    ) -> None:
        self.booru = booru
        self.gallery = gallery
        self.places = places

    def path(self, post: DemoPost, name: str) -> str:
        """Return the path of a picture of a post, without any escapes."""
        variant, place = self.places[name]
        md5 = self.gallery.facts(post.scene).md5 if _names_md5(place) else ""
        return place.format(
            md5=md5,
            aa=md5[0:2],
            bb=md5[2:4],
            id=post.id,
            folder=post.id // 100,
            token=hashlib.sha256(str(post.id).encode()).hexdigest()[:16],
            day=f"{post.created_at:%Y}/{post.created_at.month}/{post.created_at.day}",
            tags=" ".join(post.tags).replace("/", ""),
            ext=extension_of(post.scene, variant),
        )

    def address(self, post: DemoPost, name: str, base: str = "") -> str:
        """Return the address of a picture of a post, behind a base."""
        return base + quote(self.path(post, name))

    def find(self, path: str) -> tuple[DemoPost, str] | None:
        """Return the post and the gallery's variant that a path stands for."""
        for post in self._meant(path):
            for name, (variant, _) in self.places.items():
                if self.path(post, name) == path:
                    return post, variant
        return None

    def _meant(self, path: str) -> Iterator[DemoPost]:
        """Give the few posts whose md5 or id stands in a path."""
        shelf = self.booru.shelf
        if any("{id}" in place for _, place in self.places.values()):
            numbers = [int(found) for found in NUMBER.findall(path)]
            yield from (shelf.by_id[n] for n in numbers if n in shelf.by_id)
        if any(_names_md5(place) for _, place in self.places.values()):
            for md5 in MD5.findall(path):
                post = self.with_md5(md5)
                if post is not None:
                    yield post

    def with_md5(self, md5: str) -> DemoPost | None:
        """Return the post whose file has this md5; restricted ones are not told."""
        shown = [p for p in self.booru.shelf.posts if p.status != "restricted"]
        scene = self.gallery.with_md5(md5, [post.scene for post in shown])
        return next((post for post in shown if post.scene == scene), None)


def _names_md5(place: str) -> bool:
    return "{md5}" in place


def picture_response(
    content: bytes, kind: str, wanted: str | None, condition: str | None = None
) -> Response:
    """Return the answer that holds a picture.

    Parameters
    ----------
    content : bytes
        The file.
    kind : str
        ``jpg``, ``png`` or ``webp``.
    wanted : str or None
        The header ``Range`` of the request: of one range, that part is sent.
    condition : str or None
        The header ``If-Range``: of another version of the picture, all of it is sent.
    """
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "max-age=31536000",
        "ETag": tag,
    }
    if condition not in {None, tag}:
        wanted = None
    asked = RANGE.fullmatch(wanted or "")
    if asked is None or not (asked["first"] or asked["last"]):
        return Response(content, media_type=TYPES[kind], headers=headers)
    size = len(content)
    if asked["first"]:
        first = int(asked["first"])
        last = min(int(asked["last"] or size - 1), size - 1)
    else:
        first, last = max(0, size - int(asked["last"])), size - 1
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part = content[first : last + 1]
    return Response(part, 206, media_type=TYPES[kind], headers=headers)
