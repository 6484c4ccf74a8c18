"""`hub migrate`: bring the tables up to date, write a new migration, or check that models and migrations agree."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from clubkit.db.database import Database
from clubkit.db.migrating import Branch, branches, config, differences, revise, upgrade
from clubkit.module import Module
from clubkit.settings import Settings
from clubkit.wiring import make_topics
from gateway.embedded import SERVICES
from gateway.errors import NoSuchService


async def migrate(settings: Settings) -> None:
    """Brings the tables of every service to their newest form."""
    async with Database(settings.sql_url, synchronous=settings.sqlite_synchronous) as database:
        await upgrade(database, branches(SERVICES))


async def migrate_log(settings: Settings) -> list[str]:
    """Makes the topics that are missing and sets how long each keeps its facts; answers what was made.

    Raises LogAway. Does nothing where the outbox is the log.
    """
    return await make_topics(settings, [consumer.group for module in SERVICES for consumer in module.consumers])


async def write_migration(service: str, message: str) -> list[Path]:
    """Writes the step from the service's migrations to its models; answers the new files. Raises NoSuchService."""
    branch = branch_of(service)
    branch.folder.mkdir(parents=True, exist_ok=True)
    before = set(branch.folder.glob("*.py"))
    async with migrated([branch]) as database:
        await revise(database, branch, message)
    return sorted(set(branch.folder.glob("*.py")) - before)


async def disagreements() -> dict[str, list[Any]]:
    """By service, what a new migration would hold: empty when models and migrations agree."""
    every = branches(SERVICES)
    async with migrated(every) as database:
        found = {branch.name: await differences(database, branch) for branch in every}
    return {name: changes for name, changes in found.items() if changes}


async def behind(settings: Settings, services: Sequence[Module] = SERVICES) -> list[str]:
    """Which of these services have tables in this database that are not yet at their newest form.

    Tables newer than this code are not behind: while a hub is upgraded, the old processes go on with the new tables.
    """
    async with (
        Database(settings.sql_url, synchronous=settings.sqlite_synchronous) as database,
        database.engine.connect() as connection,
    ):
        return [branch.name for branch in branches(services) if await connection.run_sync(_is_behind, branch)]


def _is_behind(connection: Connection, branch: Branch) -> bool:
    known = ScriptDirectory.from_config(config(branch, connection))
    context = MigrationContext.configure(connection, opts={"version_table": branch.version_table})
    current = set(context.get_current_heads())
    is_ours = current <= {step.revision for step in known.walk_revisions()}
    return is_ours and current != set(known.get_heads())


def branch_of(service: str) -> Branch:
    for branch in branches(SERVICES):
        if branch.name == service:
            return branch
    raise NoSuchService(service, [branch.name for branch in branches(SERVICES)])


@asynccontextmanager
async def migrated(chosen: list[Branch]) -> AsyncIterator[Database]:
    """A scratch database at the head of these branches."""
    with tempfile.TemporaryDirectory(prefix="hub-migrate-") as folder:
        async with Database(f"sqlite+aiosqlite:///{folder}/scratch.sqlite3") as database:
            await upgrade(database, chosen)
            yield database
