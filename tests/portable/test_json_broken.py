"""Documents that are broken or hostile: said where, and nothing of them comes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from booru_nb.errors import FormatError
from tests.portable.documents import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    import booru_nb as bn


POST = '"posts": [{"site": "danbooru", "id": 1, '

BROKEN = {
    "not json": ("hello", "no library that lib.export_json"),
    "nothing": ("", "no library"),
    "another document": ('{"posts": []}', "no library"),
    "a list": ("[1]", "no library"),
    "a newer version": ('{"format": "booru_nb library", "version": 2, ', "newer"),
    "cut off": (POST + '"tags": ["sky"', "line 2"),
    "cut off behind a part": ('"posts": []', "ends here"),
    "text behind it": ('"posts": []}x', "behind the end"),
    "an unknown part": ('"pots": []}', "'pots'"),
    "a part twice": ('"posts": [], "posts": []}', "each once"),
    "a part that is no list": ('"posts": {}}', "'\\['"),
    "an item that is no object": ('"posts": [1]}', "number 1"),
    "an unknown field": (POST + '"scroe": 1}]}', "no field 'scroe'"),
    "a missing field": ('"posts": [{"id": 1}]}', "'site' is missing"),
    "a wrong type": (POST + '"tags": "sky"}]}', "a list of tags"),
    "a number as text": (POST + '"score": "1"}]}', "a whole number"),
    "a truth value as a number": (POST + '"score": true}]}', "a whole number"),
    "a negative id": ('"posts": [{"site": "d", "id": -1}]}', "from 0 on"),
    "NaN": (POST + '"score": NaN}]}', "NaN"),
    "infinity": (POST + '"score": 1e999}]}', "larger than any number"),
    "a huge number": (POST + f'"score": {"9" * 5000}}}]}}', "19 digits"),
    "a number over 62 bits": (POST + f'"score": {1 << 62}}}]}}', "62 bits"),
    "half a character": (POST + '"source": "\\ud800"}]}', "halves"),
    "a tag with a blank": (POST + '"tags": ["a b"]}]}', "a tag"),
    "an unknown rating": (POST + '"rating": "safe"}]}', "one of general"),
    "a time without a zone": (POST + '"created_at": "2024-01-01"}]}', "a time"),
    "a time that is none": (POST + '"created_at": "yesterday"}]}', "a time"),
    "a folder outside": ('"folders": [{"name": "../x"}]}', "'\\.\\.' mean"),
    "a bookmark outside": (
        '"bookmarks": [{"site": "d", "id": 1, "folder": "/etc"}]}',
        "folder cannot be called '/etc'",
    ),
    "a query that is none": ('"folders": [{"name": "x", "query": "(sky"}]}', "\\("),
    "a rule that is none": ('"blacklist": [{"rule": "rating:purple"}]}', "purple"),
    "a site's odd name": ('"posts": [{"site": " x", "id": 1}]}', "cannot be called"),
    "a search in no order": (
        '"history": [{"query": "x", "options": {"order": "up"}}]}',
        "order is one of",
    ),
    "a search of no rating": (
        '"saved_searches": [{"name": "x", "query": "", "options": {"rating": 5}}]}',
        "rating is a name",
    ),
    "nested without end": (POST + '"tags": ' + "[" * 100_000, "too deep"),
    "a deep setting": (
        '"settings": [{"name": "x", "value": ' + "[" * 20 + "]" * 20 + "}]}",
        "deep at most",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said_and_nothing_is_imported(
    own: bn.Library, tmp_path: Path, name: str
) -> None:
    text, says = BROKEN[name]
    good = '"sites": [{"name": "new"}],\n'
    headed = text.startswith('"')
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(HEAD)[:-1] + ", " + good + text if headed else text)

    with pytest.raises(FormatError, match=says) as caught:
        own.import_json(path)

    assert str(path) in str(caught.value)
    assert "line " in str(caught.value)
    assert own._state.store.sites.all() == []


def test_other_bytes_than_utf8_are_said(own: bn.Library, tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes(b'{"format": "\xe9"')

    with pytest.raises(FormatError, match="UTF-8"):
        own.import_json(path)


def test_a_file_that_is_not_there_is_said(own: bn.Library, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="No such file"):
        own.import_json(tmp_path / "nowhere.json")
