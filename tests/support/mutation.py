"""Answers gone wrong: what a recorded one becomes under a few hostile changes."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

# Copied, since what is put into a tree may be changed there.
_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "&#039;&amp;lt;",
            "\ud800",
            "\u000b",
            "../../x",
            "http://[::1",
            "//h:99999999/x.png",
            "0001-01-01T00:00:00+23:59",
            "Sat Feb 31 06:05:33 +9999 2024",
            "9" * 30,
            10**400,
            [],
            {},
            [[]],
            [None],
            {"count": []},
        ]
    ),
).map(copy.deepcopy)


def broken(body: object) -> st.SearchStrategy[bytes]:
    """Return a strategy of bodies: of values replaced, keys lost, and bytes changed."""
    if isinstance(body, str):
        whole = _markup(body)
    else:
        whole = _tree(body).map(lambda tree: json.dumps(tree).encode())
    return st.one_of(whole, whole.flatmap(_torn))


@st.composite
def _tree(draw: st.DrawFn, body: object) -> Any:
    tree = copy.deepcopy(body)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(tree))
        if not places:
            return draw(_JUNK)
        holder, key = draw(st.sampled_from(places))
        if draw(st.booleans()):
            holder[key] = draw(_JUNK)
        else:
            del holder[key]
    return draw(_JUNK) if draw(st.integers(0, 9)) == 0 else tree


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    keys = (
        list(tree)
        if isinstance(tree, dict)
        else range(len(tree))
        if isinstance(tree, list)
        else ()
    )
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


@st.composite
def _markup(draw: st.DrawFn, body: str) -> bytes:
    places = list(re.finditer(r"\"[^\"]*\"|>[^<]+<|[a-z_]+=|</?\w+", body))
    place = draw(st.sampled_from(places))
    junk = str(draw(_JUNK)).encode("utf-8", "surrogatepass")
    quoted = b'"' + junk + b'"' if draw(st.booleans()) else junk
    head, tail = body[: place.start()].encode(), body[place.end() :].encode()
    return head + quoted + tail


@st.composite
def _torn(draw: st.DrawFn, body: bytes) -> bytes:
    at = draw(st.integers(0, len(body)))
    return (
        body[:at] + draw(st.binary(max_size=3)) + body[at + draw(st.integers(0, 40)) :]
    )
