"""Talk among simulated members, typed at a human pace, and their answers to whoever else is in the room."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from clubkit.ids import new_id
from gateway.demo.alive_client import Refused, Visitor
from gateway.demo.alive_lines import ANYWHERE, IN_CLUB, TO_A_QUESTION, TO_SOMEBODY, Exchange

LETTERS_PER_SECOND = 11.0
LONGEST_TYPING = 7.0
TYPING_EVERY = 2.0
Happened = Callable[[str, str], None]
"""(who, what) for the table."""


@dataclass
class Room:
    """A club's room, with those of the visitors who are in it."""

    id: str
    title: str
    slug: str
    members: list[Visitor] = field(default_factory=list)


@dataclass
class Talk:
    """`pace`: 1 is human; tests hurry."""

    rooms: Sequence[Room]
    dice: Random
    happened: Happened
    pace: float = 1.0

    async def chat(self) -> None:
        """One exchange in some room, line by line."""
        rooms = [room for room in self.rooms if len(room.members) >= 3]
        if not rooms:
            return
        room = self.dice.choice(rooms)
        exchange: Exchange = self.dice.choice(IN_CLUB.get(room.slug, ()) + ANYWHERE)
        letters = sorted({letter for letter, _ in exchange})
        parts = dict(zip(letters, self.dice.sample(room.members, len(letters)), strict=True))
        names = {letter: visitor.name.split()[0] for letter, visitor in parts.items()}
        for letter, words in exchange:
            await asyncio.sleep(self.pace * self.dice.uniform(0.8, 4.0))
            await self.say(parts[letter], room, words.format(**names))

    async def reply(self, room: Room, name: str, words: str) -> None:
        """Somebody who is not one of us wrote: answered by one of us, after a moment."""
        who = self.dice.choice(room.members)
        lines = TO_A_QUESTION if "?" in words else TO_SOMEBODY
        await asyncio.sleep(self.pace * self.dice.uniform(1.5, 4.0))
        await self.say(who, room, self.dice.choice(lines).format(name=name.split(maxsplit=1)[0]))

    async def say(self, who: Visitor, room: Room, words: str) -> None:
        """Typing shows first. What cannot be sent just now is left unsaid."""
        try:
            left = self.pace * min(LONGEST_TYPING, len(words) / LETTERS_PER_SECOND)
            while left > 0:
                await who.emit("typing", {"room": room.id})
                await asyncio.sleep(min(left, TYPING_EVERY))
                left -= TYPING_EVERY
            await who.emit("message.send", {"room": room.id, "client_id": new_id(), "body": words})
        except Refused as no:
            self.happened(who.name, f"is refused: {no}")
        else:
            self.happened(who.name, f"in {room.title}: {words}")


Heard = asyncio.Queue[tuple[Room, str, str]]
"""(room, who, what) of those who are not ours."""


def listen(who: Visitor, rooms: Sequence[Room], ours: set[str], heard: Heard) -> None:
    """Has a visitor note what others say in these rooms."""
    by_id = {room.id: room for room in rooms}

    async def on_event(event: dict[str, Any]) -> None:
        message = event.get("message")
        if message and event["room"] in by_id and message["author_id"] not in {None, *ours}:
            heard.put_nowait((by_id[message["room"]], message["author_name"], message["body"]))

    who.socket.on("room.event", on_event)


async def rooms_of(visitors: Sequence[Visitor]) -> list[Room]:
    """Every club's room with the visitors in it. Raises Away, Refused."""
    rooms: dict[str, Room] = {}
    for who in visitors:
        slugs = {club["id"]: club["slug"] for club in (await who.get("clubs"))["data"]}
        for room in (await who.get("rooms"))["data"]:
            if room["kind"] == "club":
                slug = slugs.get(room["club_id"], "")
                rooms.setdefault(room["id"], Room(room["id"], room["title"], slug)).members.append(who)
    return list(rooms.values())
