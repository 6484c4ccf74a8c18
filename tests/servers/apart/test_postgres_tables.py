"""The tables on PostgreSQL: made by the migrations alone, in step with the models, by however many at once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic import command
from sqlalchemy import inspect

from clubkit.db.database import Database
from clubkit.db.migrating import Branch, branches, config, differences, upgrade
from clubkit.settings import Settings
from gateway.embedded import SERVICES
from gateway.migrating import behind, migrate

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]
EVERY = branches(SERVICES)


@pytest.fixture
async def database(servers: Any) -> AsyncIterator[Database]:
    """An empty one."""
    database = Database(servers.postgres())
    yield database
    await database.close()


async def test_models_and_migrations_agree_there_too(database: Database) -> None:
    await upgrade(database, EVERY)
    wrong = {branch.name: await differences(database, branch) for branch in EVERY}
    assert not any(wrong.values()), wrong


async def test_every_step_can_be_taken_back_there_too(database: Database) -> None:
    await upgrade(database, EVERY)

    def back(sync: Any, branch: Branch) -> None:
        command.downgrade(config(branch, sync), "base")

    async with database.engine.connect() as connection:
        for branch in reversed(EVERY):
            await connection.run_sync(back, branch)
        left = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
        await connection.commit()
    assert left == {branch.version_table for branch in EVERY}


async def test_three_who_migrate_at_once_migrate_once(servers: Any) -> None:
    settings = Settings.load(environment="test", database_url=servers.postgres())
    assert len(await behind(settings)) == len(EVERY)
    await asyncio.gather(*(migrate(settings) for _ in range(3)))
    assert await behind(settings) == []
