"""One connection to Redis that only listens, made for hearing much: no task, queue or timer for any message.

redis-py opens it (addresses, TLS, passwords); its own pub/sub would cost a process many times as much per message.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from typing import Any

import hiredis

from clubkit.adapters.wire_shards import Shards
from clubkit.cache import Redis

Take = Callable[[bytes], None]
_NAMES_AT_ONCE = 500
LOOK_SECONDS = 5.0
"""How often shards without sockets are dropped (a room that is left and entered again costs nothing meanwhile), and the
server is asked whether it is there; if it has not said a word by the third time, it is not."""
UNNOTICED_SECONDS = 4 * LOOK_SECONDS
"""How long a connection may have been dead before that is noticed."""


class Hearing:
    """Listens to `common`, and to the shards that are wanted, until the connection breaks."""

    def __init__(self, redis: Redis, common: str, shards: Shards, take: Take) -> None:
        self._redis, self._common, self._shards, self._take = redis, common, shards, take
        self._line: _Line | None = None
        self._turn: asyncio.Handle | None = None

    def wanted(self) -> None:
        """What is wanted has changed: asks for it once this turn of the loop is over."""
        if self._turn is None and self._line is not None:
            self._turn = asyncio.get_running_loop().call_soon(self._ask)

    async def listen(self, ready: Callable[[], None]) -> None:
        """Raises what ended the connection. `ready` is called once all that was asked for is heard."""
        connection: Any = self._redis.connection_pool.make_connection()  # type: ignore[no-untyped-call]
        try:
            await connection.connect()
            if (task := asyncio.current_task()) and task.cancelling():
                raise asyncio.CancelledError  # redis-py may swallow a cancellation while it connects
            transport = connection._writer.transport  # noqa: SLF001  pinned by a test
            self._line = line = _Line(transport, connection.pack_command, self._take)
            transport.set_protocol(line)
            self._shards.forget_what_is_heard()
            line.begin([self._common, *self._shards.new()], ready)
            while True:
                await asyncio.wait([line.ended], timeout=LOOK_SECONDS)
                if line.ended.done():
                    line.ended.result()
                line.say("UNSUBSCRIBE", self._shards.idle())
                line.ask_for_a_word()
        finally:
            if self._line is not None:
                self._line.ended.cancel()
                self._line = None
            if self._turn is not None:
                self._turn.cancel()
                self._turn = None
            with contextlib.suppress(Exception):
                await connection.disconnect(nowait=True)

    def _ask(self) -> None:
        self._turn = None
        if self._line is not None:
            self._line.say("SUBSCRIBE", self._shards.new())


class _Line(asyncio.Protocol):
    """The connection, from the moment on that it only listens."""

    def __init__(self, transport: Any, pack: Callable[..., list[bytes]], take: Take) -> None:
        self._transport, self._pack, self._take = transport, pack, take
        self._parser = hiredis.Reader()
        self._awaited = self._silent = 0
        self._ready: Callable[[], None] = lambda: None
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def begin(self, names: list[str], ready: Callable[[], None]) -> None:
        self._awaited, self._ready = len(names), ready
        self.say("SUBSCRIBE", names)

    def say(self, command: str, names: Iterable[str]) -> None:
        every = list(names)
        for start in range(0, len(every), _NAMES_AT_ONCE):
            self._transport.writelines(self._pack(command, *every[start : start + _NAMES_AT_ONCE]))

    def ask_for_a_word(self) -> None:
        self._silent += 1
        if self._silent > 2:
            self._end(ConnectionError("Redis fell silent"))
        self._transport.writelines(self._pack("PING"))

    def data_received(self, data: bytes) -> None:
        self._silent = 0
        self._parser.feed(data)
        while (message := self._parser.gets()) is not False:
            if isinstance(message, list):
                if message[0] == b"message":
                    self._take(message[2])
                elif message[0] == b"subscribe" and self._awaited:
                    self._awaited -= 1
                    if not self._awaited:
                        self._ready()
            elif isinstance(message, Exception):
                self._end(message)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionError("Redis hung up"))

    def _end(self, why: Exception) -> None:
        if not self.ended.done():
            self.ended.set_exception(why)
