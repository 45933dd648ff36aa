"""Downloads and exports of this library, each in a process of its own.

``python -m tests.benchmarks.peer_ours files BASE KIND COUNT FOLDER``, or
``webdataset`` instead of ``files``. It prints the seconds from the first request to
the last file as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import booru_nb as bn


def main(what: str, base: str, kind: str, count: int, folder: Path) -> None:
    """Search for posts, and have their originals."""
    with bn.open(folder / "library.booru") as lib:
        lib.add_site(base, name="peer", engine="danbooru", allow_private=True)
        began = time.perf_counter()
        posts = lib.search(kind, site="peer", limit=count, progress=False)
        searched = time.perf_counter()
        if what == "files":
            lib.download(posts, to=folder / "files", progress=False)
        else:
            chosen = lib.dataset(posts, name="peer").captions()
            chosen.export(folder / "shards", "webdataset", progress=False)
        ended = time.perf_counter()
    print(json.dumps({"search": searched - began, "have": ended - searched}))


if __name__ == "__main__":
    asked, where, which, many, place = sys.argv[1:]
    main(asked, where, which, int(many), Path(place))
