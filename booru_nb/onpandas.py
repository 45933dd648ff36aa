"""``df.booru`` is there as soon as pandas is: at once, or when pandas is imported.

So importing booru_nb does not import pandas, which takes most of a second, and the
command line answers at once. Whoever has a DataFrame has imported pandas.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

PANDAS = "pandas"


def register() -> None:
    """Register the accessor now, or else when pandas is imported."""
    if PANDAS in sys.modules:
        _register()
    elif not any(isinstance(finder, _Herald) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Herald())


def _register() -> None:
    from booru_nb import accessor  # noqa: PLC0415 - it imports pandas

    del accessor


class _Herald(MetaPathFinder):
    """Tells when pandas is imported, which others find and load."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
        /,
    ) -> ModuleSpec | None:
        """Return what the other finders say of pandas; they are asked for all else."""
        if fullname != PANDAS:
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Following(spec.loader, self)
                return spec
        return None


class _Following(Loader):
    """Loads pandas as its own loader does, and registers the accessor."""

    def __init__(self, loader: Loader, herald: _Herald) -> None:
        self._loader = loader
        self._herald = herald

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Let the module be made as it would be."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, and follow it."""
        # The module is to know its own loader, by which others find its files.
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        if self._herald in sys.meta_path:
            sys.meta_path.remove(self._herald)
        _register()
