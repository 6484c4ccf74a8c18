"""The embedded log beside other processes that write to it."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from clubkit.clock import utc_now
from clubkit.contracts.auth import MemberSignedOut
from clubkit.db import database as database_module
from clubkit.db.database import Database
from clubkit.db.models import OutboxRow
from clubkit.log.port import EventLog
from tests.sqlite_plans import plan_of

LATE = 5.0


def _row(number: int) -> dict[str, Any]:
    payload = json.dumps({"member_id": "anna", "session_id": f"{number}"})
    return {
        "fact_id": f"fact-{number}", "topic": MemberSignedOut.topic, "key": "anna", "type": MemberSignedOut.__name__,
        "payload": payload, "trace_id": "", "at": utc_now(),
    }  # fmt: skip


async def test_what_another_process_writes_is_heard_and_no_old_fact_is_read_again(make_hub: Any) -> None:
    hub = await make_hub()
    database = hub.port(Database)
    asked: set[str] = set()
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *call: asked.add(call[2]))
    async with Database(database.url) as elsewhere, hub.port(EventLog).reader("ours", [MemberSignedOut.topic]) as ours:
        for number in range(2):
            hearing = asyncio.create_task(ours.fetch(limit=5, wait=LATE))
            await asyncio.sleep(0.05)
            async with elsewhere.transaction(writes=True) as session:
                await session.execute(insert(OutboxRow), [_row(number)])
            heard = await asyncio.wait_for(hearing, LATE)
            assert [record.fact_id for record in heard] == [f"fact-{number}"]
            await ours.skip(heard)
    async with database.transaction(writes=False) as session:
        for statement in [each for each in asked if each.startswith("SELECT") and "FROM kit_outbox" in each]:
            plan = await plan_of(session, statement, [1] * statement.count("?"))
            assert not any(step.startswith("SCAN kit_outbox") for step in plan), (statement, plan)


async def test_who_found_no_connection_free_goes_on_listening(make_hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "CHECKOUT_SECONDS", 0.05)
    hub = await make_hub()
    database = hub.port(Database)
    async with Database(database.url) as elsewhere, hub.port(EventLog).reader("ours", [MemberSignedOut.topic]) as ours:
        await ours.fetch(limit=5, wait=0)
        async with AsyncExitStack() as taken:
            for _ in range(database_module.CONNECTIONS):
                session = await taken.enter_async_context(database.transaction(writes=False))
                await session.execute(text("SELECT 1"))
            await asyncio.sleep(0.6)
        hearing = asyncio.create_task(ours.fetch(limit=5, wait=LATE))
        await asyncio.sleep(0.05)
        async with elsewhere.transaction(writes=True) as session:
            await session.execute(insert(OutboxRow), [_row(1)])
        assert [record.fact_id for record in await asyncio.wait_for(hearing, LATE - 1)] == ["fact-1"]
