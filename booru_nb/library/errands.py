"""What a run of downloads has to do, and what came of each file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from booru_nb.errors import ArgumentError
from booru_nb.media.formats import EXTENSIONS, is_large
from booru_nb.post import Category

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from booru_nb.media import Fetched
    from booru_nb.media.names import Template
    from booru_nb.post import Post

KINDS = {"original": "file_url", "sample": "sample_url", "preview": "preview_url"}
"""Where a post says that each kind of file is."""

MOST_BYTES = 100_000_000
"""Of a picture, where nothing else is said."""

MOST_LARGE_BYTES = 1_000_000_000
"""Of a video or an archive."""

STOPPED = "Stopped before it came. Run it again, or lib.retry(), to go on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a run names and limits its files.

    Attributes
    ----------
    folder : Path
        Where to.
    template : Template
        How they are named below it.
    kind : str
        One of `KINDS`.
    limit : int or None
        Bytes that a file may have; None for `MOST_BYTES` and `MOST_LARGE_BYTES`.
    overwrite : bool
        Whether files that are there are fetched again.
    """

    folder: Path
    template: Template
    kind: str = "original"
    limit: int | None = None
    overwrite: bool = False

    def __post_init__(self) -> None:
        """Refuse what could not be done."""
        if self.kind not in KINDS:
            known = ", ".join(map(repr, KINDS))
            raise ArgumentError(f"kind is one of {known}, not {self.kind!r}.")
        check_limit(self.limit)

    @property
    def mark(self) -> str:
        """What stands in a name before the extension, so that originals stay apart."""
        return "" if self.kind == "original" else f".{self.kind}"

    def limit_of(self, ext: str) -> int:
        """Return how many bytes a file of this extension may have."""
        return limit_of(self.limit, ext)


def check_limit(limit: int | None) -> None:
    """Refuse a limit that nothing could pass."""
    if limit is not None and not limit > 0:
        raise ArgumentError(f"limit_bytes must be above 0, not {limit!r}.")


def limit_of(limit: int | None, ext: str) -> int:
    """Return how many bytes a file of this extension may have."""
    if limit is not None:
        return limit
    return MOST_LARGE_BYTES if is_large(ext) else MOST_BYTES


def too_large(size: int | None, limit: int) -> str:
    """Return why a file of this size is not fetched; empty where it is."""
    if size is None or size <= limit:
        return ""
    return f"It has {size:,} bytes; limit_bytes= is {limit:,}."


@dataclass(slots=True)
class Errand:
    """A file to be had, and what came of it.

    Attributes
    ----------
    post : Post
        Whose.
    url : str or None
        Where it is.
    ext : str
        Its extension; empty where only the file itself can tell.
    path : Path or None
        Where it is to be, or is.
    status : str
        One of `schemas.OUTCOME`; empty as long as it is open.
    reason : str
        Why it is not there.
    size : int or None
        Bytes.
    sha256 : str or None
        In hexadecimal.
    replace : bool
        Whether a file that is there makes way.
    rivals : list of Path
        Files that nobody knows and that have the name this one should have.
    gone : list of Path
        Where it was known before, and is no more.
    """

    post: Post
    url: str | None
    ext: str
    path: Path | None = None
    status: str = ""
    reason: str = ""
    size: int | None = None
    sha256: str | None = None
    replace: bool = False
    rivals: list[Path] = field(default_factory=list)
    gone: list[Path] = field(default_factory=list)

    def end(self, status: str, reason: str = "") -> None:
        """Note what came of it."""
        self.status, self.reason = status, reason
        if status in {"failed", "skipped"}:
            self.path = None

    def has(self, path: Path, got: Fetched) -> None:
        """Note that it is there."""
        self.path, self.size, self.sha256 = path, got.size, got.sha256
        self.end("downloaded")


@dataclass(slots=True)
class Run:
    """Files that are had together.

    Attributes
    ----------
    order : Order
        How.
    posts : sequence of Post
        Whose, each once.
    errands : list of Errand
        What is to be done, in the order of the posts.
    """

    order: Order
    posts: Sequence[Post]
    errands: list[Errand] = field(default_factory=list)

    def columns(self) -> dict[str, list[Any]]:
        """Return the table of what came, as columns of `schemas.DOWNLOADS`."""
        shown = self.errands
        return {
            "site": [errand.post.site for errand in shown],
            "id": [errand.post.id for errand in shown],
            "kind": [self.order.kind for _ in shown],
            "status": [errand.status or "skipped" for errand in shown],
            "path": [_text(errand) for errand in shown],
            "reason": [_reason(errand) for errand in shown],
            "size": [errand.size for errand in shown],
            "sha256": [errand.sha256 for errand in shown],
        }

    def count(self, *statuses: str) -> int:
        """Return how many ended so."""
        return sum(errand.status in statuses for errand in self.errands)


def _text(errand: Errand) -> str | None:
    return str(errand.path) if errand.path and errand.status else None


def _reason(errand: Errand) -> str:
    return errand.reason if errand.status else STOPPED


def errand_of(post: Post, kind: str) -> Errand:
    """Return what is to be done for a post."""
    url: str | None = getattr(post, KINDS[kind])
    of_post = post.ext if kind == "original" else None
    found = (ext for ext in (of_post, _extension(url or "")) if ext in EXTENSIONS)
    return Errand(post, url, next(found, None) or "")


def _extension(url: str) -> str:
    """Return what stands behind the last dot of an address's path."""
    name = url.split("?", 1)[0].split("#", 1)[0].rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def values_of(post: Post) -> dict[str, str]:
    """Return what each token of a template stands for."""
    plain = {
        "id": str(post.id),
        "md5": post.md5 or "",
        "rating": str(post.rating or ""),
        "score": "" if post.score is None else str(post.score),
        "site": post.site,
    }
    groups = {str(c): "_".join(post.tags_of(c)) for c in Category}
    return {**plain, **groups}
