"""How a domain answers Socket.IO events: typed payload in, typed ack out, one unit of work each."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar

from pydantic import BaseModel

from clubkit.contracts.base import Contract
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ports import Ports

P = TypeVar("P", bound=Contract)
Needs = Literal["work", "reading", "nothing"]
"""What an event opens: a writing transaction, a reading one, or no transaction at all."""


class Server(Protocol):
    """What a connection asks of the socket server it belongs to."""

    async def enter(self, sid: str, channel: str) -> None: ...

    async def leave(self, sid: str, channel: str) -> None: ...

    async def tell(self, sid: str, event: str, payload: Any) -> None: ...

    def channels(self, sid: str) -> Collection[str]: ...


@dataclass(slots=True)
class Connection:
    """One open socket: who it is and what domains remember about it while it lasts."""

    sid: str
    caller: Caller
    auth: dict[str, Any]
    server: Server
    memory: dict[str, Any] = field(default_factory=dict)
    ended: bool = False
    """Its sign-in ended, perhaps while it was being let in."""
    arriving: bool = True
    barred: set[str] | None = None
    """Channels it was taken off while it was being let in: who looked before that must not put it on them."""

    async def enter(self, channel: str) -> None:
        if not self.barred or channel.partition("/")[0] not in self.barred:
            await self.server.enter(self.sid, channel)

    def bar(self, channel: str) -> None:
        if self.arriving:
            self.barred = (self.barred or set()) | {channel}

    def unbar(self, channel: str) -> None:
        if self.barred:
            self.barred.discard(channel)

    def arrived(self) -> None:
        self.arriving, self.barred = False, None

    async def leave(self, channel: str) -> None:
        await self.server.leave(self.sid, channel)

    async def emit(self, event: str, payload: Any) -> None:
        """To this socket alone."""
        await self.server.tell(self.sid, event, payload)

    def channels(self) -> Collection[str]:
        """Those it is on; while it is disconnected, still."""
        return self.server.channels(self.sid)


@dataclass
class SocketContext:
    """What a handler works with. `work` is open for handlers that asked for one."""

    connection: Connection
    ports: Ports
    opened: UnitOfWork | None = None

    @property
    def caller(self) -> Caller:
        return self.connection.caller

    @property
    def work(self) -> UnitOfWork:
        if self.opened is None:
            raise RuntimeError("this event opens no unit of work")
        return self.opened


Handler = Callable[[SocketContext, Any], Awaitable[Contract | None]]
Lifecycle = Callable[[SocketContext], Awaitable[None]]


class Here(Protocol):
    """The sockets of this process, all of them."""

    def channels_here(self, prefix: str) -> list[str]:
        """Those that a socket here is on."""
        ...

    def push(self, event: str, frame: bytes, *, to: str) -> None:
        """To the sockets here alone."""
        ...


Restored = Callable[[Ports, Here], Awaitable[None]]


@dataclass(frozen=True)
class Answer:
    payload: type[Contract]
    handler: Handler
    needs: Needs


class Sockets:
    """A domain's socket events."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.told: dict[str, type[BaseModel]] = {}
        self.connected: list[Lifecycle] = []
        self.ready: list[Lifecycle] = []
        self.disconnected: list[Lifecycle] = []
        self.restored: list[Restored] = []

    def on(self, event: str, payload: type[P], *, needs: Needs = "work") -> Callable[[Handler], Handler]:
        """Registers `async def handler(context, payload) -> Contract | None`; the result is the ack."""

        def register(handler: Handler) -> Handler:
            if event in self.answers:
                raise ValueError(f"{event} is answered twice")
            self.answers[event] = Answer(payload, handler, needs)
            return handler

        return register

    def tells(self, event: str, payload: type[BaseModel]) -> None:
        """Declares an event this domain sends, for the published contract."""
        self.told[event] = payload

    def on_connect(self, handler: Lifecycle) -> Lifecycle:
        """Runs after the caller is known, before the connection is accepted; opens its own work."""
        self.connected.append(handler)
        return handler

    def on_ready(self, handler: Lifecycle) -> Lifecycle:
        """Runs once the app knows it is connected: from here on, what is sent arrives."""
        self.ready.append(handler)
        return handler

    def on_disconnect(self, handler: Lifecycle) -> Lifecycle:
        self.disconnected.append(handler)
        return handler

    def on_restored(self, handler: Restored) -> Restored:
        """Runs when the processes of the hub hear each other again: pushes may have been missed here meanwhile."""
        self.restored.append(handler)
        return handler
