"""The demo booru for a browser: thumbnails, and one picture with its tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.responses import Response

STYLE = """
body { margin: 2rem auto; max-width: 1100px; padding: 0 1rem; font: 15px/1.5 system-ui;
  color: #2a2833; background: #faf8f4; }
a { color: #2f6f9f; text-decoration: none; }
input { font: inherit; padding: .3rem .6rem; width: 20rem; max-width: 60vw; }
main { display: flex; flex-wrap: wrap; gap: 14px; margin: 1.2rem 0; }
main a { width: 180px; height: 180px; display: grid; place-items: center; }
img { border-radius: 6px; box-shadow: 0 1px 4px #0003; max-width: 100%; }
footer { color: #888; margin-top: 2rem; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1c1b22; }
  a { color: #8fc4ee; } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an engine's pages have of their own.

    Parameters
    ----------
    footer : str
        HTML that names the engine.
    listing : str
        The path where posts are searched for.
    post : str
        The address of a post's page, with ``{id}`` for its id.
    tags : str
        What the parameter of the query is called.
    fixed : mapping of str to str
        Further parameters of the listing.
    older : str
        The parameter that leads to older posts, with ``{last}`` for the lowest id so
        far; empty where there is none.
    """

    footer: str
    listing: str
    post: str
    tags: str = "tags"
    fixed: Mapping[str, str] | None = None
    older: str = ""

    def search(self, tags: str) -> str:
        """Return the address of a search."""
        fixed = "".join(f"{k}={v}&" for k, v in (self.fixed or {}).items())
        return f"{self.listing}?{fixed}{self.tags}={quote(tags)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A post on a page.

    Parameters
    ----------
    id : int
        Its id.
    tags : tuple of str
        As the engine spells them.
    picture : str or None
        The address of its thumbnail, or of its sample on its own page.
    said : str
        What is told beside the tags.
    kinds : mapping of str to str
        The category of each tag, where the engine lists tags by it.
    """

    id: int
    tags: tuple[str, ...]
    picture: str | None
    said: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)


def overview(posts: Iterable[Shown], look: Look, tags: str) -> Response:
    """Return a page of thumbnails with a search box, of what was searched for."""
    shown = list(posts)
    older = ""
    if shown and look.older:
        last = look.older.format(last=min(post.id for post in shown))
        older = f'<a href="{escape(look.search(tags))}&amp;{last}">Older →</a>'
    fixed = "".join(
        f'<input type="hidden" name="{name}" value="{value}">'
        for name, value in (look.fixed or {}).items()
    )
    box = f'<form action="{look.listing}">{fixed}<input name="{look.tags}" '
    box += f'value="{escape(tags)}" placeholder="lighthouse sunset" '
    box += 'aria-label="Tags"> <button>Search</button></form>'
    thumbnails = "".join(_thumbnail(post, look) for post in shown)
    body = f"<h1>Demo booru</h1>{box}<main>{thumbnails}</main>{older}"
    return page("Demo booru", body, look)


def one(post: Shown, look: Look) -> Response:
    """Return the page of a post."""
    links = {
        tag: f'<a href="{escape(look.search(tag))}">{escape(tag)}</a>'
        for tag in post.tags
    }
    tags = f"<p>{' · '.join(links.values())}</p>"
    if post.kinds:
        items = (
            f'<li class="tag-type-{post.kinds[tag]} tag">{link}</li>'
            for tag, link in links.items()
        )
        tags = f'<ul id="tag-sidebar">{"".join(items)}</ul>'
    picture = "<p>This picture is not shown.</p>"
    if post.picture is not None:
        picture = f'<img src="{escape(post.picture)}" alt="">'
    body = f'<p><a href="/">Demo booru</a></p>{picture}{tags}<p>{post.said}</p>'
    return page(f"Post {post.id}", body, look)


def page(title: str, body: str, look: Look, *, status: int = 200) -> Response:
    """Return a page with the engine's footer."""
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="en"><head><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{STYLE}</style></head>"
        f"<body>{body}<footer>{look.footer}, as drawn by booru_nb</footer></body>"
        "</html>",
        status,
    )


def _thumbnail(post: Shown, look: Look) -> str:
    title = escape(" ".join(post.tags))
    link = f'<a href="{escape(look.post.format(id=post.id))}" title="{title}">'
    if post.picture is None:
        return f"{link}not shown</a>"
    return f'{link}<img src="{escape(post.picture)}" alt=""></a>'
