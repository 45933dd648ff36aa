"""The routes of Danbooru's API, over the posts and pictures of the demo booru."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from booru_nb.drawn.danbooru import pages, query, tagsearch
from booru_nb.drawn.danbooru.answers import post_answer
from booru_nb.drawn.danbooru.asking import MOST_ROWS, check, rows, search_words
from booru_nb.drawn.danbooru.errors import Refusal, no_route, not_found
from booru_nb.drawn.danbooru.media import NAME, picture_response
from booru_nb.drawn.danbooru.metatags import Context
from booru_nb.drawn.danbooru.paging import MOST, USUAL, ordered, page_of, whole
from booru_nb.drawn.pictures.encoding import extension, extension_of
from booru_nb.drawn.pictures.shelf import Facts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.pictures.gallery import Gallery
    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost

NOTHING = Facts("", 0)
OF_THE_FILE = {
    *("md5", "file_size", "file_url", "large_file_url", "preview_file_url"),
    "media_asset",
}
VARIANTS = ("original", "sample", "180x180", "360x360", "720x720")


class DanbooruSite:
    """The demo booru in Danbooru's words.

    Parameters
    ----------
    booru : Booru
        What there is.
    gallery : Gallery
        Its pictures.
    tag_limit : int or None
        How many tags a query may have.
    accounts : mapping of str to str
        The API key of each login.
    """

    def __init__(
        self,
        booru: Booru,
        gallery: Gallery,
        *,
        tag_limit: int | None,
        accounts: Mapping[str, str],
    ) -> None:
        self.booru = booru
        self.gallery = gallery
        self.tag_limit = tag_limit
        self.accounts = accounts
        self.context = Context(
            md5_of=lambda post: gallery.facts(post.scene).md5,
            file_size_of=lambda post: gallery.facts(post.scene).size,
            extension_of=lambda post: extension(post.scene),
        )

    def app(self) -> Starlette:
        """Return the routes as an ASGI application."""
        answers = {
            "/posts.json": self.posts,
            "/posts/random.json": self.random_post,
            "/posts/{number:int}.json": self.post,
            "/counts/posts.json": self.count,
            "/autocomplete.json": self.autocomplete,
            "/tags.json": self.tags,
            "/tag_aliases.json": self.aliases,
            "/tag_implications.json": self.implications,
            "/": self.page,
            "/posts": self.page,
            "/posts/{number:int}": self.page_of_post,
            **{f"/{name}/{{a}}/{{b}}/{{file}}": self.picture for name in VARIANTS},
        }
        routes = [Route(path, self._endpoint(work)) for path, work in answers.items()]
        handlers: Any = {Refusal: _refused, HTTPException: _no_route}
        return Starlette(routes=routes, exception_handlers=handlers)

    def _endpoint(
        self, work: Callable[[Request], Response]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return an endpoint that does its work in a thread, for it may draw."""

        async def endpoint(request: Request) -> Response:
            check(request, self.accounts)
            return await asyncio.to_thread(work, request)

        return endpoint

    def posts(self, request: Request) -> Response:
        """Answer ``/posts.json``: a page, or with ``md5=`` one post."""
        md5 = request.query_params.get("md5")
        if md5 is not None:
            return JSONResponse(self._answer(self._with_md5(md5), request))
        found = self._page(request)
        return JSONResponse([self._answer(post, request) for post in found])

    def _page(self, request: Request) -> list[DemoPost]:
        params = request.query_params
        wanted, posts = self._matching(params.get("tags", ""))
        limit = whole(wanted.once.get("limit") or params.get("limit"), USUAL, MOST)
        order = wanted.once.get("order", "")
        return page_of(posts, params.get("page", "1"), limit, order)

    def _matching(self, text: str) -> tuple[query.Query, list[DemoPost]]:
        wanted = query.read(text, self.booru, self.context, self.tag_limit)
        shelf = self.booru.shelf
        return wanted, [post for post in shelf.posts if wanted.matches(post, shelf)]

    def _answer(self, post: DemoPost, request: Request) -> dict[str, Any]:
        only = request.query_params.get("only", "")
        fields = set(only.split(",")) if only else None
        # What does not say anything of the picture need not draw it.
        drawn = fields is None or bool(fields & OF_THE_FILE)
        facts = self.gallery.facts(post.scene) if drawn else NOTHING
        base = str(request.base_url).rstrip("/")
        answer = post_answer(post, self.booru.shelf, facts, base)
        return {k: v for k, v in answer.items() if fields is None or k in fields}

    def _with_md5(self, md5: str) -> DemoPost:
        shown = [p for p in self.booru.shelf.posts if p.status != "restricted"]
        scene = self.gallery.with_md5(md5, [post.scene for post in shown])
        found = [post for post in shown if post.scene == scene]
        if not found:
            raise not_found()
        return found[0]

    def post(self, request: Request) -> Response:
        """Answer ``/posts/<id>.json``."""
        found = self.booru.shelf.by_id.get(request.path_params["number"])
        if found is None:
            raise not_found()
        return JSONResponse(self._answer(found, request))

    def random_post(self, request: Request) -> Response:
        """Answer ``/posts/random.json``."""
        _, found = self._matching(request.query_params.get("tags", ""))
        if not found:
            raise not_found()
        return JSONResponse(self._answer(ordered(found, "random")[0], request))

    def count(self, request: Request) -> Response:
        """Answer ``/counts/posts.json``."""
        _, found = self._matching(request.query_params.get("tags", ""))
        return JSONResponse({"counts": {"posts": len(found)}})

    def autocomplete(self, request: Request) -> Response:
        """Answer ``/autocomplete.json``; without a type there is nothing, as there."""
        search, params = search_words(request), request.query_params
        if search.get("type") not in {"tag_query", "tag"}:
            return JSONResponse([])
        limit = whole(params.get("limit"), 10, MOST_ROWS)
        found = tagsearch.complete(self.booru, search.get("query", ""), limit)
        return JSONResponse(found)

    def tags(self, request: Request) -> Response:
        """Answer ``/tags.json``."""
        return rows(request, tagsearch.find_tags(self.booru, search_words(request)))

    def aliases(self, request: Request) -> Response:
        """Answer ``/tag_aliases.json``."""
        pairs = sorted(self.booru.aliases.items())
        return rows(request, tagsearch.find_relations(pairs, search_words(request)))

    def implications(self, request: Request) -> Response:
        """Answer ``/tag_implications.json``."""
        pairs = self.booru.implications
        return rows(request, tagsearch.find_relations(pairs, search_words(request)))

    def picture(self, request: Request) -> Response:
        """Answer the address of a picture."""
        _, variant, *folders, _ = request.url.path.split("/")
        name = NAME.fullmatch(request.path_params["file"])
        if name is None or folders != [name["md5"][0:2], name["md5"][2:4]]:
            raise not_found()
        scene = self._with_md5(name["md5"]).scene
        if name["kind"] != extension_of(scene, variant):
            raise not_found()
        content = self.gallery.content(scene, variant)
        return picture_response(content, name["kind"], request.headers.get("range"))

    def page(self, request: Request) -> Response:
        """Show thumbnails to a browser."""
        found = self._page(request)
        return pages.overview([self._answer(p, request) for p in found], request)

    def page_of_post(self, request: Request) -> Response:
        """Show one post to a browser."""
        found = self.booru.shelf.by_id.get(request.path_params["number"])
        if found is None:
            raise not_found()
        return pages.one(self._answer(found, request))


async def _refused(_: Request, error: Refusal) -> Response:
    return error.response()


async def _no_route(_: Request, error: HTTPException) -> Response:
    refusal = no_route()
    refusal.status = error.status_code
    return refusal.response()
