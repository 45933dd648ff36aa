"""Originals that an earlier run has written, taken out of its files again.

Nothing of what is found there is believed: an original counts only where its sha256 is
the one that the marker names.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from booru_nb.export.markers import Marker, Row
    from booru_nb.export.parts import Folder
    from booru_nb.export.slices import Post


def index(markers: Iterable[Marker]) -> dict[Post, Row]:
    """Return where the original of each post is."""
    rows = (row for marker in markers for row in marker.rows)
    return {(row.site, row.id): row for row in rows if row.path and row.sha256}


def originals(folder: Folder, rows: Iterable[Row]) -> Iterator[tuple[Post, bytes]]:
    """Yield the originals of posts, as far as they are still there, each once.

    Parameters
    ----------
    folder : Folder
        Where they were written.
    rows : iterable of Row
        What was said of them.
    """
    # Several posts of a shard may have the same file.
    wanted: dict[str, dict[str, list[Post]]] = {}
    for row in rows:
        sums = wanted.setdefault(row.path, {})
        sums.setdefault(row.sha256, []).append((row.site, row.id))
    for path, sums in wanted.items():
        for data in _parts(path, folder.read(path) or b""):
            for post in sums.pop(hashlib.sha256(data).hexdigest(), ()):
                yield post, data


def _parts(path: str, data: bytes) -> Iterator[bytes]:
    """Yield what may be originals in a file; one that is damaged holds none."""
    if path.endswith(".tar"):
        yield from _members(data)
    elif path.endswith(".parquet"):
        yield from _images(data)
    elif data:
        yield data


def _members(data: bytes) -> Iterator[bytes]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for member in tar:
                file = tar.extractfile(member)
                if file is not None:
                    yield file.read()
    except tarfile.TarError:
        return


def _images(data: bytes) -> Iterator[bytes]:
    import pyarrow as pa  # noqa: PLC0415  as late as the first file
    import pyarrow.parquet as pq  # noqa: PLC0415  likewise

    try:
        table = pq.ParquetFile(pa.BufferReader(data))
        for batch in table.iter_batches(batch_size=16, columns=["image.bytes"]):
            if batch.num_columns:
                yield from (row["bytes"] for row in batch.column(0).to_pylist() if row)
    except pa.ArrowException:
        return
