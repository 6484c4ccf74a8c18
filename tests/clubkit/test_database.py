"""What a service's database says when it cannot: a named outcome, soon."""

from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from clubkit.db import database as database_module
from clubkit.db.database import Database
from clubkit.db.errors import DatabaseBusy
from tools.servers.borrowing import Servers


async def test_who_finds_every_connection_taken_is_told_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "CHECKOUT_SECONDS", 0.05)
    async with Database(f"sqlite+aiosqlite:///{tmp_path}/busy.sqlite3") as database, AsyncExitStack() as readers:
        for _ in range(16):
            reader = await readers.enter_async_context(database.transaction(writes=False))
            await reader.execute(text("SELECT 1"))
        with pytest.raises(DatabaseBusy) as refused:
            async with database.transaction(writes=False) as one_more:
                await one_more.execute(text("SELECT 1"))
    assert refused.value.retry_after == 2


@pytest.mark.servers
async def test_a_connection_that_the_server_ended_is_not_given_out(servers: Servers) -> None:
    url = servers.postgres()
    number = text("SELECT pg_backend_pid()")
    async with Database(url) as database, Database(url) as other:
        async with database.transaction(writes=True) as session:
            first = await session.scalar(number)
        async with other.transaction(writes=True) as session:
            await session.execute(text("SELECT pg_terminate_backend(:number)"), {"number": first})
        async with database.transaction(writes=True) as session:
            assert await session.scalar(number) != first


@pytest.mark.servers
async def test_a_connection_that_was_asked_whether_it_lives_still_takes_back_what_failed(servers: Servers) -> None:
    async with Database(servers.postgres()) as database:
        for _ in range(2):
            with suppress(ZeroDivisionError):
                async with database.transaction(writes=True) as session:
                    await session.execute(text("CREATE TABLE half_made (id integer)"))
                    raise ZeroDivisionError
