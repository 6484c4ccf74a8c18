"""A room of a few members on a network that drops, doubles and reorders, and on processes that die at every step.

What runs is the product: the rules, the store and a real database. Only the wires between the processes and the apps
are made up, so that a test can do the worst to them.
"""

import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from chat_service.messages import catching_up, deleting, editing, reacting, reading, sending, service
from chat_service.messages.event_schemas import Sync
from chat_service.messages.ring import Ring
from chat_service.messages.schemas import (
    Cursor,
    DeleteMessage,
    EditMessage,
    GapRequest,
    HeadsRequest,
    PinMessage,
    ReactTo,
    Receipt,
    SendMessage,
)
from chat_service.messages.store import MessageStore
from chat_service.messages.store_sql import SqlMessageStore
from chat_service.rooms.models import RoomRow
from chat_service.rooms.store import RoomStore
from chat_service.tables import Base
from clubkit.contracts.base import Contract
from clubkit.db.database import Database
from clubkit.db.models import OutboxRow
from clubkit.db.work import UnitOfWork, Works
from clubkit.errors import Outcome
from clubkit.identity import Caller
from clubkit.ids import MemberId, MessageId, RoomId, new_id
from clubkit.ports import Ports
from clubkit.realtime.wire import Wire
from clubkit.testing.clock import MovableClock
from tests.chat_service.model_client import Json, ModelClient

ROOM = RoomId("room")
NAMES = ("anna", "ben", "carla")
Rule = Callable[..., Awaitable[Receipt]]
RULES: Mapping[type[Any], Rule] = {
    SendMessage: sending.send_message, EditMessage: editing.edit_message, DeleteMessage: deleting.delete_message,
    ReactTo: reacting.react, PinMessage: reacting.pin,
}  # fmt: skip


class Killed(Exception):  # noqa: N818  as outcomes are named
    """The process was killed in the middle of it."""


@dataclass
class Write:
    """Something composed, kept until it is acknowledged or refused for good."""

    ask: Any
    receipt: Receipt | None = None
    refused: str = ""


@dataclass
class App:
    """A member's app: her outbox, what she has heard, and what is on its way to her."""

    caller: Caller
    client: ModelClient = field(default_factory=ModelClient)
    outbox: list[Write] = field(default_factory=list)
    done: list[Write] = field(default_factory=list)
    coming: list[tuple[str, Json]] = field(default_factory=list)
    is_connected: bool = True

    def take(self, place: int, *, again: bool = False) -> None:
        """One of the frames on their way arrives; `again`: and stays on its way."""
        kind, payload = self.coming[place] if again else self.coming.pop(place)
        {
            "event": self.client.heard, "sync": self.client.synced, "gap": self.client.filled,
            "opened": self.client.opened, "older": self.client.extended,
            "heads": lambda heads: self.client.told(heads["heads"]),
        }[kind](payload)  # fmt: skip


class Wires:
    """The `Wire` of one process: what it emits is on its way to whoever is connected, and may never arrive."""

    def __init__(self, world: "World") -> None:
        self._world = world

    async def emit(self, event: str, payload: Contract, *, to: str, skip: str | None = None) -> None:
        for app in self._world.apps:
            if event == "room.event" and app.is_connected:
                app.coming.append(("event", payload.model_dump(mode="json")))


