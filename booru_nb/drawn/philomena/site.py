"""The routes of Philomena's API, over the posts and pictures of the demo booru."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse, PlainTextResponse

from booru_nb.drawn import pages
from booru_nb.drawn.asking import whole
from booru_nb.drawn.completing import completions
from booru_nb.drawn.pages import Look
from booru_nb.drawn.philomena import query
from booru_nb.drawn.philomena.answers import (
    alias_answer,
    hidden_answer,
    image_answer,
    tag_answer,
    tally,
)
from booru_nb.drawn.philomena.spelling import slug, spelt, tags_of
from booru_nb.drawn.queries.orders import ordered
from booru_nb.drawn.queries.wildcards import wildcard
from booru_nb.drawn.refusal import Refusal
from booru_nb.drawn.site import DemoSite, base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.posts.booru import Booru
    from booru_nb.drawn.posts.history import DemoPost

Json = dict[str, Any]

API = "/api/v1/json"
EVERYTHING = "56027"
"""The number of the filter that hides nothing."""
HIDDEN = frozenset({"restricted", "deleted"})
FILTERED = frozenset({"questionable", "explicit"})
MOST = 50
USUAL = 15
USUAL_TAGS = 25
FAR = 1_000_000
SHORTEST = 3
UNPROCESSABLE = 422
_LIMIT = re.compile(r"id\.(gte|lt):(\d+)")
SORTS = {
    "id": "id",
    "first_seen_at": "created",
    "created_at": "created",
    "updated_at": "changed",
    "aspect_ratio": "ratio",
    "faves": "favorites",
    "upvotes": "upvotes",
    "score": "score",
    "width": "width",
    "height": "height",
    "pixels": "pixels",
    "tag_count": "tags",
    "random": "random",
}


class PhilomenaSite(DemoSite):
    """The demo booru in Philomena's words."""

    places: ClassVar = {
        "full": ("original", "/img/view/{day}/{id}.{ext}"),
        **{
            name: (variant, f"/img/{{day}}/{{id}}/{name}.{{ext}}")
            for name, variant in {
                "thumb_tiny": "180x180",
                "thumb_small": "180x180",
                "thumb": "360x360",
                "small": "360x360",
                "medium": "sample",
                "large": "sample",
                "tall": "sample",
            }.items()
        },
    }
    look: ClassVar[Look] = Look(
        footer='Powered by the <a href="https://github.com/philomena-dev/philomena">'
        "philomena</a> engine",
        listing="/search",
        post="/images/{id}",
        tags="q",
    )
    thumbnail: ClassVar[str] = "thumb"
    sample: ClassVar[str] = "large"
    unseen: ClassVar[frozenset[str]] = HIDDEN

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        return {
            f"{API}/search/images": self.images,
            f"{API}/images/{{number:int}}": self.image,
            f"{API}/search/tags": self.tags,
            f"{API}/tags/{{slug}}": self.tag,
            "/autocomplete/tags": self.autocomplete,
            "/search": self.overview,
            "/images/{number:int}": self.page_at,
        }

    def admit(self, request: Request) -> None:
        """Let all pass: a key that is wrong is nobody's, and nobody is refused."""

    def nothing_here(self, status: int) -> Response:
        """Answer with a page."""
        return pages.page("Not found", "<h1>Not found</h1>", self.look, status=status)

    def spelt(self, post: DemoPost) -> tuple[str, ...]:
        """Return a post's tags as Philomena spells them."""
        return tuple(tags_of(post))

    def images(self, request: Request) -> Response:
        """Answer ``/search/images``."""
        params = request.query_params
        if "q" not in params:
            raise _bad_query("The query is missing.")
        posts = self._searched(params["q"])
        if self._is_filtered(request):
            posts = [post for post in posts if post.rating not in FILTERED]
        key = SORTS.get(params.get("sf", "").partition(":")[0], "created")
        found = ordered(posts, key, rising=params.get("sd") == "asc")
        size = whole(params.get("per_page"), USUAL, MOST)
        first = (whole(params.get("page"), 1, FAR) - 1) * size
        shown = self.kept(request, found[first : first + size])
        numbers = {name: n for name, (_, n, _) in tally(self.booru.shelf.posts).items()}
        rows = [self._row(post, base_of(request), numbers) for post in shown]
        return JSONResponse({"images": rows, "interactions": [], "total": len(found)})

    def _is_filtered(self, request: Request) -> bool:
        params = request.query_params
        known = params.get("key", "") in self.options.accounts.values()
        return params.get("filter_id") != EVERYTHING and not known

    def found(self, text: str) -> list[DemoPost]:
        """Return the images that a query finds, newest first."""
        return ordered(self._searched(text or "*"))

    def _searched(self, text: str) -> list[DemoPost]:
        try:
            test = query.read(text)
        except query.QueryError as error:
            raise _bad_query(str(error)) from error
        return [p for p in self.matching(test) if p.status not in HIDDEN]

    def _row(self, post: DemoPost, base: str, numbers: Mapping[str, int]) -> Json:
        def address(name: str) -> str:
            return self.files.address(post, name, base)

        return image_answer(post, self.facts(post), address, numbers)

    def image(self, request: Request) -> Response:
        """Answer ``/images/<id>``; of a hidden one little is told."""
        post = self.booru.shelf.by_id.get(request.path_params["number"])
        if post is None:
            return PlainTextResponse("", 404)
        if post.status in HIDDEN:
            row = hidden_answer(post)
        else:
            tags = tally(self.booru.shelf.posts)
            numbers = {name: number for name, (_, number, _) in tags.items()}
            row = self._row(post, base_of(request), numbers)
        return JSONResponse({"image": row, "interactions": []})

    def tags(self, request: Request) -> Response:
        """Answer ``/search/tags``, most frequent first."""
        params = request.query_params
        rows = _rows(self.booru)
        fits = _tag_test(params.get("q", "*"))
        found = sorted(
            filter(fits, rows), key=lambda row: (-row["images"], row["name"])
        )
        size = whole(params.get("per_page"), USUAL_TAGS, MOST)
        first = (whole(params.get("page"), 1, FAR) - 1) * size
        return JSONResponse({"tags": found[first : first + size], "total": len(found)})

    def tag(self, request: Request) -> Response:
        """Answer ``/tags/<slug>``."""
        asked = request.scope["raw_path"].decode().rpartition("/")[2]
        for row in _rows(self.booru):
            if asked in {row["slug"], slug(row["name"])}:
                return JSONResponse({"tag": row})
        return PlainTextResponse("", 404)

    def autocomplete(self, request: Request) -> Response:
        """Answer ``/autocomplete/tags``, in two forms, from three letters on."""
        params = request.query_params
        typed = params.get("term", "").lower()
        if len(typed) < SHORTEST:
            return JSONResponse({"error": "Term is too short."}, UNPROCESSABLE)
        found = [
            (spelt(tag.name, tag.category), tag.count, alias)
            for tag, alias in completions(self.booru, typed.replace(" ", "_"))
        ][: whole(params.get("limit"), 10, 10)]
        if params.get("vsn") == "2":
            rows = [{"alias": a, "canonical": n, "images": c} for n, c, a in found]
            return JSONResponse({"suggestions": rows})
        return JSONResponse(
            [{"label": f"{name} ({count})", "value": name} for name, count, _ in found]
        )


