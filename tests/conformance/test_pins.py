"""What our servers build on inside python-socketio and python-engineio: an update that changes it is read first.

A failure here is no bug. Read the new source beside clubkit/realtime/engine_server.py, then write down the new digest.
"""

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import engineio
import pytest
import socketio

PINNED: dict[Callable[..., Any], str] = {
    socketio.base_server.BaseServer.__init__: "6b998e091b34a563",
    socketio.AsyncServer._handle_connect: "c97c480cf777de36",
    socketio.AsyncServer._handle_disconnect: "c0b32ada5b371230",
    socketio.AsyncServer._handle_eio_connect: "76704886d944a7e6",
    socketio.AsyncServer._handle_eio_disconnect: "9344593148b66fd9",
    socketio.AsyncServer._handle_event_internal: "472e8b723a12d507",
    socketio.AsyncServer._handle_ack: "b7521c6c30972551",
    socketio.AsyncServer._send_packet: "a00022b42c1c29e9",
    socketio.AsyncServer._trigger_event: "01ba90cfa09ba43e",
    socketio.AsyncServer.disconnect: "7d2f76686c12cc23",
    socketio.AsyncServer.handle_request: "fdf4d1481b6ae726",
    socketio.packet.Packet.encode: "513c45be75181da2",
    engineio.base_server.BaseServer.__init__: "a06b17502fbd9646",
    engineio.base_server.BaseServer.generate_id: "b6a591454237c0bb",
    engineio.async_drivers.asgi.ASGIApp.__call__: "2b8e1cd4fbc48118",
}


def digest(function: Callable[..., Any]) -> str:
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]


@pytest.mark.parametrize("function", PINNED, ids=lambda function: function.__qualname__)
def test_upstream_is_as_it_was_read(function: Callable[..., Any]) -> None:
    assert digest(function) == PINNED[function]
