"""Sites of another library: the same by their address, whatever they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.portable.documents import document
from tests.support.rows import rows

if TYPE_CHECKING:
    from pathlib import Path

    import booru_nb as bn


def test_a_site_is_the_same_by_its_address_whatever_its_name(
    own: bn.Library, tmp_path: Path
) -> None:
    site = {"name": "dan", "url": "https://danbooru.donmai.us", "engine": "danbooru"}
    post = {"site": "dan", "id": 1, "tags": ["sky"], "collected": True}
    path = document(tmp_path, sites=[site], posts=[post, post | {"id": 2}])

    report = own.import_json(path)

    assert set(own.posts()["site"]) == {"danbooru"}
    assert "'dan' is called 'danbooru' here" in set(report["reason"])


def test_a_name_that_means_another_site_is_replaced_everywhere(
    own: bn.Library, tmp_path: Path
) -> None:
    site = {"name": "danbooru", "url": "https://d.example.org", "engine": "moebooru"}
    post = {"site": "danbooru", "id": 1, "also_on": ["danbooru:2"], "collected": True}
    path = document(
        tmp_path,
        sites=[site],
        posts=[post],
        blacklist=[{"rule": "(site:danbooru or site:danbooruX) -sky"}],
        settings=[{"name": "default_site", "value": "danbooru"}],
    )

    report = own.import_json(path)

    [kept] = own.posts().to_dict("records")
    assert (kept["site"], kept["also_on"]) == ("d.example.org", "d.example.org:2")
    assert own.default_site == "d.example.org"
    assert rows(own.path, "select rule from blacklist_rule") == [
        ("(site:d.example.org or site:danbooruX) -sky",)
    ]
    assert any("that name means https://danbooru.donmai.us" in r for r in report.reason)


def test_a_site_may_not_be_asked_at_a_private_address_because_a_file_says_so(
    own: bn.Library, tmp_path: Path
) -> None:
    site = {
        "name": "lan",
        "url": "http://192.168.0.1",
        "engine": "danbooru",
        "options": {"allow_private": True, "rate": 5000, "page_size": "x", "odd": []},
    }

    report = own.import_json(document(tmp_path, sites=[site]))

    [record] = own._state.store.sites.all()
    assert record.options == {}
    assert any("lib.update_site('lan', allow_private=True)" in r for r in report.reason)
