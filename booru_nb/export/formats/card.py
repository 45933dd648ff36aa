"""The dataset's card: a README that the Hub reads, and people do.

Docs: https://huggingface.co/docs/hub/datasets-cards
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from booru_nb.export.formats.texts import line, markdown, quoted
from booru_nb.guard import MILD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from booru_nb.export.formats.contents import Contents
    from booru_nb.export.parts import About, Folder

NAME = "README.md"

SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
LARGEST = "10M<n<100M"
"""The Hub's names for how large datasets are."""

MOST = 50
"""Lines of a table of tags, artists or sources."""

ADULT = "not-for-all-audiences"


def write(  # noqa: PLR0913  # each is one thing that a card tells
    folder: Folder,
    posts: pd.DataFrame,
    contents: Contents,
    about: About,
    *,
    ledger: str,
    license_: str,
) -> None:
    """Write ``README.md``.

    Parameters
    ----------
    folder : Folder
        Where the dataset is.
    posts : DataFrame
        Its posts.
    contents : Contents
        Its files.
    about : About
        What the recipe says.
    ledger : str
        The file that tells who made each picture.
    license_ : str
        As the Hub knows it.
    """
    lines = [
        *_front(posts, contents, about, license_),
        *_body(posts, contents, about, ledger),
    ]
    folder.write(NAME, ("\n".join(lines) + "\n").encode())


def _front(
    posts: pd.DataFrame, contents: Contents, about: About, license_: str
) -> Iterator[str]:
    size = next((name for most, name in SIZES if len(posts) < most), LARGEST)
    tags = ["booru", "image", *([ADULT] if _is_adult(posts) else [])]
    yield "---"
    yield f"pretty_name: {quoted(line(about.name) or 'dataset')}"
    yield f"license: {license_}"
    yield "task_categories:\n- text-to-image\n- image-classification"
    yield f"size_categories:\n- {size}"
    yield "tags:"
    yield from (f"- {tag}" for tag in tags)
    if contents.data:
        yield "configs:\n- config_name: default\n  data_files:"
        for split, files in contents.data.items():
            yield f"  - split: {split}\n    path:"
            yield from (f"    - {quoted(file)}" for file in files)
    if contents.features:
        yield "dataset_info:\n  features:"
        yield from contents.features
    yield "---"


def _is_adult(posts: pd.DataFrame) -> bool:
    """Tell whether a picture is of a sexual rating, or of none that is known."""
    return bool((~posts["rating"].astype(object).isin(MILD)).any())


def _body(
    posts: pd.DataFrame, contents: Contents, about: About, ledger: str
) -> Iterator[str]:
    yield f"\n# {markdown(about.name) or 'Dataset'}\n"
    many = "1 picture" if len(posts) == 1 else f"{len(posts)} pictures"
    yield f"{many} from imageboards, with tags and captions, written by booru-nb."
    yield f"\nFormat: {contents.format}. To load it: {contents.use}."
    yield "\n## Splits\n"
    yield from _counts("split", posts["split"])
    yield "\n## Sources\n"
    yield from _counts("site", posts["site"])
    yield "\n## How it was made\n"
    yield from _table(
        [str(name) for name in about.steps], about.steps.itertuples(index=False)
    )
    yield "\n## Ratings\n"
    yield from _counts("rating", posts["rating"].astype(object).fillna("unknown"))
    yield "\n## Tags\n"
    yield from _counts("tag", _words(posts["tags"]))
    yield "\n## Attribution\n"
    yield "The pictures are the work of their artists, and theirs are the rights."
    yield f"`{ledger}` names artist, source and post of each picture.\n"
    yield from _counts("artist", _artists(posts["artist"]))
    yield ""
    yield from _counts("source", map(_host, posts["source"].fillna("")))
    yield "\n## Caveats\n"
    yield "- Tags are the work of many, and some are missing or wrong."
    yield from (f"- {note}" for note in contents.notes)
    yield from (f"- {markdown(caveat)}" for caveat in about.caveats)


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from dict.fromkeys(text.split())


def _artists(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from dict.fromkeys(text.split()) or ["unknown"]


def _host(source: str) -> str:
    """Return the site that a source is on; what is no address counts as "other"."""
    try:
        parts = urlsplit(source.strip())
    except ValueError:
        return "other"
    if not source.strip():
        return "unknown"
    return (parts.hostname or "other") if parts.scheme in {"http", "https"} else "other"


def _counts(name: str, values: Iterable[Any]) -> Iterator[str]:
    found = Counter(str(value) for value in values)
    ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    yield from _table([name, "pictures"], ranked[:MOST])
    if len(ranked) > MOST:
        yield f"\nAnd {len(ranked) - MOST} more."


def _table(heads: list[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield the lines of a table; one without rows is a sentence."""
    cells = [[markdown(str(value)) or " " for value in row] for row in rows]
    if not cells:
        yield "None."
        return
    for each in (heads, ["---"] * len(heads), *cells):
        yield f"| {' | '.join(each)} |"
