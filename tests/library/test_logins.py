"""Logins in a library: asked for unseen, sent where they belong, shown nowhere."""

import getpass
import pickle
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends import fail
from starlette.responses import JSONResponse, Response

import booru_nb as bn
from booru_nb import errors
from booru_nb.drawn.serving import serve
from tests.support.web import Site

KEY = "a-key-of-feathers"


@pytest.fixture(autouse=True)
def _no_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("BOORU_NB_DATA", str(tmp_path / "data"))
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        yield library


def typed(monkeypatch: pytest.MonkeyPatch, key: str, user: str = "") -> list[str]:
    """Have a person at the keyboard who types this; return what is asked of them."""
    asked: list[str] = []

    def answer(text: str) -> Callable[[str], str]:
        def said(prompt: str) -> str:
            asked.append(prompt)
            return text

        return said

    monkeypatch.setattr(getpass, "getpass", answer(key))
    monkeypatch.setattr("builtins.input", answer(user))
    return asked


def add(own: bn.Library, url: str, engine: str, **options: Any) -> str:
    return own.add_site(url, name="quay", engine=engine, allow_private=True, **options)


def test_a_key_is_asked_for_unseen(
    own: bn.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = typed(monkeypatch, KEY)

    own.login("danbooru", user="heron")

    assert len(asked) == 1
    assert "https://danbooru.donmai.us/profile" in asked[0]
    assert own.sites().set_index("site").loc["danbooru", "login"]


def test_the_user_is_asked_for_where_it_is_needed(
    own: bn.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = typed(monkeypatch, KEY, "heron")

    own.login("e926")

    assert asked[1] == "Your user name at e926: "


def test_a_pasted_line_answers_both_questions(
    own: bn.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.add_site("https://gelbooru.com", name="gelbooru")
    asked = typed(monkeypatch, f"&api_key={KEY}&user_id=42")

    own.login("gelbooru")

    assert len(asked) == 1


def test_where_nobody_can_be_asked_that_is_said(
    own: bn.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(_prompt: str) -> str:
        raise getpass.GetPassWarning

    monkeypatch.setattr(getpass, "getpass", shown)

    with pytest.raises(errors.ArgumentError, match="Nobody can be asked"):
        own.login("danbooru", user="heron")


def test_a_login_is_sent_to_its_site(own: bn.Library) -> None:
    site = Site(JSONResponse([]))
    with serve(site) as url:
        add(own, url, "danbooru")
        own.login("quay", user="heron", key=KEY)
        own.search(site="quay", progress=False)

    assert site.asked[0].headers["authorization"].startswith("Basic ")


def test_e621_is_told_the_users_name(own: bn.Library) -> None:
    site = Site(JSONResponse({"posts": []}))
    with serve(site) as url:
        add(own, url, "e621")
        own.login("quay", user="heron", key=KEY)
        own.search(site="quay", progress=False)

    agent = site.asked[0].headers["user-agent"]
    assert agent == f"booru-nb/{bn.__version__} (by heron)"


def test_a_login_that_is_gone_is_sent_no_more(own: bn.Library) -> None:
    site = Site(JSONResponse([]))
    with serve(site) as url:
        add(own, url, "danbooru")
        own.login("quay", user="heron", key=KEY)
        own.logout("quay")
        own.search(site="quay", progress=False)

    assert "authorization" not in site.asked[0].headers


def test_a_site_that_moves_does_not_take_the_key_along(own: bn.Library) -> None:
    site = Site(JSONResponse([]))
    with serve(site) as url:
        add(own, "http://127.0.0.1:9", "danbooru")
        own.login("quay", user="heron", key=KEY)
        own.update_site("quay", url=url)
        own.search(site="quay", progress=False)

    assert "authorization" not in site.asked[0].headers


def test_a_missing_key_says_where_to_get_it(own: bn.Library) -> None:
    with serve(Site(Response(status_code=401))) as url:
        add(own, url, "gelbooru")
        with pytest.raises(errors.LoginNeededError) as caught:
            own.search(site="quay", progress=False)

    assert "lib.login('quay', user='your user number')" in str(caught.value)
    assert f"{url}/index.php?page=account&s=options has your key" in str(caught.value)


def test_a_key_shows_nowhere(own: bn.Library, library_file: Path) -> None:
    refusal = JSONResponse({"success": False, "message": f"Bad key {KEY}"}, 401)
    with serve(Site(refusal)) as url:
        add(own, url, "danbooru")
        own.login("quay", user="heron", key=KEY)
        with pytest.raises(errors.LoginNeededError) as caught:
            own.search(site="quay", progress=False)
        checks = own.test_site("quay")

    shown = [
        repr(own),
        own._repr_html_(),
        repr(own._state.site("quay")),
        own.sites().to_csv(),
        checks.to_csv(),
        "".join(traceback.format_exception(caught.value)),
        repr(pickle.dumps(caught.value.args)),
        library_file.read_bytes().decode("latin-1"),
    ]
    assert [text for text in shown if KEY in text] == []


def test_a_library_says_which_sites_have_a_login(own: bn.Library) -> None:
    assert "sites with a login: none" in repr(own)

    own.login("e926", user="heron", key=KEY)

    assert "sites with a login: e926" in repr(own)


def test_an_unknown_site_has_no_login(own: bn.Library) -> None:
    with pytest.raises(errors.UnknownSiteError):
        own.login("nowhere", user="heron", key=KEY)


def test_a_removed_site_takes_its_login_along(own: bn.Library) -> None:
    add(own, "http://127.0.0.1:9", "danbooru")
    own.login("quay", user="heron", key=KEY)
    own.remove_site("quay")

    add(own, "http://127.0.0.1:9", "danbooru")

    assert not own.sites().set_index("site").loc["quay", "login"]
