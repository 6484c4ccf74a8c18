"""kill -9 along the way of a fact: every acknowledged write takes effect, once, in order per key."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Self

import pytest
from sqlalchemy import func, select

from clubkit.testing.hub import TestHub
from tests.servers import ledger
from tests.servers.ledger import Part, Stepped, StepRow, running
from tools.servers.borrowing import Servers
from tools.servers.kafka import Kafka, KafkaCluster
from tools.servers.registry import given

pytestmark = [pytest.mark.servers, pytest.mark.alone, pytest.mark.timeout(300)]

CLIENTS = 6
STANDSTILL = 90.0


class Stream:
    """Clients that write steps until they are told to stop, and remember which were acknowledged."""

    def __init__(self, hub: TestHub) -> None:
        self.hub = hub
        self.acknowledged: dict[str, int] = {}
        self._stopped = asyncio.Event()

    async def client(self, who: str) -> None:
        number = 0
        while not self._stopped.is_set():
            await self.hub.publish(*(Stepped(who=who, number=number + one) for one in range(3)))
            number += 3
            self.acknowledged[who] = number
            await asyncio.sleep(0.03)

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(self.client(f"client-{number}")) for number in range(CLIENTS)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopped.set()
        await asyncio.gather(*self._tasks)

    async def noted(self) -> int:
        async with self.hub.works.reading() as work:
            return (await work.session.scalar(select(func.count()).select_from(StepRow))) or 0

    async def until_noted(self, count: int, parts: dict[str, Part]) -> None:
        """However slow the machine is: only a standstill is a failure."""
        noted, since = await self.noted(), time.monotonic()
        while noted < count:
            assert all(part.alive() for part in parts.values()), [part.said() for part in parts.values()]
            await asyncio.sleep(0.05)
            if (now := await self.noted()) > noted:
                noted, since = now, time.monotonic()
            assert time.monotonic() - since < STANDSTILL, [noted, count, *(part.said() for part in parts.values())]

    async def settled(self, parts: dict[str, Part]) -> None:
        await self.until_noted(sum(self.acknowledged.values()), parts)
        await asyncio.sleep(1.0)  # time for anything that comes twice to come

    async def assert_once_and_in_order(self) -> None:
        steps: dict[str, list[int]] = defaultdict(list)
        async with self.hub.works.reading() as work:
            for row in await work.session.scalars(select(StepRow).order_by(StepRow.id)):
                steps[row.who].append(row.number)
        assert steps == {who: list(range(count)) for who, count in self.acknowledged.items()}


def environment(hub: TestHub, valkey_url: str, **more: str) -> dict[str, str]:
    settings = hub.settings
    return {
        "HUB_DATABASE_URL": settings.database_url, "HUB_LOG_URL": settings.log_url, "HUB_REDIS_URL": valkey_url,
        "HUB_DATA_DIR": str(settings.data_dir), "HUB_LOG_INSTANCE": "ledger", **more,
    }  # fmt: skip


@pytest.fixture
async def hub(make_hub: Any, servers: Servers) -> TestHub:
    return await make_hub(ledger.MODULE, postgres=servers.postgres(), log_url=servers.kafka())  # type: ignore[no-any-return]


async def test_a_relay_killed_in_mid_stream_loses_nothing(hub: TestHub, valkey_url: str, tmp_path: Path) -> None:
    with running(environment(hub, valkey_url), tmp_path, "relay", "consume") as parts:
        async with Stream(hub) as stream:
            for _ in range(3):
                await stream.until_noted(await stream.noted() + 50, parts)
                parts["relay"].kill()
                parts["relay"].start()
        await stream.settled(parts)
        await stream.assert_once_and_in_order()


async def test_a_relay_that_stands_by_takes_over_and_breaks_no_order(
    hub: TestHub, valkey_url: str, tmp_path: Path
) -> None:
    settings = environment(hub, valkey_url)
    other = tmp_path / "other"
    other.mkdir()
    with running(settings, tmp_path, "relay", "consume") as parts, running(settings, other, "relay") as standing_by:
        async with Stream(hub) as stream:
            await stream.until_noted(100, parts)
            parts.pop("relay").kill()
            await stream.until_noted(await stream.noted() + 300, parts | standing_by)
        await stream.settled(parts | standing_by)
        await stream.assert_once_and_in_order()


async def test_a_consumer_killed_in_mid_batch_repeats_no_effect(hub: TestHub, valkey_url: str, tmp_path: Path) -> None:
    settings = environment(hub, valkey_url, LEDGER_PAUSE="0.004")
    with running(settings, tmp_path, "relay", "consume") as parts:
        async with Stream(hub) as stream:
            for _ in range(3):
                await stream.until_noted(await stream.noted() + 40, parts)
                parts["consume"].kill()
                parts["consume"].start()
        parts["consume"].kill()
        fast = environment(hub, valkey_url)
        with running(fast, tmp_path, "consume") as again:
            await stream.settled({"relay": parts["relay"], **again})
        await stream.assert_once_and_in_order()


@pytest.fixture
async def broker(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Kafka]:
    """A broker that may be killed."""
    servers.kafka()  # skips where there is none
    broker = Kafka(tmp_path_factory.mktemp("kafka"))
    if given(broker):
        pytest.skip("the broker that was given is not ours to kill")
    await asyncio.to_thread(broker.start)
    yield broker
    await asyncio.to_thread(broker.stop)


async def test_a_broker_killed_in_mid_stream_is_waited_for(
    make_hub: Any, servers: Servers, broker: Kafka, valkey_url: str, tmp_path: Path
) -> None:
    url = await asyncio.to_thread(broker.start)
    hub = await make_hub(ledger.MODULE, postgres=servers.postgres(), log_url=f"{url}/faults")
    with running(environment(hub, valkey_url), tmp_path, "relay", "consume") as parts:
        async with Stream(hub) as stream:
            await stream.until_noted(100, parts)
            broker.kill()
            before = dict(stream.acknowledged)
            await asyncio.sleep(1.0)
            assert all(count > before[who] for who, count in stream.acknowledged.items())  # nobody waits for the log
            await asyncio.to_thread(broker.start)
            await stream.until_noted(sum(before.values()) + 50, parts)
        await stream.settled(parts)
        await stream.assert_once_and_in_order()


async def test_who_starts_before_the_broker_waits_for_it(
    make_hub: Any, servers: Servers, broker: Kafka, valkey_url: str, tmp_path: Path
) -> None:
    url = await asyncio.to_thread(broker.start)
    await asyncio.to_thread(broker.stop)
    hub = await make_hub(ledger.MODULE, postgres=servers.postgres(), log_url=f"{url}/early")
    with running(environment(hub, valkey_url), tmp_path, "relay", "consume") as parts:
        async with Stream(hub) as stream:
            await asyncio.sleep(5.0)
            assert await stream.noted() == 0
            await asyncio.to_thread(broker.start)
            await stream.until_noted(100, parts)
        await stream.settled(parts)
        await stream.assert_once_and_in_order()


@pytest.fixture
async def cluster(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[KafkaCluster]:
    servers.kafka()  # skips where there is none
    cluster = KafkaCluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    await asyncio.to_thread(cluster.stop)


@pytest.mark.timeout(300)
async def test_one_broker_of_three_is_killed_and_the_others_go_on(
    make_hub: Any, servers: Servers, cluster: KafkaCluster, valkey_url: str, tmp_path: Path
) -> None:
    url = await asyncio.to_thread(cluster.start)
    hub = await make_hub(ledger.MODULE, postgres=servers.postgres(), log_url=f"{url}/faults")
    with running(environment(hub, valkey_url), tmp_path, "relay", "consume") as parts:
        async with Stream(hub) as stream:
            await stream.until_noted(100, parts)
            cluster.nodes[0].kill()  # the first that clients ask, and the leader of a third of the partitions
            await stream.until_noted(sum(stream.acknowledged.values()) + 100, parts)
            assert not cluster.nodes[0].alive()
        await stream.settled(parts)
        await stream.assert_once_and_in_order()
