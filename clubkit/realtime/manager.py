"""Who is connected and on which channels: python-socketio's client manager, made for large rooms.

The stock manager makes a task, a queue entry and a frame for each recipient of a push, and looks through all rooms when
somebody leaves. Here a push is one frame written to every WebSocket of its room, and leaving costs as many steps as she
had rooms.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import socketio

from clubkit.realtime.encoding import event_text
from clubkit.realtime.frames import payload_of, text_frame
from clubkit.realtime.line import Line, Standing
from clubkit.realtime.room import NOBODY, Room, Skip, deliver

Watch = Callable[[str, bool], None]


class _Space:
    """One namespace."""

    __slots__ = ("by_session", "lines", "rooms")

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.by_session: dict[str, str] = {}
        self.rooms: dict[str, Room] = {}


class RoomManager(socketio.AsyncManager):  # type: ignore[misc]
    """Its rooms and lines take the place of `rooms`, `pending_connect` and `pending_disconnect` of the stock one."""

    def __init__(self) -> None:
        super().__init__()
        self._spaces: dict[str, _Space] = {}
        self.rooms = self._spaces  # the stock emit looks whether a namespace is in it
        self.watch: Watch | None = None
        """Told the name of a room that gets its first line (True) or loses its last (False)."""

    # Pushing

    def push(self, frame: bytes, *, to: str | None, skip: Skip = NOBODY, namespace: str = "/") -> None:
        """One frame to a room, to one sid, or (None) to everybody."""
        space = self._spaces.get(namespace)
        if space is None:
            return
        if to is None:
            deliver([line for sid, line in space.lines.items() if sid not in skip], [frame])
        elif (room := space.rooms.get(to)) is not None:
            room.push(frame, skip)
        elif (line := space.lines.get(to)) is not None and to not in skip:
            deliver([line], [frame])

    def tell(self, sid: str, frame: bytes, *, namespace: str = "/") -> None:
        """To one connection, whether it is behind or not: what it asked for or has to know."""
        line = self._line(sid, namespace)
        if line is not None and line.session is not None:
            line.session.write(payload_of(frame).decode())

    def has_room(self, name: str, *, namespace: str = "/") -> bool:
        space = self._spaces.get(namespace)
        return space is not None and name in space.rooms

    def rooms_named(self, prefix: str, *, namespace: str = "/") -> list[str]:
        """The rooms of this process whose names begin so."""
        space = self._spaces.get(namespace)
        return [name for name in space.rooms if name.startswith(prefix)] if space else []

    async def emit(
        self, event: str, data: Any, namespace: str, room: Any = None, skip_sid: Any = None, callback: Any = None,
        to: Any = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        """python-socketio's way in. What needs an ack, carries bytes or goes to several rooms takes its own path."""
        where = to or room
        arguments = data if isinstance(data, tuple) else () if data is None else (data,)
        text = self._text(event, arguments, namespace) if callback is None and isinstance(where, str | None) else None
        if text is None:
            await super().emit(event, data, namespace, where, skip_sid, callback, **kwargs)
            return
        skip = NOBODY if skip_sid is None else [skip_sid] if isinstance(skip_sid, str) else skip_sid
        self.push(text_frame(text), to=where, skip=skip, namespace=namespace)

    def _text(self, event: str, arguments: Iterable[Any], namespace: str) -> bytes | None:
        try:
            return event_text(event, *arguments, namespace=namespace)
        except TypeError:
            return None

    # Coming and going

    async def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        space = self._spaces.setdefault(namespace, _Space())
        if eio_sid in space.by_session:
            return None
        sid: str = self.server.eio.generate_id()
        space.lines[sid] = Line(sid, eio_sid, self.server.eio.sockets.get(eio_sid))
        space.by_session[eio_sid] = sid
        return sid

    async def connect(self, sid: str, namespace: str) -> str:
        self._spaces[namespace].lines[sid].arrived()
        return sid

    def is_pre_connected(self, sid: str, namespace: str) -> bool:
        return self._stands(sid, namespace, Standing.ARRIVING)

    def is_connected(self, sid: str, namespace: str) -> bool:
        return self._stands(sid, namespace, Standing.HERE)

    def pre_disconnect(self, sid: str, namespace: str) -> str | None:
        line = self._line(sid, namespace)
        if line is None:
            return None
        line.leaves()
        return line.eio_sid

    def basic_disconnect(self, sid: str, namespace: str, **_options: Any) -> None:
        line = self._line(sid, namespace)
        if line is None:
            return
        line.leaves()
        space = self._spaces[namespace]
        for name in line.rooms:
            self._take_out(space, name, sid)
        del space.lines[sid]
        space.by_session.pop(line.eio_sid, None)
        self.callbacks.pop(sid, None)

    def basic_enter_room(self, sid: str, namespace: str, room: str, eio_sid: str | None = None) -> None:
        line = self._line(sid, namespace)
        if line is None:
            raise ValueError("sid is not connected to requested namespace")
        if room in line.rooms:
            return
        rooms = self._spaces[namespace].rooms
        if room not in rooms:
            rooms[room] = Room()
            if self.watch:
                self.watch(room, True)
        rooms[room].flush()
        rooms[room].lines[sid] = line
        line.rooms.add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str) -> None:
        line = self._line(sid, namespace)
        if line is not None and room in line.rooms:
            line.rooms.discard(room)
            self._take_out(self._spaces[namespace], room, sid)

    def basic_close_room(self, room: str, namespace: str) -> None:
        for sid, _ in list(self.get_participants(namespace, room)):
            self.basic_leave_room(sid, namespace, room)

    def _take_out(self, space: _Space, name: str, sid: str) -> None:
        room = space.rooms[name]
        room.flush()
        del room.lines[sid]
        if not room.lines:
            del space.rooms[name]
            if self.watch:
                self.watch(name, False)

    # Looking

    def get_namespaces(self) -> Iterable[str]:
        return self._spaces.keys()

    def get_participants(self, namespace: str, room: Any) -> Iterator[tuple[str, str]]:
        space = self._spaces.get(namespace)
        if space is None:
            return
        names = [room] if room is None or isinstance(room, str) else list(room)
        seen: dict[str, Line] = {}
        for name in names:
            seen |= self._lines_of(space, name)
        for sid, line in seen.items():
            yield sid, line.eio_sid

    def _lines_of(self, space: _Space, name: str | None) -> dict[str, Line]:
        if name is None:
            return space.lines
        if name in space.rooms:
            return space.rooms[name].lines
        return {name: space.lines[name]} if name in space.lines else {}

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        line = self._line(sid, namespace)
        return [sid, *sorted(line.rooms)] if line else []

    def is_sid_room(self, namespace: str, room: str) -> bool:
        return self._line(room, namespace) is not None

    def sid_from_eio_sid(self, eio_sid: str, namespace: str) -> str | None:
        space = self._spaces.get(namespace)
        return space.by_session.get(eio_sid) if space else None

    def eio_sid_from_sid(self, sid: str, namespace: str) -> str | None:
        line = self._line(sid, namespace)
        return line.eio_sid if line else None

    def _line(self, sid: str, namespace: str) -> Line | None:
        space = self._spaces.get(namespace)
        return space.lines.get(sid) if space else None

    def _stands(self, sid: str, namespace: str, standing: Standing) -> bool:
        line = self._line(sid, namespace)
        return line is not None and line.standing is standing
