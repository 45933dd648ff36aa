"""Files that can be drawn again, remembered under names that state their md5."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PARTS = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stated about a file.

    Parameters
    ----------
    md5 : str
        Of its bytes, in hexadecimal.
    size : int
        How many bytes.
    """

    md5: str
    size: int


def facts_of(content: bytes) -> Facts:
    """Return what is to be stated about these bytes."""
    return Facts(hashlib.md5(content, usedforsecurity=False).hexdigest(), len(content))


class Shelf:
    """Files by name, in a folder; several processes may use one folder at once.

    A file is written beside its place and then moved there, so it is there whole or
    not at all. Its name states its md5 and size: what was damaged later is noticed,
    and made again.

    Parameters
    ----------
    folder : Path
        Is made when the first file is kept. Where it cannot be written, files are
        made again each time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._facts: dict[str, Facts] | None = None
        self._looking = threading.Lock()
        self._making = threading.Lock()

    def facts(self, name: str, kind: str, make: Callable[[], bytes]) -> Facts:
        """Return what is to be stated about a file; it is made if it is not there.

        Parameters
        ----------
        name : str
            What it is; without dots.
        kind : str
            The ending of its name.
        make : callable
            Gives its bytes, the same ones each time.
        """
        known = self._known().get(name)
        return facts_of(self.content(name, kind, make)) if known is None else known

    def content(self, name: str, kind: str, make: Callable[[], bytes]) -> bytes:
        """Return a file's bytes; md5 and size are those that are stated about it."""
        content = self._read(name, kind)
        if content is None:
            # One at a time: many drawing threads would keep the event loop waiting.
            with self._making:
                content = self._read(name, kind)
                if content is None:
                    content = make()
                    self._keep(name, kind, content)
        return content

    def name_of(self, md5: str) -> str | None:
        """Return the name of the file that has this md5, where one is known."""
        known = dict(self._known())
        found = [name for name, facts in known.items() if facts.md5 == md5]
        return found[0] if found else None

    def path(self, name: str, kind: str) -> Path | None:
        """Return where a file is kept; None where it has not been made."""
        facts = self._known().get(name)
        if facts is None:
            return None
        return self.folder / f"{name}.{facts.md5}.{facts.size}.{kind}"

    def _known(self) -> dict[str, Facts]:
        with self._looking:
            if self._facts is None:
                self._facts = self._listed()
            return self._facts

    def _listed(self) -> dict[str, Facts]:
        found = {}
        # Most often the folder is not there yet.
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                parts = path.name.split(".")
                if len(parts) == PARTS and parts[2].isdecimal():
                    found[parts[0]] = Facts(parts[1], int(parts[2]))
        return found

    def _read(self, name: str, kind: str) -> bytes | None:
        path, stated = self.path(name, kind), self._known().get(name)
        if path is None:
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        return content if facts_of(content) == stated else None

    def _keep(self, name: str, kind: str, content: bytes) -> None:
        self._known()[name] = facts_of(content)
        path = self.path(name, kind)
        if path is None:
            return
        aside = path.with_name(f"{name}.{os.getpid()}-{threading.get_ident()}.part")
        # A full or read-only disk costs time, not pictures.
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(content)
            aside.replace(path)
