"""Any sequence of verbs leaves what a dict would hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from booru_nb.store import Entry, Store
from tests.store.samples import SITE, post, whole

NUMBERS = st.integers(0, 8)
FOLDERS = st.sampled_from(["", "a", "a/b", "ab", "c"])
TAGS = st.lists(st.sampled_from("uvwxyz"), max_size=4)


class Library(RuleBasedStateMachine):
    """A store beside a dict of folder and note, and a dict of tags."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "library.booru"
        self.store = Store.open(self.path)
        self.bookmarks: dict[int, tuple[str, str]] = {}
        self.tags: dict[int, tuple[str, ...]] = {}
        self.collected: set[int] = set()

    def teardown(self) -> None:
        self.store.close()
        assert whole(self.path)
        self.folder.cleanup()

    def keep(self, number: int, tags: list[str]) -> None:
        known = self.tags.get(number, ())
        self.tags[number] = tuple(sorted(set(tags))) or known

    def forget(self, number: int) -> None:
        if number not in self.bookmarks and number not in self.collected:
            self.tags.pop(number, None)

    @rule(
        numbers=st.lists(NUMBERS, max_size=4),
        folder=st.none() | FOLDERS,
        note=st.none() | st.sampled_from(["", "x"]),
        tags=TAGS,
    )
    def add(
        self, numbers: list[int], folder: str | None, note: str | None, tags: list[str]
    ) -> None:
        self.store.bookmarks.add(
            Entry(post(n, tags=tuple(tags)), folder, note) for n in numbers
        )

        for number in numbers:
            self.keep(number, tags)
            before = self.bookmarks.get(number, ("", ""))
            self.bookmarks[number] = (
                before[0] if folder is None else folder,
                before[1] if note is None else note,
            )

    @rule(numbers=st.lists(NUMBERS, max_size=4))
    def remove(self, numbers: list[int]) -> None:
        removed = self.store.bookmarks.remove([(SITE, n) for n in numbers])

        gone = [n for n in dict.fromkeys(numbers) if n in self.bookmarks]
        assert removed["id"] == gone
        for number in gone:
            del self.bookmarks[number]
            self.forget(number)

    @rule(number=NUMBERS, tags=TAGS)
    def collect(self, number: int, tags: list[str]) -> None:
        self.store.posts.put([post(number, tags=tuple(tags))])

        self.keep(number, tags)
        self.collected.add(number)

    @rule(number=NUMBERS)
    def drop(self, number: int) -> None:
        self.store.posts.drop([(SITE, number)])

        self.collected.discard(number)
        self.forget(number)

    @rule(old=FOLDERS.filter(bool))
    def remove_folder(self, old: str) -> None:
        if old not in self.store.folders.all():
            return
        self.store.folders.remove(old)

        for number, (folder, note) in self.bookmarks.items():
            if folder == old or folder.startswith(f"{old}/"):
                self.bookmarks[number] = ("", note)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.path)

    @invariant()
    def agrees(self) -> None:
        found = self.store.bookmarks.columns(columns=["id", "folder", "note"])
        assert (
            dict(
                zip(
                    found["id"],
                    zip(found["folder"], found["note"], strict=True),
                    strict=True,
                )
            )
            == self.bookmarks
        )
        posts = self.store.posts.columns(columns=["id", "tags"])
        tags = {number: " ".join(words) for number, words in self.tags.items()}
        assert dict(zip(posts["id"], posts["tags"], strict=True)) == tags


TestLibrary = Library.TestCase
TestLibrary.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
