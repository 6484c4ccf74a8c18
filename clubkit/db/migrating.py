"""Alembic, one branch per service: each has its own version table and can live in a database of its own."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, func, select

from clubkit.db.database import Database
from clubkit.db.models import OutboxRow
from clubkit.module import Module

HERE = Path(__file__).parent
MIGRATING = 0x48554D47
"""PostgreSQL's advisory lock of whoever migrates."""


@dataclass(frozen=True)
class Branch:
    """The tables of one service and where their migrations lie."""

    name: str
    metadata: MetaData
    folder: Path

    @property
    def version_table(self) -> str:
        return f"{self.name}_alembic_version"


def kit_branch() -> Branch:
    return Branch("kit", OutboxRow.metadata, HERE.parent / "migrations" / "versions")


def branches(modules: Iterable[Module]) -> list[Branch]:
    """The library's own tables and those of each module."""
    return [kit_branch(), *(Branch(m.name, m.metadata, m.migrations / "versions") for m in modules)]


async def upgrade(database: Database, branches: Sequence[Branch]) -> None:
    """Brings every branch to its head. Safe to call again; on PostgreSQL also by many processes at once."""
    async with _alone(database), database.engine.connect() as connection:
        for branch in branches:
            await connection.run_sync(_upgrade, branch)
        await connection.commit()


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[None]:
    """One process migrates at a time; who waited finds nothing left to do."""
    if database.is_sqlite:
        yield
        return
    async with database.engine.connect() as connection:
        await connection.execute(select(func.pg_advisory_lock(MIGRATING)))
        try:
            yield
        finally:
            await connection.execute(select(func.pg_advisory_unlock(MIGRATING)))


def _upgrade(connection: Connection, branch: Branch) -> None:
    command.upgrade(config(branch, connection), "head")


def config(branch: Branch, connection: Connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(HERE / "alembic"))
    settings.set_main_option("version_locations", str(branch.folder))
    settings.set_main_option("path_separator", "os")
    settings.attributes.update(connection=connection, branch=branch)
    return settings


async def revise(database: Database, branch: Branch, message: str) -> None:
    """Writes the migration from the database as it is to the models as they are."""
    async with database.engine.connect() as connection:
        await connection.run_sync(
            lambda sync: command.revision(config(branch, sync), message=message, autogenerate=True)
        )


async def differences(database: Database, branch: Branch) -> list[Any]:
    """What autogenerate would still change: empty when migrations and models agree."""

    def compare(connection: Connection) -> list[Any]:
        options = {"include_name": includes(branch), "version_table": branch.version_table}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, branch.metadata))

    async with database.engine.connect() as connection:
        return await connection.run_sync(compare)


def includes(branch: Branch) -> Any:
    """Other services' tables are none of this branch's business."""
    own = set(branch.metadata.tables)

    def include(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or name in own

    return include
