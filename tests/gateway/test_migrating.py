"""The tables: made by migrations alone, in step with the models, up and down."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Column, Integer, MetaData, Table, inspect

from clubkit.db.migrating import Branch, branches, config, differences, upgrade
from clubkit.settings import Settings
from gateway.embedded import SERVICES
from gateway.errors import NoSuchService
from gateway.migrating import behind, branch_of, disagreements, migrate, migrated, write_migration

EVERY = branches(SERVICES)


async def test_models_and_migrations_agree() -> None:
    wrong = await disagreements()
    assert not wrong, f'make migration S={next(iter(wrong))} M="what changed"'


async def test_a_model_without_a_migration_is_noticed() -> None:
    branch = branch_of("chat_service")
    changed = MetaData()
    for table in branch.metadata.tables.values():
        table.to_metadata(changed)
    Table("chat_new_things", changed, Column("id", Integer, primary_key=True))
    async with migrated([branch]) as database:
        assert len(await differences(database, branch)) == 0
        assert len(await differences(database, Branch(branch.name, changed, branch.folder))) > 0


@pytest.mark.parametrize("branch", EVERY, ids=lambda branch: branch.name)
async def test_every_step_can_be_taken_back_and_again(branch: Branch) -> None:
    async with migrated(EVERY) as database, database.engine.connect() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(branch, sync), "base"))
        left = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
        assert left.isdisjoint(branch.metadata.tables)
        await connection.commit()
        await upgrade(database, [branch])
        back = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
        assert back >= set(branch.metadata.tables)


def test_a_table_carries_its_services_name_and_stands_in_one_service() -> None:
    owners: dict[str, str] = {}
    for branch in EVERY:
        for name in branch.metadata.tables:
            assert name.startswith(branch.name[:3]), name
            assert owners.setdefault(name, branch.name) == branch.name


async def test_a_fresh_hub_is_behind_until_it_is_migrated_and_twice_is_harmless(tmp_path: Path) -> None:
    settings = Settings.load(data_dir=tmp_path)
    assert await behind(settings) == [branch.name for branch in EVERY]
    await migrate(settings)
    await migrate(settings)
    assert await behind(settings) == []


async def test_a_service_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NoSuchService, match="chat_service"):
        await write_migration("no_service", "First tables")


async def test_a_new_migration_holds_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = MetaData()
    Table("polls", tables, Column("id", Integer, primary_key=True))
    branch = Branch("polls_service", tables, tmp_path / "versions")
    monkeypatch.setattr("gateway.migrating.branch_of", lambda _name: branch)
    (first,) = await write_migration("polls_service", "First tables")
    assert "op.create_table('polls'" in first.read_text()
    Table("votes", tables, Column("id", Integer, primary_key=True))
    (second,) = await write_migration("polls_service", "Votes")
    assert "op.create_table('votes'" in second.read_text()
    assert "polls" not in second.read_text()
