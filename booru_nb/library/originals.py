"""The originals of a dataset: read where the library has them, or else fetched.

What is fetched and small comes into memory. What is large lies in the cache folder
until it is whole and proven, is read, and is gone then. Nothing here is of one process:
an `Originals` can be pickled, and does the same in a worker of a cluster, with the
clients and clocks of that process.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from booru_nb import drawn, http, settings
from booru_nb.errors import LibraryError, NotFoundError
from booru_nb.export.parts import Original
from booru_nb.http.apps import app_of
from booru_nb.http.setup import Setup, current_setup
from booru_nb.library import wanting
from booru_nb.library.errands import check_limit, errand_of, limit_of, too_large
from booru_nb.library.planning import why_not
from booru_nb.library.policies import UNKNOWN_SITE, media_policy
from booru_nb.media import Originals as Fetching
from booru_nb.media import Patience, Wanted
from booru_nb.media.disk import disk, usable
from booru_nb.media.originals import key_of
from booru_nb.media.part import begun
from booru_nb.post import Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from booru_nb.library.state import State
    from booru_nb.store import KeptFile

    Key = tuple[str, int]

_PROCESS = secrets.token_hex(8)
_FETCHING = Fetching()
_FIELDS = ("status", "post_url", "file_url", "ext", "md5", "file_size")


@dataclass(frozen=True, eq=False, kw_only=True)
class Originals:
    """What gives the original of a post. It can be pickled.

    Attributes
    ----------
    policies : Mapping of str to Policy
        How the files of each site are asked for.
    refused : Mapping of str to str
        The sites that may not be asked, and why.
    files : Mapping of (str, int) to tuple of KeptFile
        The originals that are on this machine.
    known : Mapping of (str, int) to Post
        What is known of posts whose rows do not say where their files are.
    limit : int or None
        Bytes that an original may have; None for the limits of a download.
    demo : bool
        Whether the built-in booru answers.
    setup : Setup
        What all clients have in common, such as the proxy.
    run : str
        Which export this is: a host that it gives up is given up for all of it.
    process : str
        Which process made this.
    """

    policies: Mapping[str, http.Policy]
    refused: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[Key, tuple[KeptFile, ...]] = field(default_factory=dict, repr=False)
    known: Mapping[Key, Post] = field(default_factory=dict, repr=False)
    limit: int | None = None
    demo: bool = False
    setup: Setup = field(default_factory=current_setup)
    run: str = field(default_factory=lambda: secrets.token_hex(8), repr=False)
    process: str = field(default=_PROCESS, repr=False)

    def only(self, keys: Iterable[Key]) -> Originals:
        """Return the same for some posts, which is smaller when it is pickled."""
        wanted = frozenset(keys)
        return replace(
            self,
            files={key: self.files[key] for key in wanted & self.files.keys()},
            known={key: self.known[key] for key in wanted & self.known.keys()},
        )

    async def __call__(self, row: Mapping[str, Any]) -> Original:
        """Return the original of a post.

        Parameters
        ----------
        row : Mapping
            Of a frame of posts, by column.

        Raises
        ------
        NotFoundError
            If nothing says where it is, or it is too large.
        MediaError
            If what comes is not the file.
        FileError
            If the cache folder cannot be used; `DiskFullError` where it has no room.
        BooruError
            Whatever else `media.Originals.fetched` raises.
        """
        post = self._post(row)
        if post.key in self.files:
            there = await asyncio.to_thread(self._there, post)
            if there is not None:
                return there
        reason = self._why_not(post)
        if reason:
            raise NotFoundError(reason)
        self._settle()
        wanted = self._wanted(post)
        parts = () if wanted.in_memory else await asyncio.to_thread(_parts, wanted)
        fetched = _FETCHING.fetched(wanted, patience=_patience(self.run), begun=parts)
        async with fetched as got:
            data = got.data
            if data is None:
                data = await asyncio.to_thread(_read, got.path)
            return Original(data, got.md5, got.sha256)

    def refusal(self, row: Mapping[str, Any]) -> str:
        """Return why an original surely cannot be had; empty where it may be."""
        post = self._post(row)
        return "" if post.key in self.files else self._why_not(post)

    def _post(self, row: Mapping[str, Any]) -> Post:
        key = str(row["site"]), int(row["id"])
        said = {name: _value(row.get(name)) for name in _FIELDS}
        tags = tuple(str(_value(row.get("tags")) or "").split())
        post = Post(site=key[0], id=key[1], tags=tags, **said)
        other = self.known.get(key)
        return post if other is None else wanting.filled(post, other)

    def _there(self, post: Post) -> Original | None:
        """Return the original of a post where it is on this machine, as it was."""
        for file in self.files.get(post.key, ()):
            if post.md5 is None or file.md5 == post.md5:
                data = _contents(file)
                if data is not None:
                    return Original(data, file.md5, file.sha256)
        return None

    def _why_not(self, post: Post) -> str:
        if post.site in self.refused:
            return self.refused[post.site]
        if post.file_url is None:
            return why_not(post)
        ext = errand_of(post, "original").ext
        return too_large(post.file_size, limit_of(self.limit, ext))

    def _wanted(self, post: Post) -> Wanted:
        """Return what is to be fetched."""
        errand = errand_of(post, "original")
        return Wanted(
            url=errand.url or "",
            policy=self.policies.get(post.site, UNKNOWN_SITE),
            folder=folder(),
            limit=limit_of(self.limit, errand.ext),
            md5=post.md5,
            size=post.file_size,
            svg=errand.ext == "svg",
            keep=False,
        )

    def _settle(self) -> None:
        """In another process, ask as the one does that made this."""
        if self.process == _PROCESS:
            return
        if current_setup() != self.setup:
            http.configure(proxy=self.setup.proxy, user_agent=self.setup.user_agent)
        if self.demo and app_of(drawn.HOST) is None:
            http.in_process(drawn.HOST, drawn.create_app(tag_limit=None))


def folder() -> Path:
    """Return where originals lie that are being fetched."""
    return settings.cache_folder() / "originals"


def originals(
    state: State,
    posts: pd.DataFrame,
    known: Iterable[Post],
    *,
    limit: int | None = None,
) -> Originals:
    """Return what gives the originals of posts; this blocks.

    Parameters
    ----------
    state : State
        The library.
    posts : DataFrame
        Of the schema; only these can be had of what comes back.
    known : iterable of Post
        The same, with all that is known of them here.
    limit : int, optional
        Bytes that an original may have.

    Raises
    ------
    ArgumentError
        If the limit cannot be used.
    FileError
        If the cache folder cannot be written.
    """
    check_limit(limit)
    begun(usable(folder()))  # removes what nobody went on with
    keys = list(zip(posts["site"].tolist(), posts["id"].tolist(), strict=True))
    files: dict[Key, tuple[KeptFile, ...]] = {}
    for file in state.store.downloads.of(keys):
        if file.kind == "original":
            files[file.key] = (*files.get(file.key, ()), file)
    policies, refused = _policies(state, posts["site"].unique())
    lacking = posts["file_url"].isna().to_numpy()
    nowhere = {key for key, lacks in zip(keys, lacking, strict=True) if lacks}
    return Originals(
        policies=policies,
        refused=refused,
        files=files,
        known={post.key: post for post in known if post.key in nowhere},
        limit=limit,
        demo=state.is_demo,
    )


def _policies(
    state: State, sites: Iterable[str]
) -> tuple[dict[str, http.Policy], dict[str, str]]:
    policies: dict[str, http.Policy] = {}
    refused: dict[str, str] = {}
    for site in sites:
        try:
            policies[site] = media_policy(state, site)
        except LibraryError as error:
            refused[site] = str(error)
    return policies, refused


@lru_cache(maxsize=32)
def _patience(_run: str) -> Patience:
    return Patience()


def _value(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    """Return what a cell says, as a plain value of Python; None where it is silent."""
    if value is None or pd.isna(value):
        return None
    return value.item() if isinstance(value, np.generic) else value


def _contents(file: KeptFile) -> bytes | None:
    """Return a known file's bytes; None where it is gone, or was changed."""
    try:
        if file.path.is_symlink() or file.path.stat().st_size != file.size:
            return None
        data = file.path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == file.sha256 else None


def _parts(wanted: Wanted) -> Sequence[str]:
    """Return the key of a file's part if an earlier run has left one."""
    usable(wanted.folder)
    key = key_of(wanted)
    return [key] if (wanted.folder / f".{key}.part").exists() else []


def _read(path: Path) -> bytes:
    with disk(path):
        return path.read_bytes()
