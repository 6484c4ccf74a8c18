"""The event log's promises, on every adapter."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from clubkit.contracts.auth import MemberSignedOut
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from clubkit.log.consumer import Consumer
from clubkit.log.errors import LogAndDatabaseDisagree
from clubkit.log.port import EventLog, LogReader
from clubkit.log.relay import Relay
from clubkit.log.running import take_next
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.testing.hub import TestHub
from clubkit.wiring import open_adapters
from tools.servers.borrowing import Servers

GROUP = "test.group"


def fact(number: int, member: str = "anna") -> MemberSignedOut:
    return MemberSignedOut(member_id=MemberId(member), session_id=f"{number}")


class Listener:
    """A consumer that remembers what it took and fails when told to."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.poison: set[str] = set()
        self.consumer = Consumer(GROUP, max_batch=4)
        self.consumer.on(MemberSignedOut)(self.hear)

    async def hear(self, _work: UnitOfWork, fact: MemberSignedOut) -> None:
        if fact.session_id in self.poison:
            raise RuntimeError("cannot take this")
        self.taken.append(fact.session_id)


@pytest.fixture(params=["outbox", pytest.param("kafka", marks=pytest.mark.servers)])
async def hub(request: pytest.FixtureRequest, make_hub: Any) -> AsyncIterator[TestHub]:
    if request.param == "outbox":
        yield await make_hub()
        return
    servers: Servers = request.getfixturevalue("servers")
    hub = await make_hub(postgres=servers.postgres(), log_url=servers.kafka())
    relaying = asyncio.create_task(hub.port(Relay).run())
    yield hub
    relaying.cancel()
    await asyncio.gather(relaying, return_exceptions=True)


@pytest.fixture
def listener() -> Listener:
    return Listener()


def reading(hub: TestHub) -> AbstractAsyncContextManager[LogReader]:
    return hub.port(EventLog).reader(GROUP, [MemberSignedOut.topic])


async def drain(hub: TestHub, listener: Listener) -> None:
    await hub.relay()
    async with reading(hub) as reader:
        while await take_next(listener.consumer, reader, hub.works):
            pass


async def test_facts_come_in_the_order_they_were_published(hub: TestHub, listener: Listener) -> None:
    await hub.publish(*(fact(n) for n in range(10)))
    await drain(hub, listener)
    assert listener.taken == [f"{n}" for n in range(10)]


async def test_a_reader_resumes_where_it_committed(hub: TestHub, listener: Listener) -> None:
    await hub.publish(*(fact(n) for n in range(3)))
    await drain(hub, listener)
    await hub.publish(fact(3))
    await drain(hub, listener)
    assert listener.taken == ["0", "1", "2", "3"]


async def test_what_was_not_marked_comes_again(hub: TestHub, listener: Listener) -> None:
    await hub.publish(fact(1))
    await hub.relay()
    async with reading(hub) as reader:
        assert len(await reader.fetch(limit=10, wait=0)) == 1
    await drain(hub, listener)
    assert listener.taken == ["1"]


async def test_groups_read_each_for_themselves(hub: TestHub, listener: Listener) -> None:
    await hub.publish(fact(1))
    other = Listener()
    other.consumer.group = "test.other"
    await drain(hub, listener)
    async with hub.port(EventLog).reader("test.other", [MemberSignedOut.topic]) as reader:
        await take_next(other.consumer, reader, hub.works)
    assert (listener.taken, other.taken) == (["1"], ["1"])


async def test_a_replay_delivers_again_and_the_inbox_keeps_effects_single(hub: TestHub, listener: Listener) -> None:
    await hub.publish(*(fact(n) for n in range(5)))
    await drain(hub, listener)
    await hub.port(EventLog).replay_from(GROUP)
    assert await hub.port(EventLog).lag(GROUP, [MemberSignedOut.topic]) == 5
    await drain(hub, listener)
    assert listener.taken == [f"{n}" for n in range(5)]


async def test_one_poisoned_fact_does_not_stop_the_others(hub: TestHub, listener: Listener) -> None:
    listener.poison = {"2"}
    await hub.publish(*(fact(n, f"member {n}") for n in range(6)))
    await drain(hub, listener)
    assert sorted(set(listener.taken)) == ["0", "1", "3", "4", "5"]


async def test_lag_counts_what_is_still_to_read(hub: TestHub, listener: Listener) -> None:
    await hub.publish(*(fact(n) for n in range(6)))
    await hub.relay()
    async with reading(hub) as reader:
        await take_next(listener.consumer, reader, hub.works)
    assert await hub.port(EventLog).lag(GROUP, [MemberSignedOut.topic]) == 2


async def test_a_waiting_reader_wakes_when_something_is_published(hub: TestHub, listener: Listener) -> None:
    async with reading(hub) as reader:
        waiting = asyncio.create_task(reader.fetch(limit=10, wait=30))
        await asyncio.sleep(0)
        await hub.publish(fact(1))
        assert len(await asyncio.wait_for(waiting, 5)) == 1


async def test_a_reader_that_lets_records_gather_misses_none_and_keeps_their_order(hub: TestHub) -> None:
    taken: list[str] = []
    async with hub.port(EventLog).reader(GROUP, [MemberSignedOut.topic], linger=0.2) as reader:
        for number in range(12):
            await hub.publish(fact(number))
            if number % 3 == 2:
                while len(taken) <= number:
                    async with asyncio.timeout(30):
                        records = await reader.fetch(limit=5, wait=30)
                    await reader.skip(records)
                    taken += [str(MemberSignedOut.read(each.type, each.payload).session_id) for each in records]
    assert taken == [f"{number}" for number in range(12)]
    assert await hub.port(EventLog).lag(GROUP, [MemberSignedOut.topic]) == 0


async def test_a_failed_unit_of_work_publishes_nothing(hub: TestHub, listener: Listener) -> None:
    async def fail() -> None:
        async with hub.works.open() as work:
            work.publish(fact(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    await drain(hub, listener)
    assert listener.taken == []


@pytest.mark.parametrize(
    ("urls", "named"),
    [
        ({"log_url": "kafka://127.0.0.1:1"}, "HUB_DATABASE_URL"),
        ({"database_url": "postgresql+asyncpg://nobody@127.0.0.1:1/x"}, "HUB_LOG_URL"),
    ],
)
async def test_a_log_that_does_not_go_with_the_database_is_refused_in_a_sentence(
    urls: dict[str, str], named: str, valkey_url: str, tmp_path: Path
) -> None:
    settings = Settings.load(environment="test", data_dir=tmp_path, redis_url=valkey_url, **urls)
    with pytest.raises(LogAndDatabaseDisagree, match=named):
        async with open_adapters(Ports(), settings, []):
            pass
