"""A file that appears at once and whole, and that only its owner may read."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from booru_nb.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a file to be filled, which then takes the place of another.

    Parameters
    ----------
    path : Path
        What it is called in the end. What is there stays until the new one is whole.

    Raises
    ------
    FormatError
        If it cannot be written.
    """
    begun = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        os.close(os.open(begun, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            yield begun
            begun.replace(path)
        finally:
            begun.unlink(missing_ok=True)
    except OSError as error:
        raise FormatError(
            f"{path} could not be written: {error.strerror or error}."
        ) from error
