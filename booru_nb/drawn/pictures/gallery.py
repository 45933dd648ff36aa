"""The pictures of the demo booru: drawn when first asked for, then remembered."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import PIL
from PIL import features

from booru_nb import settings
from booru_nb.drawn import chance, scene
from booru_nb.drawn.pictures.encoding import draw, extension_of
from booru_nb.drawn.pictures.shelf import Facts, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from booru_nb.drawn.scene import Scene


@cache
def version() -> str:
    """Return a name for all that the bytes of a picture depend on.

    The same scene is the same file for one version of the drawing code, of Pillow and
    of the libraries that Pillow writes files with, on one kind of machine.
    """
    here = Path(__file__).parent
    code = hashlib.sha256()
    for file in (
        *sorted(here.glob("*.py")),
        Path(chance.__file__),
        Path(scene.__file__),
    ):
        code.update(file.read_bytes())
    parts = [PIL.__version__, platform.machine()]
    parts += [str(features.version(name)) for name in ("jpg", "zlib", "webp")]
    code.update("/".join(parts).encode())
    return code.hexdigest()[:16]


@cache
def key(picture: Scene) -> str:
    """Return a name for a scene: another scene has another name."""
    return hashlib.sha256(repr(picture).encode()).hexdigest()[:20]


class Gallery:
    """Pictures of scenes, as files; all methods may draw, and so take their time.

    Parameters
    ----------
    cache_folder : Path, optional
        Where pictures are remembered (default: ``demo`` in the package's cache folder).
    """

    def __init__(self, cache_folder: Path | None = None) -> None:
        self._root = cache_folder
        self._shelf: Shelf | None = None

    @property
    def shelf(self) -> Shelf:
        """The files, in a folder of this version of the drawing."""
        if self._shelf is None:
            root = self._root or settings.cache_folder() / "demo"
            self._shelf = Shelf(root / version())
        return self._shelf

    def facts(self, picture: Scene) -> Facts:
        """Return md5 and size of an original."""
        kind = extension_of(picture, "original")
        make = lambda: draw(picture, "original")  # noqa: E731  # one of three alike
        return self.shelf.facts(key(picture), kind, make)

    def content(self, picture: Scene, variant: str = "original") -> bytes:
        """Return the bytes of a picture.

        Parameters
        ----------
        picture : Scene
            What is on it.
        variant : str
            ``original``, ``sample``, ``180x180``, ``360x360`` or ``720x720``.
        """
        name = key(picture) if variant == "original" else f"{key(picture)}-{variant}"
        kind = extension_of(picture, variant)
        return self.shelf.content(name, kind, lambda: draw(picture, variant))

    def with_md5(self, md5: str, pictures: Iterable[Scene]) -> Scene | None:
        """Return the scene whose original has this md5; None where there is none.

        Parameters
        ----------
        md5 : str
            In hexadecimal.
        pictures : iterable of Scene
            Those it may be. What has not been drawn yet is drawn, as long as it is not
            found: an md5 cannot be known otherwise.
        """
        pictures = list(pictures)
        name = self.shelf.name_of(md5)
        known = [picture for picture in pictures if key(picture) == name]
        if known:
            return known[0]
        return next((p for p in pictures if self.facts(p).md5 == md5), None)
