"""The routes of Shimmie2's Danbooru API, over the posts of the demo booru."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse, RedirectResponse

from booru_nb.drawn import pages
from booru_nb.drawn.asking import whole
from booru_nb.drawn.completing import completions
from booru_nb.drawn.markup import with_attributes
from booru_nb.drawn.pages import Look
from booru_nb.drawn.pictures.encoding import extension, size_of
from booru_nb.drawn.refusal import Refusal
from booru_nb.drawn.shimmie2 import query
from booru_nb.drawn.site import DemoSite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from booru_nb.drawn.posts.booru import Tag
    from booru_nb.drawn.posts.history import DemoPost

Json = dict[str, Any]

API = "/api/danbooru"
HIDDEN = frozenset({"restricted", "deleted"})
MOST = 100
FAR = 1_000_000


class Shimmie2Site(DemoSite):
    """The demo booru in Shimmie2's words."""

    places: ClassVar = {
        "file": ("original", "/_images/{md5}/{id} - {tags}.{ext}"),
        "thumb": ("180x180", "/_thumbs/{md5}/thumb.{ext}"),
    }
    look: ClassVar[Look] = Look(
        footer="Running Shimmie 2.12", listing="/post/list", post="/post/view/{id}"
    )
    thumbnail: ClassVar[str] = "thumb"
    sample: ClassVar[str] = "file"
    headers: ClassVar[Mapping[str, str]] = {"X-Powered-By": "Shimmie-2.12.0"}
    unseen: ClassVar[frozenset[str]] = HIDDEN

    def answers(self) -> Mapping[str, Callable[[Request], Response]]:
        """Return what is answered at which path."""
        lists = ("find_posts", "find_posts/index.xml", "post/index.xml")
        return {
            **{f"{API}/{name}": self.posts for name in lists},
            f"{API}/find_tags": self.tags,
            f"{API}/post/show/{{number:int}}": self.show,
            "/api/internal/autocomplete": self.autocomplete,
            "/post/list": self.overview,
            "/post/view/{number:int}": self.page_at,
        }

    def admit(self, request: Request) -> None:
        """Refuse a key that is wrong, or nobody where a login is needed."""
        if not request.scope["path"].startswith("/api/"):
            return
        key = request.query_params.get("api_key", "")
        wrong = bool(key) and key not in self.options.accounts.values()
        if wrong or (self.options.login_needed and not key):
            raise self._denied("You need to log in to do that.")

    def _denied(self, reason: str) -> Refusal:
        body = f"<h1>Permission Denied</h1><p>{reason}</p>"
        return Refusal(pages.page("Permission Denied", body, self.look, status=403))

    def nothing_here(self, status: int) -> Response:
        """Answer with a page."""
        body = "<h1>404</h1><p>No handler could be found for this page.</p>"
        return pages.page("Not Found", body, self.look, status=status)

    def posts(self, request: Request) -> Response:
        """Answer ``/find_posts``: by ids, by md5, or by tags."""
        params = request.query_params
        if "md5" in params or "id" in params:
            asked = params.get("md5", params.get("id", "")).split(",")
            by = self.files.with_md5 if "md5" in params else self._with_id
            found = [by(one) for one in asked]
            shown = [p for p in found if p is not None and p.status not in HIDDEN]
            # What is counted are the ids that were asked for.
            return self._list(shown, len(asked), 0)
        # The limit counts for where a page begins before it is lowered.
        limit = whole(params.get("limit"), MOST, FAR)
        page = whole(params.get("page"), 1, FAR) - 1
        if "page" not in params:
            page = whole(params.get("pid"), 0, FAR, least=0)
        first = page * limit
        if self.depth is not None and first > self.depth:
            raise self._denied("You need to log in to look so far back.")
        matching = self.found(params.get("tags", ""))
        shown_ = self.kept(request, matching[first : first + min(limit, MOST)])
        return self._list(shown_, len(matching), first)

    def _with_id(self, number: str) -> DemoPost | None:
        return self.booru.shelf.by_id.get(whole(number, 0, FAR, least=0))

    def _list(self, posts: Sequence[DemoPost], count: int, first: int) -> Response:
        said = {"count": count, "offset": first}
        return with_attributes("posts", said, map(self._row, posts), row="post")

    def _row(self, post: DemoPost) -> Json:
        width, height = size_of(post.scene, "180x180")
        return {
            "id": post.id,
            "md5": self.facts(post).md5,
            "file_name": f"drawing {post.id}.{extension(post.scene)}",
            "file_url": self.files.address(post, "file"),
            "height": post.scene.height,
            "width": post.scene.width,
            "preview_url": self.files.address(post, "thumb"),
            "preview_height": height,
            "preview_width": width,
            "rating": "?",
            "date": f"{post.created_at:%Y-%m-%d %H:%M:%S}",
            "tags": " ".join(post.tags),
            "source": post.source or None,
            "score": 0,
            "author": post.uploader,
        }

    def found(self, text: str) -> list[DemoPost]:
        """Return the posts that a query finds, in its order."""
        wanted = query.read(text, self.booru, self.context)
        if self.tag_limit is not None and wanted.counted > self.tag_limit:
            raise self._denied(
                f"Anonymous users may only search for up to {self.tag_limit} tags."
            )
        posts = self.matching(wanted.test)
        return wanted.found([post for post in posts if post.status not in HIDDEN])

    def tags(self, request: Request) -> Response:
        """Answer ``/find_tags``: those that were asked for, or else every tag."""
        params = request.query_params
        known = self.booru.shelf.tags
        found: list[Tag] = sorted(known.values(), key=lambda tag: -tag.id)
        if "id" in params:
            found = [tag for tag in found if str(tag.id) in params["id"].split(",")]
        elif "name" in params:
            names = params["name"].lower().split(",")
            found = [known[name] for name in names if name in known]
        rows = [
            {"type": "0", "counts": tag.count, "name": tag.name, "id": tag.id}
            for tag in found
        ]
        return with_attributes("tags", {}, rows, row="tag")

    def autocomplete(self, request: Request) -> Response:
        """Answer completions: an object, or an empty array."""
        params = request.query_params
        found = completions(self.booru, params.get("s", "").lower())
        rows = {
            alias or tag.name: {
                "newtag": tag.name if alias else None,
                "count": tag.count,
            }
            for tag, alias in found[: whole(params.get("limit"), 10, MOST)]
        }
        return JSONResponse(rows or [])

    def show(self, request: Request) -> Response:
        """Lead to the page of a post."""
        return RedirectResponse(f"/post/view/{request.path_params['number']}", 302)
