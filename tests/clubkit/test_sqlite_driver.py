"""Our cursors over SQLite: as few trips to the connection's thread as can be, and every answer whole."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

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


async def test_a_statement_is_one_trip_to_the_thread(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill(database, 5)
    trips: list[str] = []
    execute = Connection._execute

    async def counted(self: Connection, call: Any, *arguments: Any, **options: Any) -> Any:
        trips.append(call.__name__)
        return await execute(self, call, *arguments, **options)  # type: ignore[no-untyped-call]

    async with database.transaction(writes=False) as session:
        await session.execute(text("SELECT 1"))
        monkeypatch.setattr(Connection, "_execute", counted)
        assert len((await session.scalars(text("SELECT words FROM notes"))).all()) == 5
        monkeypatch.undo()
    assert trips == ["_run"]


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
