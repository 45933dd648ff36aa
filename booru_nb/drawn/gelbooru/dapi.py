"""What both of Gelbooru's dialects have: one address, and parameters that say what."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from starlette.responses import HTMLResponse, RedirectResponse, Response

from booru_nb.drawn.asking import whole
from booru_nb.drawn.gelbooru import query
from booru_nb.drawn.pages import Look
from booru_nb.drawn.queries.words import pattern
from booru_nb.drawn.site import DemoSite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.datastructures import QueryParams
    from starlette.requests import Request

    from booru_nb.drawn.posts.booru import Tag
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.words import Language

INDEX = "/index.php"
HIDDEN = frozenset({"restricted", "deleted"})
USUAL = 100
FAR = 1_000_000


def look(footer: str) -> Look:
    """Return how the pages of a dialect look."""
    return Look(
        footer=footer,
        listing=INDEX,
        post=f"{INDEX}?page=post&s=view&id={{id}}",
        fixed={"page": "post", "s": "list"},
    )


class DapiSite(DemoSite):
    """One of Gelbooru's dialects."""

    thumbnail: ClassVar[str] = "thumbnail"
    sample: ClassVar[str] = "sample"
    unseen: ClassVar[frozenset[str]] = HIDDEN
    language: ClassVar[Language]
    most: ClassVar[int]
    """How many posts a page has at most."""

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {INDEX: self.index}

    def admit(self, request: Request) -> None:
        """Let all pass here: a login is asked for where data are."""

    def nothing_here(self, status: int) -> Response:
        """Answer with a page, as the web server does."""
        return HTMLResponse(f"<h1>{status} Not Found</h1>", status)

    @abstractmethod
    def unknown(self, request: Request) -> Response | None:
        """Return what is answered to who has no valid login; None to all others."""

    @abstractmethod
    def posts(
        self, request: Request, found: Sequence[DemoPost], first: int, limit: int
    ) -> Response:
        """Answer with posts, of which the first is the n-th of all that are found."""

    @abstractmethod
    def too_deep(self, request: Request) -> Response:
        """Answer to who asks for a page that is too far back."""

    @abstractmethod
    def tags(self, request: Request, found: Sequence[Tag]) -> Response:
        """Answer with tags."""

    def index(self, request: Request) -> Response:
        """Answer ``/index.php``, whatever it is asked for."""
        params = request.query_params
        page, subject = params.get("page"), params.get("s")
        if page == "dapi" and params.get("q") == "index":
            return self._dapi(request, subject)
        if page == "post" and subject == "view":
            return self.page_of(whole(params.get("id"), 0, FAR, least=0))
        if page in {None, "post"}:
            return self.overview(request)
        return self.other_page(request)

    def other_page(self, _: Request) -> Response:
        """Answer what ``page`` says, where it is no page of posts."""
        return RedirectResponse("/", 302)

    def _dapi(self, request: Request, subject: str | None) -> Response:
        refused = self.unknown(request)
        if refused is not None:
            return refused
        if subject == "post":
            return self._posts(request)
        if subject == "tag":
            return self.tags(request, self._tags(request.query_params))
        return Response("", media_type="text/html")

    def _posts(self, request: Request) -> Response:
        params = request.query_params
        if "id" in params:
            post = self.booru.shelf.by_id.get(whole(params["id"], 0, FAR, least=0))
            one = [post] if post is not None and post.status not in HIDDEN else []
            return self.posts(request, one, 0, self.most)
        limit = whole(params.get("limit"), USUAL, self.most, least=0)
        first = whole(params.get("pid"), 0, FAR, least=0) * limit
        if self.depth is not None and first > self.depth:
            return self.too_deep(request)
        return self.posts(request, self.found(params.get("tags", "")), first, limit)

    def found(self, text: str) -> list[DemoPost]:
        """Return the posts that a query finds, in its order."""
        wanted = query.read(text, self.booru, self.context, self.language)
        posts = [p for p in self.matching(wanted.matches) if p.status not in HIDDEN]
        return query.put_in_order(posts, wanted.once.get("sort", ""))

    def _tags(self, params: QueryParams) -> list[Tag]:
        tags = list(self.booru.shelf.tags.values())
        for given, test in self.tag_tests(params).items():
            if given in params:
                tags = [tag for tag in tags if test(tag)]
        if params.get("orderby") in {"count", "name"}:
            by_count = params["orderby"] == "count"
            tags.sort(key=lambda tag: (tag.count if by_count else 0, tag.name))
        if params.get("order", "asc").lower() == "desc":
            tags.reverse()
        return tags[: whole(params.get("limit"), USUAL, USUAL)]

    def tag_tests(self, params: QueryParams) -> dict[str, Callable[[Tag], bool]]:
        """Return what each parameter asks of a tag."""
        fits = pattern(params.get("name_pattern", "%").replace("%", "*"))
        return {
            "name": lambda tag: tag.name == params["name"],
            "name_pattern": lambda tag: fits(tag.name),
            "id": lambda tag: str(tag.id) == params["id"],
        }

    def with_login(self, request: Request) -> bool:
        """Say whether a valid key came, or none is needed."""
        params = request.query_params
        user, key = params.get("user_id", ""), params.get("api_key", "")
        if user or key:
            return self.options.accounts.get(user) == key
        return not self.options.login_needed
