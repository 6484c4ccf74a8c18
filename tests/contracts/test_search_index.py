"""Every search index keeps these promises; an adapter only says how it is opened."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clubkit.adapters.search_elastic import open_elastic
from clubkit.adapters.search_tantivy import open_search
from clubkit.search.errors import BadSearchCursor, QueryTooLong, RebuildRunning
from clubkit.search.port import QUERY_LIMIT, Document, SearchIndex, Viewer
from tests.contracts.search_documents import ANYBODY, NOW, a_person, a_thing, histories, stream, titles
from tools.servers.borrowing import Servers
from tools.servers.elasticsearch import Elasticsearch

Open = Callable[[Path], AbstractAsyncContextManager[SearchIndex]]


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.servers)])
def open_index(request: pytest.FixtureRequest) -> Iterator[Open]:
    """How an index is opened that lives at a place of its own."""
    if request.param == "tantivy":
        yield lambda folder: open_search(folder, lambda: NOW)
        return
    servers: Servers = request.getfixturevalue("servers")
    corner = servers.elasticsearch()
    yield lambda folder: open_elastic(f"{corner}-{crc32(bytes(folder)):08x}", lambda: NOW)
    Elasticsearch().forget(corner)


@pytest.fixture
async def index(open_index: Open, tmp_path: Path) -> AsyncIterator[SearchIndex]:
    async with open_index(tmp_path / "search") as opened:
        yield opened


# Finding


async def test_a_word_of_the_title_finds_the_thing_with_its_card(index):
    await index.put_many([a_thing("club", "Night Runners", hue=262, card={"members": 41}, club_id="nr")])
    hit = (await index.find("runners", ANYBODY)).hits[0]
    assert (hit.kind, hit.id, hit.hue, hit.card, hit.club_id) == (
        "club",
        "night-runners",
        262,
        {"members": 41},
        "nr",
    )


async def test_every_word_must_match_but_not_in_one_field(index):
    await index.put_many(
        [
            a_thing("post", "Match report", text="Mud, rain and a late equaliser"),
            a_thing("post", "Match tickets", text="Collect them at the gate"),
        ]
    )
    assert titles(await index.find("report equaliser", ANYBODY)) == ["Match report"]


async def test_a_title_match_comes_before_a_mention(index):
    await index.put_many(
        [
            a_thing("post", "Lost gloves", text="left after climbing on Tuesday"),
            a_thing("event", "Climbing for beginners", text="bring shoes"),
        ]
    )
    assert titles(await index.find("climbing", ANYBODY))[0] == "Climbing for beginners"


async def test_among_equals_the_popular_thing_comes_first(index):
    await index.put_many([a_person("Anna Berg", id="quiet"), a_person("Anna Berg", id="known", popularity=500)])
    assert [hit.id for hit in (await index.find("anna", ANYBODY)).hits] == ["known", "quiet"]


async def test_among_equals_the_fresh_thing_comes_first(index):
    old = a_thing("event", "Long run", id="old", at=NOW - timedelta(days=400))
    soon = a_thing("event", "Long run", id="soon", at=NOW + timedelta(days=3))
    await index.put_many([old, soon])
    assert [hit.id for hit in (await index.find("long run", ANYBODY)).hits] == ["soon", "old"]


async def test_kinds_clubs_and_dates_narrow(index):
    await index.put_many(
        [
            a_thing("event", "Spring run", club_id="a", at=NOW + timedelta(days=1)),
            a_thing("event", "Summer run", club_id="b", at=NOW + timedelta(days=90)),
            a_thing("post", "A run", club_id="a", at=NOW - timedelta(days=9)),
        ]
    )
    assert set(titles(await index.find("run", ANYBODY, kinds=["event"]))) == {"Spring run", "Summer run"}
    assert set(titles(await index.find("run", ANYBODY, clubs=["a"]))) == {"Spring run", "A run"}
    assert set(titles(await index.find("run", ANYBODY, since=NOW))) == {"Spring run", "Summer run"}
    assert titles(await index.find("run", ANYBODY, until=NOW)) == ["A run"]
    assert titles(await index.find("run", ANYBODY, kinds=[])) == []


async def test_what_one_author_wrote_is_found_newest_first(index):
    by_hour = [(f"Run {n}", "anna" if n % 2 else "ben", NOW - timedelta(hours=n)) for n in range(9)]
    await index.put_many([a_thing("post", t, author_id=who, at=at, popularity=hash(t) % 50) for t, who, at in by_hour])
    found = await index.find("run", ANYBODY, authors=["anna"], newest=True)
    assert titles(found) == ["Run 1", "Run 3", "Run 5", "Run 7"]
    assert found.total == 4
    assert titles(await index.find("run", ANYBODY, authors=[])) == []
    assert titles(await index.find("run", ANYBODY, newest=True, limit=3)) == ["Run 0", "Run 1", "Run 2"]


async def test_newest_first_needs_no_words_and_pages_without_gap_or_repeat(index):
    await index.put_many([a_thing("post", f"Run {n:02}", at=NOW - timedelta(hours=n)) for n in range(25)])
    await index.put_many([a_thing("post", "Hidden", readers=frozenset({"room:1"}), at=NOW)])
    assert titles(await index.find("", ANYBODY)) == []
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = await index.find("", ANYBODY, newest=True, limit=10, after=after)
        seen += titles(page)
        after = page.after
    assert seen == [f"Run {n:02}" for n in range(25)]
    assert after is None
    page = await index.find("run", ANYBODY, newest=True, limit=2)
    with pytest.raises(BadSearchCursor):
        await index.find("run", ANYBODY, limit=2, after=page.after)


async def test_counts_per_kind_stay_when_one_kind_is_chosen(index):
    await index.put_many([a_thing("event", f"Run {n}") for n in range(3)] + [a_thing("post", "Run report")])
    found = await index.find("run", ANYBODY, kinds=["post"])
    assert found.counts == {"event": 3, "post": 1}
    assert found.total == 1


async def test_pages_follow_each_other_without_gap_or_repeat(index):
    await index.put_many([a_thing("event", f"Run {n:02}") for n in range(25)])
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = await index.find("run", ANYBODY, limit=10, after=after)
        seen += titles(page)
        after = page.after
    assert sorted(seen) == [f"Run {n:02}" for n in range(25)]
    assert after is None


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "ß", "a" * 500, "OjA6MTA"])
async def test_a_made_up_cursor_is_refused(index, cursor):
    with pytest.raises(BadSearchCursor):
        await index.find("run", ANYBODY, after=cursor)


async def test_a_cursor_of_another_search_is_refused(index):
    await index.put_many([a_thing("event", f"Run {n}") for n in range(5)])
    page = await index.find("run", ANYBODY, limit=2)
    with pytest.raises(BadSearchCursor):
        await index.find("swim", ANYBODY, limit=2, after=page.after)


# Marks


async def test_marks_say_where_the_words_stand(index):
    await index.put_many([a_thing("event", "Café run, Łódź", text="Every Tuesday we run along the Warta.")])
    hit = (await index.find("lodz cafe", ANYBODY)).hits[0]
    assert [hit.title[a:b] for a, b in hit.marks] == ["Café", "Łódź"]
    hit = (await index.find("warta", ANYBODY)).hits[0]
    assert [hit.excerpt[a:b] for a, b in hit.excerpt_marks] == ["Warta"]


async def test_an_excerpt_shows_the_piece_that_matched(index):
    text = "warm up " * 60 + "then the famous hill sprint " + "cool down " * 60
    await index.put_many([a_thing("post", "Session", text=text)])
    hit = (await index.find("famous", ANYBODY)).hits[0]
    assert [hit.excerpt[a:b] for a, b in hit.excerpt_marks] == ["famous"]
    assert len(hit.excerpt) < 200


# Typing errors, accents, beginnings


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("jose", "José Muñoz"),
        ("MUNOZ", "José Muñoz"),
        ("josé", "Jose Munoz"),
        ("lodz", "Łódź Ramblers"),
        ("strasse", "Lange Straße 9"),
        ("obrien", "Sinead O'Brien"),
        ("o'brien", "Sinead O'Brien"),
        ("soren", "Søren Kjær"),
        ("Σωκρατης", "Σωκράτης FC"),
        ("динамо", "Динамо"),
    ],
)
async def test_accents_strokes_and_case_do_not_matter(index, typed, title):
    await index.put_many([a_person(title), a_person("Somebody Else")])
    assert titles(await index.find(typed, ANYBODY)) == [title]
    assert [s.title for s in (await index.suggest(typed, ANYBODY))["person"]] == [title]


@pytest.mark.parametrize("typed", ["n", "ni", "nig", "nigh", "ni ru", "run", "runn nig"])
async def test_suggestions_match_the_beginning_of_every_word(index, typed):
    await index.put_many([a_thing("club", "Night Runners"), a_thing("club", "Boulder Collective")])
    assert [s.title for s in (await index.suggest(typed, ANYBODY)).get("club", [])] == ["Night Runners"]


async def test_the_middle_of_a_word_is_not_suggested(index):
    await index.put_many([a_thing("club", "Night Runners")])
    assert await index.suggest("nners", ANYBODY) == {}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tuseday", True),
        ("tuesdya", True),
        ("tueday", True),
        ("tu", True),
        ("tua", False),
        ("intervasl", True),
        ("intrevasl", True),
        ("imtrevasl", False),
    ],
)
async def test_one_error_from_four_letters_two_from_eight(index, typed, found):
    await index.put_many([a_thing("event", "Tuesday Intervals"), a_thing("club", "Rowing")])
    assert bool(await index.suggest(typed, ANYBODY)) is found
    if len(typed) > 3:
        assert bool((await index.find(typed, ANYBODY)).hits) is found


async def test_what_is_written_right_comes_before_a_guess(index):
    await index.put_many([a_person("Marta Ek", id="guess", popularity=900), a_person("Martha Ek", id="right")])
    people = (await index.suggest("martha", ANYBODY))["person"]
    assert [person.id for person in people] == ["right", "guess"]


async def test_a_result_page_says_when_it_guessed(index):
    await index.put_many([a_thing("event", "Tuesday Intervals")])
    guessed = await index.find("tuseday", ANYBODY)
    assert guessed.guessed
    assert [guessed.hits[0].title[a:b] for a, b in guessed.hits[0].marks] == ["Tuesday"]
    assert not (await index.find("tuesday", ANYBODY)).guessed


async def test_suggestions_are_grouped_and_no_kind_crowds_out_another(index):
    crowd = [a_person(f"Runar {n}", popularity=50) for n in range(150)]
    await index.put_many([*crowd, a_thing("club", "Runners"), a_thing("event", "Run to the hut")])
    groups = await index.suggest("run", ANYBODY, per_kind=3)
    assert {kind: len(group) for kind, group in groups.items()} == {"person": 3, "club": 1, "event": 1}
    assert set(await index.suggest("run", ANYBODY, kinds=["club"])) == {"club"}


# Who may see what


READERS = {
    "public": frozenset({"public"}),
    "of the club": frozenset({"club:a"}),
    "of two clubs": frozenset({"club:a", "club:b"}),
    "of one member": frozenset({"member:mara"}),
    "of nobody": frozenset[str](),
}
VIEWERS = {
    "a stranger": (Viewer.stranger(), {"public"}),
    "Mara of club a": (
        Viewer.member("mara", ["a"]),
        {"public", "of the club", "of two clubs", "of one member"},
    ),
    "Ben of club b": (Viewer.member("ben", ["b"]), {"public", "of two clubs"}),
    "one without any token": (Viewer(frozenset()), set[str]()),
}


@pytest.mark.parametrize("who", VIEWERS)
async def test_each_viewer_meets_exactly_what_is_hers(index, who):
    await index.put_many([a_thing("post", f"Secret {name}", id=name, readers=r) for name, r in READERS.items()])
    viewer, sees = VIEWERS[who]
    found = await index.find("secret", viewer)
    assert {hit.id for hit in found.hits} == sees
    assert sum(found.counts.values()) == found.total == len(sees)
    assert {s.id for s in (await index.suggest("secr", viewer, per_kind=9)).get("post", [])} == sees
    assert {s.id for s in (await index.suggest("sceret", viewer, per_kind=9)).get("post", [])} == sees


async def test_access_ends_with_the_next_version(index):
    ben = Viewer.member("ben", ["a"])
    post = a_thing("post", "Line-up", readers=frozenset({"club:a"}))
    await index.put_many([post])
    await index.put_many([replace(post, version=2, readers=frozenset({"member:mara"}))])
    assert titles(await index.find("line-up", ben)) == []


async def test_a_blocked_author_is_not_met(index):
    await index.put_many([a_thing("post", "Rant", author_id="ben"), a_thing("post", "Rant two", author_id="kim")])
    viewer = Viewer.member("mara", avoids=["ben"])
    assert titles(await index.find("rant", viewer)) == ["Rant two"]
    assert [s.title for s in (await index.suggest("rant", viewer))["post"]] == ["Rant two"]


# Versions and deletion


async def test_an_older_version_never_overwrites(index):
    post = a_thing("post", "Kick-off 15:00", id="p", version=7)
    await index.put_many([post])
    await index.put_many([replace(post, title="Kick-off 14:00", version=6)])
    assert titles(await index.find("kick-off", ANYBODY)) == ["Kick-off 15:00"]


async def test_within_one_batch_the_newest_wins_in_any_order(index):
    newest = a_thing("post", "Third draft", id="p", version=3)
    await index.put_many([replace(newest, title=f"Draft {v}", version=v) for v in (1,)] + [newest])
    await index.put_many([replace(newest, title="Second draft", version=2)])
    assert titles(await index.find("draft", ANYBODY)) == ["Third draft"]


async def test_a_deleted_thing_is_gone_and_a_late_older_put_cannot_bring_it_back(index):
    post = a_thing("post", "Regrettable", id="p", version=3)
    await index.put_many([post])
    await index.delete("post", "p", 5, wait=True)
    await index.put_many([replace(post, version=4)])
    assert titles(await index.find("regrettable", ANYBODY)) == []
    await index.put_many([replace(post, version=6)])
    assert titles(await index.find("regrettable", ANYBODY)) == ["Regrettable"]


async def test_the_same_id_in_two_kinds_is_two_things(index):
    await index.put_many([a_thing("post", "Same", id="1"), a_thing("event", "Same", id="1")])
    await index.delete("post", "1", 2, wait=True)
    assert [hit.kind for hit in (await index.find("same", ANYBODY)).hits] == ["event"]


async def test_single_puts_become_findable_on_their_own(index):
    for n in range(20):
        await index.put(a_person(f"Runar {n}"))
    for _ in range(200):
        if (await index.find("runar", ANYBODY)).total == 20:
            return
        await asyncio.sleep(0.02)
    pytest.fail("the puts never became findable")


async def test_a_writer_can_wait_to_read_her_own_write(index):
    await index.put(a_person("Anna"), wait=True)
    assert titles(await index.find("anna", ANYBODY)) == ["Anna"]
    await index.put(a_person("Berta"))
    await index.refresh()
    assert titles(await index.find("berta", ANYBODY)) == ["Berta"]


async def test_what_was_written_survives_a_restart(open_index, tmp_path):
    async with open_index(tmp_path) as first:
        await first.put(a_person("Anna"))
    async with open_index(tmp_path) as second:
        assert titles(await second.find("anna", ANYBODY)) == ["Anna"]


# Rebuild


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories, rebuild_at=st.integers(0, 25))
async def test_a_rebuild_equals_the_increments(open_index, tmp_path_factory, history, rebuild_at):
    truth: dict[str, tuple[int, Document | None]] = {}
    async with open_index(tmp_path_factory.mktemp("search")) as index:
        for step, (verb, name, version) in enumerate(history):
            document = a_thing("post", f"Post {name}", id=name, version=version)
            if version > truth.get(name, (-1, None))[0]:
                truth[name] = (version, document if verb == "put" else None)
            if verb == "put":
                await index.put(document)
            else:
                await index.delete("post", name, version)
            if step == rebuild_at % 7:
                await index.refresh()
        await index.refresh()
        by_increments = await index.digest()
        living = [document for _, document in truth.values() if document]
        assert await index.rebuild(stream(living)) == len(living)
        assert await index.digest() == by_increments
        assert {hit.id for hit in (await index.find("post", ANYBODY)).hits} == {d.id for d in living}


async def test_the_digest_notices_a_version_and_a_missing_thing(index):
    await index.put_many([a_person("Anna"), a_person("Berta")])
    whole = await index.digest()
    await index.put_many([a_person("Anna", version=2)])
    newer = await index.digest()
    await index.delete("person", "berta", 2, wait=True)
    assert len({whole, newer, await index.digest()}) == 3


async def test_puts_and_deletes_during_a_rebuild_are_in_the_new_index(index):
    await index.put_many([a_person("Anna"), a_person("Berta")])

    async def truth_that_takes_its_time() -> AsyncIterator[Document]:
        yield a_person("Anna")
        await index.put(a_person("Carla"), wait=True)
        await index.delete("person", "berta", 2, wait=True)
        assert titles(await index.find("anna", ANYBODY)) == ["Anna"]
        yield a_person("Berta")

    await index.rebuild(truth_that_takes_its_time())
    assert titles(await index.find("carla", ANYBODY)) == ["Carla"]
    assert titles(await index.find("berta", ANYBODY)) == []


async def test_a_rebuild_that_fails_leaves_the_old_index(index):
    await index.put_many([a_person("Anna")])

    async def broken() -> AsyncIterator[Document]:
        yield a_person("Berta")
        raise ConnectionError("the database went away")

    with pytest.raises(ConnectionError):
        await index.rebuild(broken())
    assert titles(await index.find("anna", ANYBODY)) == ["Anna"]
    assert titles(await index.find("berta", ANYBODY)) == []
    assert await index.rebuild(stream([a_person("Carla")])) == 1


async def test_one_rebuild_at_a_time(index):
    async def nested() -> AsyncIterator[Document]:
        yield a_person("Anna")
        with pytest.raises(RebuildRunning):
            await index.rebuild(stream([]))

    assert await index.rebuild(nested()) == 1


async def test_an_index_asks_for_a_rebuild_until_it_had_one(open_index, tmp_path):
    async with open_index(tmp_path) as index:
        assert index.needs_rebuild == "The index is new."
    async with open_index(tmp_path) as index:
        assert index.needs_rebuild
        await index.rebuild(stream([a_person("Anna")]))
        assert index.needs_rebuild is None
    async with open_index(tmp_path) as index:
        assert index.needs_rebuild is None


# Hostile input


HOSTILE = [
    "",
    "   ",
    '"',
    "title:anna OR *:*",
    "+anna -berta",
    "anna~2^9",
    "[a TO b}",
    "((((",
    "\\",
    "/.*/",
    "a\x00b",
    "\x00",
    "\ud800",
    "🏃‍♀️ ⚽",
    "*" * 400,
    "a " * 200,
    "\u202eevil",
    "%_%",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(index, text):
    await index.put_many([a_person("Anna"), a_person("Hidden", readers=frozenset({"club:x"}))])
    found = await index.find(text, ANYBODY)
    suggested = await index.suggest(text, ANYBODY)
    assert "Hidden" not in titles(found) + [s.title for group in suggested.values() for s in group]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=()), max_size=QUERY_LIMIT))
async def test_no_text_raises(index, text):
    await index.find(text, ANYBODY)
    await index.suggest(text, ANYBODY)


async def test_a_ten_kilobyte_query_is_refused(index):
    with pytest.raises(QueryTooLong, match="at most 400"):
        await index.find("a" * 10_000, ANYBODY)
    with pytest.raises(QueryTooLong):
        await index.suggest("a" * 10_000, ANYBODY)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(exclude_categories=()), max_size=60), text=st.text(max_size=200))
async def test_any_document_can_be_put(index, title, text):
    version = (await index.find("marker", ANYBODY)).total + 1
    await index.put_many([a_thing("post", f"marker {title}", id=title, version=version, text=text)])
    assert (await index.find("marker", ANYBODY)).total >= 1


async def test_a_long_text_is_findable_by_its_beginning(index):
    await index.put_many([a_thing("post", "Novel", text="prologue " + "word " * 100_000)])
    assert titles(await index.find("prologue", ANYBODY)) == ["Novel"]
