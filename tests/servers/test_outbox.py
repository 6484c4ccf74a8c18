"""The outbox of PostgreSQL, as the relay claims it."""

import asyncio
import contextlib
import time
from typing import Any

import pytest
from sqlalchemy import insert, text

from clubkit.adapters.log_pending_sql import OutboxPending
from clubkit.contracts.base import Fact
from clubkit.db.database import Database
from clubkit.db.models import OutboxRow
from clubkit.db.work import outbox_row
from clubkit.log.errors import LogAway
from clubkit.log.pending import PendingSources
from clubkit.log.relay import Relay
from clubkit.testing.hub import TestHub
from tests.waiting import until
from tools.servers.borrowing import Servers

pytestmark = pytest.mark.servers


class Sent(Fact, topic="test.sent", key="who"):
    who: str
    number: int


class Listing:
    """A log that writes down what it is sent, in batches; away when told to be."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.away = False

    async def send(self, facts: Any) -> None:
        if self.away:
            raise LogAway("told to")
        self.batches.append([fact.fact_id for fact in facts])

    async def close(self) -> None: ...


@pytest.fixture
async def hub(make_hub: Any, servers: Servers) -> TestHub:
    return await make_hub(postgres=servers.postgres(), log_url="kafka://127.0.0.1:1/never-reached")  # type: ignore[no-any-return]


@pytest.fixture
async def outbox(hub: TestHub) -> Any:
    outbox = OutboxPending(hub.port(Database))
    yield outbox
    await outbox.close()


def sent(*numbers: int) -> list[Sent]:
    return [Sent(who="anna", number=number) for number in numbers]


def numbers(facts: Any) -> list[int]:
    return [Sent.read(fact.type, fact.payload).number for fact in facts]


async def test_a_claim_that_ends_well_is_gone_and_one_that_fails_is_back(hub: TestHub, outbox: OutboxPending) -> None:
    await hub.publish(*sent(1, 2, 3))
    with contextlib.suppress(LogAway):
        async with outbox.claim(2) as facts:
            assert numbers(facts) == [1, 2]
            raise LogAway("now")
    async with outbox.claim(2) as facts:
        assert numbers(facts) == [1, 2]
    assert await outbox.waiting() == 1


async def test_while_one_claims_the_other_gets_nothing_so_nothing_overtakes(
    hub: TestHub, outbox: OutboxPending
) -> None:
    other = OutboxPending(hub.port(Database))
    await hub.publish(*sent(1, 2, 3))
    async with outbox.claim(1) as mine, other.claim(10) as theirs:
        assert (numbers(mine), list(theirs)) == ([1], [])
    async with other.claim(10) as theirs:
        assert numbers(theirs) == [2, 3]


async def test_a_lower_id_that_commits_later_is_not_skipped(hub: TestHub, outbox: OutboxPending) -> None:
    late, early = sent(1, 2)
    async with hub.port(Database).transaction(writes=True) as session:
        await session.execute(insert(OutboxRow), [outbox_row(late)])  # has the lower id, and is not committed yet
        await hub.publish(early)
        async with outbox.claim(10) as facts:
            assert numbers(facts) == [2]
    async with outbox.claim(10) as facts:
        assert numbers(facts) == [1]


LONG = text("""
INSERT INTO kit_outbox (fact_id, topic, key, type, payload, trace_id, at)
SELECT 'fact ' || number, 'test.sent', 'anna', 'test.sent@1', '{}', '', now() FROM generate_series(1, 20000) number
""")


async def test_a_claim_costs_what_it_takes_also_when_the_table_was_last_counted_empty(
    hub: TestHub, outbox: OutboxPending
) -> None:
    await hub.publish(*sent(*range(500)))
    async with outbox.claim(500):
        pass
    for statement in (text("ANALYZE kit_outbox"), LONG):
        async with hub.port(Database).transaction(writes=True) as session:
            await session.execute(statement)
    before = await pages_touched(hub)
    async with outbox.claim(500) as facts:
        assert len(facts) == 500
    assert await pages_touched(hub) - before < 20 * 500


async def pages_touched(hub: TestHub) -> int:
    """Of the outbox and its indexes, so far."""
    query = "SELECT heap_blks_hit + idx_blks_hit FROM pg_statio_user_tables WHERE relname = 'kit_outbox'"
    async with hub.port(Database).transaction(writes=False) as session:
        await session.execute(text("SELECT pg_stat_force_next_flush()"))
    async with hub.port(Database).transaction(writes=False) as session:
        return int(await session.scalar(text(query)) or 0)


async def test_a_commit_wakes_the_relay(hub: TestHub, outbox: OutboxPending) -> None:
    await outbox.arrived(0)  # listens from now on
    waiting = asyncio.create_task(outbox.arrived(60))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await hub.publish(*sent(1))
    started = time.monotonic()
    await waiting
    assert time.monotonic() - started < 30  # long before it would have looked by itself


async def test_facts_wait_out_a_log_that_is_away(hub: TestHub, outbox: OutboxPending) -> None:
    listing, sources = Listing(), PendingSources()
    sources.add(outbox)
    listing.away = True
    relaying = asyncio.create_task(Relay(sources, listing, batch=2).run())
    facts = sent(*range(5))
    await hub.publish(*facts)
    await asyncio.sleep(0.3)
    assert await outbox.waiting() == 5
    listing.away = False
    await until(lambda: sum(map(len, listing.batches)) == 5)
    relaying.cancel()
    await asyncio.gather(relaying, return_exceptions=True)
    assert [fact_id for batch in listing.batches for fact_id in batch] == [fact.fact_id for fact in facts]
    assert await outbox.waiting() == 0


def test_a_source_is_known_by_its_name() -> None:
    class Empty:
        name = "messages"

    sources = PendingSources()
    sources.add(Empty())  # type: ignore[arg-type]
    assert [source.name for source in sources] == ["messages"]
