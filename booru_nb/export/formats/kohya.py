"""Folders for kohya's sd-scripts, and trainers that read the same.

Rules: https://github.com/kohya-ss/sd-scripts, ``docs/config_README-en.md`` and
``library/train_util.py``:

- ``train/10_name``: how often each picture is shown in an epoch, and what it shows; no
  folders below it. A configuration in TOML sets both again, and the folder's name is
  then ignored.
- A caption stands beside its picture. Its first line is read, as UTF-8; an empty file
  ends the training. The command line looks for ``.caption`` by default, the TOML says
  ``.txt``.
- Only png, jpg, jpeg, webp and bmp are pictures.
- In metadata for fine-tuning, `tags` are put behind `caption`; as the caption is made
  of tags here, they are empty.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

from booru_nb.export import checks
from booru_nb.export.formats import rows
from booru_nb.export.formats.base import Layout, splits
from booru_nb.export.formats.contents import JSONL, Contents, Table
from booru_nb.export.formats.texts import line, quoted
from booru_nb.export.outcome import option
from booru_nb.export.parts import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from booru_nb.export.parts import Folder, Item, Shard

CONFIGURATION = "dataset.toml"
SEPARATOR = "|||"
"""Parts of a caption between which only the middle is shuffled."""

_UNSAFE = re.compile(r"[^\w(),'+ -]")
_LONGEST = 200
"""Bytes of a folder's name, of which most systems take 255."""


def _class(value: object, name: str) -> str:
    text = checks.text(value, name)
    if folder_name(text) != text:
        checks.refuse(name, "words that a folder can be called", value)
    return text


def _repeats(value: object, name: str) -> tuple[tuple[str, int], ...]:
    """Return how often pictures of each class are shown; of all others under ``""``."""
    items = list(value.items()) if hasattr(value, "items") else value
    if not isinstance(items, (list, tuple)):
        items = [("", items)]
    wanted = "a whole number from 1 on, or a mapping of classes to these"
    found = []
    for item in items:
        match item:
            case (str(kind), times):
                found.append((kind, checks.size(times, name)))
            case _:
                checks.refuse(name, wanted, value)
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Kohya(Layout):
    """``train/1_picture/KEY.jpg`` and ``KEY.txt``; TOML and JSONL beside ``train``.

    Parameters
    ----------
    repeats : int, or mapping of str to int
        How often each picture is shown in an epoch, or those of each class (others
        once). Only pictures for training are repeated.
    class_tokens : str
        What the pictures show, where `by` does not say.
    by : str
        A column whose values are the classes; empty for one class.
    resolution, batch_size : int
        For the TOML.
    shuffle : bool
        Whether the trainer shuffles the tags of a caption.
    """

    name: ClassVar[str] = "kohya"
    extensions: ClassVar[frozenset[str] | None] = frozenset(
        {"png", "jpg", "jpeg", "webp", "bmp"}
    )

    repeats: tuple[tuple[str, int], ...] = option(_repeats, (("", 1),))
    class_tokens: str = option(_class, "picture")
    by: str = option(checks.text, "")
    resolution: int = option(checks.size, 1024)
    batch_size: int = option(checks.size, 1)
    shuffle: bool = option(checks.flag, default=False)

    def check(self, posts: pd.DataFrame) -> None:
        """Refuse posts that lack a column which an option names."""
        super().check(posts)
        if self.by:
            rows.check_columns(posts, {self.by: "string"})

    def write(
        self, shard: Shard, items: Iterable[Item], folder: Folder
    ) -> list[Written]:
        """Write the pictures and captions of a shard."""
        written: list[Written] = []
        for item in self.accepted(shard, items, written):
            place = f"{shard.split}/{self._folder(item.post, shard.split)}/{item.key}"
            folder.write(f"{place}.txt", f"{line(item.caption)}\n".encode())
            path = f"{place}.txt"
            if item.data is not None:
                path = f"{place}.{item.ext}"
                folder.write(path, item.data)
            written.append(Written(item.key, path))
        return written

    def _folder(self, post: Mapping[str, Any], split: str) -> str:
        named = ""
        if self.by:
            named = rows.record(post, {self.by: "string"})[self.by]
        kind = folder_name(named) or self.class_tokens
        times = dict(self.repeats)
        count = times.get(kind, times.get("", 1)) if split == "train" else 1
        return f"{count}_{kind}"

    def files(self, shard: Shard, written: Sequence[Written]) -> list[str]:  # noqa: ARG002 - as `Format` has it
        """Return the names of the pictures and captions of a shard."""
        paths = [each.path for each in written if each.path]
        captions = [str(PurePosixPath(path).with_suffix(".txt")) for path in paths]
        return sorted({*paths, *captions})

    def contents(self, folder: Folder, posts: pd.DataFrame) -> Contents:
        """Write the configuration, and the metadata for fine-tuning of each split."""
        tables = [self._metadata(folder, *part) for part in splits(posts)]
        folders = sorted({str(PurePosixPath(path).parent) for path in posts["path"]})
        wanted = [f for f in folders if f.startswith("train/")]
        folder.write(CONFIGURATION, self._configuration(wanted).encode())
        return Contents(
            format=self.name,
            data={},
            tables=tables,
            files={CONFIGURATION: "application/toml"},
            use=f"sd-scripts: `--dataset_config {CONFIGURATION}`, run in this folder, "
            "or `--train_data_dir train --caption_extension .txt`",
        )

    def _metadata(self, folder: Folder, split: str, posts: pd.DataFrame) -> Table:
        name = f"meta_{split}.jsonl"
        fields = dict.fromkeys(("path", "caption", "ext"), "string")
        fields |= dict.fromkeys(("width", "height"), "int64")
        with folder.create(name) as out:
            for row in rows.records(posts, fields):
                # Where only metadata are exported, the caption is what was written.
                path = f"{row['path'].rpartition('.')[0]}.{row['ext']}"
                found = {"image_path": path, "caption": line(row["caption"])}
                size = [row["width"], row["height"]]
                sized = {} if None in size else {"image_size": size}
                whole = {**found, "tags": "", **sized}
                out.write((json.dumps(whole, ensure_ascii=False) + "\n").encode())
        columns = dict.fromkeys(("image_path", "caption"), "string")
        return Table(split, [name], JSONL, columns)

    def _configuration(self, folders: list[str]) -> str:
        said = [
            "# Folders are relative to where the training is started.",
            "[general]",
            'caption_extension = ".txt"',
            f"shuffle_caption = {quoted(self.shuffle)}",
            f"keep_tokens_separator = {quoted(SEPARATOR)}",
            "enable_bucket = true",
            "",
            "[[datasets]]",
            f"resolution = {self.resolution}",
            f"batch_size = {self.batch_size}",
        ]
        for folder in folders:
            count, _, kind = folder.removeprefix("train/").partition("_")
            said += [
                "",
                "[[datasets.subsets]]",
                f"image_dir = {quoted(folder)}",
                f"num_repeats = {count}",
                f"class_tokens = {quoted(kind)}",
            ]
        return "\n".join(said) + "\n"


def folder_name(text: str) -> str:
    """Return a text as a folder can be called, on every system."""
    words = _UNSAFE.sub(" ", line(text).replace("_", " "))
    short = " ".join(words.split()).encode()[:_LONGEST].decode(errors="ignore")
    return short.strip(" -'")
