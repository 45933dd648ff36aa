"""The demo booru for a browser: thumbnails, and one picture with its tags."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

Json = dict[str, Any]

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


def overview(posts: list[Json], request: Request) -> Response:
    """Return a page of thumbnails with a search box.

    Parameters
    ----------
    posts : list of dict
        As ``/posts.json`` has them.
    request : Request
        What was searched for.
    """
    tags = request.query_params.get("tags", "")
    shown = "".join(_thumbnail(post) for post in posts)
    older = ""
    if posts:
        last = min(post["id"] for post in posts)
        older = f'<a href="/posts?tags={quote(tags)}&page=b{last}">Older →</a>'
    box = f'<form action="/posts"><input name="tags" value="{escape(tags)}" '
    box += 'placeholder="lighthouse sunset" aria-label="Tags"> '
    box += "<button>Search</button></form>"
    return _page("Demo booru", f"<h1>Demo booru</h1>{box}<main>{shown}</main>{older}")


def one(post: Json) -> Response:
    """Return the page of a post, as ``/posts.json`` has it."""
    tags = " · ".join(
        f'<a href="/posts?tags={quote(tag)}">{escape(tag)}</a>'
        for tag in post["tag_string"].split()
    )
    picture = "<p>This picture is not shown.</p>"
    if "large_file_url" in post:
        picture = f'<img src="{escape(post["large_file_url"])}" alt="">'
    said = (
        f"Score {post['score']}, {post['image_width']} by {post['image_height']} pixels"
    )
    body = f'<p><a href="/">Demo booru</a></p>{picture}<p>{tags}</p><p>{said}</p>'
    return _page(f"Post {post['id']}", body)


def _thumbnail(post: Json) -> str:
    link = f'<a href="/posts/{post["id"]}" title="{escape(post["tag_string"])}">'
    if "preview_file_url" not in post:
        return f"{link}not shown</a>"
    return f'{link}<img src="{escape(post["preview_file_url"])}" alt=""></a>'


def _page(title: str, body: str) -> Response:
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="en"><head><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{STYLE}</style></head>"
        f"<body>{body}<footer>Running Danbooru v2, as drawn by booru_nb</footer></body>"
        "</html>"
    )
