"""A tag as a word of a caption."""

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 3
"""Tags up to this length are faces rather than words: ``>_<``, ``o_o``, ``^_^``."""

FACES = frozenset(
    r"""
    (o)_(o) <|>_<|> ||_|| |_| @_@ 0_0 o_o 3_3 6_9 x_x u_u +_+ +_- ._. =_= >_< >_o >_@
    ^_^ -_- ;_; ~_~ \_/ \o/ \m/ (^_^) (>_<) (-_-) (;_;) >:_( $_$ #_# %_% &_& *_* ?_?
    !_! T_T t_t d_b v_v w_w n_n q_q p_q O_o o_O =^_^= :_( ;_( |o_o| >_>; <_<; ^_~ ~_^
    """.strip().split()
)
"""Faces whose underscores are part of them, whatever their length."""

_COUNT = re.compile(
    r"(?:\d+\+?(?:girl|boy|other|panel|koma)s?|multiple_(?:girls|boys|others)|solo"
    r"|no_humans|duo|trio|group)"
)

_MANY = 1 << 16


@lru_cache(maxsize=_MANY)
def counting(tag: str) -> bool:
    """Return whether a tag says how many are in the picture."""
    return _COUNT.fullmatch(tag) is not None


def word(tag: str, *, underscores: bool, escape: bool) -> str:
    """Return a tag as a caption has it.

    Parameters
    ----------
    tag : str
        As the site writes it.
    underscores : bool
        Whether they stay; else they become blanks, but in faces and short tags.
    escape : bool
        Whether brackets and backslashes get a backslash before them, as prompts want.
    """
    text = tag
    if not underscores and len(tag) > SHORT and tag not in FACES:
        # What would be blank through and through stays as it is.
        text = " ".join(tag.replace("_", " ").split()) or tag
    return re.sub(r"([\\()])", r"\\\1", text) if escape else text
