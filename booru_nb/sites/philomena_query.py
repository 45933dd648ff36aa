"""Queries of Philomena, whose tags hold blanks and are separated by commas.

A query comes here in one of two forms. Where it has a comma, a quotation mark, ``||``,
``&&`` or a bracket of its own, it is in Philomena's language and stays as it is.
Otherwise it is a list of tags as all boorus write them: separated by blanks, with
underscores for the blanks inside.

The names of fields keep their underscores, as in ``created_at.gte:2024``. Tags of
artists and a few others may have underscores of their own, so they are asked for in
both spellings. (Read in Philomena's ``Tag.clean_tag_name``.)
"""

from __future__ import annotations

import re

_OWN = re.compile(r"[,\"]|\|\||&&|(?:^|\s)[-!]?\(|\s(?:AND|OR|NOT)\s")
_FIELD = re.compile(
    r"(?:animated|approved|aspect_ratio|body_type_tag_count|body|character_tag_count|"
    r"comment_count|content_fanmade_tag_count|content_official_tag_count|created_at|"
    r"deleted_by|description|downvotes|duplicate_id|duration|error_tag_count|faved_by|"
    r"faves|file_name|first_seen_at|gallery_id|height|id|mime_type|my|oc_tag_count|"
    r"orig_sha512_hash|orig_size|original_format|pixels|processed|rating_tag_count|"
    r"score|sha512_hash|size|source_count|source_url|species_tag_count|"
    r"spoiler_tag_count|tag_count|thumbnails_generated|true_uploader|updated_at|"
    r"uploader|uploader_id|upvotes|width|wilson_score)(?:\.(?:gte|gt|lte|lt|eq))?:",
    re.IGNORECASE,
)
_UNDERSCORED = ("artist:", "colorist:", "editor:", "oc:", "photographer:")
_SPECIAL = re.compile(r'([\\"*?~^()!|&,])')


def is_own(query: str) -> bool:
    """Tell whether a query is in Philomena's own language."""
    return bool(_OWN.search(query))


def translated(query: str) -> str:
    """Return a query in Philomena's language; ``*`` for an empty one."""
    query = query.strip()
    if is_own(query):
        return query
    return ", ".join(map(_term, query.split())) or "*"


def terms(query: str) -> list[str]:
    """Return the terms of a query without what negates or groups them."""
    parts = re.split(r",|\|\||&&|(?:^|\s)(?:AND|OR|NOT)\s", translated(query))
    # A bracket inside a term is a part of its tag.
    return [part.strip(' \t-!()"').lower() for part in parts]


def spaced(tag: str) -> str:
    """Return a tag as Philomena writes it, for a field of names."""
    return _SPECIAL.sub(r"\\\1", tag.replace("_", " "))


def spellings(tag: str) -> list[str]:
    """Return how Philomena may write a tag, escaped: mostly in one way only."""
    found = [spaced(tag)]
    if "_" in tag and tag.lower().startswith(_UNDERSCORED):
        found.append(_SPECIAL.sub(r"\\\1", tag))
    return found


def _term(word: str) -> str:
    sign, word = (word[0], word[1:]) if word[0] in "-!" else ("", word)
    if _FIELD.match(word):
        return sign + word
    if not _is_balanced(word):
        word = re.sub(r"(?<!\\)([()])", r"\\\1", word)
    plain = word.replace("_", " ")
    if plain == word or not word.lower().startswith(_UNDERSCORED):
        return sign + plain
    return f"{sign}({plain} || {word})"


def _is_balanced(word: str) -> bool:
    """Tell whether brackets belong together, as those of ``;)`` do not."""
    open_brackets = 0
    for sign in re.findall(r"(?<!\\)[()]", word):
        open_brackets += 1 if sign == "(" else -1
        if open_brackets < 0:
            return False
    return open_brackets == 0
