"""Gelbooru 0.2.5, the software of gelbooru.com."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.responses import Response as Plain

from booru_nb.drawn import pages
from booru_nb.drawn.completing import completions
from booru_nb.drawn.danbooru.metatags import RATINGS
from booru_nb.drawn.gelbooru.dapi import DapiSite, look
from booru_nb.drawn.gelbooru.escapes import escaped
from booru_nb.drawn.gelbooru.query import language
from booru_nb.drawn.gelbooru.times import written
from booru_nb.drawn.markup import with_elements
from booru_nb.drawn.pictures.encoding import SAMPLE_WIDTH, extension, size_of
from booru_nb.drawn.posts.people import user_id
from booru_nb.drawn.site import base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.pages import Look
    from booru_nb.drawn.posts.booru import Tag
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.words import Language

Json = dict[str, Any]

CATEGORIES = {"general": 0, "artist": 1, "copyright": 3, "character": 4, "meta": 5}
WORDS = {"general": "tag", "meta": "metadata"}
NAMELESS = {"id": 1, "name": "", "count": 100_000, "type": 0, "ambiguous": 0}
DEPRECATED = {"id": 2, "name": "cta", "count": 90_000, "type": 6, "ambiguous": 0}
ZONE = -5
"""The offset of its times, in hours."""
COMPLETIONS = 10
HOTLINK = "/hotlink.php"


class GelbooruSite(DapiSite):
    """The demo booru in the words of Gelbooru 0.2.5."""

    places: ClassVar = {
        "file": ("original", "/images/{aa}/{bb}/{md5}.{ext}"),
        "sample": ("sample", "/samples/{aa}/{bb}/sample_{md5}.{ext}"),
        "thumbnail": ("180x180", "/thumbnails/{aa}/{bb}/thumbnail_{md5}.{ext}"),
    }
    look: ClassVar[Look] = look("Running Gelbooru (Beta) 0.2.5")
    usual_depth: ClassVar[int | None] = 20_000
    language: ClassVar[Language] = language({**RATINGS, "safe": ("general",)})
    most: ClassVar[int] = 100

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {**super().answers(), HOTLINK: self.hotlinked}

    def unknown(self, request: Request) -> Response | None:
        """Answer with no bytes to who has no valid key."""
        if self.with_login(request):
            return None
        return Plain("", 401, media_type="text/html")

    def posts(
        self, request: Request, found: Sequence[DemoPost], first: int, limit: int
    ) -> Response:
        """Answer with posts; where there are none, JSON has no list of them."""
        shown = self.kept(request, found[first : first + limit])
        rows = [self._row(post, base_of(request)) for post in shown]
        said = {"limit": limit, "offset": first, "count": len(found)}
        return self._answer(request, "post", said, rows)

    def too_deep(self, _: Request) -> Response:
        """Answer with a text and status 200."""
        return PlainTextResponse("Too deep! Pull it back some.")

    def tags(self, request: Request, found: Sequence[Tag]) -> Response:
        """Answer with tags, among them some that are none."""
        params = request.query_params
        rows = [_tag(tag) for tag in found]
        if params.get("orderby") == "count" and not {"name", "names"} & set(params):
            rows = [NAMELESS, DEPRECATED, *rows]
        said = {"limit": 100, "offset": 0, "count": len(rows)}
        return self._answer(request, "tag", said, rows)

    def tag_tests(self, params: QueryParams) -> dict[str, Callable[[Tag], bool]]:
        """Return what each parameter asks of a tag: several names, too."""
        names = params.get("names", "").split()
        return {**super().tag_tests(params), "names": lambda tag: tag.name in names}

    def other_page(self, request: Request) -> Response:
        """Answer completions, which need no login."""
        params = request.query_params
        if params.get("page") != "autocomplete2":
            return super().other_page(request)
        typed = params.get("term", "").lower()
        found = [] if " " in typed else completions(self.booru, typed)
        # Aliases are not completed.
        rows = [_completion(tag) for tag, alias in found if alias is None]
        return JSONResponse(rows[:COMPLETIONS])

    def picture_at(self, path: str, request: Request) -> Response:
        """Answer with a picture to the site's own pages, and with a page to others."""
        if request.headers.get("referer", "").startswith(base_of(request)):
            return super().picture_at(path, request)
        if self.files.find(path) is None:
            return self.nothing_here(404)
        return RedirectResponse(f"{HOTLINK}?hash={path.rpartition('/')[2]}", 302)

    def hotlinked(self, _: Request) -> Response:
        """Show a page where a picture was wanted from elsewhere."""
        return pages.page(
            "Hotlinking", "<p>Please visit the site itself.</p>", self.look
        )

    def _answer(
        self, request: Request, name: str, said: Json, rows: Sequence[Json]
    ) -> Response:
        asked = "json" if request.query_params.get("json") == "1" else "xml"
        if (self.options.form or asked) == "xml":
            # XML escapes what it must by itself.
            return with_elements(f"{name}s", said, map(_unescaped, rows), row=name)
        return JSONResponse({"@attributes": said} | ({name: rows} if rows else {}))

    def _row(self, post: DemoPost, base: str) -> Json:
        md5 = self.facts(post).md5
        has_sample = post.scene.width > SAMPLE_WIDTH
        width, height = size_of(post.scene, "sample") if has_sample else (0, 0)
        small = size_of(post.scene, "180x180")
        children = self.booru.shelf.children.get(post.id)

        def address(name: str) -> str:
            return self.files.address(post, name, base)

        return {
            "id": post.id,
            "created_at": written(post.created_at, hours=ZONE),
            "score": post.score,
            "width": post.scene.width,
            "height": post.scene.height,
            "md5": md5,
            "directory": f"{md5[0:2]}/{md5[2:4]}",
            "image": f"{md5}.{extension(post.scene)}",
            "rating": post.rating,
            "source": escaped(post.source),
            "change": int(post.updated_at.timestamp()),
            "owner": post.uploader,
            "creator_id": user_id(post.uploader),
            "parent_id": post.parent_id or 0,
            "sample": int(has_sample),
            "preview_height": small[1],
            "preview_width": small[0],
            "tags": escaped(" ".join(post.tags)),
            "title": "",
            "has_notes": "false",
            "has_comments": "false",
            "file_url": address("file"),
            "preview_url": address("thumbnail"),
            "sample_url": address("sample") if has_sample else "",
            "sample_height": height,
            "sample_width": width,
            "status": post.status,
            "post_locked": 0,
            "has_children": "true" if children else "false",
        }


def _tag(tag: Tag) -> Json:
    return {
        "id": tag.id,
        "name": escaped(tag.name),
        "count": tag.count,
        "type": CATEGORIES[tag.category],
        "ambiguous": 0,
    }


def _completion(tag: Tag) -> Json:
    return {
        "type": "tag",
        "label": escaped(tag.name),
        "value": escaped(tag.name),
        "post_count": str(tag.count),
        "category": WORDS.get(tag.category, tag.category),
    }


def _unescaped(row: Json) -> Json:
    """Return a row whose texts have no entities, as they are in XML."""
    return {k: html.unescape(v) if isinstance(v, str) else v for k, v in row.items()}
