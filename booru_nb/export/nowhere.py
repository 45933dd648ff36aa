"""A folder that keeps nothing, to learn what a format would write."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator


class Nowhere:
    """A folder that keeps nothing."""

    def write(self, name: str, data: bytes) -> None:
        """Forget a file."""

    @contextmanager
    def create(self, name: str) -> Iterator[BinaryIO]:  # noqa: ARG002 - as `Folder` has it
        """Return a file that is forgotten."""
        yield io.BytesIO()

    def read(self, name: str) -> bytes | None:  # noqa: ARG002 - as `Folder` has it
        """Return None."""
        return None

    def size(self, name: str) -> int | None:  # noqa: ARG002 - as `Folder` has it
        """Return None."""
        return None

    def names(self, below: str = "") -> list[str]:  # noqa: ARG002 - as `Folder` has it
        """Return no names."""
        return []

    def remove(self, name: str) -> None:
        """Forget to."""
