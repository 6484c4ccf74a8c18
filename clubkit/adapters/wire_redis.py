"""The `Wire` over processes: local sockets at once, the others through Redis, by shards of channels.

A push travels as the frame that the sockets get, made once by who pushes; a process hears only the shards that hold a
channel of one of its sockets. Nothing here is the truth: what gets lost is counted, and noticed by who missed it.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import orjson
import structlog
from redis.exceptions import RedisError

from clubkit.adapters.wire_hearing import UNNOTICED_SECONDS, Hearing
from clubkit.adapters.wire_shards import Shards, shard_of
from clubkit.cache import Redis
from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, new_id
from clubkit.observability.metrics import wire_failures, wire_heard, wire_interrupted
from clubkit.observability.tracing import carried, span
from clubkit.realtime.encoding import event_frame

log = structlog.get_logger("wire")

AWAY = (RedisError, OSError)
"""Whatever the reason: what is told is a hint, and who tells it has done what it had to."""
_TRY_AGAIN_SECONDS = 0.5
_MOST_UNSENT = 10_000
"""Commands kept while Redis is away, and for who does not hear. Pushes are not: what they tell stands in the stores."""
_KEPT_SECONDS = 3600
_MARGIN_SECONDS = 5.0


class LocalSockets(Protocol):
    """The socket server of this process."""

    def push(self, event: str, frame: bytes, *, to: str, skip: str | None = None) -> None: ...

    def has(self, channel: str) -> bool:
        """Whether a socket here is on the channel."""
        ...

    def watch(self, changed: Callable[[str, bool], None]) -> None:
        """Told of each channel that gets its first socket here or loses its last, those there are included."""
        ...

    async def restored(self) -> None:
        """Pushes may have been missed: have heads read anew and apps told to ask."""
        ...

    async def kick(self, *, session_id: str) -> None: ...

    async def subscribe(self, member_id: MemberId, channel: str) -> None: ...

    async def unsubscribe(self, member_id: MemberId, channel: str) -> None: ...


class RedisWire:
    """`local` is this process's socket server, if it has one; `alone` when no other process holds sockets.

    Who is alone tells nobody, but listens: its workers hold no sockets and have things to say.
    """

    def __init__(self, redis: Redis, local: LocalSockets | None, *, alone: bool) -> None:
        self._redis = redis
        self._local = local
        self._alone = alone and local is not None
        self._node = new_id().encode()
        # Redis shares pub/sub between its databases; two hubs on one server must not hear each other.
        self._prefix = f"hub:{redis.connection_pool.connection_kwargs.get('db') or 0}:wire"
        self._log = f"{self._prefix}:commands"
        self._unsent: deque[bytes] = deque(maxlen=_MOST_UNSENT)
        self._missed = asyncio.Event()
        self.hears = asyncio.Event()
        """Set while this process hears the others."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def emit(
        self, event: str, payload: Contract | Mapping[str, Any], *, to: str, skip: str | None = None
    ) -> None:
        frame = event_frame(event, payload)
        if self._local is not None:
            self._local.push(event, frame, to=to, skip=skip)
        if not self._alone:
            told = (b"push", self._node, to.encode(), (skip or "").encode(), event.encode(), carried().encode(), frame)
            await self._publish(shard_of(self._prefix, to), b"\0".join(told))

    async def kick(self, *, session_id: str) -> None:
        await self._command("kick", session_id=session_id)

    async def subscribe(self, member_id: MemberId, channel: str) -> None:
        await self._command("subscribe", member_id=member_id, channel=channel)

    async def unsubscribe(self, member_id: MemberId, channel: str) -> None:
        await self._command("unsubscribe", member_id=member_id, channel=channel)

    async def listen(self) -> None:
        """Delivers what other processes send to our sockets, and makes up for what could not be sent.

        Runs until cancelled; comes back when Redis does.
        """
        async with asyncio.TaskGroup() as both:
            both.create_task(self._make_up())
            if self._local is not None:
                both.create_task(self._hear(self._local))

    # Telling

    @property
    def _common(self) -> str:
        """What every process with sockets hears."""
        return f"{self._prefix}:all"

    async def _command(self, what: str, **arguments: Any) -> None:
        if self._local is not None:
            await self._obey(self._local, what, arguments)
        if not self._alone:
            told = orjson.dumps({"do": what, "cause": carried(), "with": arguments})
            await self._publish(self._common, b"\0".join((b"do", self._node, told)), keep=True)

    async def _put(self, message: bytes) -> None:
        """A command, to all who hear it now, and for those who hear it later."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xadd(self._log, {"told": message}, maxlen=_MOST_UNSENT)
            pipe.expire(self._log, _KEPT_SECONDS)
            pipe.publish(self._common, message)
            await pipe.execute()

    async def _publish(self, channel: str, message: bytes, *, keep: bool = False) -> None:
        try:
            await (self._put(message) if keep else self._redis.publish(channel, message))
        except AWAY as failure:
            wire_failures.inc()
            if not self._missed.is_set():
                log.warning("other processes cannot be told", error=repr(failure))
            if keep:
                self._unsent.append(message)
            self._missed.set()

    async def _make_up(self) -> None:
        """Once Redis answers again: sends the commands that were kept, and says that pushes were missed."""
        while True:
            await self._missed.wait()
            await asyncio.sleep(_TRY_AGAIN_SECONDS)
            try:
                while self._unsent:
                    await self._put(self._unsent[0])
                    self._unsent.popleft()
                await self._redis.publish(self._common, b"\0".join((b"missed", self._node, b"")))
            except AWAY:
                continue
            self._missed.clear()

    # Hearing

    async def _make_up_for(self, local: LocalSockets, seconds: float) -> None:
        """Obeys, in their order, the commands of the time in which nothing was heard; then looks for missed pushes."""
        now, _ = await self._redis.time()
        since = int((now - seconds - _MARGIN_SECONDS) * 1000)
        kept: Any = await self._redis.xrange(self._log, min=since)
        for _, command in kept:
            _, node, told = command[b"told"].split(b"\0", 2)
            if node != self._node:
                await self._heard_command(local, orjson.loads(told))
        await local.restored()

    async def _hear(self, local: LocalSockets) -> None:
        shards = Shards(self._prefix)
        hearing = Hearing(self._redis, self._common, shards, lambda message: self._take(local, message))

        def changed(channel: str, here: bool) -> None:
            shards.note(channel, here)
            hearing.wanted()

        local.watch(changed)
        loop, deaf_since = asyncio.get_running_loop(), 0.0

        def ready() -> None:
            nonlocal deaf_since
            self.hears.set()
            if deaf_since:
                self._spawn(self._make_up_for(local, loop.time() - deaf_since))
            deaf_since = 0.0

        while True:
            try:
                await hearing.listen(ready)
            except asyncio.CancelledError:
                raise
            except Exception as failure:  # noqa: BLE001  any broken connection is tried again
                deaf_since = deaf_since or loop.time() - UNNOTICED_SECONDS
                self.hears.clear()
                wire_interrupted.inc()
                log.warning("wire interrupted", error=repr(failure))
                await asyncio.sleep(random.uniform(0.1, _TRY_AGAIN_SECONDS))

    def _take(self, local: LocalSockets, message: bytes) -> None:
        kind, node, rest = message.split(b"\0", 2)
        if node == self._node:
            return
        if kind == b"push":
            to, skip, event, cause, frame = rest.split(b"\0", 4)
            channel = to.decode()
            if local.has(channel):
                wire_heard.inc()
                with span(f"heard {event.decode()}", kind="consumer", parent=cause.decode()):
                    local.push(event.decode(), frame, to=channel, skip=skip.decode() or None)
        elif kind == b"missed":
            self._spawn(local.restored())
        elif kind == b"do":
            self._spawn(self._heard_command(local, orjson.loads(rest)))

    async def _heard_command(self, local: LocalSockets, command: Mapping[str, Any]) -> None:
        with span(f"heard {command['do']}", kind="consumer", parent=command["cause"]):
            await self._obey(local, command["do"], command["with"])

    async def _obey(self, local: LocalSockets, what: str, arguments: Mapping[str, Any]) -> None:
        match what:
            case "kick":
                await local.kick(session_id=arguments["session_id"])
            case "subscribe":
                await local.subscribe(arguments["member_id"], arguments["channel"])
            case "unsubscribe":
                await local.unsubscribe(arguments["member_id"], arguments["channel"])

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (failure := task.exception()):
            log.error("what another process asked for failed", exc_info=failure)
