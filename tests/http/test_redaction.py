"""No secret is shown: not in texts, logs, errors or reprs."""

import logging
import traceback

import pytest

from booru_nb import http
from booru_nb.drawn.serving import serve
from booru_nb.errors import BooruError, UnreachableError
from booru_nb.http.setup import Setup
from tests.support.web import FINE, HANG_UP, Redirect, Site, ask, saying

SECRET = "s3cr3tV4lue"  # noqa: S105  not one


def _of_clients(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was logged, but for what the site itself logs."""
    records = [r for r in caplog.records if not r.name.startswith("uvicorn")]
    return "\n".join(record.getMessage() for record in records)


@pytest.mark.parametrize(
    "text",
    [
        f"https://a.example/posts.json?api_key={SECRET}&login=anna",
        f"https://a.example/?page=1&user_id={SECRET}",
        f"https://a.example/?key={SECRET}",
        f"https://a.example/?to=https%3A%2F%2Fb%3Fapi_key%3D{SECRET}",
        f"https://a.example/?password_hash={SECRET}#top",
        f"https://anna:{SECRET}@a.example/",
        f"Authorization: Basic {SECRET}",
        f"[(b'Authorization', b'Basic {SECRET}'), (b'Accept', b'*/*')]",
        f"{{'authorization': 'Bearer {SECRET}'}}",
        f'{{"api_key": "{SECRET}", "page": 1}}',
        f"BasicAuth(login='{SECRET}', password='{SECRET}', encoding='latin1')",
        f"Cookie: session={SECRET}; other={SECRET}",
        f"Set-Cookie: a={SECRET}",
        f"Token {SECRET}",
        f"access_token={SECRET}",
        f"refused: api_key={SECRET}, try again",
    ],
)
def test_a_secret_is_left_out_of_a_text(text: str) -> None:
    assert SECRET not in http.redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/posts.json?tags=monkey%3D2+token&page=2",
        "hotkey=F5",
        "There is no host named 'a.example'.",
        "https://a.example/@anna",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert http.redact(text) == text


def test_the_rest_of_an_address_stays() -> None:
    text = http.redact(f"https://a.example/posts.json?api_key={SECRET}&page=2")

    assert text == "https://a.example/posts.json?api_key=***&page=2"


def test_no_log_line_shows_a_key(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(Site()) as base:
        ask(f"{base}/?api_key={SECRET}", authorization=f"Basic {SECRET}")

    assert "/?api_key=***" in _of_clients(caplog)
    assert SECRET not in _of_clients(caplog)


def test_a_logged_traceback_shows_no_key(caplog: pytest.LogCaptureFixture) -> None:
    with serve(Site()) as base:
        ask(base)
    try:
        raise ValueError(f"https://a.example/?api_key={SECRET}")  # noqa: TRY301
    except ValueError:
        logging.getLogger("asyncio").exception("Work failed")

    assert "api_key=***" in caplog.text
    assert SECRET not in caplog.text


def test_no_error_leads_to_a_key() -> None:
    with serve(Site(HANG_UP)) as base, pytest.raises(UnreachableError) as caught:
        ask(f"{base}/?api_key={SECRET}", authorization=f"Basic {SECRET}")

    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "answer", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n"]
)
def test_no_error_about_bad_http_leads_to_a_key(answer: bytes) -> None:
    with saying(answer) as base, pytest.raises(BooruError) as caught:
        ask(f"{base}/?api_key={SECRET}")

    assert caught.value.__context__ is None
    assert SECRET not in str(caught.value)


def test_a_request_shows_no_key() -> None:
    with serve(Site()) as base:
        answer = ask(f"{base}/?api_key={SECRET}")

    assert SECRET not in repr(answer.request)


def test_a_key_in_a_header_does_not_go_to_another_host() -> None:
    other = Site()
    with serve(other) as there, serve(Site(Redirect(there))) as base:
        ask(base, authorization=f"Basic {SECRET}")

    assert "authorization" not in other.asked[0].headers


def test_a_proxy_with_a_password_shows_none() -> None:
    assert SECRET not in repr(Setup(proxy=f"http://anna:{SECRET}@proxy.example:80"))
    assert SECRET not in repr(http.Policy(user=SECRET))


def test_redirects_are_logged_without_keys(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site = Site(Redirect(f"/x?login=anna&api_key={SECRET}"), FINE)

    with serve(site) as base:
        ask(base)

    assert SECRET not in _of_clients(caplog)
