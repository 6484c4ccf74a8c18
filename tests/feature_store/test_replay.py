"""Online features made anew from the log equal those that grew; what was forgotten stays forgotten."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from clubkit.cache import Redis
from clubkit.contracts.interactions import Action, ItemKind, MemberInteracted
from clubkit.db.work import Works
from clubkit.ids import MemberId
from clubkit.log.port import EventLog
from clubkit.log.replaying import replay
from clubkit.log.running import take_next
from clubkit.testing.hub import TestHub
from feature_store.module import MODULE
from feature_store.offline import store as offline
from feature_store.online import service as online
from feature_store.online.store import OnlineStore

[MODEL] = MODULE.read_models
START = datetime(2026, 3, 1, tzinfo=UTC)
MEMBERS = [MemberId(name) for name in ("anna", "ben", "carla")]
ACTIONS = ["like", "unlike", "rsvp_yes", "rsvp_no", "dwell", "view", "pick", "hide", "comment"]


@pytest.fixture
async def hub(make_hub: Any) -> TestHub:
    return await make_hub(MODULE)  # type: ignore[no-any-return]


class Doings:
    """Interactions one after the other."""

    def __init__(self, hub: TestHub, seed: int) -> None:
        self.hub = hub
        self.dice = random.Random(seed)
        self.at = START

    def one(self, member: MemberId | None = None) -> MemberInteracted:
        self.at += timedelta(minutes=self.dice.uniform(1, 600))
        late = timedelta(hours=self.dice.choice([0, 0, 0, 5]))
        return MemberInteracted(
            member_id=member or self.dice.choice(MEMBERS), kind=cast("ItemKind", self.dice.choice(["event", "reel"])),
            item_id=f"item-{self.dice.randrange(5)}", action=cast("Action", self.dice.choice(ACTIONS)),
            at=self.at - late,
        )  # fmt: skip

    async def go_on(self, count: int, batches: int) -> None:
        await self.hub.publish(*(self.one() for _ in range(count)))
        async with self.hub.port(EventLog).reader(MODEL.consumer.group, MODEL.consumer.topics) as reader:
            while batches and await take_next(MODEL.consumer, reader, self.hub.works):
                batches -= 1


@pytest.mark.parametrize("seed", [1, 2])
async def test_they_are_the_same_at_any_cut(hub: TestHub, seed: int) -> None:
    doings = Doings(hub, seed)
    for _ in range(5):
        await doings.go_on(doings.dice.randrange(200), batches=doings.dice.randrange(3))
        assert not (await replay(MODEL, hub.ports)).differed


async def test_lost_features_come_back_and_nothing_is_written_twice_offline(hub: TestHub) -> None:
    doings = Doings(hub, 3)
    await doings.go_on(150, batches=99)
    before = await hub.port(OnlineStore).features(MEMBERS[0])
    await hub.port(Redis).flushall()
    assert (await replay(MODEL, hub.ports)).differed
    assert await hub.port(OnlineStore).features(MEMBERS[0]) == before
    async with hub.port(Works).reading() as work:
        assert len(await offline.staged(work, 1000)) == 150


async def test_what_a_member_had_forgotten_does_not_come_back(hub: TestHub) -> None:
    doings = Doings(hub, 5)
    await doings.go_on(150, batches=99)
    async with hub.works.open() as work:
        await online.reset(work, MEMBERS[0])
    assert not (await replay(MODEL, hub.ports)).differed
    assert (await hub.port(OnlineStore).features(MEMBERS[0])).counters == {}
    doings.at += timedelta(days=1)
    await doings.go_on(60, batches=99)
    assert not (await replay(MODEL, hub.ports)).differed


async def test_nothing_is_left_beside(hub: TestHub) -> None:
    await Doings(hub, 6).go_on(40, batches=99)
    await replay(MODEL, hub.ports)
    await replay(MODEL, hub.ports, swap=False)
    left = {key.split(b":")[0] async for key in hub.port(Redis).scan_iter()}
    assert left == {b"fs"}
