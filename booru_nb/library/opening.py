"""Opening libraries, and closing what they share."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from booru_nb import http, settings
from booru_nb import loop as registry
from booru_nb.drawn import HOST, URL, create_app
from booru_nb.errors import LoopError
from booru_nb.http.setup import current_setup
from booru_nb.library import known
from booru_nb.library.library import Library
from booru_nb.library.state import TOKEN, State
from booru_nb.sites import DEFAULT, PRESETS
from booru_nb.sites.danbooru import Danbooru
from booru_nb.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike

    import pandas as pd

SUFFIX = ".booru"
PATIENCE = 5.0
"""Seconds that connections may take to close when the process ends."""

_libraries: dict[str, Library] = {}
"""The open libraries by their tokens, so that a file opened again is the same one."""


def open_library(
    path: str | PathLike[str] | None = None,
    *,
    loop: str | None = None,
    proxy: str | None = None,
) -> Library:
    """Open a library, or the one that is open already on the same file.

    See `booru_nb.open`.
    """
    with known.lock, _undone_on_failure(proxy):
        registry.choose_app_loop(loop)
        file = _file(path)
        state = known.by_path(file)
        if state is None:
            store = Store.open(file)
            return _opened(
                State(store, sites=PRESETS, default_site=DEFAULT, after_close=_over)
            )
        state.opened += 1
        return _libraries[state.token]


@contextmanager
def _undone_on_failure(proxy: str | None) -> Iterator[None]:
    """Name a proxy; after an error, leave neither it nor a loop behind."""
    before = current_setup().proxy
    if proxy is not None:
        http.configure(proxy=proxy)
    try:
        yield
    except BaseException:  # whatever went wrong goes on from here
        if proxy is not None:
            http.configure(proxy=before)
        if not known.all_open():
            registry.forget_app_loop()
        raise


def _opened(state: State) -> Library:
    known.add(state)
    _libraries[state.token] = Library(state)
    return _libraries[state.token]


def library_of(frame: pd.DataFrame) -> Library:
    """Return the library that a frame comes from, or else the only open one.

    Raises
    ------
    LibraryError
        If there is none, or several and none of them is meant.
    """
    return _libraries[known.meant(frame.attrs.get(TOKEN)).token]


def _file(path: str | PathLike[str] | None) -> Path:
    file = settings.data_folder() / f"library{SUFFIX}" if path is None else Path(path)
    return file.expanduser().resolve()


def demo(
    path: str | PathLike[str] | None = None, *, loop: str | None = None
) -> Library:
    """Open a library on the built-in booru: a temporary one, unless a file is named.

    See `booru_nb.demo`, and `booru_nb.drawn`.
    """
    with known.lock, _undone_on_failure(None):
        registry.choose_app_loop(loop)
        http.in_process(HOST, create_app(tag_limit=None))
        if path is not None:
            return _demo_in(_file(path), _over)
        folder = Path(tempfile.mkdtemp(prefix="booru-nb-demo-")).resolve()
        opener = os.getpid()

        def after_close(state: State) -> None:
            if os.getpid() == opener:
                shutil.rmtree(folder, ignore_errors=True)
            _over(state)

        return _demo_in(folder / f"demo{SUFFIX}", after_close)


def _demo_in(file: Path, after_close: Callable[[State], None]) -> Library:
    """Open a file on the built-in booru, or the library that is open on it already."""
    state = known.by_path(file)
    if state is not None:
        state.opened += 1
        return _libraries[state.token]
    site = Danbooru(name="demo", url=URL, rate=None, media_rate=None)
    return _opened(
        State(
            Store.open(file),
            sites=[site],
            default_site=site.name,
            after_close=after_close,
            demo=True,
        )
    )


def _over(state: State) -> None:
    """Let thumbnails reach the disk; with the last library, close all connections."""
    known.remove(state)
    _libraries.pop(state.token, None)
    last = not known.all_open()
    # At the end of the process Python starts no thread any more, so that the latest
    # thumbnails are not kept there.
    with suppress(RuntimeError, TimeoutError):
        registry.run(state.thumbnails.flush(), timeout=PATIENCE)
    if last:
        # A loop that has ended took its connections with it.
        with suppress(LoopError, TimeoutError):
            registry.run(http.aclose(), timeout=PATIENCE)
        _let_the_loop_go()


def _let_the_loop_go() -> None:
    """Forget the loop; one in the background cannot be stopped by its own thread."""
    if registry.on_app_thread() and registry.kernel_loop() is None:
        threading.Thread(target=registry.forget_app_loop).start()
    else:
        registry.forget_app_loop()


def _close_all() -> None:
    with known.lock:
        for state in known.all_open():
            state.close(for_good=True)


atexit.register(_close_all)
