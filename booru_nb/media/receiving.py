"""A file as it comes: checked on the loop, written and hashed in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from booru_nb.errors import BadAnswerError, BooruError, MediaError
from booru_nb.media.formats import ENOUGH
from booru_nb.media.proof import check_start, check_whole
from booru_nb.media.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from booru_nb import http
    from booru_nb.media.formats import Format
    from booru_nb.media.part import Part
    from booru_nb.media.patience import Patience

_SPOILT = 3
"""Times that a whole file may have another md5 than its site says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to be had.

    Attributes
    ----------
    url : str
        Its address.
    policy : Policy
        How its site is asked.
    folder : Path
        Where it is going to be; the part lies there meanwhile.
    limit : int
        Bytes that it may have.
    md5 : str or None
        As its site says.
    size : int or None
        Bytes, as its site says.
    svg : bool
        Whether it should be a drawing in text.
    """

    url: str
    policy: http.Policy
    folder: Path
    limit: int
    md5: str | None = None
    size: int | None = None
    svg: bool = False


class Receiving:
    """Takes a file from `http.transfer` into a part.

    Parameters
    ----------
    wanted : Wanted
        Which file.
    part : Part
        Where it goes.
    patience : Patience
        What is told of failures.
    came : callable
        Told of bytes that came.
    """

    def __init__(
        self,
        wanted: Wanted,
        part: Part,
        patience: Patience,
        came: Callable[[int], None],
    ) -> None:
        self.part = part
        self._asked = wanted
        self._patience = patience
        self._came = came
        self._writing = Writing(part)
        # The first bytes wait here until they are enough to tell what the file is.
        self._start: list[bytes] | None = None
        self._received = 0
        self._total: int | None = None
        self._validator: str | None = None
        self._spoilt = 0
        self._host = patience.host_of(wanted.url)
        self.format: Format | None = None

    async def is_whole(self) -> bool:
        """Look at what an earlier run has left; tell whether nothing is missing."""
        await self._writing.in_thread(self.part.open)
        return self._asked.md5 is not None and self.part.md5 == self._asked.md5

    async def wanted(self) -> tuple[int, str | None]:
        """Return the first byte that is missing, and what tells the version."""
        self._start = None
        await self._writing.drain()
        known = self._asked.md5 is not None or self._validator is not None
        if self.part.size and not known:
            await self.restart()
        return self.part.size, self._validator

    async def begin(self, head: http.Head) -> None:
        """Check what the answer says of the file."""
        self._host = head.host
        if head.total is not None and head.total > self._asked.limit:
            raise self._too_large(head.total)
        if head.start != self.part.size:
            await self.restart()
        self._validator = head.validator
        self._total = head.total
        self._received = self.part.size
        if self.part.size:
            self._check_size()
        else:
            self._start = []

    async def take(self, piece: bytes) -> None:
        """Take the next bytes; wait where the disk is slower than the network."""
        self._received += len(piece)
        self._came(len(piece))
        if self._received > self._asked.limit:
            raise self._too_large(self._received)
        if self._start is None:
            await self._writing.add(piece)
            return
        self._start.append(piece)
        if sum(map(len, self._start)) >= ENOUGH:
            await self._check_start()

    async def _check_start(self) -> None:
        """Let the first bytes pass, if they are those of a file."""
        start = b"".join(self._start or ())
        self._start = None
        proven = self._asked.md5 is not None
        check_start(start, self._host, svg=self._asked.svg, proven=proven)
        self._check_size()
        await self._writing.add(start)

    def _check_size(self) -> None:
        expected = self._asked.size
        if expected is not None and self._total not in {None, expected}:
            self._spoilt += 1
            raise MediaError(
                f"{self._host!r} sent a file of {self._total:,} bytes instead of "
                f"{expected:,}."
            )

    async def end(self) -> None:
        """Prove the file."""
        if self._start is not None:
            await self._check_start()
        found = await self._writing.finish(self._look)
        if self._total is not None and self.part.size != self._total:
            raise MediaError(f"{self._host!r} ended the file too early.")
        await self._accept(found)
        self._patience.worked(self._asked.url)

    async def prove(self) -> None:
        """Raise an error unless the part is the whole file."""
        await self._accept(await self._writing.finish(self._look))

    def _look(self) -> Format | BooruError | None:
        """Return what the part is, or what is wrong with it; this blocks."""
        proven = self._asked.md5 is not None
        try:
            return check_whole(self.part.path, self._host, proven=proven)
        except (MediaError, BadAnswerError) as error:
            return error

    async def _accept(self, found: Format | BooruError | None) -> None:
        if self._asked.md5 not in {None, self.part.md5}:
            await self.restart()
            self._spoilt += 1
            raise MediaError(
                f"{self._host!r} sent another file than it should: its md5 is wrong."
            )
        if isinstance(found, BooruError):
            if isinstance(found, MediaError):
                await self.restart()
            raise found
        self.format = found

    async def restart(self) -> None:
        """Forget all that came."""
        self._start = None
        self._writing.forget()
        await self._writing.drain()
        self._validator = None
        await self._writing.in_thread(self.part.clear)

    def goes_on(self, error: BooruError) -> bool:
        """Note an attempt that failed; tell whether another one is worth it."""
        return self._patience.failed(self._asked.url, error) and self._spoilt < _SPOILT

    async def close(self, *, discard: bool = False) -> None:
        """Write what has come, and close the part, which may be gone on with later."""
        try:
            if discard:
                self._writing.forget()
            else:
                await self._writing.drain()
        finally:
            self._writing.forget()
            await self._writing.settle()
            useless = discard or self._asked.md5 is None
            await self._writing.in_thread(
                self.part.discard if useless else self.part.close
            )

    def _too_large(self, size: int) -> BadAnswerError:
        return BadAnswerError(
            f"{self._host!r} sends {size:,} bytes or more, and {self._asked.limit:,} "
            "is the limit: limit_bytes=."
        )
