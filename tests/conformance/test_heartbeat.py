"""Engine.IO v4: the server pings, the client pongs, and whoever hears nothing gives up."""

import asyncio

from tests.conformance.conftest import Serve
from tests.conformance.raw import Raw, closed


async def test_the_server_pings_over_a_websocket(raw: Raw) -> None:
    async with raw.opened() as websocket:
        for _ in range(3):
            assert await asyncio.wait_for(websocket.recv(), 2) == "2"
            await websocket.send("3")


async def test_the_server_pings_over_polling(raw: Raw) -> None:
    session = await raw.poll()
    for _ in range(3):
        assert (await session.get()).text == "2"
        assert (await session.post("3")).text == "ok"


async def test_who_does_not_pong_on_a_websocket_is_closed(serve: Serve) -> None:
    server = await serve()
    async with server.raw.joined() as websocket:
        await closed(websocket)
    assert server.sio.left == [("/", "ping timeout")]


async def test_who_does_not_pong_while_polling_is_gone(raw: Raw) -> None:
    session = await raw.poll()
    assert (await session.get()).text == "2"
    await asyncio.sleep(0.3)
    assert (await session.get()).status_code == 400


async def test_the_next_ping_comes_an_interval_after_the_pong(serve: Serve) -> None:
    server = await serve(interval=0.2, timeout=5)
    loop = asyncio.get_running_loop()
    async with server.raw.opened() as websocket:
        assert await asyncio.wait_for(websocket.recv(), 2) == "2"
        answered = loop.time()
        await websocket.send("3")
        assert await asyncio.wait_for(websocket.recv(), 2) == "2"
        assert loop.time() - answered >= 0.19


async def test_messages_are_no_pong(raw: Raw) -> None:
    async with raw.joined() as websocket:
        assert await asyncio.wait_for(websocket.recv(), 2) == "2"
        await websocket.send('42["message","I am here"]')
        await closed(websocket)


async def test_an_unasked_pong_does_not_put_off_the_ping(serve: Serve) -> None:
    server = await serve(interval=0.2, timeout=5)
    async with server.raw.opened() as websocket, asyncio.timeout(2):
        pinged = asyncio.create_task(websocket.recv())
        while not pinged.done():
            await websocket.send("3")
            await asyncio.sleep(0.02)
        assert await pinged == "2"
