"""Aliases and implications of sites that are really served."""

import asyncio
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.responses import JSONResponse

import booru_nb as bn
from booru_nb import errors
from booru_nb.drawn import mishaps
from booru_nb.drawn.app import DemoApp
from booru_nb.drawn.posts.lexicon import ALIASES, implications
from booru_nb.drawn.serving import serve
from booru_nb.library import known
from tests.support.dialects import DANBOORU, OTHERS, Dialect

HAVING = {
    dialect.name: dialect
    for dialect in (DANBOORU, *OTHERS)
    if dialect.engine in {"danbooru", "e621", "moebooru", "philomena", "szurubooru"}
}
LACKING = {d.name: d for d in OTHERS if d.name not in HAVING}
LISTED = {"/tag_aliases.json", "/tag_implications.json", "/tags.json"}


@pytest.fixture
def own(library_file: Path) -> Iterator[bn.Library]:
    with bn.open(library_file) as library:
        yield library


@pytest.fixture(scope="module")
def served() -> Iterator[dict[str, tuple[DemoApp, str]]]:
    running: list[object] = []

    class Served(dict[str, tuple[DemoApp, str]]):
        def __missing__(self, name: str) -> tuple[DemoApp, str]:
            dialect = {**HAVING, **LACKING}[name]
            app = dialect.app(published=150, accounts={"42": "a-key"})
            context = serve(app)
            running.append(context)
            self[name] = app, context.__enter__()
            return self[name]

    yield Served()
    for context in running:
        context.__exit__(None, None, None)  # type: ignore[attr-defined]


def add(
    own: bn.Library, dialect: Dialect, served: dict[str, tuple[DemoApp, str]]
) -> DemoApp:
    app, url = served[dialect.name]
    own.add_site(url, name="quay", engine=dialect.engine, allow_private=True)
    own.set_default_site("quay")
    if dialect.engine == "szurubooru":
        # Visitors may not list the tags there.
        own.login("quay", user="42", key="a-key")
    app.calls.clear()
    return app


