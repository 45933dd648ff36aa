"""What the docstrings say is held to what is so."""

import doctest
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import booru_nb as bn
from booru_nb import accessor, schemas
from booru_nb.export.dataset import Dataset
from booru_nb.export.exporting import Aio as DatasetAio
from booru_nb.library.aio import Aio
from booru_nb.library.preferences import Preferences
from booru_nb.stats import TagStats

TABLES: dict[str, tuple[Callable[..., object], schemas.Schema]] = {
    "search": (Aio.search, schemas.POSTS),
    "suggest": (Aio.suggest, schemas.SUGGESTIONS),
    "bookmarks": (bn.Library.bookmarks, schemas.BOOKMARKS),
    "tags": (bn.Library.tags, schemas.TAGS),
    "post_tags": (bn.Library.post_tags, schemas.POST_TAGS),
    "sites": (bn.Library.sites, schemas.SITES),
    "crawls": (bn.Library.crawls, schemas.CRAWLS),
    "test_site": (Aio.test_site, schemas.CHECKS),
    "check": (bn.Library.check, schemas.CHECKS),
    "import_json": (bn.Library.import_json, schemas.IMPORTS),
    "download": (Aio.download, schemas.DOWNLOADS),
    "files": (bn.Library.files, schemas.FILES),
    "adopt": (bn.Library.adopt, schemas.ADOPTED),
    "check_files": (bn.Library.check_files, schemas.CHECKED_FILES),
    "remove_files": (bn.Library.remove_files, schemas.REMOVED_FILES),
    "explain": (bn.Library.explain, schemas.EXPLANATION),
    "folders": (bn.Library.folders, schemas.FOLDERS),
    "blacklist": (bn.Library.blacklist, schemas.BLACKLIST),
    "history": (bn.Library.history, schemas.HISTORY),
    "saved_searches": (bn.Library.saved_searches, schemas.SAVED_SEARCHES),
    "settings.table": (Preferences.table, schemas.SETTINGS),
    "df.booru.post_tags": (accessor.BooruAccessor.post_tags, schemas.POST_TAGS),
    "sync_tags": (Aio.sync_tags, schemas.TAG_SYNC),
    "tag_aliases": (bn.Library.tag_aliases, schemas.TAG_ALIASES),
    "tag_implications": (bn.Library.tag_implications, schemas.TAG_IMPLICATIONS),
    "site_tags": (bn.Library.site_tags, schemas.SITE_TAGS),
    "stats.counts": (TagStats.counts, schemas.TAG_COUNTS),
    "stats.related": (TagStats.related, schemas.RELATED),
    "stats.cooccurrence": (TagStats.cooccurrence, schemas.PAIRS),
    "stats.over_time": (TagStats.over_time, schemas.OVER_TIME),
    "stats.emerging": (TagStats.emerging, schemas.EMERGING),
    "stats.compare": (TagStats.compare, schemas.COMPARED),
    "ds.export": (DatasetAio.export, schemas.EXPORTS),
}


def table(docstring: str) -> dict[str, str]:
    """Return the columns and dtypes that a docstring's first table names."""
    lines = inspect.cleandoc(docstring).splitlines()
    rules = [n for n, line in enumerate(lines) if re.match(r"\s*=+( +=+)+$", line)]
    first, second, last = rules[:3]
    starts = [match.start() for match in re.finditer("=+", lines[first])]
    cells = [
        [line[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        for line in lines[second + 1 : last]
    ]
    return {name: dtype for name, dtype, *_ in cells if name}


@pytest.mark.parametrize("name", TABLES)
def test_a_docstring_names_the_columns_and_dtypes(name: str) -> None:
    function, schema = TABLES[name]

    assert table(function.__doc__ or "") == schemas.describe(schema)


def public() -> Iterator[tuple[str, object]]:
    for name in sorted(bn.__all__):
        yield name, getattr(bn, name)
    for name, member in inspect.getmembers(bn.Library):
        if not name.startswith("_"):
            yield f"Library.{name}", member
    for name, member in inspect.getmembers(accessor.BooruAccessor, inspect.isfunction):
        if not name.startswith("_"):
            yield f"df.booru.{name}", member
    for name, member in inspect.getmembers(TagStats, inspect.isfunction):
        if not name.startswith("_"):
            yield f"TagStats.{name}", member
    for name, member in inspect.getmembers(Dataset):
        if not name.startswith("_"):
            yield f"Dataset.{name}", member


@pytest.mark.parametrize(("name", "member"), list(public()), ids=lambda v: str(v)[:40])
def test_everything_public_has_a_docstring(name: str, member: object) -> None:
    assert name == "__version__" or inspect.getdoc(member)


EXAMPLES = {
    name: member
    for name, member in public()
    if ">>>" in (getattr(member, "__doc__", None) or "")
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_does_what_it_shows(
    name: str, lib: bn.Library, library_file: Path
) -> None:
    folder = library_file.parent / "dataset"
    names = {"bn": bn, "lib": lib, "path": library_file, "folder": folder}
    finder = doctest.DocTestFinder(recurse=False)
    runner = doctest.DocTestRunner()
    for example in finder.find(EXAMPLES[name], name, globs=names, module=False):
        runner.run(example)

    assert runner.tries
    assert not runner.failures


def test_every_verb_of_a_cell_has_an_example() -> None:
    verbs = {name for name, member in public() if inspect.isfunction(member)}
    without = verbs - set(EXAMPLES) - {"Library.close"}

    assert not without
