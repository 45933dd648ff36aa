"""A file that is being received into memory: a small one, which is wanted for a moment.

To make a file and to remove it again takes some disks longer than the network takes to
bring it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from booru_nb.media.part import Part

if TYPE_CHECKING:
    from typing import BinaryIO


class Held(Part):
    """A part that is nowhere on the disk, so that nobody can go on with it."""

    data: bytes = b""

    def open(self) -> None:
        """Do nothing: there is no file."""

    def write(self, pieces: list[bytes]) -> None:
        """Add bytes at the end."""
        piece = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self.data = self.data + piece if self.data else piece
        self._note(piece)

    def reading(self) -> BinaryIO:
        """Return what is there as a file."""
        return io.BytesIO(self.data)

    def clear(self) -> None:
        """Forget all that is there."""
        self.data = b""
        self._forget()

    def close(self) -> None:
        """Do nothing: there is no file."""

    def discard(self) -> None:
        """Forget what is there."""
        self.data = b""