@pytest.fixture
def quay(
    own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> Iterator[tuple[bn.Library, DemoApp]]:
    """A library whose site is a Danbooru, which is as it was after the test."""
    app = add(own, DANBOORU, served)
    booru = app.booru
    before = booru.aliases, booru.implications, booru.unsettled
    yield own, app
    booru.aliases, booru.implications, booru.unsettled = before
    booru.changed_at.clear()
    app.faults.clear()


def lists_asked(app: DemoApp) -> dict[str, Mapping[str, str]]:
    return {call.path: call.query for call in app.calls.of() if call.path in LISTED}


@pytest.mark.parametrize("name", HAVING)
def test_every_engine_that_has_lists_tells_the_same(
    name: str, own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> None:
    app = add(own, HAVING[name], served)
    tags = app.booru.shelf.tags

    report = own.sync_tags(progress=False).set_index("what")

    implied = own.tag_implications()
    pairs = set(zip(implied["tag"], implied["implies"], strict=True))
    named = {t.tag: t.site_count for t in own.site_tags().itertuples()}
    aliases = own.tag_aliases().set_index("alias")["tag"].to_dict()
    assert {a: t for a, t in ALIASES.items() if t in tags}.items() <= aliases.items()
    assert set(aliases) <= set(ALIASES)
    assert {p for p in implications() if set(p) <= set(tags)} <= pairs
    assert pairs <= set(implications())
    assert named["sky"] == tags["sky"].count
    assert report["known"].to_dict() == {
        "aliases": len(aliases),
        "implications": len(pairs),
        "tags": len(named),
    }
    assert report["as_of"].notna().all()


@pytest.mark.parametrize("name", LACKING)
def test_an_engine_without_lists_names_those_that_have_some(
    name: str, own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> None:
    app = add(own, LACKING[name], served)

    with pytest.raises(errors.ArgumentError, match=r"danbooru, e621.*dump="):
        own.sync_tags(progress=False)
    assert app.calls.count() == 0


def test_a_szurubooru_that_wants_a_login_says_so(
    own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> None:
    add(own, HAVING["szurubooru"], served)
    own.logout("quay")

    with pytest.raises(errors.LoginNeededError, match=r"lib\.login\('quay'"):
        own.sync_tags(progress=False)


def test_relations_that_do_not_hold_are_left_out(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    own.sync_tags(progress=False)

    assert app.booru.unsettled
    assert not {"kite_(bird)", "seaside"} & set(own.tag_aliases()["alias"])
    assert not {"lake", "sandcastle"} & set(own.tag_implications()["tag"])


def test_a_second_time_only_changes_are_asked_for(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    own.sync_tags(progress=False)
    app.calls.clear()

    report = own.sync_tags(progress=False).set_index("what")

    asked = lists_asked(app)
    assert set(asked) == {"/tag_aliases.json", "/tag_implications.json"}
    assert all("search[updated_at]" in said for said in asked.values())
    assert report["known"].min() == len(ALIASES)
    assert report["fetched"].sum() == 0


def test_what_has_changed_is_learnt_and_forgotten(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    own.sync_tags(progress=False)
    booru, now = app.booru, datetime.now(UTC)
    booru.aliases = {a: t for a, t in ALIASES.items() if a != "brolly"} | {
        "parasol": "umbrella"
    }
    booru.unsettled = (("aliases", "brolly", "umbrella", "deleted"),)
    booru.changed_at |= {("brolly", "umbrella"): now, ("parasol", "umbrella"): now}

    report = own.sync_tags(what="aliases", progress=False)

    aliases = set(own.tag_aliases()["alias"])
    assert report[["fetched", "new", "removed"]].iloc[0].tolist() == [1, 1, 1]
    assert "parasol" in aliases
    assert "brolly" not in aliases


def test_a_relation_that_was_made_again_holds(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    own.sync_tags(progress=False)
    booru, now = app.booru, datetime.now(UTC)
    # The deleted one of the same tags is told of, too.
    booru.unsettled = (("aliases", "brolly", "umbrella", "deleted"),)
    booru.changed_at[("brolly", "umbrella")] = now

    own.sync_tags(what="aliases", progress=False)

    # Newer rows come first, and the newer one here is deleted.
    assert own.tag_aliases().set_index("alias").loc["brolly", "tag"] == "umbrella"


def test_refreshing_reads_all_anew_and_drops_what_is_gone(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    own.sync_tags(progress=False)
    app.booru.aliases = {"bike": "bicycle"}

    report = own.sync_tags(what="aliases", refresh=True, progress=False)

    assert own.tag_aliases()["alias"].tolist() == ["bike"]
    assert report["removed"].tolist() == [len(ALIASES) - 1]


def test_a_list_that_is_suddenly_empty_is_an_error(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    own.sync_tags(progress=False)
    app.booru.aliases, app.booru.unsettled = {}, ()

    with pytest.raises(errors.BadAnswerError, match="Nothing is on the list"):
        own.sync_tags(what="aliases", refresh=True, progress=False)
    assert len(own.tag_aliases()) == len(ALIASES)


def test_cycles_and_tags_that_imply_themselves_survive(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    app.booru.aliases = {"a": "b", "b": "c", "c": "a", "sky": "sky"}
    app.booru.implications = (("sky", "sky"), ("sky", "tree"), ("tree", "sky"))
    own.sync_tags(progress=False)
    posts = own.search("sky", limit=5, progress=False)

    for vocabulary in ("canonical", "expanded", "minimal"):
        counts = own.tag_stats(posts, vocabulary=vocabulary).counts()
        assert counts.set_index("tag").loc["sky", "count"] == 5
    assert len(own.tag_aliases()) == 4


def test_after_an_error_the_next_call_goes_on(
    own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> None:
    app = add(own, HAVING["moebooru"], served)
    app.faults.add(
        mishaps.refuse(404),
        path="/tag_implication.json",
        when=lambda call: call.query["page"] == "4",
    )

    with pytest.raises(errors.NotFoundError, match="arrived, and are kept"):
        own.sync_tags(what="implications", progress=False)
    half = len(own.tag_implications())
    app.faults.clear()
    app.calls.clear()
    own.sync_tags(what="implications", progress=False)

    asked = app.calls.of("/tag_implication.json")
    assert half == 60
    assert asked[0].query["page"] == "4"
    assert len(own.tag_implications()) > half


def test_after_the_stop_button_the_next_call_goes_on(
    quay: tuple[bn.Library, DemoApp],
) -> None:
    own, app = quay
    gate = threading.Event()
    app.faults.add(mishaps.hold(gate), path="/tag_implications.json")

    async def stop_in_mid_sync() -> None:
        work = asyncio.create_task(own.aio.sync_tags(progress=False))
        while not app.calls.count("/tag_implications.json"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        work.cancel()
        await asyncio.wait([work])
        assert work.cancelled()

    asyncio.run(stop_in_mid_sync())
    gate.set()

    assert own.tag_implications().empty
    assert len(own.tag_aliases()) == len(ALIASES)
    assert own.sync_tags(progress=False)["known"].min() == len(ALIASES)


def test_a_page_that_comes_again_and_again_is_an_error(
    own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> None:
    app = add(own, HAVING["moebooru"], served)
    rows = [{"id": 1, "predicate_id": 101, "consequent_id": 102, "pending": False}]
    same = mishaps.instead(JSONResponse(rows))
    app.faults.add(same, path="/tag_implication.json", count=None)

    with pytest.raises(errors.BadAnswerError, match="has no end"):
        own.sync_tags(what="implications", progress=False)
    app.faults.clear()


def test_a_day_later_a_list_without_dates_is_read_again(
    own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> None:
    app = add(own, HAVING["szurubooru"], served)
    own.sync_tags(progress=False)
    app.calls.clear()
    own.sync_tags(progress=False)
    fresh = app.calls.count()
    yesterday = datetime.now(UTC) - timedelta(days=1, hours=1)
    age(own, yesterday)
    own.sync_tags(progress=False)

    assert fresh == 0
    assert app.calls.count() > 0


def age(own: bn.Library, moment: datetime) -> None:
    at = int(moment.timestamp() * 1_000_000)
    known.meant(own.token).store.file.write(
        lambda db: db.execute("update tag_list set read_at = ?", (at,))
    )


def test_what_to_fetch_is_said_in_known_words(lib: bn.Library) -> None:
    with pytest.raises(errors.ArgumentError, match="'aliases', 'implications', 'tags'"):
        lib.sync_tags(what="pools")


def test_categories_that_were_synced_need_not_be_asked_for(
    own: bn.Library, served: dict[str, tuple[DemoApp, str]]
) -> None:
    app = add(own, HAVING["szurubooru"], served)
    own.sync_tags(progress=False)
    app.calls.clear()
    posts = own.search("", limit=20, rating="any", progress=False)

    assert app.calls.count("*tag*") == 0
    assert (posts["artist"] != "").any()


def test_vocabularies_are_of_each_post_s_own_site(lib: bn.Library) -> None:
    lib.sync_tags(progress=False)
    posts = lib.search("umbrella", limit=4, progress=False)
    posts["tags"] = "brolly"
    posts.loc[2:, "site"] = "elsewhere"
    posts = posts[["site", "id", "rating", "tags"]]

    stats = lib.tag_stats(posts, vocabulary="canonical")

    assert stats.counts()[["tag", "count"]].to_numpy().tolist() == [
        ["brolly", 2],
        ["umbrella", 2],
    ]
    assert any("implications of elsewhere" in said for said in stats.caveats)
