"""Many values in one statement, on both databases."""

from typing import Any

import pytest
from sqlalchemy import select

from clubkit.db.many import among, insert_each, insert_new
from clubkit.db.models import InboxRow
from clubkit.testing.hub import TestHub


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.servers)])
async def hub(request: pytest.FixtureRequest, make_hub: Any) -> TestHub:
    postgres = request.getfixturevalue("servers").postgres() if request.param == "postgres" else ""
    return await make_hub(postgres=postgres)  # type: ignore[no-any-return]


@pytest.mark.parametrize("count", [0, 1, 700])
async def test_each_value_gets_its_row_and_is_found_among_others(hub: TestHub, count: int) -> None:
    ids = [f"fact-{number}" for number in range(count)]
    async with hub.works.open() as work:
        await insert_each(work.session, InboxRow, "fact_id", ids, group="one")
        await insert_each(work.session, InboxRow, "fact_id", [*ids, "more"], group="other")
    async with hub.works.reading() as work:
        asked = among(work.session, InboxRow.fact_id, [*ids, "nobody's", "o'clock"])
        query = select(InboxRow.fact_id).where(InboxRow.group == "other", asked)
        assert sorted(await work.session.scalars(query)) == sorted(ids)


@pytest.mark.parametrize("count", [0, 1, 1500])
async def test_only_what_has_no_row_gets_one_and_is_answered(hub: TestHub, count: int) -> None:
    ids = [f"fact-{number}" for number in range(count)]
    async with hub.works.open() as work:
        await insert_each(work.session, InboxRow, "fact_id", ["here"], group="one")
        await insert_each(work.session, InboxRow, "fact_id", ids, group="other")
        assert await insert_new(work.session, InboxRow, "fact_id", ["here", *ids], group="one") == set(ids)
        assert await insert_new(work.session, InboxRow, "fact_id", [*ids, "here"], group="one") == set()
    async with hub.works.reading() as work:
        query = select(InboxRow.fact_id).where(InboxRow.group == "one")
        assert sorted(await work.session.scalars(query)) == sorted(["here", *ids])


async def test_the_statement_is_the_same_however_many_rows_it_makes(hub: TestHub, statements: Any) -> None:
    async with hub.works.open() as work:
        with statements() as seen:
            await insert_each(work.session, InboxRow, "fact_id", ["a"], group="one")
            await insert_each(work.session, InboxRow, "fact_id", ["b", "c"], group="one")
    assert len(set(seen)) == 1
