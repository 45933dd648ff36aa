"""What is said of a post in the details: its facts, its links, its tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from booru_nb.post import Category, Status

if TYPE_CHECKING:
    from booru_nb.post import Post

KILO = 1000
LONGEST = 60
"""Characters of an address that are shown."""

TITLES = {
    "artist": "Artists",
    "character": "Characters",
    "copyright": "Copyrights",
    "species": "Species",
    "general": "General",
    "meta": "Meta",
}


def has_picture(post: Post) -> bool:
    """Tell whether the site shows any picture of a post."""
    return any((post.sample_url, post.file_url, post.preview_url))


def describe(post: Post) -> dict[str, Any]:
    """Return what the details show of a post, in the words that they show.

    Returns
    -------
    dict
        ``site`` and ``id``; ``rating`` and ``label`` for who cannot see the picture;
        ``size``, width and height in pixels or None; and what `summary`, `facts`,
        `links` and `groups` return.
    """
    return {
        "site": post.site,
        "id": post.id,
        "rating": post.rating,
        "label": f"Picture of {post.site} {post.id}",
        "size": [post.width, post.height] if post.width and post.height else None,
        "summary": summary(post),
        "facts": facts(post),
        "links": links(post),
        "groups": groups(post),
    }


def summary(post: Post) -> str:
    """Return what a site thinks of a post, in a line."""
    parts = [f"Rated {post.rating}" if post.rating else "Rating unknown"]
    if post.score is not None:
        parts.append(f"score {post.score:,}")
    if post.favorites is not None:
        parts.append(f"{post.favorites:,} favourites")
    return " · ".join(parts)


def facts(post: Post) -> list[tuple[str, str]]:
    """Return the facts of a post as pairs of name and text, without the unknown."""
    known = {
        "Size": _size(post),
        "Uploaded": f"{post.created_at:%Y-%m-%d %H:%M} UTC" if post.created_at else "",
        "Uploader": post.uploader or "",
        "Status": "" if post.status in {None, Status.ACTIVE} else str(post.status),
        "Also on": ", ".join(post.also_on),
    }
    return [(name, text) for name, text in known.items() if text]


def links(post: Post) -> list[dict[str, str | None]]:
    """Return what leads on from a post: its page, its source, its parent.

    Returns
    -------
    list of dict
        ``name`` and ``text``; ``address``, None where there is none that a browser
        may follow, since a source is whatever an uploader typed; ``query``, the
        search that it stands for, or None.
    """
    rows = [("Page", post.post_url), ("Source", post.source)]
    found = [_link(name, address) for name, address in rows if address]
    if post.parent_id is not None:
        query = f"parent:{post.parent_id}"
        text = f"post {post.parent_id}"
        row = {"name": "Parent", "text": text, "address": None, "query": query}
        found.append(row)
    return found


def _link(name: str, address: str) -> dict[str, str | None]:
    known = address.lower().startswith(("http://", "https://"))
    text = address.removeprefix("https://").removeprefix("http://")
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    return {
        "name": name,
        "text": text,
        "address": address if known else None,
        "query": None,
    }


def groups(post: Post) -> list[dict[str, Any]]:
    """Return the tags by category, in the boorus' order, without empty groups.

    Further categories of a site follow by name, and tags of unknown category last.
    """
    further = sorted(set(post.categories.values()) - set(Category))
    rows = [
        {"category": c, "title": _title(c), "tags": list(post.tags_of(c))}
        for c in (*map(str, Category), *further)
    ]
    rest = [tag for tag in post.tags if tag not in post.categories]
    named = any(row["tags"] for row in rows)
    title = "Other tags" if named else "Tags"
    rows.append({"category": "", "title": title, "tags": rest})
    return [row for row in rows if row["tags"]]


def _title(category: str) -> str:
    return TITLES.get(category, category.replace("_", " ").capitalize())


def _size(post: Post) -> str:
    pixels = f"{post.width} x {post.height}" if post.width and post.height else ""
    weight = "" if post.file_size is None else _bytes(post.file_size)
    return ", ".join(part for part in (pixels, weight, post.ext) if part)


def _bytes(count: float) -> str:
    if count < KILO:
        return f"{count:.0f} B"
    for unit in ("kB", "MB"):
        count /= KILO
        if count < KILO:
            return f"{count:.1f} {unit}"
    return f"{count / KILO:.1f} GB"
