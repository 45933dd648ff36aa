"""The routes of Danbooru's API, over the posts and pictures of the demo booru."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse

from booru_nb.drawn.asking import search_words, whole
from booru_nb.drawn.danbooru import errors, paging, tagsearch
from booru_nb.drawn.danbooru.answers import post_answer
from booru_nb.drawn.danbooru.asking import check, rows
from booru_nb.drawn.danbooru.metatags import LANGUAGE
from booru_nb.drawn.pages import Look
from booru_nb.drawn.pictures.shelf import Facts
from booru_nb.drawn.queries import words
from booru_nb.drawn.queries.paging import Paging
from booru_nb.drawn.site import DemoSite, base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.words import Query

NOTHING = Facts("", 0)
OF_THE_FILE = {
    *("md5", "file_size", "file_url", "large_file_url", "preview_file_url"),
    "media_asset",
}
TAGS_IN_A_NAME = re.compile(r"(?<=/)__.*__")


class DanbooruSite(DemoSite):
    """The demo booru in Danbooru's words."""

    places: ClassVar = {
        name: (name, f"/{name}/{{aa}}/{{bb}}/{prefix}{{md5}}.{{ext}}")
        for name, prefix in {
            "original": "",
            "sample": "sample-",
            "180x180": "",
            "360x360": "",
            "720x720": "",
        }.items()
    }
    look: ClassVar[Look] = Look(
        footer="Running Danbooru v2",
        listing="/posts",
        post="/posts/{id}",
        older="page=b{last}",
    )
    thumbnail: ClassVar[str] = "180x180"
    sample: ClassVar[str] = "sample"
    usual_tags: ClassVar[int | None] = 2
    usual_depth: ClassVar[int | None] = paging.LAST_PAGE

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {
            "/posts.json": self.posts,
            "/posts/random.json": self.random_post,
            "/posts/{number:int}.json": self.post,
            "/counts/posts.json": self.count,
            "/autocomplete.json": self.autocomplete,
            "/tags.json": self.tags,
            "/tag_aliases.json": self.aliases,
            "/tag_implications.json": self.implications,
            "/posts": self.overview,
            "/posts/{number:int}": self.page_at,
        }

    def admit(self, request: Request) -> None:
        """Refuse a wrong login, and what asks to be refused."""
        check(request, self.options)

    def nothing_here(self, status: int) -> Response:
        """Answer as Danbooru does where no route leads."""
        return errors.no_route(status).response

    def posts(self, request: Request) -> Response:
        """Answer ``/posts.json``: a page, or with ``md5=`` one post."""
        md5 = request.query_params.get("md5")
        if md5 is not None:
            return JSONResponse(self._answer(self.files.with_md5(md5), request))
        found = self.kept(request, self.on_page(request))
        return JSONResponse([self._answer(post, request) for post in found])

    def on_page(self, request: Request) -> Sequence[DemoPost]:
        """Return the posts of a page."""
        params = request.query_params
        wanted, posts = self._matching(params.get("tags", ""))
        asked = wanted.once.get("limit") or params.get("limit")
        limit = whole(asked, paging.USUAL, paging.MOST)
        order = wanted.once.get("order", "")
        pages = Paging(self.depth or 0, errors.too_far, errors.no_page)
        return pages.page(
            posts,
            params.get("page", "1"),
            limit,
            lambda posts: paging.ordered(posts, order),
        )

    def found(self, text: str) -> list[DemoPost]:
        """Return the posts that a query finds, in its order."""
        wanted, posts = self._matching(text)
        return paging.ordered(posts, wanted.once.get("order", ""))

    def _matching(self, text: str) -> tuple[Query, list[DemoPost]]:
        wanted = words.read(text.split(), self.booru, self.context, LANGUAGE)
        for name in wanted.misused:
            raise errors.bad_query(f"'{name}:' can only be used once in a search.")
        if self.tag_limit is not None and wanted.counted > self.tag_limit:
            raise errors.too_many_tags(self.tag_limit)
        return wanted, self.matching(wanted.matches)

    def _answer(self, post: DemoPost | None, request: Request) -> dict[str, Any]:
        if post is None:
            raise errors.not_found()
        only = request.query_params.get("only", "")
        fields = set(only.split(",")) if only else None
        # What does not say anything of the picture need not draw it.
        drawn = fields is None or bool(fields & OF_THE_FILE)
        facts, base = self.facts(post) if drawn else NOTHING, base_of(request)

        def address(name: str) -> str:
            return self.files.address(post, name, base) if drawn else ""

        answer = post_answer(post, self.booru.shelf, facts, address)
        return {k: v for k, v in answer.items() if fields is None or k in fields}

    def post(self, request: Request) -> Response:
        """Answer ``/posts/<id>.json``."""
        found = self.booru.shelf.by_id.get(request.path_params["number"])
        return JSONResponse(self._answer(found, request))

    def random_post(self, request: Request) -> Response:
        """Answer ``/posts/random.json``."""
        _, found = self._matching(request.query_params.get("tags", ""))
        drawn = paging.ordered(found, "random")
        return JSONResponse(self._answer(drawn[0] if drawn else None, request))

    def count(self, request: Request) -> Response:
        """Answer ``/counts/posts.json``."""
        _, found = self._matching(request.query_params.get("tags", ""))
        return JSONResponse({"counts": {"posts": len(found)}})

    def autocomplete(self, request: Request) -> Response:
        """Answer ``/autocomplete.json``; without a type there is nothing, as there."""
        search, params = search_words(request), request.query_params
        if search.get("type") not in {"tag_query", "tag"}:
            return JSONResponse([])
        limit = whole(params.get("limit"), 10, paging.MOST_ROWS)
        found = tagsearch.complete(self.booru, search.get("query", ""), limit)
        return JSONResponse(found)

    def tags(self, request: Request) -> Response:
        """Answer ``/tags.json``."""
        return rows(request, tagsearch.find_tags(self.booru, search_words(request)))

    def aliases(self, request: Request) -> Response:
        """Answer ``/tag_aliases.json``."""
        return self._relations(request, "aliases")

    def implications(self, request: Request) -> Response:
        """Answer ``/tag_implications.json``."""
        return self._relations(request, "implications")

    def _relations(self, request: Request, kind: str) -> Response:
        search = search_words(request)
        return rows(request, tagsearch.find_relations(self.booru, kind, search))

    def picture(self, request: Request) -> Response:
        """Answer the address of a picture, which may have tags in it."""
        plain = TAGS_IN_A_NAME.sub("", request.scope["path"])
        return self.picture_at(plain, request)
