import pytest

from booru_nb.sites import markup


def test_attributes_and_children_are_fields_alike() -> None:
    content = b"""<?xml version="1.0"?>
    <posts count="2"><post id="1" tags=" a  b "/>
    <post><id>2</id><tags>
      c &lt;3</tags><source/></post></posts>"""

    document = markup.read(content)

    assert (document.name, document.attributes) == ("posts", {"count": "2"})
    assert document.rows == [
        {"id": "1", "tags": " a  b "},
        {"id": "2", "tags": "c <3", "source": ""},
    ]


def test_the_text_of_the_root_is_kept() -> None:
    assert markup.read(b"<error> Search is down </error>").text == "Search is down"


BOMB = b"""<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>&b;</a>",
        b"<posts><post",
        b"<a/><b/>",
        b'<?xml version="1.0" encoding="made-up"?><a/>',
        b"<a>\xff</a>",
        b"",
        b"text",
    ],
)
def test_what_is_unsafe_or_broken_is_refused(content: bytes) -> None:
    with pytest.raises(markup.MarkupError):
        markup.read(content)


def test_deep_nesting_is_no_recursion() -> None:
    deep = b"<a>" * 50_000 + b"</a>" * 50_000

    assert len(markup.read(deep).rows) == 1


@pytest.mark.parametrize("dirt", [b"\x0b", b"\x00", b"&#11;", b"&#x1F;", b"&#x00b;"])
def test_control_characters_are_left_out(dirt: bytes) -> None:
    content = b'<posts><post tags="a' + dirt + b'b"/><post tags="c"/></posts>'

    assert markup.read(content).rows == [{"tags": "ab"}, {"tags": "c"}]


def test_ends_of_lines_and_plain_references_stay() -> None:
    assert markup.read(b"<a>b&#10;c&#x9;d&#65;\n&#130;</a>").text == "b\nc\tdA\n\x82"
