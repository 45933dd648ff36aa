"""Lookups that have no verb of their own yet, asked of the demo's site."""

import booru_nb as bn
from booru_nb import loop, search
from booru_nb.library import known
from booru_nb.sites import Site


def site() -> Site:
    """Return the site of the one library that is open."""
    return known.meant(None).site()


def test_a_post_is_found_by_its_md5(lib: bn.Library) -> None:
    first = lib.search(limit=1, progress=False)

    post = loop.run(search.post_by_md5(site(), first["md5"].item()))

    assert post.id == first["id"].item()


def test_tags_are_asked_for_in_batches(lib: bn.Library) -> None:
    names = [f"no_such_tag_{n}" for n in range(150)]
    common = set(lib.suggest("l", limit=2)["tag"])

    found = loop.run(search.tags(site(), [*names, *common]))

    assert {tag.tag for tag in found} == common
