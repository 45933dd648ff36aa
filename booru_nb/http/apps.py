"""Apps of this process that answer for a host, such as the demo booru's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

_apps: dict[str, Any] = {}


def in_process(host: str, app: Any) -> None:  # noqa: ANN401  an ASGI app of any make
    """Have an ASGI app answer every request for a host, without a network.

    Parameters
    ----------
    host : str
        The host's name, without a port. An app that was registered for it before is
        replaced.
    app : ASGI application
        Who answers. An exception that it raises counts as an answer 500.
    """
    import httpx  # noqa: PLC0415  put off until it is needed

    _apps[host.lower()] = httpx.ASGITransport(app, raise_app_exceptions=False)


def not_in_process(host: str) -> None:
    """Let requests for a host go to the network again, if there was an app for it."""
    _apps.pop(host.lower(), None)


def app_of(host: str) -> httpx.ASGITransport | None:
    """Return who answers for a host in this process; None where nobody does."""
    app: httpx.ASGITransport | None = _apps.get(host)
    return app
