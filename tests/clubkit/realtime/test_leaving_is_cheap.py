"""Coming and going costs as many steps as she has rooms, however many others are there."""

from typing import Any

from clubkit.realtime.engine_server import EngineServer
from clubkit.realtime.limits import SocketLimits
from clubkit.realtime.manager import RoomManager


def manager_with(others: int) -> RoomManager:
    """A manager with so many others, each in a room of her own and in one for all."""
    manager = RoomManager()
    EngineServer(limits=SocketLimits(), async_mode="asgi", client_manager=manager)
    for n in range(others):
        come(manager, f"other{n}", [f"own:{n}", "all"])
    return manager


def come(manager: RoomManager, eio_sid: str, rooms: list[str]) -> str:
    connecting = manager.pre_connect(eio_sid, "/")
    try:
        connecting.send(None)
    except StopIteration as done:
        sid = str(done.value)
    for room in rooms:
        manager.basic_enter_room(sid, "/", room)
    return sid


def steps_to_leave(others: int, monkeypatch: Any) -> int:
    manager = manager_with(others)
    sid = come(manager, "anna", ["room:1", "room:2", "all"])
    steps = 0
    taking_out = manager._take_out

    def counted(*arguments: Any) -> None:
        nonlocal steps
        steps += 1
        taking_out(*arguments)

    monkeypatch.setattr(manager, "_take_out", counted)
    manager.pre_disconnect(sid, "/")
    manager.basic_disconnect(sid, "/")
    assert manager.get_rooms(sid, "/") == []
    assert manager.has_room("all") is (others > 0)
    return steps


def test_leaving_looks_at_her_own_rooms_alone(monkeypatch: Any) -> None:
    assert steps_to_leave(0, monkeypatch) == steps_to_leave(2000, monkeypatch) == 3


def test_who_left_before_she_was_let_in_leaves_nothing() -> None:
    manager = manager_with(0)
    sid = come(manager, "anna", ["room:1"])
    assert manager.is_pre_connected(sid, "/")
    manager.basic_disconnect(sid, "/")
    assert not manager.has_room("room:1")
    assert manager.sid_from_eio_sid("anna", "/") is None
    manager.basic_disconnect(sid, "/")