class World:
    """`processes`: the memories of as many processes over one database."""

    def __init__(self, folder: Path, template: Path, *, processes: int = 2) -> None:
        self.clock = MovableClock()
        path = folder / "hub.sqlite3"
        shutil.copyfile(template, path)
        self.database = Database(f"sqlite+aiosqlite:///{path}", synchronous="normal")
        self.processes = [self._process(each) for each in range(processes)]
        self.apps = [App(_caller(name, self.clock)) for name in NAMES]
        self.acknowledged: dict[tuple[str, str], Receipt] = {}
        self.truncations = 0

    async def begin(self) -> None:
        async with self.processes[0].open() as work:
            store = RoomStore(work)
            room = RoomRow(id=ROOM, kind="club", club_id="club", title="Riverside", hue=1, created_at=work.now)
            await store.add_room(_whole(room))
            for name in NAMES:
                role = "owner" if name == "anna" else "member"
                await store.set_membership(ROOM, MemberId(name), role=role, gone=False, version=1, read_seq=0)

    async def end(self) -> None:
        await self.database.close()

    def kill(self, process: int) -> None:
        """It starts anew, with nothing in memory; its sockets are gone."""
        self.processes[process] = self._process(process)
        for app in self.apps:
            app.is_connected = False

    async def submit(self, app: App, process: int, *, dies: str = "", ack_arrives: bool = True) -> None:
        """The app sends the first of its outbox. dies: "before" or "after" the commit."""
        write, works = app.outbox[0], self.processes[process]
        self.clock.advance(timedelta(seconds=1))
        try:
            async with works.open() as work:
                receipt = await RULES[type(write.ask)](work, app.caller, write.ask)
                _die(work, dies)
        except Outcome as outcome:
            write.refused = outcome.code
            app.done.append(app.outbox.pop(0))
            return
        except Killed:
            self.kill(process)
            return
        if dies == "after":
            self.kill(process)
        elif ack_arrives:
            self.acknowledge(app, receipt)

    def acknowledge(self, app: App, receipt: Receipt) -> None:
        write = app.outbox.pop(0)
        write.receipt = receipt
        app.done.append(write)
        self.acknowledged[app.caller.member_id, write.ask.client_id] = receipt

    async def connect(self, app: App, process: int) -> None:
        """The CONNECT with the cursors; the answer is on its way."""
        app.is_connected = True
        cursors = {RoomId(room): Cursor.model_validate(each) for room, each in app.client.cursors().items()}
        cursors = cursors or {ROOM: Cursor(epoch=1, seq=0)}
        async with self.processes[process].reading() as work:
            stretches = await catching_up.missed(work, app.caller.member_id, cursors)
        app.coming.append(("sync", Sync(stretches=tuple(stretches)).model_dump(mode="json")))

    async def heartbeat(self, app: App, process: int) -> None:
        async with self.processes[process].reading() as work:
            heads = await catching_up.heads_of(work, app.caller.member_id, HeadsRequest(rooms=(ROOM,)))
        app.coming.append(("heads", heads.model_dump(mode="json")))

    async def fill_gaps(self, app: App, process: int, limit: int) -> None:
        for gap in app.client.holes().values():
            ask = GapRequest.model_validate(gap | {"limit": limit})
            async with self.processes[process].reading() as work:
                stretch = await catching_up.fill_gap(work, app.caller.member_id, ask)
            app.coming.append(("gap", stretch.model_dump(mode="json")))

    async def open_anew(self, app: App, process: int) -> None:
        app.coming.append(("opened", await self.page(app, process)))

    async def page(self, app: App, process: int, before: int | None = None, limit: int = 5) -> Json:
        async with self.processes[process].reading() as work:
            page = await reading.page(work, app.caller.member_id, ROOM, before=before, after=None, limit=limit)
        return page.model_dump(mode="json")

    async def truncate(self, process: int, dice: Random) -> None:
        async with self.processes[process].open() as work:
            head = (await service.heads(work, [ROOM]))[ROOM]
            await service.truncate(work, ROOM, dice.randint(head.floor_seq, head.seq + 2))
        self.truncations += 1

    async def settle(self, app: App) -> None:
        """The network is fine again: the app sends what waits, and asks until nothing is missing."""
        app.coming.clear()
        while app.outbox:
            await self.submit(app, 0)
        await self.connect(app, 0)
        self._arrive(app)
        for _ in range(1_000):
            await self.heartbeat(app, 0)
            self._arrive(app)
            if app.client.resets:
                await self.open_anew(app, 0)
            await self.fill_gaps(app, 0, 200)
            if not app.coming:
                break
            self._arrive(app)
        while (page := await self._older_than_held(app)) and page["messages"]:
            app.client.extended(page)

    async def truth(self) -> list[Json]:
        """Every message of the room, as a fresh app would see it."""
        page = await self.page(self.apps[0], 0, limit=10_000)
        return page["messages"]  # type: ignore[no-any-return]

    def _process(self, number: int) -> Works:
        """The first remembers a good deal, the others almost nothing."""
        ports = Ports()
        works = Works(self.database, ports, clock=self.clock)
        ports.provide_store(MessageStore, _store)
        ports.provide(Ring, Ring(per_room=3 if number else 40))
        ports.provide(Wire, Wires(self))  # type: ignore[type-abstract]
        return works

    async def _older_than_held(self, app: App) -> Json | None:
        held = app.client.timeline(ROOM)
        return await self.page(app, 0, before=held[0]["seq"], limit=50) if held else None

    def _arrive(self, app: App) -> None:
        while app.coming:
            app.take(0)


async def make_template(path: Path) -> None:
    """An empty database to copy worlds from."""
    database = Database(f"sqlite+aiosqlite:///{path}", synchronous="normal")
    async with database.engine.begin() as connection:
        for metadata in (OutboxRow.metadata, Base.metadata):
            await connection.run_sync(metadata.create_all)
    await database.close()


def compose(app: App, dice: Random) -> None:
    """The member writes something: most often a message, else about one that she sees."""
    common = {"room": ROOM, "client_id": new_id()}
    seen = app.client.timeline(ROOM)
    about = common | {"target": MessageId(dice.choice(seen)["id"])} if seen else {}
    choice = dice.randrange(8) if seen else 0
    ask: Any
    match choice:
        case 4:
            ask = EditMessage(**about, body=f"better {dice.randrange(99)} @{dice.choice(NAMES)}")
        case 5:
            ask = DeleteMessage(**about)
        case 6:
            ask = ReactTo(**about, emoji=dice.choice("👍🎉"), on=dice.random() < 0.7)
        case 7:
            ask = PinMessage(**about, on=dice.random() < 0.7)
        case _:
            more = _links(seen, dice) if choice > 0 else {}
            ask = SendMessage(**common, body=f"{app.caller.name} {dice.randrange(999)}", **more)
    app.outbox.append(Write(ask))


def _links(seen: list[Json], dice: Random) -> Json:
    message = dice.choice(seen)
    if message["thread"] or dice.random() < 0.3:
        return {"reply_to": message["id"]}
    return {"thread": message["id"]}


def _die(work: UnitOfWork, when: str) -> None:
    if when == "before":
        raise Killed
    if when == "after":  # nobody hears of it, and it is in nobody's memory
        work.afterwards.clear()


def _store(work: UnitOfWork) -> MessageStore:
    return SqlMessageStore(work)


def _caller(name: str, clock: MovableClock) -> Caller:
    return Caller(MemberId(name), name, name.title(), "session", clock() + timedelta(days=9_999), False)


def _whole(room: RoomRow) -> RoomRow:
    """With the defaults that a flush would give it."""
    room.topic, room.slow_seconds, room.blocked = "", 0, ""
    return room
