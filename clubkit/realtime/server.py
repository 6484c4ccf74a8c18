"""The Socket.IO server: authenticates before anything else, parses by type, acks with the result or a problem."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import orjson
import socketio
import structlog
from pydantic import ValidationError

from clubkit.cache.errors import REDIS_AWAY, CacheAway
from clubkit.clock import Clock, utc_now
from clubkit.contracts.base import Contract
from clubkit.db.work import Works
from clubkit.errors import NotFound, Outcome
from clubkit.http.problems import Problem, problem_of, problem_of_validation, unexpected
from clubkit.identity import TokenExpired, TokenVerifier
from clubkit.ids import MemberId
from clubkit.observability.metrics import fan_out_seconds, socket_events, socket_pushes, sockets_open
from clubkit.observability.tracing import entered, span
from clubkit.ports import Ports
from clubkit.realtime.encoding import event_frame
from clubkit.realtime.engine_server import EngineServer
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.line import Resync
from clubkit.realtime.manager import RoomManager
from clubkit.realtime.room import NOBODY
from clubkit.realtime.sockets import Answer, Connection, SocketContext, Sockets
from clubkit.realtime.wire import member_channel

log = structlog.get_logger("socket")

GRACE = timedelta(seconds=60)
"""How long a socket with an expired token stays open for the app to renew it."""
RESYNC_WITHIN_MS = 5000

_json = SimpleNamespace(
    dumps=lambda value, **_: orjson.dumps(value, default=_plain).decode(),
    loads=lambda text, **_: orjson.loads(text),
)


class Renew(Contract):
    token: str


class SocketServer:
    """Owns the python-socketio server of this process; implements the local half of the `Wire`."""

    def __init__(
        self,
        ports: Ports,
        domains: Iterable[Sockets],
        *,
        origins: list[str],
        limits: SocketLimits,
        clock: Clock = utc_now,
    ) -> None:
        self._ports = ports
        self._limits = limits
        self._clock = clock
        self._domains = tuple(domains)
        self._answers: dict[str, Answer] = {}
        for domain in self._domains:
            self._answers.update(domain.answers)
        self._connections: dict[str, Connection] = {}
        self._restores = 0
        self.manager = RoomManager()
        self.sio: Any = EngineServer(
            limits=limits,
            client_manager=self.manager,
            async_mode="asgi",
            json=_json,
            cors_allowed_origins=origins,
            ping_interval=20,
            ping_timeout=20,
            logger=False,
            engineio_logger=False,
        )
        self.sio.on("connect", self._connect)
        self.sio.on("disconnect", self._disconnect)
        self.sio.on("*", self._event)
        self.sio.on_ready = self._ready

    def connections(self) -> Iterable[Connection]:
        return tuple(self._connections.values())

    async def emit(
        self, event: str, payload: Contract | Mapping[str, Any], *, to: str, skip: str | None = None
    ) -> None:
        self.push(event, event_frame(event, payload), to=to, skip=skip)

    def push(self, event: str, frame: bytes, *, to: str, skip: str | None = None) -> None:
        """Writes one frame to every socket here of a channel; the frame may have been made by another process."""
        with span(f"push {event}", kind="producer"), fan_out_seconds.time():
            self.manager.push(frame, to=to, skip=(skip,) if skip else NOBODY)
        socket_pushes.labels(event).inc()

    def channels_here(self, prefix: str) -> list[str]:
        return self.manager.rooms_named(prefix)

    def has(self, channel: str) -> bool:
        """Whether a socket here is on the channel."""
        return self.manager.has_room(channel)

    def watch(self, changed: Callable[[str, bool], None]) -> None:
        """Told of each channel that gets its first socket here or loses its last, those there are included."""
        self.manager.watch = changed
        for channel in self.manager.rooms_named(""):
            changed(channel, True)

    async def restored(self) -> None:
        """The processes of the hub hear each other again: has heads told anew, and every app ask for the rest.

        Asked for once more while it does so, it does so once more, however often: several processes may say it at once.
        """
        self._restores += 1
        if self._restores > 1:
            return
        while self._restores:
            self._restores = 1
            await self._tell_restored()
            self._restores -= 1

    async def _tell_restored(self) -> None:
        for domain in self._domains:
            for hook in domain.restored:
                try:
                    await hook(self._ports, self)
                except Exception:
                    log.exception("unexpected", hook=hook.__qualname__)
        resync = Resync(reason="wire", within_ms=RESYNC_WITHIN_MS)
        self.manager.push(event_frame("resync", resync), to=None)

    async def kick(self, *, session_id: str) -> None:
        for connection in self.connections():
            if connection.caller.session_id == session_id:
                connection.ended = True
                await connection.emit("auth.ended", {})
                await self.sio.disconnect(connection.sid)

    async def subscribe(self, member_id: MemberId, channel: str) -> None:
        for connection in self._of(member_id):
            connection.unbar(channel)
            await connection.enter(channel)

    async def unsubscribe(self, member_id: MemberId, channel: str) -> None:
        for connection in self._of(member_id):
            connection.bar(channel)
            for own in connection.channels():
                if own == channel or own.startswith(f"{channel}/"):
                    await connection.leave(own)

    async def watch_expiry(self, every: float = 15.0) -> None:
        """Tells sockets whose token ran out, and closes them when nobody renews. Runs until cancelled."""
        while True:
            await asyncio.sleep(every)
            await self.end_expired()

    async def end_expired(self) -> None:
        now = self._clock()
        for connection in self.connections():
            overdue = now - connection.caller.expires_at
            if overdue > GRACE:
                await self.sio.disconnect(connection.sid)
            elif overdue > timedelta(0):
                await connection.emit("auth.expired", {})

    def _of(self, member_id: MemberId) -> list[Connection]:
        sids = self.manager.get_participants("/", member_channel(member_id))
        return [self._connections[sid] for sid, _ in list(sids) if sid in self._connections]

    async def _connect(self, sid: str, _environ: dict[str, Any], auth: Any = None) -> None:
        details = auth if isinstance(auth, dict) else {}
        try:
            token = details.get("token")
            caller = await self._ports[TokenVerifier].verify(token if isinstance(token, str) else "")
            connection = Connection(sid, caller, details, self)
            self._connections[sid] = connection
            await connection.enter(member_channel(caller.member_id))
            for domain in self._domains:
                for hook in domain.connected:
                    await hook(SocketContext(connection, self._ports))
            _still_in(connection)
        except Outcome as outcome:
            self._connections.pop(sid, None)
            raise socketio.exceptions.ConnectionRefusedError(
                outcome.detail, problem_of(outcome).model_dump(exclude_none=True)
            ) from None
        except BaseException:
            self._connections.pop(sid, None)
            raise
        await self._give_way(caller.member_id)
        sockets_open.set(len(self._connections))

    async def _give_way(self, member_id: MemberId) -> None:
        """A member has so many sockets; the oldest make room for a further one."""
        hers = self._of(member_id)
        for oldest in hers[: max(0, len(hers) - self._limits.per_member)]:
            await self.sio.disconnect(oldest.sid)

    async def enter(self, sid: str, channel: str) -> None:
        await self.sio.enter_room(sid, channel)

    async def leave(self, sid: str, channel: str) -> None:
        await self.sio.leave_room(sid, channel)

    async def tell(self, sid: str, event: str, payload: Any) -> None:
        self.manager.tell(sid, event_frame(event, payload))

    def channels(self, sid: str) -> Collection[str]:
        return [channel for channel in self.manager.get_rooms(sid, "/") if channel != sid]

    async def _ready(self, sid: str) -> None:
        if connection := self._connections.get(sid):
            connection.arrived()
            if connection.ended:
                await self.sio.disconnect(sid)
                return
            for domain in self._domains:
                for hook in domain.ready:
                    await hook(SocketContext(connection, self._ports))

    async def _disconnect(self, sid: str, *_reason: Any) -> None:
        connection = self._connections.pop(sid, None)
        sockets_open.set(len(self._connections))
        if connection is None:
            return
        for domain in self._domains:
            for hook in domain.disconnected:
                await hook(SocketContext(connection, self._ports))

    async def _event(self, event: str, sid: str, *arguments: Any) -> dict[str, Any]:
        known = event in self._answers
        with entered(f"socket {event if known else 'unknown'}"):
            return await self._outcome(event, sid, arguments[0] if arguments else {})

    async def _outcome(self, event: str, sid: str, raw: Any) -> dict[str, Any]:
        try:
            result = await self._answer(event, sid, raw)
        except Outcome as outcome:
            return _refused(event, problem_of(outcome))
        except ValidationError as invalid:
            return _refused(event, problem_of_validation(list(invalid.errors(include_url=False))))
        except REDIS_AWAY:
            return _refused(event, problem_of(CacheAway()))
        except Exception:
            log.exception("unexpected", socket_event=event)
            return _refused(event, unexpected())
        socket_events.labels(event, "ok").inc()
        return {"ok": True} | (_plain(result) if result is not None else {})

    async def _answer(self, event: str, sid: str, raw: Any) -> Contract | None:
        connection = self._connections.get(sid)
        if connection is None:
            raise TokenExpired
        if event == "auth.renew":
            await self._renew(connection, Renew.model_validate(raw))
            return None
        if connection.caller.expires_at <= self._clock():
            raise TokenExpired
        answer = self._answers.get(event)
        if answer is None:
            raise NotFound(f"There is no event called {event[:60]}.")
        payload = answer.payload.model_validate(raw)
        context = SocketContext(connection, self._ports)
        if answer.needs == "nothing":
            return await answer.handler(context, payload)
        works = self._ports[Works]
        async with works.open() if answer.needs == "work" else works.reading() as work:
            context.opened = work
            return await answer.handler(context, payload)

    async def _renew(self, connection: Connection, renew: Renew) -> None:
        caller = await self._ports[TokenVerifier].verify(renew.token)
        if caller.member_id != connection.caller.member_id:
            raise TokenExpired
        connection.caller = caller


def _still_in(connection: Connection) -> None:
    """Raises TokenExpired for who signed out while being let in."""
    if connection.ended:
        raise TokenExpired


def _refused(event: str, problem: Problem) -> dict[str, Any]:
    socket_events.labels(event[:40] if problem.code != "not_found" else "unknown", problem.code).inc()
    return {"ok": False, "problem": problem.model_dump(exclude_none=True)}


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, Contract) else value
