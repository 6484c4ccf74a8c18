"""Groups nobody waits for let facts gather; what leaves a group nothing to do leaves no trace in it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import func, select

from clubkit.contracts.base import Fact
from clubkit.db.models import DeadLetterRow, InboxRow, OutboxRow
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from clubkit.log.port import EventLog, LogReader, Record
from clubkit.log.running import take_next
from clubkit.testing.hub import TestHub

LONG = 60.0


class Shouted(Fact, topic="test.shouted", key="who"):
    who: str
    loud: bool = False


@pytest.fixture
async def hub(make_hub: Any) -> TestHub:
    return await make_hub()  # type: ignore[no-any-return]


class Guard:
    """Minds what is loud alone."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.fails = 0
        self.consumer = Consumer("test.guard", max_batch=3)
        self.consumer.on_batch(Shouted, when=lambda shouted: shouted.loud)(self.mind)

    async def mind(self, _work: UnitOfWork, facts: Sequence[Shouted]) -> None:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the gate is shut")
        self.batches.append([fact.who for fact in facts])


def reading(hub: TestHub, *, linger: float = 0.0) -> Any:
    return hub.port(EventLog).reader("test.guard", [Shouted.topic], linger=linger)


def who(records: Sequence[Record]) -> list[str]:
    return [record.key for record in records]


async def count(hub: TestHub, row: type[InboxRow] | type[DeadLetterRow]) -> int:
    async with hub.works.reading() as work:
        return (await work.session.scalar(select(func.count()).select_from(row))) or 0


async def next_soon(reader: LogReader, *, limit: int = 10) -> list[str]:
    async with asyncio.timeout(LONG / 4):
        records = await reader.fetch(limit=limit, wait=LONG / 2)
    await reader.skip(records)
    return who(records)


async def test_what_comes_after_a_silence_is_taken_at_once(hub: TestHub) -> None:
    async with reading(hub, linger=LONG) as reader:
        waiting = asyncio.create_task(next_soon(reader))
        await asyncio.sleep(0)
        await hub.publish(Shouted(who="anna"))
        assert await waiting == ["anna"]


async def test_what_comes_soon_after_a_batch_gathers(hub: TestHub) -> None:
    async with reading(hub, linger=0.5) as reader:
        await hub.publish(Shouted(who="anna"))
        assert await next_soon(reader) == ["anna"]
        waiting = asyncio.create_task(next_soon(reader))
        for name in ("ben", "cleo", "dora"):
            await hub.publish(Shouted(who=name))
            await asyncio.sleep(0.02)  # time enough to be taken alone
        assert await waiting == ["ben", "cleo", "dora"]


async def test_nobody_rests_while_more_waits_than_fits_a_batch(hub: TestHub) -> None:
    await hub.publish(*(Shouted(who=f"{number}") for number in range(5)))
    async with reading(hub, linger=LONG) as reader:
        assert [await next_soon(reader, limit=2) for _ in range(3)] == [["0", "1"], ["2", "3"], ["4"]]


async def test_nobody_rests_who_does_not_wait(hub: TestHub) -> None:
    async with reading(hub, linger=LONG) as reader:
        for name in ("anna", "ben"):
            await hub.publish(Shouted(who=name))
            async with asyncio.timeout(LONG / 4):
                records = await reader.fetch(limit=10, wait=0)
            await reader.skip(records)
            assert who(records) == [name]


async def test_a_reader_that_has_all_does_not_ask_again_until_something_comes(hub: TestHub, statements: Any) -> None:
    await hub.publish(Shouted(who="anna"))
    async with reading(hub) as reader:
        await next_soon(reader)
        waiting = asyncio.create_task(next_soon(reader))
        with statements() as seen:
            await asyncio.sleep(0.05)
        assert [each for each in seen if "kit_offsets" in each or "topic IN" in each] == []
        await hub.publish(Shouted(who="ben"))
        await waiting


async def test_what_leaves_nothing_to_do_leaves_no_trace(hub: TestHub, statements: Any) -> None:
    guard = Guard()
    await hub.publish(Shouted(who="anna"), Shouted(who="ben"))
    async with reading(hub) as reader:
        with statements() as seen:
            assert await take_next(guard.consumer, reader, hub.works) == 2
        assert [each for each in seen if each.startswith(("INSERT", "UPDATE"))] == []
    assert (guard.batches, await count(hub, InboxRow)) == ([], 0)
    assert await hub.port(EventLog).lag("test.guard", [Shouted.topic]) == 0


async def test_a_group_takes_what_concerns_it_from_among_the_others(hub: TestHub) -> None:
    guard = Guard()
    await hub.publish(*(Shouted(who=f"{number}", loud=number in {1, 2, 5}) for number in range(7)))
    async with reading(hub) as reader:
        while await take_next(guard.consumer, reader, hub.works):
            pass
    assert guard.batches == [["1", "2"], ["5"]]
    assert await count(hub, InboxRow) == 3


async def test_after_a_failure_what_was_skipped_hides_nothing(hub: TestHub) -> None:
    guard = Guard()
    await hub.publish(*(Shouted(who=f"{number}", loud=number > 3) for number in range(6)))
    guard.fails = 1
    async with reading(hub) as reader:
        await take_next(guard.consumer, reader, hub.works)
        with pytest.raises(ConnectionError):
            await take_next(guard.consumer, reader, hub.works)
        await reader.rewind()
        while await take_next(guard.consumer, reader, hub.works):
            pass
    assert guard.batches == [["4", "5"]]


async def test_what_cannot_be_read_is_put_aside_by_a_group_that_chooses_too(hub: TestHub) -> None:
    guard = Guard()
    row = {"topic": Shouted.topic, "key": "k", "type": Shouted.type_name(), "payload": '{"who": 7}'}
    async with hub.works.open() as work:
        work.session.add(OutboxRow(fact_id="x", at=work.now, **row))
        work.publish(Shouted(who="anna", loud=True))
    async with reading(hub) as reader:
        while await take_next(guard.consumer, reader, hub.works):
            pass
    assert (guard.batches, await count(hub, DeadLetterRow)) == ([["anna"]], 1)
