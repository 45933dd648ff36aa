import pytest

from booru_nb.sites import sidebar

PAGE = """<html><ul id="tag-sidebar"><li class="tag-type-copyright tag">
<a href="index.php?page=wiki&amp;s=list&amp;search=the_fen">?</a>
<a href="index.php?page=post&amp;s=list&amp;tags=the_fen">the fen</a> 12</li>
<li class="tag tag-type-Artist"><a href="?tags=%E6%B0%B4%2B_%26">x</a>
<a href="?page=post&s=list&tags=the_fen+-x">-</a></li>
<li class="tag-type-general"><a>no link</a></li></ul>
<a href="?tags=elsewhere">elsewhere</a>"""


def test_tags_stand_under_their_categories() -> None:
    assert sidebar.read(PAGE) == {"the_fen": "copyright", "\u6c34+_&": "artist"}


@pytest.mark.parametrize(
    "page", ["", "<li", "<li class=tag-type-a><a href='http://[x?tags=b'>", "\x00<<>"]
)
def test_what_is_no_such_page_says_nothing(page: str) -> None:
    assert sidebar.read(page) == {}
