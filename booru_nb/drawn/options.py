"""How strict the demo booru is, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Form = Literal["json", "xml"]
Limit = int | Literal["usual"] | None

ACCOUNTS = {"demo": "demo-key"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a dialect is told when it is made.

    Parameters
    ----------
    tag_limit : int, "usual" or None
        How many tags a query may have: as many as with that engine, or any number.
    deepest : int or None
        How far numbered pages reach: pages for Danbooru and e621, posts for the
        others; None for as far as with that engine.
    accounts : mapping of str to str
        The key of each login.
    login_needed : bool
        Whether nobody is answered without a login.
    form : "json" or "xml", optional
        What Gelbooru's dialects send whatever was asked for.
    """

    tag_limit: Limit = "usual"
    deepest: int | None = None
    accounts: Mapping[str, str] = field(default_factory=lambda: ACCOUNTS)
    login_needed: bool = False
    form: Form | None = None
