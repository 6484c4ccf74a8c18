"""Our Socket.IO server: python-socketio's rooms, namespaces and acks on our Engine.IO, its reading made strict.

Against the stock one (tests/conformance, docs/decisions/0125): refusals are objects, what breaks the protocol ends the
session, no event name calls a hook, nothing is kept for who is not connected, and a half-finished binary packet is
bounded in parts, bytes and time.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import socketio
import structlog
from socketio import packet as kinds
from socketio.packet import Packet

from clubkit.realtime.engine import Engine
from clubkit.realtime.engine_messages import read_message, with_attachments
from clubkit.realtime.engine_packets import Encoded, Violation
from clubkit.realtime.engine_session import Session
from clubkit.realtime.limits import SocketLimits

log = structlog.get_logger("socket")

GOODBYE_SECONDS = 1.0
INVALID_NAMESPACE = {"message": "Invalid namespace"}
WENT_WRONG = {"message": "Something went wrong here. Please try again."}


class _Partial:
    """A binary packet whose parts are still to come."""

    __slots__ = ("late", "packet", "parts", "size")

    def __init__(self, packet: Packet, late: asyncio.TimerHandle) -> None:
        self.packet, self.late = packet, late
        self.parts: list[bytes] = []
        self.size = 0


class EngineServer(socketio.AsyncServer):  # type: ignore[misc]
    """A python-socketio server; `eio` is an `Engine`."""

    eio: Engine

    def __init__(self, *, limits: SocketLimits, **options: Any) -> None:
        self.limits = limits
        self.on_ready: Callable[[str], Awaitable[None]] | None = None
        """Told the sid once the app knows that it is connected: pushes before that get lost."""
        self._partials: dict[str, _Partial] = {}
        super().__init__(**options)

    def _engineio_server_class(self) -> Any:
        return partial(Engine, limits=self.limits)

    # --- packets

    async def _handle_eio_message(self, eio_sid: str, data: Encoded) -> None:
        session = self.eio.sockets.get(eio_sid)
        if session is None:
            return
        if eio_sid in self._partials:
            await self._add_part(session, data)
            return
        if not isinstance(data, str):
            raise Violation("a binary part of nothing")
        packet = read_message(data, attachments=self.limits.attachments)
        sid = self.manager.sid_from_eio_sid(eio_sid, packet.namespace)
        if (sid is None) != (packet.packet_type == kinds.CONNECT):
            raise Violation("not connected to this namespace" if sid is None else "connected to this namespace before")
        if packet.attachment_count:
            self._await_parts(session, packet)
        else:
            await self._take(session, packet)

    async def _take(self, session: Session, packet: Packet) -> None:
        if packet.packet_type == kinds.CONNECT:
            await self._handle_connect(session.sid, packet.namespace, packet.data)
        elif packet.packet_type == kinds.DISCONNECT:
            await self._handle_disconnect(session.sid, packet.namespace, self.reason.CLIENT_DISCONNECT)
        elif packet.packet_type in (kinds.EVENT, kinds.BINARY_EVENT):
            await self._handle_event(session.sid, packet.namespace, packet.id, packet.data)
        else:
            await self._handle_ack(session.sid, packet.namespace, packet.id, packet.data)

    def _await_parts(self, session: Session, packet: Packet) -> None:
        def give_up() -> None:
            self.eio.spawn(session.close("transport error", code=1008, why="its parts did not come", flush=False))

        late = asyncio.get_running_loop().call_later(self.limits.attachments_seconds, give_up)
        self._partials[session.sid] = _Partial(packet, late)

    async def _add_part(self, session: Session, data: Encoded) -> None:
        waiting = self._partials[session.sid]
        if not isinstance(data, bytes):
            raise Violation("a packet inside a binary one")
        waiting.parts.append(data)
        waiting.size += len(data)
        if waiting.size > self.limits.packet_bytes:
            raise Violation("too large", code=1009, status=413)
        if len(waiting.parts) == waiting.packet.attachment_count:
            self._forget_partial(session.sid)
            waiting.packet.data = with_attachments(waiting.packet.data, waiting.parts)
            await self._take(session, waiting.packet)

    def _forget_partial(self, eio_sid: str) -> None:
        if (waiting := self._partials.pop(eio_sid, None)) is not None:
            waiting.late.cancel()

    # --- connections

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        if (session := self.eio.sockets.get(eio_sid)) is None:
            return
        session.knocking = True
        try:
            await self._let_in(eio_sid, namespace or "/", data)
        finally:
            session.knocking = False

    async def _let_in(self, eio_sid: str, namespace: str, data: Any) -> None:
        if not self._serves(namespace):
            await self._refuse(eio_sid, namespace, INVALID_NAMESPACE)
            return
        try:
            await super()._handle_connect(eio_sid, namespace, data)
        except Exception:
            log.exception("unexpected", namespace=namespace)
            if (sid := self.manager.sid_from_eio_sid(eio_sid, namespace)) is not None:
                await self.manager.disconnect(sid, namespace, ignore_queue=True)
            await self._refuse(eio_sid, namespace, WENT_WRONG)
        if (sid := self.manager.sid_from_eio_sid(eio_sid, namespace)) is not None:
            await self._connected(eio_sid, namespace, sid)

    async def _connected(self, eio_sid: str, namespace: str, sid: str) -> None:
        session = self.eio.sockets.get(eio_sid)
        if session is None:
            # It left while it was let in: nobody else will tell the rooms.
            await super()._handle_disconnect(eio_sid, namespace, self.reason.TRANSPORT_CLOSE)
            return
        session.joined()
        if self.on_ready is not None:
            await self.on_ready(sid)

    def _serves(self, namespace: str) -> bool:
        return namespace in self.handlers or namespace in self.namespace_handlers

    async def _refuse(self, eio_sid: str, namespace: str, why: dict[str, Any]) -> None:
        await self._send_packet(eio_sid, self.packet_class(kinds.CONNECT_ERROR, data=why, namespace=namespace))

    async def _handle_disconnect(self, eio_sid: str, namespace: str | None, reason: str | None = None) -> None:
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        if not self.manager.is_connected(sid, namespace or "/"):
            return
        await super()._handle_disconnect(eio_sid, namespace, reason)
        if (session := self.eio.sockets.get(eio_sid)) is not None:
            session.left()

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        self._forget_partial(eio_sid)
        await super()._handle_eio_disconnect(eio_sid, reason)

    async def disconnect(self, sid: str, namespace: str | None = None, ignore_queue: bool = False) -> None:
        """Ends a connection to a namespace; the session goes too a moment later, unless it has another."""
        eio_sid = self.manager.eio_sid_from_sid(sid, namespace or "/")
        await super().disconnect(sid, namespace, ignore_queue)
        session = self.eio.sockets.get(eio_sid or "")
        if session is not None and self.manager.sid_from_eio_sid(eio_sid, namespace or "/") is None:
            # Not at once: an app that hears of both together takes it for a lost line, and comes again.
            session.left(stays=GOODBYE_SECONDS)

    # --- events

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: int | None, data: list[Any]) -> None:  # noqa: A002
        session = self.eio.sockets.get(eio_sid)
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        if session is None or not self.manager.is_connected(sid, namespace or "/"):
            return
        await session.turn()
        self.eio.spawn(self._answered(session, sid, namespace or "/", id, data))

    async def _answered(self, session: Session, sid: str, namespace: str, id: int | None, data: list[Any]) -> None:  # noqa: A002
        try:
            await self._handle_event_internal(self, sid, session.sid, data, namespace, id)
        except Exception:
            log.exception("unexpected", socket_event=data[0])
        finally:
            session.done()
