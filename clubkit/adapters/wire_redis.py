"""The `Wire` over processes: local sockets at once, the others through one Redis channel."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

import orjson
import structlog

from clubkit.cache import Redis
from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, new_id
from clubkit.observability.tracing import carried, span
from clubkit.realtime.wire import Wire

log = structlog.get_logger("wire")

CHANNEL = "hub:wire"


class RedisWire:
    """`local` is this process's socket server, if it has one; `alone` when no other process holds sockets."""

    def __init__(self, redis: Redis, local: Wire | None, *, alone: bool) -> None:
        self._redis = redis
        self._local = local
        self._alone = alone and local is not None
        self._node = new_id()

    async def emit(
        self, event: str, payload: Contract | Mapping[str, Any], *, to: str, skip: str | None = None
    ) -> None:
        plain = payload.model_dump(mode="json") if isinstance(payload, Contract) else dict(payload)
        await self._do("emit", event=event, payload=plain, to=to, skip=skip)

    async def kick(self, *, session_id: str) -> None:
        await self._do("kick", session_id=session_id)

    async def subscribe(self, member_id: MemberId, channel: str) -> None:
        await self._do("subscribe", member_id=member_id, channel=channel)

    async def unsubscribe(self, member_id: MemberId, channel: str) -> None:
        await self._do("unsubscribe", member_id=member_id, channel=channel)

    async def listen(self) -> None:
        """Delivers what other processes send to our sockets. Runs until cancelled; comes back when Redis does.

        A process without sockets has nothing to deliver: it is done at once.
        """
        while self._local is not None:
            try:
                await self._listen_once(self._local)
            except asyncio.CancelledError:
                raise
            except Exception as failure:  # noqa: BLE001  any broken connection is tried again
                log.warning("wire interrupted", error=repr(failure))
                await asyncio.sleep(0.5)

    async def _do(self, what: str, **arguments: Any) -> None:
        if self._local is not None:
            await self._deliver(self._local, what, arguments)
        if not self._alone:
            message = orjson.dumps({"do": what, "node": self._node, "cause": carried(), "with": arguments})
            await self._redis.publish(CHANNEL, message)

    async def _listen_once(self, local: Wire) -> None:
        pubsub = self._redis.pubsub(ignore_subscribe_messages=True)
        try:
            await pubsub.subscribe(CHANNEL)
            async for message in pubsub.listen():
                hint = orjson.loads(message["data"])
                if hint["node"] != self._node:
                    with span(f"heard {hint['do']}", kind="consumer", parent=hint.get("cause", "")):
                        await self._deliver(local, hint["do"], hint["with"])
        finally:
            with contextlib.suppress(Exception):
                await pubsub.aclose()  # type: ignore[no-untyped-call]

    async def _deliver(self, local: Wire, what: str, arguments: Mapping[str, Any]) -> None:
        match what:
            case "emit":
                await local.emit(arguments["event"], arguments["payload"], to=arguments["to"], skip=arguments["skip"])
            case "kick":
                await local.kick(session_id=arguments["session_id"])
            case "subscribe":
                await local.subscribe(arguments["member_id"], arguments["channel"])
            case "unsubscribe":
                await local.unsubscribe(arguments["member_id"], arguments["channel"])
