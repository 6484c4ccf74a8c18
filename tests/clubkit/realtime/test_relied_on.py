"""What our sockets rely on inside uvicorn, python-socketio and websockets: a change there fails here, by its name."""

import ast
import asyncio
import inspect
import textwrap
from typing import Any

import socketio
import uvicorn
from socketio.base_manager import BaseManager
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import Server, ServerState
from websockets import frames

from clubkit.realtime.manager import RoomManager
from clubkit.realtime.ws_protocol import FrameProtocol


def attributes_of_the_manager(*sources: Any) -> set[str]:
    """What is read of `….manager` in these."""
    trees = [ast.parse(textwrap.dedent(inspect.getsource(source))) for source in sources]
    return {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "manager"
    }


def test_python_socketio_asks_its_manager_for_nothing_we_do_not_know() -> None:
    known = {
        "can_disconnect", "close_room", "connect", "disconnect", "eio_sid_from_sid", "emit", "enter_room",
        "get_namespaces", "get_rooms", "initialize", "is_connected", "leave_room", "pre_connect", "pre_disconnect",
        "set_server", "sid_from_eio_sid", "trigger_callback",
    }  # fmt: skip
    assert attributes_of_the_manager(socketio.AsyncServer, socketio.base_server.BaseServer) <= known


def test_every_look_of_the_stock_manager_at_its_rooms_is_answered_by_ours() -> None:
    rooms = {"rooms", "pending_connect", "pending_disconnect"}
    looking = {
        name
        for name, method in vars(BaseManager).items()
        if inspect.isfunction(method)
        and any(isinstance(n, ast.Attribute) and n.attr in rooms for n in ast.walk(ast.parse(_source(method))))
    }
    assert looking - vars(RoomManager).keys() - {"__init__"} == set()


def _source(method: Any) -> str:
    return textwrap.dedent(inspect.getsource(method))


def test_the_stock_emit_still_begins_with_the_namespace_and_asks_for_participants() -> None:
    source = inspect.getsource(socketio.AsyncManager.emit)
    assert "if namespace not in self.rooms" in source
    assert "self.get_participants(namespace, room)" in source


def test_uvicorn_hands_a_websocket_over_as_it_did() -> None:
    source = inspect.getsource(HttpToolsProtocol.handle_websocket_upgrade)
    handing_over = [
        "config=self.config", "server_state=self.server_state", "app_state=self.app_state",
        "protocol.connection_made(self.transport)", "self.transport.set_protocol(protocol)",
    ]  # fmt: skip
    assert [part for part in handing_over if part not in source] == []
    assert 'output += [name, b": ", value, b"\\r\\n"]' in source
    assert {"connections", "tasks", "default_headers"} <= vars(ServerState()).keys()
    assert "connection.shutdown()" in inspect.getsource(Server.shutdown)
    assert uvicorn.Config(lambda: None, ws=FrameProtocol).ws is FrameProtocol  # type: ignore[arg-type]


def test_a_server_still_has_what_is_closed_when_it_lets_nobody_in() -> None:
    assert "self.servers" in inspect.getsource(Server.startup)
    assert "self.should_exit" in inspect.getsource(Server.on_tick)


def test_masks_are_still_undone_where_we_look_for_it() -> None:
    assert frames.apply_mask(b"\x00\x01", b"\x01\x01\x00\x00") == b"\x01\x00"  # type: ignore[attr-defined]


async def test_a_transport_still_tells_of_what_waits() -> None:
    for name in ("get_write_buffer_size", "set_write_buffer_limits", "pause_reading", "resume_reading", "abort"):
        assert callable(getattr(asyncio.Transport, name))
