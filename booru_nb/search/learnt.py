"""What searching has taught about a site, so that it need not be found out again."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Learnt:
    """What is known of a site for as long as a library is open.

    Attributes
    ----------
    counts : dict of str to int
        How many posts have a tag.
    tag_limit : int or None
        How many tags it takes from this user, where it has refused more.
    """

    counts: dict[str, int] = field(default_factory=dict)
    tag_limit: int | None = None
