"""`hub seed --alive`: members of the demo world go about their day on a running hub, by its public door."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random

from clubkit.clock import Clock, utc_now
from clubkit.serving import background
from gateway.demo.alive_acts import do_something
from gateway.demo.alive_client import Away, Refused, Visitor
from gateway.demo.alive_talk import Happened, Heard, Room, Talk, listen, rooms_of
from gateway.demo.people import LIVELY, PEOPLE
from gateway.demo.seeding import PASSWORD

BETWEEN_DEEDS = 25.0
"""Seconds between two deeds of one member, on average; with twelve of them something happens every other second."""
BETWEEN_TALKS = 14.0
KNOCK_AGAIN = 3.0
SECONDS_TO_LEAVE = 5.0
FOR_EVER = 10.0**8


@dataclass(frozen=True)
class Alive:
    """`pace`: 1 is human; less is hurried. `seconds`: how long; None until stopped."""

    url: str
    happened: Happened
    seconds: float | None = None
    pace: float = 1.0
    seed: int = 7
    clock: Clock = utc_now


async def live(alive: Alive) -> None:
    """Until the time is over or the task is cancelled. A hub that goes away is waited for.

    Raises Refused when the demo's members are not known there.
    """
    dice = Random(alive.seed)
    async with entered(alive) as (visitors, rooms):
        talk = Talk(rooms, dice, alive.happened, alive.pace)
        heard = _ears(visitors, rooms)
        days = [_day(alive, who, Random(f"{alive.seed}:{who.name}")) for who in visitors]
        # Not a TaskGroup: the socket client swallows a cancellation now and then, and `background` insists.
        async with background([*days, _again(alive, BETWEEN_TALKS, dice, talk.chat), _answering(alive, heard, talk)]):
            await asyncio.sleep(alive.seconds if alive.seconds is not None else FOR_EVER)


@asynccontextmanager
async def entered(alive: Alive) -> AsyncIterator[tuple[Sequence[Visitor], list[Room]]]:
    """The visitors, signed in and connected, with their rooms; signed out in the end."""
    people = {person.handle: person for person in PEOPLE}
    visitors = [Visitor(alive.url, people[h].email, people[h].name, PASSWORD, clock=alive.clock) for h in LIVELY]
    try:
        for who in visitors:
            await _patiently(alive, who.be_connected)
            alive.happened(who.name, "comes in")
        rooms: list[Room] = []

        async def look_round() -> None:
            rooms[:] = await rooms_of(visitors)

        await _patiently(alive, look_round)
        yield visitors, rooms
    finally:
        await asyncio.wait([asyncio.create_task(who.leave()) for who in visitors], timeout=SECONDS_TO_LEAVE)


def _ears(visitors: Sequence[Visitor], rooms: Sequence[Room]) -> Heard:
    heard: Heard = asyncio.Queue()
    ours = {who.member_id for who in visitors}
    for who in visitors:
        listen(who, [room for room in rooms if room.members[0] is who], ours, heard)
    return heard


async def _day(alive: Alive, who: Visitor, dice: Random) -> None:
    async def deed() -> None:
        await who.be_connected()
        if did := await do_something(who, dice):
            alive.happened(who.name, did)

    await _again(alive, BETWEEN_DEEDS, dice, deed, who=who.name)


async def _again(
    alive: Alive, every: float, dice: Random, deed: Callable[[], Awaitable[None]], *, who: str = "The hub"
) -> None:
    while True:
        await asyncio.sleep(alive.pace * min(4 * every, dice.expovariate(1 / every)))
        try:
            await deed()
        except Away:
            alive.happened(who, "does not reach the hub, and waits")
            await asyncio.sleep(KNOCK_AGAIN)
        except Refused as no:
            alive.happened(who, f"is refused: {no}")


async def _answering(alive: Alive, heard: Heard, talk: Talk) -> None:
    while True:
        room, name, words = await heard.get()
        alive.happened(name, f"in {room.title}: {words}")
        with contextlib.suppress(Away):
            await talk.reply(room, name, words)


async def _patiently(alive: Alive, step: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            return await step()
        except Away:
            alive.happened("The hub", f"does not answer at {alive.url}; knocking again")
            await asyncio.sleep(KNOCK_AGAIN)
