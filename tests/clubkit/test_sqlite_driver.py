"""Our connections to SQLite: as few trips to their threads as can be, and every answer whole."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from clubkit.db import sqlite_driver
from clubkit.db.database import Database
from clubkit.db.sqlite_driver import AT_ONCE, Connection


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/driver.sqlite3")
    async with opened.transaction(writes=True) as session:
        await session.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT UNIQUE)"))
    yield opened
    await opened.close()


async def fill(database: Database, count: int) -> None:
    async with database.transaction(writes=True) as session:
        rows = [{"words": f"note {number}"} for number in range(count)]
        await session.execute(text("INSERT INTO notes (words) VALUES (:words)"), rows)


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
async def test_an_answer_is_whole_however_long_it_is(database: Database, count: int) -> None:
    if count:
        await fill(database, count)
    async with database.transaction(writes=False) as session:
        found = (await session.scalars(text("SELECT id FROM notes ORDER BY id"))).all()
    assert found == list(range(1, count + 1))


@pytest.mark.parametrize("count", [1, AT_ONCE, 3 * AT_ONCE + 7])
async def test_a_stream_gives_every_row_once_and_in_order(database: Database, count: int) -> None:
    await fill(database, count)
    async with database.transaction(writes=False) as session:
        rows = await session.stream_scalars(
            text("SELECT id FROM notes ORDER BY id"), execution_options={"yield_per": 90}
        )
        assert [row async for row in rows] == list(range(1, count + 1))


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to a connection's thread."""
    gone: list[str] = []
    execute = Connection._execute

    async def counted(self: Connection, call: Any, *arguments: Any, **options: Any) -> Any:
        gone.append(call.__name__)
        return await execute(self, call, *arguments, **options)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(Connection, "_execute", counted)
    return gone


async def test_what_only_reads_never_goes_to_the_thread(database: Database, trips: list[str]) -> None:
    await fill(database, 5)
    trips.clear()
    async with database.transaction(writes=False) as session:
        assert len((await session.scalars(text("SELECT words FROM notes"))).all()) == 5
    assert trips == []


async def test_a_statement_that_writes_is_one_trip_and_so_is_its_commit(database: Database, trips: list[str]) -> None:
    await fill(database, 5)
    trips.clear()
    async with database.transaction(writes=True) as session:
        back = await session.scalars(text("DELETE FROM notes WHERE id < 4 RETURNING id"))
        assert len(back.all()) == 3
        assert await session.scalar(text("SELECT count(*) FROM notes")) == 2
    assert trips == ["_run", "_run", "commit"], "begin, delete, commit"


PAIRS = "SELECT count(*) FROM notes AS a JOIN notes AS b ON a.words < b.words"


@pytest.mark.parametrize("writes", [False, True])
async def test_what_takes_too_long_goes_on_in_the_thread(
    database: Database, trips: list[str], monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> None:
    await fill(database, 300)
    monkeypatch.setattr(sqlite_driver, "HERE_SECONDS", 0.0)
    trips.clear()
    async with database.transaction(writes=writes) as session:
        if writes:
            await session.execute(text("INSERT INTO notes (words) VALUES ('zero')"))
            trips.clear()
        for _ in range(2):
            assert await session.scalar(text(PAIRS)) == sum(range(300 + writes))
        assert trips == ["_run", "_run"]
    async with database.transaction(writes=False) as session:
        assert await session.scalar(text("SELECT count(*) FROM notes")) == 300 + writes, "nothing was undone"


async def test_what_took_too_long_is_not_tried_here_again_for_a_while(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(database, 300)
    tried: list[str] = []
    here = Connection.here

    async def counted(self: Connection, call: Any, sql: str, parameters: Any) -> bool:
        tried.append(sql)
        return await here(self, call, sql, parameters)

    monkeypatch.setattr(Connection, "here", counted)
    monkeypatch.setattr(sqlite_driver, "HERE_SECONDS", 0.0)
    async with database.transaction(writes=False) as session:
        for _ in range(3):
            await session.scalar(text(PAIRS))
        assert tried.count(PAIRS) == 1
        monkeypatch.setattr(time, "monotonic", lambda: float("inf"))
        await session.scalar(text(PAIRS))
    assert tried.count(PAIRS) == 2


async def test_others_have_their_turn_in_a_row_of_statements(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(database, 1)
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    monkeypatch.setattr(sqlite_driver, "HERE_SECONDS", 0.0)
    running = asyncio.create_task(other())
    async with database.transaction(writes=False) as session:
        turns = 0
        for _ in range(20):
            await session.scalar(text("SELECT id FROM notes"))
    running.cancel()
    assert turns >= 20


async def test_a_mistake_is_an_error_here_as_there(database: Database) -> None:
    async with database.transaction(writes=False) as session:
        with pytest.raises(OperationalError, match="no such table"):
            await session.execute(text("SELECT 1 FROM nowhere"))
        assert await session.scalar(text("SELECT count(*) FROM notes")) == 0


async def test_what_a_statement_touched_is_counted_and_returned(database: Database) -> None:
    await fill(database, 3)
    async with database.transaction(writes=True) as session:
        touched: Any = await session.execute(text("UPDATE notes SET words = words || '!' WHERE id < 3"))
        assert touched.rowcount == 2
        back = await session.scalars(text("DELETE FROM notes WHERE id > 1 RETURNING id"))
        assert sorted(back.all()) == [2, 3]
        made: Any = await session.execute(text("INSERT INTO notes (words) VALUES ('last')"))
        assert made.lastrowid == 2


async def test_a_refused_statement_is_the_errors_own_kind_and_undoes_all(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction(writes=True) as session:
            await session.execute(text("INSERT INTO notes (words) VALUES ('kept?')"))
            await session.execute(text("INSERT INTO notes (words) VALUES ('note 0')"))

    await fill(database, 1)
    with pytest.raises(IntegrityError):
        await fail()
    async with database.transaction(writes=False) as session:
        assert await session.scalar(text("SELECT count(*) FROM notes")) == 1


async def test_a_stream_left_early_holds_nothing_up(database: Database) -> None:
    await fill(database, 3 * AT_ONCE)
    async with database.transaction(writes=False) as session:
        rows = await session.stream_scalars(text("SELECT id FROM notes"), execution_options={"yield_per": 10})
        async for _row in rows:
            break
        await rows.close()
    async with database.transaction(writes=True) as session:
        await session.execute(text("DROP TABLE notes"))


async def test_no_time_that_was_up_before_breaks_off_what_begins_and_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite counts the steps of a statement over all its runs, and looks at the clock in the midst of any."""
    monkeypatch.setattr(sqlite_driver, "STEPS", 1)
    monkeypatch.setattr(sqlite_driver, "HERE_SECONDS", 0.001)
    await fill(database, 3)
    for _ in range(30):
        async with database.transaction(writes=False) as session:
            assert (await session.scalars(text("SELECT count(*) FROM notes"))).all() == [3]
            await asyncio.sleep(0.002)
