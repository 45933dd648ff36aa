"""A reader of training folders, written from the rules of sd-scripts' documents."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = {".png", ".jpg", ".jpeg", ".webp", ".bmp"}


@dataclass(frozen=True)
class Subset:
    """Pictures that are shown equally often."""

    repeats: int
    class_tokens: str
    captions: dict[Path, str]


def by_folders(root: Path) -> list[Subset]:
    """Return what ``--train_data_dir`` finds: ``10_name`` says how often and what."""
    found = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        count, _, name = folder.name.partition("_")
        found.append(Subset(int(count), name, captions(folder, ".txt")))
    return found


def by_configuration(path: Path) -> list[Subset]:
    """Return what ``--dataset_config`` finds; folders' names mean nothing then."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    ext = said["general"]["caption_extension"]
    return [
        Subset(
            subset["num_repeats"],
            subset["class_tokens"],
            captions(path.parent / subset["image_dir"], ext),
        )
        for dataset in said["datasets"]
        for subset in dataset["subsets"]
    ]


def captions(folder: Path, ext: str) -> dict[Path, str]:
    """Return the caption of each picture in a folder: the first line beside it."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in EXTENSIONS:
            lines = path.with_suffix(ext).read_text(encoding="utf-8").splitlines()
            assert lines, f"{path.name} has an empty caption"
            found[path] = lines[0].strip()
    return found
