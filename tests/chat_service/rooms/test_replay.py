"""Chat's membership made anew from the log equals what grew; what is chat's own outlives it."""

import random
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from chat_service.module import MEMBERSHIP, MODULE
from chat_service.rooms.managing_store import ManagingStore
from chat_service.rooms.models import RoomMemberRow, RoomRow
from chat_service.rooms.places import read_up_to
from chat_service.rooms.service import club_room_id, open_direct
from clubkit.contracts.base import Fact
from clubkit.contracts.social import ClubChanged, MembershipChanged, ProfileChanged
from clubkit.ids import ClubId, MemberId
from clubkit.log.port import EventLog
from clubkit.log.replaying import replay
from clubkit.log.running import take_next
from clubkit.testing.hub import TestHub

MEMBERS = [MemberId(f"member-{name}") for name in ("anna", "ben", "carla", "dan")]
CLUBS = [ClubId("club-1"), ClubId("club-2")]


class World:
    """Clubs whose members come and go."""

    def __init__(self, hub: TestHub, seed: int) -> None:
        self.hub = hub
        self.dice = random.Random(seed)
        self.version = 0

    def something(self) -> Fact:
        self.version += 1
        club, member = self.dice.choice(CLUBS), self.dice.choice(MEMBERS)
        match self.dice.randrange(6):
            case 0:
                name = f"Club {self.version}"
                return ClubChanged(
                    club_id=club, slug=str(club), name=name, about="", sport="rowing", hue=self.dice.randrange(360),
                    join_policy="open", version=self.version,
                )  # fmt: skip
            case 1:
                handle = f"{member}-{self.version}"
                return ProfileChanged(member_id=member, handle=handle, name=handle, hue=9, version=self.version)
            case _:
                role = self.dice.choice(["member", "admin", None])
                return MembershipChanged(
                    club_id=club, club_name=f"Club {self.version}", club_hue=7, member_id=member, role=role,
                    version=self.version,
                )  # fmt: skip

    async def go_on(self, count: int, batches: int) -> None:
        """So many facts are published, and chat takes a few batches of what there is."""
        await self.hub.publish(*(self.something() for _ in range(count)))
        consumer = MEMBERSHIP.consumer
        async with self.hub.port(EventLog).reader(consumer.group, consumer.topics) as reader:
            while batches and await take_next(consumer, reader, self.hub.works):
                batches -= 1


@pytest.fixture
async def hub(make_hub: Any) -> TestHub:
    return await make_hub(MODULE)  # type: ignore[no-any-return]


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_it_is_the_same_at_any_cut(hub: TestHub, seed: int) -> None:
    world = World(hub, seed)
    for _ in range(6):
        await world.go_on(world.dice.randrange(40), batches=world.dice.randrange(3))
        assert not (await replay(MEMBERSHIP, hub.ports)).differed


async def test_who_was_lost_is_back_and_nobody_is_made_to_read_again(hub: TestHub) -> None:
    world = World(hub, 4)
    await world.go_on(60, batches=99)
    anna, ben = MEMBERS[:2]
    room = club_room_id(CLUBS[0])
    async with hub.works.open() as work:
        talk = await open_direct(work, anna, ben)
        everyone = update(RoomMemberRow).where(RoomMemberRow.room_id == room)
        await work.session.execute(everyone.values(gone=False, role="admin", version=9999))
        await read_up_to(work, {(room, ben): 17})
        await ManagingStore(work).keep_out([room], MemberId("stranger"), work.now + timedelta(days=9))
    result = await replay(MEMBERSHIP, hub.ports)
    assert result.differed
    assert not (await replay(MEMBERSHIP, hub.ports)).differed
    async with hub.works.reading() as work:
        mine = await work.session.get(RoomMemberRow, (room, ben))
        assert mine is not None
        assert (mine.read_seq, mine.version) != (0, 9999)
        stranger = await work.session.get(RoomMemberRow, (room, MemberId("stranger")))
        assert stranger is not None
        assert stranger.barred_until is not None
        direct = await work.session.get(RoomRow, talk)
        assert direct is not None
        in_talk = select(RoomMemberRow.member_id).where(RoomMemberRow.room_id == talk)
        assert set(await work.session.scalars(in_talk)) == {anna, ben}
