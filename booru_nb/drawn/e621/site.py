"""The routes of e621's API, over the posts and pictures of the demo booru."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse

from booru_nb.drawn import relations
from booru_nb.drawn.asking import pair, search_words, whole
from booru_nb.drawn.completing import completions
from booru_nb.drawn.e621 import errors
from booru_nb.drawn.e621.answers import (
    CATEGORIES,
    completion,
    post_answer,
    relation,
    tag_answer,
)
from booru_nb.drawn.e621.metatags import LANGUAGE, put_in_order
from booru_nb.drawn.pages import Look
from booru_nb.drawn.queries import words
from booru_nb.drawn.queries.orders import ordered
from booru_nb.drawn.queries.paging import Paging, page_of_rows
from booru_nb.drawn.queries.words import pattern
from booru_nb.drawn.site import DemoSite, base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.posts.booru import Tag
    from booru_nb.drawn.posts.history import DemoPost
    from booru_nb.drawn.queries.words import Query

MOST = 320
USUAL = 75
SHORTEST = 3
COMPLETIONS = 10
ASKS_FOR_HIDDEN = ("status:", "-status:")


class E621Site(DemoSite):
    """The demo booru in e621's words."""

    places: ClassVar = {
        "file": ("original", "/data/{aa}/{bb}/{md5}.{ext}"),
        "sample": ("sample", "/data/sample/{aa}/{bb}/{md5}.{ext}"),
        "preview": ("360x360", "/data/preview/{aa}/{bb}/{md5}.{ext}"),
    }
    look: ClassVar[Look] = Look(
        footer="Running e621ng",
        listing="/posts",
        post="/posts/{id}",
        older="page=b{last}",
    )
    thumbnail: ClassVar[str] = "preview"
    sample: ClassVar[str] = "sample"
    usual_tags: ClassVar[int | None] = 40
    usual_depth: ClassVar[int | None] = 750
    unseen: ClassVar[frozenset[str]] = frozenset({"restricted", "deleted"})

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {
            "/posts.json": self.posts,
            "/posts/random.json": self.random_post,
            "/posts/count.json": self.count,
            "/posts/{number:int}.json": self.post,
            "/tags.json": self.tags,
            "/tags/autocomplete.json": self.autocomplete,
            "/tag_aliases.json": self.aliases,
            "/tag_implications.json": self.implications,
            "/posts": self.overview,
            "/posts/{number:int}": self.page_at,
        }

    def admit(self, request: Request) -> None:
        """Refuse a login that is wrong, or nobody where a login is needed."""
        try:
            login, key = pair(request, "login", "api_key")
        except ValueError:
            raise errors.no_login() from None
        if (login or key) and self.options.accounts.get(login) != key:
            raise errors.no_login()
        if self.options.login_needed and not login:
            raise errors.no_privilege()

    def nothing_here(self, status: int) -> Response:
        """Answer as e621 does where there is nothing."""
        return errors.unavailable(status, "not found").response

    def posts(self, request: Request) -> Response:
        """Answer ``/posts.json``: a page, or with ``md5=`` one post."""
        md5 = request.query_params.get("md5")
        if md5 is not None:
            return self._one(self.files.with_md5(md5), request)
        found = self.kept(request, self.on_page(request))
        rows = [self._answer(post, request) for post in found]
        bare = "only" in request.query_params
        return JSONResponse(rows if bare else {"posts": rows})

    def on_page(self, request: Request) -> Sequence[DemoPost]:
        """Return the posts of a page."""
        params = request.query_params
        wanted = self._read(params.get("tags", ""))
        asked = wanted.once.get("limit") or params.get("limit") or str(USUAL)
        if not asked.isdecimal() or int(asked) > MOST:
            raise errors.too_large(MOST)
        order = wanted.once.get("order", "")
        if params.get("page") in {"0", "b0", "a0"}:
            raise errors.no_page()
        pages = Paging(self.depth or 0, errors.too_far, errors.no_page)
        return pages.page(
            self.matching(wanted.matches),
            params.get("page", "1"),
            int(asked),
            lambda posts: put_in_order(posts, order),
        )

    def found(self, text: str) -> list[DemoPost]:
        """Return the posts that a query finds, in its order."""
        wanted = self._read(text)
        posts = self.matching(wanted.matches)
        return put_in_order(posts, wanted.once.get("order", ""))

    def _read(self, text: str) -> Query:
        terms = text.split()
        # Deleted posts are found by who asks for them.
        if not any(term.startswith(ASKS_FOR_HIDDEN) for term in terms):
            terms = [*terms, "-status:deleted"]
        wanted = words.read(terms, self.booru, self.context, LANGUAGE)
        if self.tag_limit is not None and len(text.split()) > self.tag_limit:
            raise errors.too_many_tags(self.tag_limit)
        return wanted

    def _answer(self, post: DemoPost, request: Request) -> dict[str, Any]:
        base = base_of(request)

        def address(name: str) -> str:
            return self.files.address(post, name, base)

        shown = None if post.status in self.unseen else address
        return post_answer(post, self.booru.shelf, self.facts(post), shown)

    def _one(self, post: DemoPost | None, request: Request) -> Response:
        if post is None:
            raise errors.not_found()
        return JSONResponse({"post": self._answer(post, request)})

    def post(self, request: Request) -> Response:
        """Answer ``/posts/<id>.json``."""
        number = request.path_params["number"]
        return self._one(self.booru.shelf.by_id.get(number), request)

    def random_post(self, request: Request) -> Response:
        """Answer ``/posts/random.json``."""
        wanted = self._read(request.query_params.get("tags", ""))
        found = ordered(self.matching(wanted.matches), "random")
        return self._one(found[0] if found else None, request)

    def count(self, request: Request) -> Response:
        """Answer ``/posts/count.json``, which stops at the last page."""
        found = len(self.found(request.query_params.get("tags", "")))
        most = (self.depth or 0) * MOST
        if found > most:
            return JSONResponse({"count": most + 1, "capped": True})
        return JSONResponse({"count": found, "capped": False})

    def autocomplete(self, request: Request) -> Response:
        """Answer ``/tags/autocomplete.json``, which begins at three letters."""
        typed = search_words(request).get("name_matches", "").lower()
        if len(typed.strip("*")) < SHORTEST:
            return JSONResponse([])
        found = completions(self.booru, typed)[:COMPLETIONS]
        return JSONResponse([completion(tag, alias) for tag, alias in found])

    def tags(self, request: Request) -> Response:
        """Answer ``/tags.json``; none are an object, as it was there for long."""
        search, params = search_words(request), request.query_params
        found = [tag for tag in self.booru.shelf.tags.values() if _fits(tag, search)]
        order = search.get("order", "date")
        found.sort(key=lambda t: -t.count if order == "count" else -t.id)
        if order == "name":
            found.sort(key=lambda tag: tag.name)
        limit = whole(params.get("limit"), USUAL, MOST)
        answers = [tag_answer(tag) for tag in found]
        rows = page_of_rows(answers, params.get("page", "1"), limit)
        return JSONResponse(rows or {"tags": []})

    def aliases(self, request: Request) -> Response:
        """Answer ``/tag_aliases.json``."""
        return self._relations(request, "aliases")

    def implications(self, request: Request) -> Response:
        """Answer ``/tag_implications.json``."""
        return self._relations(request, "implications")

    def _relations(self, request: Request, kind: str) -> Response:
        params = request.query_params
        found = relations.find(self.booru, kind, search_words(request))
        limit = whole(params.get("limit"), USUAL, MOST)
        answers = [relation(row) for row in found]
        rows = page_of_rows(answers, params.get("page", "1"), limit)
        return JSONResponse(rows or {f"tag_{kind}": []})


def _fits(tag: Tag, search: Mapping[str, str]) -> bool:
    """Say whether a tag is looked for; words that are not known are ignored."""
    names = search.get("name", tag.name).split(",")
    return (
        tag.name in {name.strip() for name in names}
        and pattern(search.get("name_matches", "*"))(tag.name)
        and search.get("category", str(CATEGORIES[tag.category]))
        == str(CATEGORIES[tag.category])
    )
