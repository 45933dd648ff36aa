"""The adapters that speak to the sites of a library."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from booru_nb.sites import ENGINES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from booru_nb.sites import Site
    from booru_nb.store import SiteRecord

_OWN = frozenset({"name", "url", "login"})


def speakers(
    presets: Mapping[str, Site], records: Iterable[SiteRecord]
) -> dict[str, Site]:
    """Return every site that can be asked, by name.

    Parameters
    ----------
    presets : Mapping of str to Site
        Those that every library knows. A file may change their pace, but not bend what
        their names mean.
    records : iterable of SiteRecord
        What the file says; a site without an address cannot be asked.
    """
    found = dict(presets)
    for record in records:
        preset = presets.get(record.name)
        if preset is not None:
            pace = {k: v for k, v in record.options.items() if k == "rate"}
            found[record.name] = replace(preset, **pace)
        elif record.url is not None and record.engine in ENGINES:
            found[record.name] = ENGINES[record.engine](
                name=record.name,
                url=record.url,
                **understood(record.engine, record.options),
            )
    return found


def understood(engine: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of a site's options that an engine has.

    A newer version may have written others, and so may another engine.
    """
    known = {field.name for field in fields(ENGINES[engine])} - _OWN
    return {name: value for name, value in options.items() if name in known}
