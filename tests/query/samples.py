"""Random posts, random queries, and both ways to answer one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from booru_nb import frames
from booru_nb.post import Post, Rating, Status
from booru_nb.schemas import BOOKMARKS
from booru_nb.store import Entry, Store
from booru_nb.store.columns import BOOKMARK_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

NOW = datetime(2024, 6, 1, tzinfo=UTC)

TAGS = (
    *("sky", "Sky", "cloud", "sea_(deep)", ":d", ">_<", "re:zero", "zero", "o_o"),
    *("straße", "strasse", "b*c", "bc", "50%", "a_b", "[x]", "or", "-dash", "ex:"),
)
CATEGORIES = ("artist", "general", "meta", "re", "lore")
SOURCES = (None, "", "http://one.example/a_b", "HTTP://ONE.example", "zwei")


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def posts(draw: st.DrawFn) -> list[Post]:
    keys = st.tuples(st.sampled_from(["one", "Two"]), st.integers(1, 9))
    return [
        draw(post(site, number))
        for site, number in draw(st.lists(keys, unique=True, max_size=8))
    ]


@st.composite
def post(draw: st.DrawFn, site: str, number: int) -> Post:
    tags = draw(st.lists(st.sampled_from(TAGS), unique=True, max_size=6))
    small = optional(st.integers(-2, 4))
    return Post(
        site=site,
        id=number,
        rating=draw(optional(st.sampled_from(list(Rating)))),
        score=draw(small),
        favorites=draw(small),
        tags=tuple(sorted(tags)),
        categories={
            tag: draw(st.sampled_from(CATEGORIES))
            for tag in tags
            if draw(st.booleans())
        },
        width=draw(optional(st.sampled_from([0, 100, 160, 1777]))),
        height=draw(optional(st.sampled_from([0, 90, 100, 1000]))),
        ext=draw(st.sampled_from([None, "png", "jpg"])),
        md5=draw(st.sampled_from([None, "0" * 32, "a" * 32])),
        file_size=draw(optional(st.sampled_from([0, 1023, 1024, 1536, 1 << 21]))),
        source=draw(st.sampled_from(SOURCES)),
        parent_id=draw(small),
        uploader=draw(st.sampled_from([None, "", "Ann", "ann*", "bob"])),
        created_at=draw(
            optional(
                st.datetimes(
                    NOW.replace(tzinfo=None) - timedelta(days=160),
                    NOW.replace(tzinfo=None),
                    timezones=st.just(UTC),
                )
            )
        ),
        status=draw(optional(st.sampled_from(list(Status)))),
    )


def entries(found: list[Post]) -> st.SearchStrategy[list[Entry]]:
    """Return bookmarks of some of some posts."""
    entry = st.builds(
        Entry,
        st.sampled_from(found),
        folder=st.sampled_from(["", "a", "a/b", "ab", "Ä"]),
        note=st.sampled_from(["", "Two words", "x*y", "ärger"]),
        bookmarked_at=st.sampled_from([1_700_000_000_000_000, 1_710_000_000_000_000]),
    )
    return st.lists(entry, max_size=5) if found else st.just([])


TERMS = st.one_of(
    st.sampled_from([f'"{tag}"' for tag in TAGS]),
    st.sampled_from(
        ["sky", "SKY", "STRASSE", ":d", "re:zero", "lore:sky", "sea_(deep)"]
    ),
    st.sampled_from(
        ["*", "s*", "*s*", "*:*", "S*y", "re:*", "str*e", "nothing*", "b*c"]
    ),
    st.sampled_from(["artist:sky", "artist:*", "meta:s*", "general:straße", "art:SKY"]),
    st.builds(
        "{}:{}".format,
        st.sampled_from(
            ["score", "favorites", "id", "parent", "width", "tagcount", "height"]
        ),
        st.sampled_from(
            [
                "1",
                ">1",
                "<2",
                ">=0",
                "<=3",
                "0..2",
                "2..",
                "..1",
                "1,3",
                "0..1,3",
                "none",
            ]
        ),
    ),
    st.sampled_from(
        ["filesize:1KB", "filesize:>1KB", "filesize:1.5KB", "filesize:<1MB"]
    ),
    st.sampled_from(
        ["ratio:16:9", "ratio:>1", "ratio:1.78", "mpixels:>0.01", "mpixels:1.8"]
    ),
    st.sampled_from(["ratio:none", "-mpixels:none", "filesize:any"]),
    st.sampled_from(
        ["date:2024", "date:2024-01..2024-03", "date:<2024", "age:<2mo", "age:5mo"]
    ),
    st.sampled_from(["bookmarked:2023", "bookmarked:>2023", "bookmarked:none"]),
    st.sampled_from(
        ["rating:g", "rating:q,e", "rating:>=s", "rating:unknown", "rating:g,unknown"]
    ),
    st.sampled_from(
        ["status:active", "status:none", "is:deleted", "is:sfw", "is:bookmarked"]
    ),
    st.sampled_from(
        ["site:one", "site:TWO", "site:t*", "ext:png", "ext:PNG,jpg", "ext:none"]
    ),
    st.sampled_from(
        [f"md5:{'A' * 32}", "md5:0*", "uploader:ann", "uploader:a*", "uploader:none"]
    ),
    st.sampled_from(["source:one", "source:http:*b", 'source:"a_b"', "source:none"]),
    st.sampled_from(
        ["folder:a", "folder:A/B", "folder:none", "folder:*b", "folder:ä", "has:folder"]
    ),
    st.sampled_from(
        ['note:"two words"', "note:x*", "note:ÄRGER", "has:note", "has:source"]
    ),
    st.sampled_from(["has:parent", "has:tags", "has:rating", "has:date", "has:site"]),
)


def _combined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        parts.map("-({})".format),
        several.map(lambda many: f"({' '.join(many)})"),
        several.map(lambda many: f"({' or '.join(many)})"),
        several.map(lambda many: f"({' '.join(f'~{one}' for one in many)})"),
    )


CONDITIONS = st.recursive(TERMS, _combined, max_leaves=6)

ORDERS = st.sampled_from(
    [
        *(
            "",
            "order:score",
            "order:score_asc",
            "order:id",
            "order:id_desc",
            "order:date",
        ),
        *(
            "order:bookmarked",
            "order:kept",
            "order:kept_asc",
            "order:width",
            "order:ratio",
        ),
        *("order:mpixels_asc", "order:tagcount", "order:random:7", "order:filesize"),
        *("order:favorites limit:2", "limit:1"),
    ]
)

QUERIES = st.builds(
    lambda parts, order: " ".join([*parts, order]),
    st.lists(CONDITIONS, max_size=3),
    ORDERS,
)


def everything(store: Store) -> pd.DataFrame:
    """Return every post that is kept, with what is said of its bookmark."""
    columns = store.posts.find("", columns=BOOKMARK_COLUMNS)
    return frames.from_columns(columns, BOOKMARKS)
