"""Every request that leaves this package: paced, guarded, tried again, and discreet.

`send` asks a site, `fetch` gets a small file and `transfer` one of any size; all are
told how by a `Policy`. The clients underneath are shared, one pair for each event loop;
`aclose` closes them.

httpx is imported at the first use of a name from here, and aiohttp when the first
client is built.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from booru_nb.http.policy import Policy
from booru_nb.http.redaction import redact

if TYPE_CHECKING:
    from booru_nb.http.apps import in_process, not_in_process
    from booru_nb.http.clients import (
        aclose,
        forget_loop,
        media_client,
        site_client,
    )
    from booru_nb.http.exchange import send
    from booru_nb.http.files import Download, fetch
    from booru_nb.http.setup import configure
    from booru_nb.http.transfers import Head, Receiver, transfer

__all__ = [
    "Download",
    "Head",
    "Policy",
    "Receiver",
    "aclose",
    "configure",
    "fetch",
    "forget_loop",
    "in_process",
    "media_client",
    "not_in_process",
    "redact",
    "send",
    "site_client",
    "transfer",
]

_HOMES = {
    "Download": "files",
    "Head": "transfers",
    "Receiver": "transfers",
    "aclose": "clients",
    "configure": "setup",
    "fetch": "files",
    "forget_loop": "clients",
    "in_process": "apps",
    "media_client": "clients",
    "not_in_process": "apps",
    "send": "exchange",
    "site_client": "clients",
    "transfer": "transfers",
}


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first used."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    home = importlib.import_module(f"{__name__}.{_HOMES[name]}")
    found = globals()[name] = getattr(home, name)
    return found
