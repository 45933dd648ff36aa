"""What the system says of files and folders, in sentences of ours."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from booru_nb.errors import DiskFullError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path, PurePath

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_BLOCK = 2**20


class Sums(NamedTuple):
    """What tells a file from every other.

    Attributes
    ----------
    size : int
        Bytes.
    md5, sha256 : str
        In hexadecimal.
    """

    size: int
    md5: str
    sha256: str


@contextmanager
def disk(place: PurePath) -> Iterator[None]:
    """Let errors of the system be ours.

    Parameters
    ----------
    place : Path
        The file or folder, for the message.

    Raises
    ------
    DiskFullError
        If there is no room.
    FileError
        If it cannot be read or written for another reason.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, FileError):
            raise
        if error.errno in _FULL:
            raise DiskFullError(
                f"The disk of {place.parent} has no room for this file. Free some "
                "space, and run it again: what is there stays."
            ) from error
        reason = error.strerror or str(error)
        raise FileError(f"{place} cannot be used: {reason}.") from error


def sums(path: Path) -> Sums:
    """Read a file, and return what tells it from every other.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
    size = 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_BLOCK):
            size += len(piece)
            md5.update(piece)
            sha256.update(piece)
    return Sums(size, md5.hexdigest(), sha256.hexdigest())


def usable(folder: Path) -> Path:
    """Return a folder's real path; it is made where it is not there.

    Raises
    ------
    FileError
        If nothing can be written there.
    """
    with disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        real = folder.resolve(strict=True)
    if not os.access(real, os.W_OK | os.X_OK):
        raise FileError(f"Nothing may be written into {folder}. Choose another folder.")
    return real


def is_plain(path: Path, root: Path) -> bool:
    """Tell whether a path lies below a root without a link on the way, or at its end.

    What is not there yet is plain.
    """
    if not path.is_relative_to(root) or ".." in path.parts:
        return False
    between = [path, *path.parents]
    return not any(step.is_symlink() for step in between[: between.index(root)])


def place(
    source: Path, target: Path, root: Path, *, shared: bool, replace: bool
) -> None:
    """Have a file under its final name, whole or not at all.

    Parameters
    ----------
    source : Path
        The file, which stays where it is.
    target : Path
        Its final name, below `root`.
    root : Path
        A folder that is there; those between it and the file are made.
    shared : bool
        Whether another name stands for the source already, so that this must be a
        copy.
    replace : bool
        Whether a file that is there makes way.

    Raises
    ------
    FileExistsError
        If another file is there.
    FileError
        If a link on the way leads elsewhere.
    OSError
        If it cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if not is_plain(target.parent, root):
        raise FileError(f"{target.parent} is a link to another place, so it stays.")
    if not replace and not shared:
        with suppress(PermissionError, NotImplementedError):
            return _link(source, target)
    if not replace and os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    _copy(source, target)
    return None


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in _FULL or error.errno == errno.ENAMETOOLONG:
            raise
        # Some file systems have no hard links.
        raise PermissionError from error


def _copy(source: Path, target: Path) -> None:
    beside = target.with_name(f".{os.urandom(16).hex()}.part")
    try:
        shutil.copyfile(source, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
