"""What became of each post: the frame that an export returns, and its manifest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from booru_nb.export import markers, planning
from booru_nb.export.measured import Measured
from booru_nb.export.nowhere import Nowhere
from booru_nb.export.parts import Item
from booru_nb.export.working import begun, known_before
from booru_nb.frames import from_columns
from booru_nb.schemas import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from booru_nb.export.markers import Marker, Row
    from booru_nb.export.parts import About, Folder
    from booru_nb.export.planning import Plan
    from booru_nb.export.slices import Post, Slice
    from booru_nb.export.working import Work


def frame(rows: Iterable[Row], present: Collection[Post] = ()) -> pd.DataFrame:
    """Return what became of posts.

    Parameters
    ----------
    rows : iterable of Row
        What is said of them.
    present : collection of (str, int)
        Those that an earlier run had written.

    Returns
    -------
    DataFrame
        One row a post, with a default index. No posts give no rows, and the same
        columns and dtypes.

        ======  ========  ============================================================
        column  dtype     meaning
        ======  ========  ============================================================
        site    str       the site's name
        id      int64     unique within the site
        path    str       its file below the folder, or the one that it is in; or empty
        status  category  ``written``, ``present`` (an earlier run has written it),
                          ``skipped`` (the format cannot take it) or ``failed`` (a
                          further run tries it again)
        reason  str       why it was skipped or has failed; else empty
        ======  ========  ============================================================
    """
    found = [(r.site, r.id, r.path, _status(r, present), r.reason) for r in rows]
    columns = zip(*found, strict=True) if found else ([] for _ in EXPORTS)
    return from_columns(dict(zip(EXPORTS, columns, strict=True)), EXPORTS)


def _status(row: Row, present: Collection[Post]) -> str:
    had = row.status == "written" and (row.site, row.id) in present
    return "present" if had else row.status


def committed(folder: Folder) -> pd.DataFrame:
    """Return what became of the posts of all shards that are committed.

    Raises
    ------
    FileError
        If the folder cannot be read.
    """
    there = markers.read(folder).values()
    return frame(row for marker in there if marker.hash for row in marker.rows)


def foreseen(slices: Sequence[Slice], work: Work, made: Plan) -> pd.DataFrame:
    """Return what an export would do, as far as that can be known without doing it."""
    rows: list[Row] = []
    present: set[Post] = set()
    for part in slices:
        kept = made.kept.get(part.shard.name)
        ahead = list(kept.rows) if kept else _ahead(part, work)
        known = ahead if kept else known_before(ahead, made.before)
        present |= {(row.site, row.id) for row in known}
        rows += ahead
    return frame(rows, present)


def _ahead(part: Slice, work: Work) -> list[Row]:
    posts = part.rows()
    rows = [begun(post, work) for post in posts]
    rows = [_refused(row, post, work) for row, post in zip(rows, posts, strict=True)]
    data = b"" if work.images else None
    items = [
        Item(row.key, post, str(post["caption"]), row.ext, data)
        for row, post in zip(rows, posts, strict=True)
        if not row.reason
    ]
    went = {w.key: w for w in work.layout.write(part.shard, items, Nowhere())}
    return [
        replace(
            row,
            path=went[row.key].path,
            reason=went[row.key].reason,
            status="written" if went[row.key].path else "skipped",
        )
        if row.key in went
        else row
        for row in rows
    ]


def _refused(row: Row, post: Mapping[str, Any], work: Work) -> Row:
    """Return a row, failed where its original surely cannot be had."""
    refusal = getattr(work.originals, "refusal", None)
    if row.reason or not work.images or refusal is None:
        return row
    reason = refusal(post)
    return replace(row, status="failed", reason=reason) if reason else row


def finish(  # noqa: PLR0913, PLR0917 - what an export is at its end
    posts: pd.DataFrame,
    ended: Sequence[Marker],
    present: Collection[Post],
    work: Work,
    about: About,
    made: Plan,
) -> pd.DataFrame:
    """Write what stands beside the shards, and return what became of the posts."""
    rows = [row for marker in ended for row in marker.rows]
    planning.end(work.folder, made, ended)
    shards = {name: sha256 for each in ended for name, sha256 in each.files.items()}
    folder = Measured(work.folder, shards)
    told = _joined(posts, rows)
    written = told[told["path"] != ""]
    _write(folder, told)
    if len(written):
        said = replace(about, caveats=[*about.caveats, *_caveats(told, work)])
        # The card is the last that it writes.
        work.layout.finish(folder, written, said)
    content = markers.content(ended)
    planning.finished(made, sorted(folder.files), content).write(work.folder)
    found = frame(rows, present)
    found.attrs["content"] = content
    return found


def _caveats(told: pd.DataFrame, work: Work) -> Iterator[str]:
    """Yield what a reader of the dataset must know of how it was written."""
    if missing := int((told["path"] == "").sum()):
        yield (
            f"Of {len(told)} posts, {missing} could not be had, or not in this format; "
            f"{planning.MANIFEST} says why."
        )
    if not work.images:
        yield "The pictures are not here, only what is said of them."


def _joined(posts: pd.DataFrame, rows: Sequence[Row]) -> pd.DataFrame:
    """Return the posts with what became of them, in their own order."""
    by_post = {(row.site, row.id): row for row in rows}
    keys = zip(posts["site"].astype(str), posts["id"], strict=True)
    found = [by_post[site, int(number)] for site, number in keys]
    extra: dict[str, Any] = {
        name: pd.Series([getattr(r, name) for r in found], posts.index, dtype="str")
        for name in ("key", "path", "ext", "status", "reason", "sha256")
    }
    said = extra.pop("status"), extra.pop("reason"), extra.pop("sha256")
    return posts.assign(
        **extra, **dict(zip(("export_status", "reason", "sha256"), said, strict=True))
    )


def _write(folder: Measured, told: pd.DataFrame) -> None:
    """Write the manifest, a row a post."""
    import pyarrow as pa  # noqa: PLC0415  as late as the first file
    import pyarrow.parquet as pq  # noqa: PLC0415  likewise

    columns = {
        "site": "site",
        "id": "id",
        "md5": "md5",
        "sha256": "sha256",
        "path": "path",
        "split": "split",
        "export_status": "status",
        "reason": "reason",
    }
    known = told.reindex(columns=list(columns)).rename(columns=columns)
    known = known.astype({n: "str" for n in columns.values() if n != "id"})
    table = pa.Table.from_pandas(known, preserve_index=False)
    with folder.create(planning.MANIFEST) as out:
        pq.write_table(table.replace_schema_metadata(None), out)
