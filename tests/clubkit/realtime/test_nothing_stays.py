"""Who went leaves nothing behind that only the garbage collector would find: with thousands of sockets it stops all."""

import asyncio
import gc
from types import SimpleNamespace

import pytest

from clubkit.realtime.ws_protocol import FrameProtocol
from tests.clubkit.realtime.ws_client import sign_in

OURS = ("clubkit.", "uvicorn.", "httptools.", "uvloop.")


@pytest.mark.parametrize("push_server", [FrameProtocol], indirect=True)
async def test_a_socket_that_went_is_freed_without_the_collector(push_server: SimpleNamespace) -> None:
    async def come_and_go() -> None:
        async with sign_in(push_server.url, '{"all":true}', buffer=1 << 16):
            await push_server.manager.emit("hello", {"to": "all"}, namespace="/", room="all")
            await asyncio.sleep(0.01)
        while push_server.sio.eio.sockets:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    await come_and_go()
    gc.collect()
    gc.disable()
    try:
        for _ in range(5):
            await come_and_go()
        await asyncio.sleep(0.05)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = [type(each) for each in gc.garbage if type(each).__module__.startswith(OURS)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert left == []
