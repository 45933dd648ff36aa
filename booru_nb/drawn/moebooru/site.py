"""The routes of Moebooru's API, over the posts and pictures of the demo booru."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse

from booru_nb.drawn import markup, relations
from booru_nb.drawn.asking import whole
from booru_nb.drawn.completing import completions
from booru_nb.drawn.moebooru import errors, query
from booru_nb.drawn.moebooru.answers import TYPES, post_answer, tag_answer
from booru_nb.drawn.pages import Look
from booru_nb.drawn.queries.words import pattern
from booru_nb.drawn.site import DemoSite, base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.posts.booru import Tag
    from booru_nb.drawn.posts.history import DemoPost

Json = dict[str, Any]

USUAL = 40
MOST = 1000
LAST_PAGE = 1_000_000
TAGS = 50
COMPLETIONS = 20
RELATIONS = 20
TEXTS = {"frames_pending", "frames", "flag_detail"}
"""What a post has in JSON only."""


class MoebooruSite(DemoSite):
    """The demo booru in Moebooru's words."""

    places: ClassVar = {
        "file": ("original", "/image/{md5}/demo.booru {id} {tags}.{ext}"),
        "sample": ("sample", "/sample/{md5}/demo.booru {id} sample.{ext}"),
        "preview": ("180x180", "/data/preview/{aa}/{bb}/{md5}.{ext}"),
    }
    look: ClassVar[Look] = Look(
        footer="Running Moebooru 6.0.0", listing="/post", post="/post/show/{id}"
    )
    thumbnail: ClassVar[str] = "preview"
    sample: ClassVar[str] = "sample"
    usual_tags: ClassVar[int | None] = 6
    unseen: ClassVar[frozenset[str]] = frozenset({"restricted", "deleted"})

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {
            "/post.json": self.posts,
            "/post/index.json": self.posts,
            "/post.xml": self.posts_as_xml,
            "/tag.json": self.tags,
            "/tag/summary.json": self.summary,
            "/tag_implication.json": self.implications,
            "/tag/autocomplete_name.json": self.autocomplete,
            "/post": self.overview,
            "/post/show/{number:int}": self.page_at,
        }

    def admit(self, request: Request) -> None:
        """Refuse a login that is wrong, or nobody where a login is needed."""
        params = request.query_params
        user, key = params.get("username", ""), params.get("api_key", "")
        if (user or key) and self.options.accounts.get(user) != key:
            raise errors.access_denied()
        if self.options.login_needed and not user:
            raise errors.access_denied()

    def nothing_here(self, status: int) -> Response:
        """Answer as konachan does where there is nothing."""
        return JSONResponse({"status": status, "error": "Not Found"}, status)

    def posts(self, request: Request) -> Response:
        """Answer ``/post.json``: a bare list, or what version 2 has."""
        found, _ = self._page(request)
        rows = self._rows(request, found)
        params = request.query_params
        if params.get("api_version") != "2":
            return JSONResponse(rows)
        answer: Json = {"posts": rows}
        if params.get("include_tags") == "1":
            answer["tags"] = {t: c for p in found for t, c in p.tags.items()}
        return JSONResponse(answer)

    def posts_as_xml(self, request: Request) -> Response:
        """Answer ``/post.xml``, which says how many posts there are."""
        if request.query_params.get("api_version") == "2":
            raise errors.bad_parameter("V2 API is JSON-only")
        found, said = self._page(request)
        rows = [
            {name: value for name, value in row.items() if name not in TEXTS}
            for row in self._rows(request, found)
        ]
        return markup.with_attributes("posts", said, rows, row="post")

    def _page(self, request: Request) -> tuple[Sequence[DemoPost], dict[str, int]]:
        """Return the posts of a page, and how many there are and where it begins."""
        params = request.query_params
        wanted = query.read(params.get("tags", ""), self.booru, self.context)
        found = self.found(params.get("tags", ""))
        limit = _number(wanted.once.get("limit") or params.get("limit"), USUAL, MOST)
        first = (_number(params.get("page"), 1, LAST_PAGE) - 1) * limit
        shown = self.kept(request, found[first : first + limit])
        return shown, {"count": len(found), "offset": first}

    def _rows(self, request: Request, posts: Sequence[DemoPost]) -> list[Json]:
        return [self._row(post, base_of(request)) for post in posts]

    def _row(self, post: DemoPost, base: str) -> Json:
        # An address without a scheme is how forks of old have it.
        short = base.partition(":")[2]

        def address(name: str) -> str:
            return self.files.address(post, name, short)

        shown = None if post.status in self.unseen else address
        return post_answer(post, self.booru.shelf, self.facts(post), shown)

    def found(self, text: str) -> list[DemoPost]:
        """Return the posts that a query finds, in its order.

        Deleted posts are found by who asks for them, or for an id.
        """
        limit = self.tag_limit
        if limit is not None and max(query.tags_of(text)) > limit:
            raise errors.too_many_tags(limit)
        wanted = query.read(text, self.booru, self.context)
        posts = self.matching(wanted.matches)
        deleted = wanted.once.get("deleted")
        if deleted == "true":
            posts = [post for post in posts if post.status == "deleted"]
        elif deleted != "all" and not query.ASKS_FOR_ID.search(text):
            posts = [post for post in posts if post.status != "deleted"]
        return query.put_in_order(posts, wanted.once.get("order", ""))

    def tags(self, request: Request) -> Response:
        """Answer ``/tag.json``: what contains a name, or fits a pattern."""
        params = request.query_params
        name = params.get("name", "").lower()
        fits = pattern(name if "*" in name else f"*{name}*")
        found = [t for t in self.booru.shelf.tags.values() if fits(t.name)]
        for field, get in _FIELDS.items():
            if field in params:
                found = [tag for tag in found if get(tag) == params[field]]
        found.sort(key=_TAG_ORDERS.get(params.get("order", ""), _TAG_ORDERS["name"]))
        limit = _number(params.get("limit"), TAGS, LAST_PAGE, least=0) or len(found)
        first = (_number(params.get("page"), 1, LAST_PAGE) - 1) * limit
        return JSONResponse([tag_answer(t) for t in found[first : first + limit]])

    def summary(self, request: Request) -> Response:
        """Answer ``/tag/summary.json``: every tag of the site in one text."""
        tags = self.booru.shelf.tags.values()
        version = len(self.booru.shelf.posts)
        if request.query_params.get("version") == str(version):
            return JSONResponse({"version": version, "unchanged": True})
        data = " ".join(self._summed_up(tag) for tag in tags)
        return JSONResponse({"version": version, "data": f"{data} "})

    def _summed_up(self, tag: Tag) -> str:
        aliases = [a for a, name in self.booru.aliases.items() if name == tag.name]
        return "".join(f"{part}`" for part in (TYPES[tag.category], tag.name, *aliases))

    def implications(self, request: Request) -> Response:
        """Answer ``/tag_implication.json``, twenty a page, by the numbers of tags."""
        tags = self.booru.shelf.tags
        rows = [
            {
                "id": row.id,
                "predicate_id": tags[row.one].id,
                "consequent_id": tags[row.other].id,
                "pending": row.status == "pending",
            }
            for row in relations.relations(self.booru, "implications")
            if row.one in tags and row.other in tags and row.status != "deleted"
        ]
        first = (
            _number(request.query_params.get("page"), 1, LAST_PAGE) - 1
        ) * RELATIONS
        return JSONResponse(rows[first : first + RELATIONS])

    def autocomplete(self, request: Request) -> Response:
        """Answer ``/tag/autocomplete_name.json``: names only."""
        typed = request.query_params.get("term", "").lower()
        found = completions(self.booru, typed, inside=True)[:COMPLETIONS]
        return JSONResponse([tag.name for tag, _ in found])


_FIELDS: dict[str, Callable[[Tag], str]] = {
    "id": lambda tag: str(tag.id),
    "type": lambda tag: str(TYPES[tag.category]),
}
_TAG_ORDERS: dict[str, Callable[[Tag], tuple[object, ...]]] = {
    "count": lambda tag: (-tag.count, tag.name),
    "date": lambda tag: (-tag.id,),
    "name": lambda tag: (tag.name,),
}


def _number(text: str | None, usual: int, most: int, *, least: int = 1) -> int:
    if text and not text.lstrip("-").isdecimal():
        raise errors.no_number()
    return whole(text, usual, most, least=least)
