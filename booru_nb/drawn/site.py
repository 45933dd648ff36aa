"""What all dialects have in common: routes over posts and pictures."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from booru_nb.drawn import pages
from booru_nb.drawn.files import Files, picture_response
from booru_nb.drawn.pictures.encoding import extension, extension_of
from booru_nb.drawn.queries.traits import Context
from booru_nb.drawn.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.options import Options
    from booru_nb.drawn.pages import Look
    from booru_nb.drawn.pictures.gallery import Gallery
    from booru_nb.drawn.pictures.shelf import Facts
    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.traits import Test

KEEP = "booru_nb.keep"
"""The scope's extension that says how many posts of a page are kept at most."""

ON_A_PAGE = 20


class DemoSite(ABC):
    """The demo booru in the words of an engine; a subclass is one dialect.

    Parameters
    ----------
    booru : Booru
        What there is.
    gallery : Gallery
        Its pictures.
    options : Options
        How strict it is, and to whom.
    """

    places: ClassVar[Mapping[str, tuple[str, str]]]
    """What it calls each picture, and where that is (see `Files`)."""
    look: ClassVar[Look]
    """What its pages have of their own."""
    thumbnail: ClassVar[str]
    """Which of its pictures is shown on a page of many."""
    sample: ClassVar[str]
    """Which one on a page of its own."""
    headers: ClassVar[Mapping[str, str]] = {}
    """What each answer says of the engine."""
    usual_tags: ClassVar[int | None] = None
    """How many tags a query may have by default."""
    usual_depth: ClassVar[int | None] = None
    """How far pages reach by default; in posts, if the dialect says nothing else."""
    unseen: ClassVar[frozenset[str]] = frozenset({"restricted"})
    """The statuses of posts whose pictures are not given out."""

    def __init__(self, booru: Booru, gallery: Gallery, options: Options) -> None:
        self.booru = booru
        self.gallery = gallery
        self.options = options
        self.files = Files(booru, gallery, self.places)
        limit = options.tag_limit
        self.tag_limit = self.usual_tags if limit == "usual" else limit
        self.depth = options.deepest or self.usual_depth
        self.context = Context(
            md5_of=lambda post: gallery.facts(post.scene).md5,
            file_size_of=lambda post: gallery.facts(post.scene).size,
            extension_of=lambda post: extension(post.scene),
        )

    @abstractmethod
    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""

    @abstractmethod
    def found(self, text: str) -> list[DemoPost]:
        """Return the posts that a query finds, in its order.

        Raises
        ------
        Refusal
            If it cannot be understood.
        """

    @abstractmethod
    def nothing_here(self, status: int) -> Response:
        """Answer at an address where there is nothing, most often with 404."""

    @abstractmethod
    def admit(self, request: Request) -> None:
        """Refuse a login that is wrong, or nobody where a login is needed."""

    def spelt(self, post: DemoPost) -> tuple[str, ...]:
        """Return a post's tags as the engine spells them."""
        return tuple(post.tags)

    def app(self) -> Starlette:
        """Return the routes as an ASGI application."""
        answers = {**self.answers(), "/": self.overview, "/{path:path}": self.picture}
        routes = [Route(path, self._endpoint(work)) for path, work in answers.items()]
        handlers: Any = {HTTPException: self._no_route}
        return Starlette(routes=routes, exception_handlers=handlers)

    def facts(self, post: DemoPost) -> Facts:
        """Return md5 and size of a post's file; may draw it."""
        return self.gallery.facts(post.scene)

    def matching(self, test: Test) -> list[DemoPost]:
        """Return the posts that pass a test, oldest first."""
        shelf = self.booru.shelf
        return [post for post in shelf.posts if test(post, shelf)]

    def kept(self, request: Request, posts: Sequence[DemoPost]) -> Sequence[DemoPost]:
        """Return a page of posts, or less of it where a fault says so."""
        return posts[: request.scope.get("extensions", {}).get(KEEP)]

    def overview(self, request: Request) -> Response:
        """Show thumbnails to a browser."""
        shown = [self._shown(post, self.thumbnail) for post in self.on_page(request)]
        tags = request.query_params.get(self.look.tags, "")
        return pages.overview(shown, self.look, tags)

    def on_page(self, request: Request) -> Sequence[DemoPost]:
        """Return the posts on a page of thumbnails."""
        return self.found(request.query_params.get(self.look.tags, ""))[:ON_A_PAGE]

    def page_of(self, number: int) -> Response:
        """Show one post to a browser."""
        post = self.booru.shelf.by_id.get(number)
        if post is None:
            return self.nothing_here(404)
        return pages.one(self._shown(post, self.sample), self.look)

    def page_at(self, request: Request) -> Response:
        """Show the post whose number stands in the path to a browser."""
        return self.page_of(request.path_params["number"])

    def picture(self, request: Request) -> Response:
        """Answer the address of a picture."""
        return self.picture_at(request.scope["path"], request)

    def picture_at(self, path: str, request: Request) -> Response:
        """Answer with the picture that a path stands for."""
        found = self.files.find(path)
        if found is None or found[0].status in self.unseen:
            return self.nothing_here(404)
        post, variant = found
        content = self.gallery.content(post.scene, variant)
        kind = extension_of(post.scene, variant)
        asked = request.headers
        return picture_response(
            content, kind, asked.get("range"), asked.get("if-range")
        )

    def _shown(self, post: DemoPost, name: str) -> pages.Shown:
        scene = post.scene
        return pages.Shown(
            id=post.id,
            tags=self.spelt(post),
            picture=None
            if post.status in self.unseen
            else self.files.address(post, name),
            said=f"Score {post.score}, {scene.width} by {scene.height} pixels",
        )

    def _endpoint(
        self, work: Callable[[Request], Response]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return an endpoint that does its work in a thread, for it may draw."""

        def answer(request: Request) -> Response:
            self.admit(request)
            return work(request)

        async def endpoint(request: Request) -> Response:
            try:
                response = await asyncio.to_thread(answer, request)
            except Refusal as refusal:
                response = refusal.response
            response.headers.update(self.headers)
            return response

        return endpoint

    async def _no_route(self, _: Request, error: HTTPException) -> Response:
        response = self.nothing_here(error.status_code)
        response.headers.update(self.headers)
        return response


def base_of(request: Request) -> str:
    """Return the address at which the site was asked, without a slash at the end."""
    return str(request.base_url).rstrip("/")