def _bad_query(reason: str) -> Refusal:
    return Refusal(JSONResponse({"error": reason}, 400))


def _rows(booru: Booru) -> list[Json]:
    """Return all tags, and the aliases behind them."""
    tags = booru.shelf.tags
    spellings = {name: spelt(name, tag.category) for name, tag in tags.items()}
    implied: dict[str, list[str]] = {}
    for one, other in booru.implications:
        if one in spellings and other in spellings:
            implied.setdefault(spellings[one], []).append(slug(spellings[other]))
    rows = [
        tag_answer(name, category, number, count)
        | {"implied_tags": implied.get(name, [])}
        for name, (category, number, count) in tally(booru.shelf.posts).items()
    ]
    first = max(row["id"] for row in rows) + 1
    aliases = [(a, spellings[n]) for a, n in booru.aliases.items() if n in spellings]
    return rows + [
        alias_answer(spelt(alias, "general"), name, number)
        for number, (alias, name) in enumerate(aliases, first)
    ]


def _tag_test(text: str) -> Callable[[Json], bool]:
    """Return the test that ``id.gte:1, id.lt:9, aliased:true`` stands for."""
    tests = [_one_of(part) for part in text.split(",")]
    return lambda row: all(test(row) for test in tests)


def _one_of(text: str) -> Callable[[Json], bool]:
    """Return the test that ``name:a || id:1 || b`` stands for."""
    if limit := _LIMIT.fullmatch(text.strip()):
        number = int(limit[2])
        if limit[1] == "gte":
            return lambda row: bool(row["id"] >= number)
        return lambda row: bool(row["id"] < number)
    if text.strip() == "aliased:true":
        return lambda row: row["aliased_tag"] is not None
    tests = []
    for part in text.split("||"):
        field, colon, value = part.strip().lower().partition(":")
        known = bool(colon) and field in {"name", "id", "slug", "category"}
        fits = wildcard(value if known else part.strip().lower())
        tests.append((field if known else "name", fits))
    return lambda row: any(fits(str(row[field])) for field, fits in tests)
