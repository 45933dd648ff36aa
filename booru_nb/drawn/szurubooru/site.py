"""The routes of szurubooru's API, over the posts and pictures of the demo booru."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse

from booru_nb.drawn import pages
from booru_nb.drawn.asking import pair
from booru_nb.drawn.pages import Look
from booru_nb.drawn.refusal import Refusal
from booru_nb.drawn.site import DemoSite
from booru_nb.drawn.szurubooru import query
from booru_nb.drawn.szurubooru.answers import (
    COLOURS,
    info_answer,
    post_answer,
    tag_answer,
)
from booru_nb.drawn.szurubooru.tagsearch import find_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.posts.history import DemoPost

Json = dict[str, Any]

HIDDEN = frozenset({"restricted", "deleted"})
MOST = 100
PRIVILEGES = {
    "posts:list": "anonymous",
    "posts:view": "anonymous",
    "tags:view": "anonymous",
    "tags:list": "regular",
    "tag_categories:list": "anonymous",
}
"""Who may do what; that tags are listed for users only is its default."""


class SzurubooruSite(DemoSite):
    """The demo booru in szurubooru's words."""

    places: ClassVar = {
        "content": ("original", "/data/posts/{id}_{token}.{ext}"),
        "thumbnail": ("360x360", "/data/generated-thumbnails/{id}_{token}.{ext}"),
    }
    look: ClassVar[Look] = Look(
        footer="szurubooru", listing="/posts", post="/post/{id}", tags="query"
    )
    thumbnail: ClassVar[str] = "thumbnail"
    sample: ClassVar[str] = "content"
    unseen: ClassVar[frozenset[str]] = HIDDEN

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {
            "/api/posts/": self.posts,
            "/api/posts": self.posts,
            "/api/post/{number:int}": self.post,
            "/api/tags/": self.tags,
            "/api/tags": self.tags,
            "/api/tag/{name:path}": self.tag,
            "/api/tag-categories": self.categories,
            "/api/info": self.info,
            "/post/{number:int}": self.page_at,
        }

    def admit(self, request: Request) -> None:
        """Refuse who does not want JSON, a wrong login, and nobody if so told."""
        if not request.scope["path"].startswith("/api"):
            return
        if "application/json" not in request.headers.get("accept", ""):
            raise _refusal(
                406, "HttpNotAcceptable", "This API only supports JSON responses."
            )
        if self.options.login_needed and not self._user(request):
            raise _no_privilege()
        self._user(request)

    def _user(self, request: Request) -> str:
        """Return who asks; empty for nobody."""
        try:
            # A colon cannot be in a parameter's name, so only the header is read.
            user, key = pair(request, ":", ":")
        except ValueError:
            raise _refusal(
                400,
                "HttpBadRequest",
                "The login cannot be read.",
            ) from None
        if user and self.options.accounts.get(user) != key:
            raise _refusal(403, "AuthError", "Invalid password.")
        return user

    def nothing_here(self, status: int) -> Response:
        """Answer as the API does where there is nothing."""
        return _refusal(
            status, "HttpNotFound", "Requested path was not found."
        ).response

    def picture(self, request: Request) -> Response:
        """Answer a picture, or the web client, which stands at all other paths."""
        if request.scope["path"].startswith(("/api", "/data/")):
            return super().picture(request)
        return pages.page("Demo booru", "<h1>Loading…</h1>", self.look)

    def posts(self, request: Request) -> Response:
        """Answer ``/posts/``."""
        text, offset, limit = _page(request)
        found = self.found(text)
        shown = self.kept(request, found[offset : offset + limit])
        rows = [self._row(post) for post in shown]
        return _results(text, offset, limit, len(found), _trimmed(request, rows))

    def found(self, text: str) -> list[DemoPost]:
        """Return the posts that a query finds, in its order."""
        try:
            wanted = query.read(text, self.booru, self.context)
        except query.SearchError as error:
            raise _refusal(400, "SearchError", str(error)) from error
        posts = [post for post in self.booru.shelf.posts if post.status not in HIDDEN]
        shelf = self.booru.shelf
        passing = [p for p in posts if all(test(p, shelf) for test in wanted.tests)]
        return wanted.sorted(passing)

    def _row(self, post: DemoPost) -> Json:
        def address(name: str) -> str:
            return self.files.address(post, name).lstrip("/")

        return post_answer(post, self.booru, self.facts(post), address)

    def post(self, request: Request) -> Response:
        """Answer ``/post/<id>``."""
        number = request.path_params["number"]
        post = self.booru.shelf.by_id.get(number)
        if post is None or post.status in HIDDEN:
            raise _refusal(404, "PostNotFoundError", f"Post {number!r} not found.")
        return JSONResponse(_trimmed(request, [self._row(post)])[0])

    def tags(self, request: Request) -> Response:
        """Answer ``/tags/``, to users only."""
        if not self._user(request):
            raise _no_privilege()
        text, offset, limit = _page(request)
        try:
            found = find_tags(text, self.booru)
        except query.SearchError as error:
            raise _refusal(400, "SearchError", str(error)) from error
        rows = [tag_answer(tag, self.booru) for tag in found[offset : offset + limit]]
        return _results(text, offset, limit, len(found), _trimmed(request, rows))

    def tag(self, request: Request) -> Response:
        """Answer ``/tag/<name>``, by any of its names."""
        name = request.path_params["name"].lower()
        tag = self.booru.shelf.tags.get(self.booru.aliases.get(name, name))
        if tag is None:
            raise _refusal(404, "TagNotFoundError", f"Tag {name!r} not found.")
        return JSONResponse(tag_answer(tag, self.booru))

    def categories(self, _: Request) -> Response:
        """Answer ``/tag-categories``."""
        tags = self.booru.shelf.tags.values()
        rows = [
            {
                "name": name,
                "version": 1,
                "color": colour,
                "usages": sum(tag.category == name for tag in tags),
                "default": name == "general",
                "order": place,
            }
            for place, (name, colour) in enumerate(COLOURS.items(), 1)
        ]
        return JSONResponse({"results": rows})

    def info(self, _: Request) -> Response:
        """Answer ``/info``."""
        return JSONResponse(info_answer(self.booru, PRIVILEGES))


