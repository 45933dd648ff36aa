"""What can be asked about the tags of some posts."""

from __future__ import annotations

from booru_nb.stats import describing
from booru_nb.stats.apart import Apart
from booru_nb.stats.course import Course
from booru_nb.stats.together import Together


class TagStats(Together, Course, Apart):
    """Statistics of the tags of some posts.

    Each post counts once, and those that join a sexual rating with tags that code
    minors do not count at all. Every answer is a DataFrame; where there is something
    to know about what the numbers stand for, its ``attrs["caveats"]`` says it.

    A tag that no post has is no error: it is on none of them, and its row says so, or
    there are no rows. The answer's caveats name it, and the tag that was perhaps meant.

    Attributes
    ----------
    backend : Backend
        Who counts the posts.
    vocabulary : str
        In which vocabulary: ``"raw"``, ``"canonical"``, ``"expanded"`` or
        ``"minimal"``.
    """

    def __repr__(self) -> str:
        return describing.text(self)

    def _repr_html_(self) -> str:
        return describing.html(self)
