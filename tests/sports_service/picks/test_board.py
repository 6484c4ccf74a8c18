"""The board: fixtures in order of kick-off, narrowed as asked, a page at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from clubkit.db.database import Database
from clubkit.testing.hub import Person
from tests.sports_service.conftest import OTHER_LEAGUE, answer

DAY = timedelta(days=1)


async def ids(person: Person, **query: Any) -> list[str]:
    page = await answer(person.http.get("fixtures", params=query))
    assert page["code_"] == 200, page
    return [fixture["id"] for fixture in page["data"]]


async def test_fixtures_come_in_order_of_kick_off(sports: Any, anna: Person) -> None:
    later = await sports.fixture(2 * DAY, round_name="Matchday 2")
    sooner = await sports.fixture(DAY)
    assert await ids(anna) == [sooner, later]
    assert await ids(anna, order="latest") == [later, sooner]


async def test_from_is_included_and_to_is_not(sports: Any, anna: Person) -> None:
    first = await sports.fixture(DAY)
    second = await sports.fixture(2 * DAY, round_name="Matchday 2")
    at = [(sports.now + n * DAY).isoformat() for n in (1, 2)]
    assert await ids(anna, **{"from": at[0], "to": at[1]}) == [first]
    assert await ids(anna, **{"from": at[1]}) == [second]


async def test_league_and_round_narrow_the_board(sports: Any, anna: Person) -> None:
    here = await sports.fixture(DAY)
    next_round = await sports.fixture(2 * DAY, round_name="Matchday 2")
    there = await sports.fixture(DAY, league=OTHER_LEAGUE)
    assert await ids(anna, league="soccer.xx.1") == [here, next_round]
    assert await ids(anna, league="soccer.yy.1") == [there]
    assert await ids(anna, round="Matchday 2") == [next_round]
    assert await ids(anna, league="soccer.zz.9") == []


async def test_by_ids_one_gets_exactly_these_even_of_an_old_season(sports: Any, anna: Person) -> None:
    old = await sports.fixture(-500 * DAY, label="2024-25")
    new = await sports.fixture(DAY)
    await sports.fixture(2 * DAY, round_name="Matchday 2")
    assert await ids(anna) == [new, *await ids(anna, round="Matchday 2")]
    assert await ids(anna, ids=[old, new, "unknown"]) == [old, new]


async def test_picked_tells_mine_from_the_others(sports: Any, anna: Person, ben: Person) -> None:
    mine = await sports.fixture(DAY)
    other = await sports.fixture(2 * DAY, round_name="Matchday 2")
    await sports.pick(anna, mine, "1")
    await sports.pick(ben, other, "1")
    assert await ids(anna, picked=True) == [mine]
    assert await ids(anna, picked=False) == [other]


@pytest.mark.parametrize("order", ["soonest", "latest"])
async def test_pages_meet_without_gap_or_overlap_even_at_the_same_kick_off(
    sports: Any, anna: Person, order: str
) -> None:
    listed = [await sports.fixture(DAY, round_name=f"Matchday {n}") for n in range(7)]
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": 3, "order": order} | ({"cursor": cursor} if cursor else {})
        page = await answer(anna.http.get("fixtures", params=query))
        seen += [fixture["id"] for fixture in page["data"]]
        cursor = page["page"]["next"]
        if cursor is None:
            break
    assert seen == sorted(listed, reverse=order == "latest")


async def test_a_cursor_of_the_other_order_is_refused(sports: Any, anna: Person) -> None:
    for n in range(3):
        await sports.fixture(DAY, round_name=f"Matchday {n}")
    page = await answer(anna.http.get("fixtures", params={"limit": 1}))
    refused = await answer(anna.http.get("fixtures", params={"order": "latest", "cursor": page["page"]["next"]}))
    assert (refused["code_"], refused["code"]) == (422, "bad_cursor")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"from": "yesterday"}, "/from"),
        ({"from": "2026-03-14T12:00:00"}, "/from"),
        ({"limit": 0}, "/limit"),
        ({"order": "random"}, "/order"),
        ({"ids": ["x"] * 101}, "/ids"),
    ],
)
async def test_a_question_that_does_not_parse_is_refused_with_a_pointer(
    sports: Any, anna: Person, query: dict[str, Any], pointer: str
) -> None:
    refused = await answer(anna.http.get("fixtures", params=query))
    assert refused["code_"] == 422
    assert refused["errors"][0]["pointer"].endswith(pointer)


async def test_a_page_costs_the_same_few_queries_however_long(sports: Any, anna: Person) -> None:
    for n in range(8):
        fixture = await sports.fixture(DAY, round_name=f"Matchday {n}")
        await sports.pick(anna, fixture, "1")
    sports.hub.clock.advance(2 * DAY)
    with counted(sports.hub.port(Database)) as one:
        await ids(anna, limit=1)
    with counted(sports.hub.port(Database)) as many:
        assert len(await ids(anna, limit=8)) == 8
    assert len(many) == len(one) <= 6


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            statements.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", count)
