"""Logins: where they are looked for, how they are kept, and that no key shows."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from booru_nb.credentials import Credentials, login_for, understood, variables
from booru_nb.errors import ArgumentError, StoreError
from booru_nb.sites import ENGINES, Login, Site

KEY = "a-key-of-feathers"


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOORU_NB_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def ring(folder: Path) -> Iterator[Ring]:
    del folder
    before, made = keyring.get_keyring(), Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def no_ring(ring: Ring) -> None:
    del ring
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]


def site(
    engine: str = "danbooru", name: str = "quay", url: str = "https://quay.example.org"
) -> Site:
    return ENGINES[engine](name=name, url=url)


def kept() -> Login | None:
    """Return the login that another process would find."""
    return Credentials().find(site())


def test_there_is_no_login_at_first(ring: Ring) -> None:
    assert kept() is None
    assert not ring.kept


def test_a_key_goes_into_the_keyring_and_no_file(ring: Ring, folder: Path) -> None:
    Credentials().keep(site(), Login("heron", KEY))

    assert kept() == Login("heron", KEY)
    assert list(ring.kept.values()) == [KEY]
    assert KEY not in (folder / "logins.json").read_text()


@pytest.mark.usefixtures("no_ring")
def test_without_a_keyring_a_key_goes_into_a_private_file(folder: Path) -> None:
    Credentials().keep(site(), Login("heron", KEY))

    file = folder / "logins.json"
    assert kept() == Login("heron", KEY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["logins.json"]


def test_a_keyring_that_keeps_nothing_is_not_believed(ring: Ring) -> None:
    del ring
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]

    Credentials().keep(site(), Login("heron", KEY))

    assert kept() == Login("heron", KEY)


def test_a_keyring_that_is_locked_gives_no_login(ring: Ring) -> None:
    Credentials().keep(site(), Login("heron", KEY))
    ring.locked = True

    assert kept() is None


@pytest.mark.parametrize("where", ["ring", "no_ring"])
def test_a_login_is_forgotten_everywhere(
    where: str, request: pytest.FixtureRequest, ring: Ring, folder: Path
) -> None:
    request.getfixturevalue(where)
    Credentials().keep(site(), Login("heron", KEY))

    assert Credentials().forget(site())
    assert kept() is None
    assert not ring.kept
    assert json.loads((folder / "logins.json").read_text()) == {}
    assert not Credentials().forget(site())


def test_another_address_of_that_name_gets_no_key(ring: Ring) -> None:
    del ring
    Credentials().keep(site(), Login("heron", KEY))

    assert Credentials().find(site(url="https://quay.example.net")) is None


def test_what_another_process_keeps_is_seen(ring: Ring) -> None:
    del ring
    mine = Credentials()
    assert mine.find(site()) is None

    Credentials().keep(site(), Login("heron", KEY))

    assert mine.find(site()) == Login("heron", KEY)


def test_the_environment_comes_first(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    del ring
    Credentials().keep(site(), Login("heron", KEY))
    monkeypatch.setenv("BOORU_NB_QUAY_USER", "egret")
    monkeypatch.setenv("BOORU_NB_QUAY_KEY", "other")

    assert kept() == Login("egret", "other")


def test_a_pasted_key_may_stand_in_the_environment(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    del ring
    monkeypatch.setenv("BOORU_NB_QUAY_KEY", f"&api_key={KEY}&user_id=42")

    assert Credentials().find(site("gelbooru")) == Login("42", KEY)


def test_half_a_login_in_the_environment_names_the_other_half(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    del ring
    monkeypatch.setenv("BOORU_NB_QUAY_KEY", KEY)

    with pytest.raises(ArgumentError, match="BOORU_NB_QUAY_USER") as caught:
        kept()

    assert KEY not in str(caught.value)


def test_a_login_of_the_environment_is_not_ours_to_forget(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    del ring
    monkeypatch.setenv("BOORU_NB_QUAY_KEY", KEY)

    with pytest.raises(ArgumentError, match="Remove BOORU_NB_QUAY_KEY"):
        Credentials().forget(site())


def test_the_variables_of_a_name_with_dots() -> None:
    assert variables("safebooru.org")[1] == "BOORU_NB_SAFEBOORU_ORG_KEY"


def test_a_file_that_is_none_of_ours_is_an_error(ring: Ring, folder: Path) -> None:
    del ring
    folder.mkdir()
    (folder / "logins.json").write_text(f'["{KEY}"')

    with pytest.raises(StoreError, match="Delete it") as caught:
        kept()

    assert KEY not in str(caught.value)


def test_who_has_a_login_is_told_without_opening_the_keyring(ring: Ring) -> None:
    Credentials().keep(site(), Login("heron", KEY))
    ring.locked = True

    assert Credentials().has([site(), site(name="other")]) == ["quay"]


@pytest.mark.usefixtures("ring")
def test_a_demo_neither_keeps_nor_finds_the_logins_of_others() -> None:
    Credentials().keep(site(), Login("heron", KEY))
    demo = Credentials(lasting=False)
    assert demo.find(site()) is None

    demo.keep(site(name="demo"), Login("heron", KEY))

    assert demo.find(site(name="demo")) == Login("heron", KEY)
    assert Credentials().find(site(name="demo")) is None


@pytest.mark.parametrize(
    ("user", "key", "found"),
    [
        (None, f"&api_key={KEY}&user_id=42", ("42", KEY)),
        (f"?user_id=42&api_key={KEY}", "", ("42", KEY)),
        (None, f"login=heron&api_key={KEY}", ("heron", KEY)),
        ("heron", f"&api_key={KEY}", ("heron", KEY)),
        (" heron ", f" {KEY}\n", ("heron", KEY)),
        (None, "secret=with=signs", (None, "secret=with=signs")),
    ],
)
def test_what_is_pasted_is_understood(
    user: str | None, key: str, found: tuple[str | None, str]
) -> None:
    assert understood(user, key) == found


@pytest.mark.parametrize(
    ("engine", "user", "key", "says"),
    [
        ("danbooru", None, KEY, "user name"),
        ("gelbooru", "heron", KEY, "user number"),
        ("danbooru", "heron", "", "/profile has yours"),
        ("danbooru", "heron", "two words", "no key"),
    ],
)
def test_a_login_that_is_none_is_refused(
    engine: str, user: str | None, key: str, says: str
) -> None:
    with pytest.raises(ArgumentError, match=says):
        login_for(site(engine), user, key)


def test_some_sites_want_a_key_only() -> None:
    assert login_for(site("philomena"), None, KEY) == Login("", KEY)
