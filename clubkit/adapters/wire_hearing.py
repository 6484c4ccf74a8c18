"""One connection to Redis that only listens, made for hearing much: many messages per read, and no task for any.

redis-py's own pub/sub costs a process 30 µs and more for each message, of interest or not; here it is one or two.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from typing import Any

import hiredis

from clubkit.adapters.wire_shards import Shards
from clubkit.cache import Redis

Take = Callable[[bytes], None]
_READ_BYTES = 256 * 1024
_NAMES_AT_ONCE = 500
SILENCE_SECONDS = 15.0
"""After this long without a word the server is asked whether it is there; after twice as long it is not."""
LINGER_SECONDS = 5.0
"""How often shards without sockets are dropped; a room that is left and entered again costs nothing meanwhile."""


class Hearing:
    """Listens to `common`, and to the shards that are wanted, until the connection breaks."""

    def __init__(self, redis: Redis, common: str, shards: Shards, take: Take) -> None:
        self._redis, self._common, self._shards, self._take = redis, common, shards, take
        self._writer: Any = None
        self._turn: asyncio.Handle | None = None

    def wanted(self) -> None:
        """What is wanted has changed: asks for it once this turn of the loop is over."""
        if self._turn is None and self._writer is not None:
            self._turn = asyncio.get_running_loop().call_soon(self._ask)

    async def listen(self, ready: Callable[[], None]) -> None:
        """Raises what ended the connection. `ready` is called once all that was asked for is heard."""
        connection: Any = self._redis.connection_pool.make_connection()  # type: ignore[no-untyped-call]
        try:
            await connection.connect()
            if (task := asyncio.current_task()) and task.cancelling():
                raise asyncio.CancelledError  # redis-py may swallow a cancellation while it connects
            reader, self._writer = connection._reader, connection._writer  # noqa: SLF001  pinned by a test
            self._pack = connection.pack_command
            self._shards.forget_what_is_heard()
            first = [self._common, *self._shards.new()]
            self._say("SUBSCRIBE", first)
            await self._read(reader, len(first), ready)
        finally:
            self._writer = None
            if self._turn is not None:
                self._turn.cancel()
                self._turn = None
            with contextlib.suppress(Exception):
                await connection.disconnect(nowait=True)

    async def _read(self, reader: asyncio.StreamReader, awaited: int, ready: Callable[[], None]) -> None:
        parser = hiredis.Reader()
        loop = asyncio.get_running_loop()
        asked, dropped_at = False, loop.time()
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS if awaited or asked else LINGER_SECONDS):
                    data = await reader.read(_READ_BYTES)
            except TimeoutError:
                data = b""
                if asked or awaited:
                    raise ConnectionError("Redis fell silent") from None
            else:
                if not data:
                    raise ConnectionError("Redis hung up")
                asked = False
            if data:
                parser.feed(data)
                while (message := parser.gets()) is not False:
                    awaited = self._heard(message, awaited, ready)
            if loop.time() - dropped_at > LINGER_SECONDS:
                dropped_at, asked = loop.time(), True
                self._say("UNSUBSCRIBE", self._shards.idle())
                self._writer.writelines(self._pack("PING"))

    def _heard(self, message: Any, awaited: int, ready: Callable[[], None]) -> int:
        """How many answers are still awaited before everything is heard."""
        if isinstance(message, Exception):
            raise message
        if not isinstance(message, list) or not message:
            return awaited
        kind = bytes(message[0])
        if kind == b"message":
            self._take(message[2])
        elif kind == b"subscribe" and awaited:
            if awaited == 1:
                ready()
            return awaited - 1
        return awaited

    def _ask(self) -> None:
        self._turn = None
        if self._writer is not None:
            self._say("SUBSCRIBE", self._shards.new())

    def _say(self, command: str, names: Iterable[str]) -> None:
        every = list(names)
        for start in range(0, len(every), _NAMES_AT_ONCE):
            self._writer.writelines(self._pack(command, *every[start : start + _NAMES_AT_ONCE]))
