"""What is in a written dataset, for its card and its Croissant metadata."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from booru_nb.export.measured import Measured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from booru_nb.export.parts import Folder

JSONL = "application/jsonlines"
CSV = "text/csv"
PARQUET = "application/x-parquet"
TAR = "application/x-tar"


@dataclass(frozen=True)
class Table:
    """Files of one kind that hold a row a post.

    Attributes
    ----------
    split : str
        Whose posts.
    files : sequence of str
        Their names; each has the columns.
    mime : str
        Their kind.
    columns : Mapping of str to str
        Their types, as in `rows.DTYPES`.
    image : str
        The column that holds the pictures themselves; empty where there is none.
    """

    split: str
    files: Sequence[str]
    mime: str
    columns: Mapping[str, str]
    image: str = ""


@dataclass(frozen=True)
class Contents:
    """What a format has written.

    Attributes
    ----------
    format : str
        Its name.
    data : Mapping of str to sequence of str
        Of each split, which files ``datasets`` loads; empty where it cannot.
    tables : sequence of Table
        What Croissant describes.
    files : Mapping of str to str
        Further files whose content is vouched for, with their kinds.
    features : sequence of str
        Lines of YAML that tell ``datasets`` the columns, where it would guess wrong.
    use : str
        How it is loaded, in Markdown.
    notes : sequence of str
        What a reader must know of this format, in Markdown.
    """

    format: str
    data: Mapping[str, Sequence[str]]
    tables: Sequence[Table]
    files: Mapping[str, str] = field(default_factory=dict)
    features: Sequence[str] = ()
    use: str = ""
    notes: Sequence[str] = ()


def digest(folder: Folder, name: str) -> tuple[int, str]:
    """Return the size and sha256 of a file, which is read only if need be.

    Raises
    ------
    FileNotFoundError
        If it is gone.
    """
    size = folder.size(name)
    known = folder.sha256(name) if isinstance(folder, Measured) else None
    if size is not None and known is not None:
        return size, known
    data = folder.read(name)
    if data is None:
        raise FileNotFoundError(name)
    return len(data), hashlib.sha256(data).hexdigest()
