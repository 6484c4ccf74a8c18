"""Engine.IO v4: a session moves from polling to a WebSocket, and nothing is lost, doubled or left over."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import ClientConnection

from tests.conformance.conftest import Serve
from tests.conformance.raw import Polling, Raw, closed, hear, silent


@asynccontextmanager
async def moving(raw: Raw, session: Polling) -> AsyncIterator[ClientConnection]:
    """A WebSocket of the session that has asked to take over, and was told it may."""
    async with raw.socket(EIO="4", transport="websocket", sid=session.sid) as websocket:
        await websocket.send("2probe")
        assert await hear(websocket) == "3probe"
        yield websocket


async def test_a_probe_is_answered_and_upgrade_completes(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    async with moving(raw, session) as websocket:
        await websocket.send("5")
        await websocket.send('42["message","moved"]')
        assert await hear(websocket) == '42["message-back","moved"]'


async def test_a_waiting_get_is_let_go_with_a_noop(serve: Serve) -> None:
    server = await serve(interval=30)
    session = await server.raw.joined_by_polling()
    waiting = asyncio.create_task(session.get())
    await asyncio.sleep(0.02)
    async with moving(server.raw, session):
        assert (await asyncio.wait_for(waiting, 2)).text == "6"


async def test_no_noop_leaks_into_the_websocket(serve: Serve) -> None:
    server = await serve(interval=30)
    session = await server.raw.joined_by_polling()
    async with moving(server.raw, session) as websocket:
        await websocket.send("5")
        assert await silent(websocket)


async def test_a_get_between_probe_and_upgrade_does_not_hang(serve: Serve) -> None:
    server = await serve(interval=30)
    session = await server.raw.joined_by_polling()
    async with moving(server.raw, session):
        assert (await asyncio.wait_for(session.get(), 2)).text == "6"


async def test_what_is_sent_between_probe_and_upgrade_arrives_once_and_in_order(serve: Serve) -> None:
    server = await serve(interval=30)
    session = await server.raw.joined_by_polling()
    async with moving(server.raw, session) as websocket:
        for n in range(3):
            await session.post(f'42["message",{n}]')
        await websocket.send("5")
        assert [await hear(websocket) for _ in range(3)] == [f'42["message-back",{n}]' for n in range(3)]
        assert await silent(websocket)


@pytest.mark.parametrize("method", ["get", "post"])
async def test_http_is_refused_once_it_moved_and_the_websocket_lives(raw: Raw, method: str) -> None:
    session = await raw.joined_by_polling()
    async with moving(raw, session) as websocket:
        await websocket.send("5")
        await websocket.send('42["message","moved"]')
        assert await hear(websocket) == '42["message-back","moved"]'
        answer = await (session.get() if method == "get" else session.post('42["message","by post"]'))
        assert answer.status_code == 400
        await websocket.send('42["message","alive"]')
        assert await hear(websocket) == '42["message-back","alive"]'


@pytest.mark.parametrize("packet", ["2", "2wrong", "5", "4hello", "probe", ""], ids=repr)
async def test_a_websocket_that_does_not_probe_is_closed_and_polling_goes_on(raw: Raw, packet: str) -> None:
    session = await raw.joined_by_polling()
    async with raw.socket(EIO="4", transport="websocket", sid=session.sid) as websocket:
        await websocket.send(packet)
        await closed(websocket)
    await session.post('42["message","still polling"]')
    assert await session.packets() == ['42["message-back","still polling"]']


async def test_a_websocket_that_leaves_after_its_probe_can_be_followed_by_another(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    async with moving(raw, session):
        pass
    await session.post('42["message","still polling"]')
    assert await session.packets() == ['42["message-back","still polling"]']
    async with moving(raw, session) as websocket:
        await websocket.send("5")
        await websocket.send('42["message","moved"]')
        assert await hear(websocket) == '42["message-back","moved"]'


async def test_an_upgrade_packet_later_on_is_nothing(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    async with moving(raw, session) as websocket:
        await websocket.send("5")
        await websocket.send("5")
        await websocket.send('42["message","moved"]')
        assert await hear(websocket) == '42["message-back","moved"]'


async def test_a_session_that_ends_while_it_moves_closes_the_websocket(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    async with moving(raw, session) as websocket:
        await session.post("1")
        await websocket.send("5")
        await closed(websocket)
