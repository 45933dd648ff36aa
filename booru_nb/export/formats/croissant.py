"""What is in a dataset for machines: Croissant 1.0, as JSON-LD.

Specification: https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from booru_nb.export.formats.contents import digest
from booru_nb.export.formats.texts import line

if TYPE_CHECKING:
    from booru_nb.export.formats.contents import Contents, Table
    from booru_nb.export.parts import About, Folder

NAME = "croissant.json"

_VERSION = "1.0.0"

_VOCABULARY = "http://mlcommons.org/croissant/"

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": _VOCABULARY,
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification gives."""

TYPES = {
    "string": "sc:Text",
    "int64": "sc:Integer",
    "float64": "sc:Float",
    "bool": "sc:Boolean",
    "timestamp": "sc:Date",
}


def write(folder: Folder, contents: Contents, about: About, *, license_: str) -> None:
    """Write ``croissant.json``, with the sha256 of each file that it names."""
    told = {name: t.mime for t in contents.tables for name in t.files}
    files = {**told, **contents.files}
    name = line(about.name) or "dataset"
    said = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"{_VOCABULARY}1.0",
        "name": name,
        "description": f"{name}: pictures of imageboards with their tags, as "
        f"{contents.format}.",
        "license": license_,
        "version": _VERSION,
        "distribution": [
            *(_file(folder, file, mime) for file, mime in sorted(files.items())),
            *(_set(table) for table in contents.tables if len(table.files) > 1),
        ],
        "recordSet": [_records(table) for table in contents.tables],
    }
    folder.write(NAME, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())


def _file(folder: Folder, name: str, mime: str) -> dict[str, Any]:
    size, sha256 = digest(folder, name)
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{size} B",
        "encodingFormat": mime,
        "sha256": sha256,
    }


def _set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{table.split}-files",
        "name": f"{table.split}-files",
        "encodingFormat": table.mime,
        "includes": list(table.files),
    }


def _records(table: Table) -> dict[str, Any]:
    found = [_field(table, name, TYPES[t]) for name, t in table.columns.items()]
    if table.image:
        picture = _field(table, table.image, "sc:ImageObject")
        picture["source"]["transform"] = {"jsonPath": "bytes"}
        found.insert(0, picture)
    name = f"records-{table.split}"
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": found}


def _field(table: Table, name: str, kind: str) -> dict[str, Any]:
    several = len(table.files) > 1
    place = (
        {"fileSet": {"@id": f"{table.split}-files"}}
        if several
        else {"fileObject": {"@id": table.files[0]}}
    )
    return {
        "@type": "cr:Field",
        "@id": f"records-{table.split}/{name}",
        "name": name,
        "dataType": kind,
        "source": {**place, "extract": {"column": name}},
    }
