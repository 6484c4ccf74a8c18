"""Hints about members, at most once a second per room and process, to those who have the room open."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import structlog

from chat_service.presence import service
from chat_service.presence.schemas import PresenceChanged, Typing
from chat_service.presence.store import Changes, PresenceStore
from clubkit.cache.errors import REDIS_AWAY
from clubkit.clock import Clock
from clubkit.db.work import Works
from clubkit.ids import RoomId
from clubkit.ports import Ports
from clubkit.realtime.last_wins import LastWins
from clubkit.realtime.wire import Wire

log = structlog.get_logger("presence")

EVERY = 1.0
MOST_WRITERS = 5
"""Of more, nobody reads the names."""
SETTLE = 0.1
"""Seconds in which those who come at once are shared at once."""
ALIVE_EVERY = 10.0


class Murmur:
    """Gathers hints. `viewed` counts the sockets here that have a room open."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.viewed: Counter[RoomId] = Counter()
        self._writers: LastWins[tuple[Typing, str]] = LastWins(self._tell_writers, every=EVERY)
        self._moved: LastWins[bool] = LastWins(self._tell_moved, every=EVERY)

    def writes(self, typing: Typing, sid: str) -> None:
        """sid: of who writes; she is not told of herself."""
        self._writers.put(typing.room, typing.member_id, (typing, sid))

    def moved(self, changes: Changes) -> None:
        for room_id, member_id, here in service.by_room(changes):
            self._moved.put(room_id, member_id, here)

    async def ask_again(self) -> None:
        """Nobody knows who went: those who look at a room ask anew."""
        for room_id in list(self.viewed):
            await self._changed(room_id, PresenceChanged(room=room_id, ask=True))

    def close(self) -> None:
        self._writers.close()
        self._moved.close()

    async def _tell_writers(self, room: str, writers: Mapping[str, tuple[Typing, str]]) -> None:
        for typing, sid in list(writers.values())[-MOST_WRITERS:]:
            await self._wire.emit("room.typing", typing, to=service.viewers_channel(RoomId(room)), skip=sid)

    async def _tell_moved(self, room: str, moved: Mapping[str, bool]) -> None:
        await self._changed(RoomId(room), service.told(RoomId(room), moved))

    async def _changed(self, room_id: RoomId, change: PresenceChanged) -> None:
        await self._wire.emit("presence.changed", change, to=service.viewers_channel(room_id))


async def keep_sharing(store: PresenceStore, murmur: Murmur, clock: Clock) -> None:
    """Runs until cancelled."""
    while True:
        await store.changed(within=ALIVE_EVERY)
        await asyncio.sleep(SETTLE)
        try:
            changes = await store.share(clock())
        except REDIS_AWAY as failure:
            log.warning("presence is not shared", error=repr(failure))
            await asyncio.sleep(EVERY)
            continue
        murmur.moved(changes)
        if changes.unknown:
            await murmur.ask_again()


@asynccontextmanager
async def sharing(ports: Ports) -> AsyncIterator[None]:
    """While the process serves."""
    store, murmur = ports[PresenceStore], ports[Murmur]
    task = asyncio.create_task(keep_sharing(store, murmur, ports[Works].clock), name="presence")
    try:
        yield
    finally:
        while not task.done():  # redis-py may swallow a cancellation while it connects: the process would stay for ever
            task.cancel()
            await asyncio.wait([task], timeout=EVERY)
        await asyncio.gather(task, return_exceptions=True)
        murmur.close()
        await store.leave()
