"""Who is here is shared while a process serves, and no longer: it ends when it is told to."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from chat_service.presence import murmuring
from chat_service.presence.murmuring import sharing
from chat_service.presence.store import Changes, PresenceStore


class Connecting:
    """Presence through a client that takes a cancellation for one more failed attempt to connect, as redis-py may."""

    def __init__(self) -> None:
        self.tries = asyncio.Event()
        self.swallowed = 0
        self.left = False

    async def changed(self, within: float) -> None:
        await asyncio.sleep(0)

    async def share(self, _now: datetime) -> Changes:
        self.tries.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.swallowed += 1
            raise RedisConnectionError("Redis is away") from None
        return Changes()

    async def leave(self) -> None:
        self.left = True


@pytest.mark.timeout(30)
async def test_a_process_ends_though_its_client_swallows_the_word(chat: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(murmuring, "SETTLE", 0.01)
    monkeypatch.setattr(murmuring, "EVERY", 0.01)
    store = Connecting()
    chat.hub.ports.provide(PresenceStore, store)
    async with sharing(chat.hub.ports):
        await store.tries.wait()
    assert (store.swallowed > 0, store.left) == (True, True)
