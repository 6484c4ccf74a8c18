"""Making a model anew on the grown-up topology, while its group goes on taking facts."""

import asyncio
from typing import Any

import pytest

from chat_service.module import MEMBERSHIP, MODULE
from clubkit.log.port import EventLog
from clubkit.log.relay import Relay
from clubkit.log.replaying import replay
from clubkit.log.running import run_consumer
from clubkit.testing.hub import TestHub
from tests.chat_service.rooms.test_replay import World
from tests.waiting import until
from tools.servers.borrowing import Servers


@pytest.fixture(params=["embedded", pytest.param("apart", marks=pytest.mark.servers)])
async def hub(request: pytest.FixtureRequest, make_hub: Any) -> TestHub:
    if request.param == "embedded":
        return await make_hub(MODULE)  # type: ignore[no-any-return]
    servers: Servers = request.getfixturevalue("servers")
    return await make_hub(MODULE, postgres=servers.postgres(), log_url=servers.kafka())  # type: ignore[no-any-return]


async def test_it_equals_the_live_one_while_facts_keep_coming(hub: TestHub) -> None:
    world, log = World(hub, 21), hub.port(EventLog)
    tasks = [asyncio.create_task(run_consumer(MEMBERSHIP.consumer, log, hub.works))]
    if relay := hub.ports.get(Relay):
        tasks.append(asyncio.create_task(relay.run()))

    enough = asyncio.Event()

    async def go_on() -> None:
        while not enough.is_set():
            await hub.publish(*(world.something() for _ in range(8)))
            await asyncio.sleep(0.1)

    writing = asyncio.create_task(go_on())
    for _ in range(3):
        await asyncio.sleep(0.5)
        assert not (await replay(MEMBERSHIP, hub.ports)).differed
    enough.set()
    await writing

    async def nothing_waits() -> bool:
        waiting = sum([await source.waiting() for source in relay.sources]) if relay else 0
        return not waiting and not await log.lag(MEMBERSHIP.consumer.group, MEMBERSHIP.consumer.topics)

    await until(nothing_waits)
    result = await replay(MEMBERSHIP, hub.ports)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert not result.differed
    assert result.facts == world.version
