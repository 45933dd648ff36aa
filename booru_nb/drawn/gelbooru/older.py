"""Gelbooru 0.2, the software of safebooru.org and its neighbours."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse, Response

from booru_nb.drawn import markup, ratings
from booru_nb.drawn.completing import completions
from booru_nb.drawn.gelbooru.dapi import DapiSite, look
from booru_nb.drawn.gelbooru.escapes import escaped
from booru_nb.drawn.gelbooru.query import language
from booru_nb.drawn.gelbooru.site import CATEGORIES
from booru_nb.drawn.gelbooru.times import written
from booru_nb.drawn.pictures.encoding import SAMPLE_WIDTH, extension, size_of
from booru_nb.drawn.posts.people import user_id
from booru_nb.drawn.site import base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from booru_nb.drawn.pages import Look, Shown
    from booru_nb.drawn.posts.booru import Tag
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.words import Language

Json = dict[str, Any]

MISSING = (
    "Missing authentication. Go to the site's account options for more information"
)
WORDS = {"meta": "metadata"}
"""Words of a page for categories, where they are others than here."""

CUT = '<posts count="0" offset="0"><post'
COMPLETIONS = 10


class Gelbooru02Site(DapiSite):
    """The demo booru in the words of Gelbooru 0.2."""

    places: ClassVar = {
        "file": ("original", "/images/{folder}/{md5}.{ext}"),
        "sample": ("sample", "/samples/{folder}/sample_{md5}.{ext}"),
        "thumbnail": ("180x180", "/thumbnails/{folder}/thumbnail_{md5}.{ext}"),
    }
    look: ClassVar[Look] = look("Running Gelbooru (Beta) 0.2")
    usual_depth: ClassVar[int | None] = 200_000
    language: ClassVar[Language] = language(ratings.MEANT)
    most: ClassVar[int] = 1000

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {**super().answers(), "/autocomplete.php": self.autocomplete}

    def unknown(self, request: Request) -> Response | None:
        """Answer with an explanation and status 200 to who has no valid key."""
        if self.with_login(request):
            return None
        if self._as_json(request):
            return _web_json(MISSING)
        return markup.xml(f"<error>{MISSING}</error>")

    def posts(
        self, request: Request, found: Sequence[DemoPost], first: int, limit: int
    ) -> Response:
        """Answer with posts; in JSON, none at all are no bytes at all."""
        shown = self.kept(request, found[first : first + limit])
        base = base_of(request)
        if not self._as_json(request):
            said = {"count": len(found), "offset": first}
            rows = [self._xml_row(post, base) for post in shown]
            return markup.with_attributes("posts", said, rows, row="post")
        if not shown:
            return Response(b"", media_type="text/html")
        return _web_json([self._json_row(post, base) for post in shown])

    def too_deep(self, request: Request) -> Response:
        """Answer with something that is cut."""
        if self._as_json(request):
            return Response("[{", media_type="text/html")
        return markup.xml(CUT)

    def tags(self, _: Request, found: Sequence[Tag]) -> Response:
        """Answer with tags as XML, whatever was asked for."""
        rows = [
            {
                "type": CATEGORIES[tag.category],
                "count": tag.count,
                "name": tag.name,
                "ambiguous": False,
                "id": tag.id,
            }
            for tag in found
        ]
        return markup.with_attributes("tags", {"type": "array"}, rows, row="tag")

    def _shown(self, post: DemoPost, name: str) -> Shown:
        """Return a post for a browser, with what its tags are."""
        tags = self.booru.shelf.tags
        kinds = {tag: tags[tag].category for tag in post.tags}
        words = {tag: WORDS.get(kind, kind) for tag, kind in kinds.items()}
        return replace(super()._shown(post, name), kinds=words)

    def autocomplete(self, request: Request) -> Response:
        """Answer ``/autocomplete.php``, whose counts are in the labels."""
        typed = request.query_params.get("q", "").lower()
        found = completions(self.booru, typed)[:COMPLETIONS]
        rows = [
            {"label": f"{escaped(tag.name)} ({tag.count})", "value": escaped(tag.name)}
            for tag, _ in found
        ]
        return _web_json(rows)

    def _as_json(self, request: Request) -> bool:
        asked = "json" if request.query_params.get("json") == "1" else "xml"
        return (self.options.form or asked) == "json"

    def _xml_row(self, post: DemoPost, base: str) -> Json:
        large, small = self._sample_size(post), size_of(post.scene, "180x180")
        return {
            "height": post.scene.height,
            "score": post.score or "",
            "file_url": self.files.address(post, "file", base),
            "parent_id": post.parent_id or "",
            "sample_url": self._sample(post, base),
            "sample_width": large[0],
            "sample_height": large[1],
            "preview_url": self.files.address(post, "thumbnail", base),
            "rating": ratings.LETTERS[post.rating],
            "tags": f" {' '.join(post.tags)} ",
            "id": post.id,
            "width": post.scene.width,
            "change": int(post.updated_at.timestamp()),
            "md5": self.facts(post).md5,
            "creator_id": user_id(post.uploader),
            "has_children": bool(self.booru.shelf.children.get(post.id)),
            "created_at": written(post.created_at, hours=0),
            "status": post.status,
            "source": post.source,
            "has_notes": False,
            "has_comments": False,
            "preview_width": small[0],
            "preview_height": small[1],
        }

    def _json_row(self, post: DemoPost, base: str) -> Json:
        md5 = self.facts(post).md5
        has_sample = post.scene.width > SAMPLE_WIDTH
        large = self._sample_size(post) if has_sample else (0, 0)
        return {
            "preview_url": self.files.address(post, "thumbnail", base),
            "sample_url": self._sample(post, base),
            "file_url": self.files.address(post, "file", base),
            "directory": post.id // 100,
            # It is of something else than the file, and so is no md5 of it.
            "hash": hashlib.sha256(md5.encode()).hexdigest()[:32],
            "width": post.scene.width,
            "height": post.scene.height,
            "id": post.id,
            "image": f"{md5}.{extension(post.scene)}",
            "change": int(post.updated_at.timestamp()),
            "owner": post.uploader,
            "parent_id": post.parent_id or 0,
            "rating": ratings.WORDS[post.rating],
            "sample": has_sample,
            "sample_height": large[1],
            "sample_width": large[0],
            "score": post.score or None,
            "tags": escaped(" ".join(post.tags)),
            "source": escaped(post.source),
            "status": post.status,
            "has_notes": False,
            "comment_count": 0,
        }

    def _sample(self, post: DemoPost, base: str) -> str:
        """Return the address of the sample, which may be the file itself."""
        has_sample = post.scene.width > SAMPLE_WIDTH
        return self.files.address(post, "sample" if has_sample else "file", base)

    def _sample_size(self, post: DemoPost) -> tuple[int, int]:
        return size_of(post.scene, "sample")


def _web_json(data: object) -> Response:
    """Return JSON that says that it is a web page."""
    response = JSONResponse(data)
    response.headers["content-type"] = "text/html; charset=UTF-8"
    return response