def _refusal(status: int, name: str, description: str) -> Refusal:
    title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    said = {"name": name, "title": title, "description": description}
    return Refusal(JSONResponse(said, status))


def _no_privilege() -> Refusal:
    return _refusal(403, "AuthError", "Insufficient privileges to do this.")


def _page(request: Request) -> tuple[str, int, int]:
    """Return the query, where the page begins, and how long it is."""
    params = request.query_params
    return (
        params.get("query", ""),
        _number(params.get("offset", "0"), "offset", 0, None),
        _number(params.get("limit", "100"), "limit", 1, MOST),
    )


def _number(text: str, name: str, least: int, most: int | None) -> int:
    if not text.isdecimal():
        raise _refusal(400, "ValidationError", f"Parameter {name!r} must be a number.")
    number = int(text)
    if number < least or (most is not None and number > most):
        said = f"Parameter {name!r} must be between {least} and {most}."
        raise _refusal(400, "ValidationError", said)
    return number


def _results(
    text: str, offset: int, limit: int, total: int, rows: list[Json]
) -> Response:
    return JSONResponse(
        {
            "query": text,
            "offset": offset,
            "limit": limit,
            "total": total,
            "results": rows,
        }
    )


def _trimmed(request: Request, rows: list[Json]) -> list[Json]:
    """Return rows with the fields that were asked for."""
    asked = request.query_params.get("fields", "")
    if not asked:
        return rows
    wanted = set(asked.split(","))
    return [{k: v for k, v in row.items() if k in wanted} for row in rows]
