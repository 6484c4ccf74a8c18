"""Engine.IO v4 over a WebSocket: one packet a frame, one WebSocket a session."""

import pytest
from websockets.exceptions import InvalidStatus

from tests.conformance.conftest import PACKET_BYTES, Serve
from tests.conformance.raw import Raw, closed, hear, until


async def test_a_packet_is_a_frame_in_both_directions(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('42["message","hello"]')
        await websocket.send('42["message","world"]')
        assert [await hear(websocket), await hear(websocket)] == [
            '42["message-back","hello"]',
            '42["message-back","world"]',
        ]


async def test_binary_travels_as_it_is(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('451-["message",{"_placeholder":true,"num":0}]')
        await websocket.send(b"\x01\x02\x03\x04")
        assert await hear(websocket) == '451-["message-back",{"_placeholder":true,"num":0}]'
        assert await hear(websocket) == b"\x01\x02\x03\x04"


@pytest.mark.parametrize("packet", ["", "abc", "x", "9", "0{}", "2", "2probe", "bAQID"], ids=repr)
async def test_what_is_not_a_packet_closes(raw: Raw, packet: str) -> None:
    async with raw.joined() as websocket:
        await websocket.send(packet)
        assert (await closed(websocket))[0] == 1002


async def test_a_noop_is_nothing(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send("6")
        await websocket.send('42["message","still here"]')
        assert await hear(websocket) == '42["message-back","still here"]'


async def test_a_close_packet_closes(serve: Serve) -> None:
    server = await serve()
    async with server.raw.joined() as websocket:
        await websocket.send("1")
        await closed(websocket)
    assert server.sio.left == [("/", "client disconnect")]


async def test_a_client_that_hangs_up_has_left(serve: Serve) -> None:
    server = await serve(interval=30)
    async with server.raw.joined():
        pass
    await until(lambda: not server.sio.eio.sockets)
    assert server.sio.left == [("/", "transport close")]


async def test_more_than_the_promised_payload_closes(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('42["message","' + "a" * PACKET_BYTES + '"]')
        assert (await closed(websocket))[0] == 1009


async def test_a_second_websocket_of_a_session_is_closed_and_the_first_lives(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    query = {"EIO": "4", "transport": "websocket", "sid": session.sid}
    async with raw.socket(**query) as first:
        await first.send("2probe")
        assert await hear(first) == "3probe"
        await first.send("5")
        with pytest.raises(InvalidStatus):
            await raw.socket(**query).__aenter__()
        await first.send('42["message","mine"]')
        assert await hear(first) == '42["message-back","mine"]'


async def test_a_session_that_began_on_a_websocket_takes_no_other(raw: Raw) -> None:
    async with raw.socket(EIO="4", transport="websocket") as first:
        sid = (await hear(first)).split('"sid":"')[1].split('"')[0]
        with pytest.raises(InvalidStatus):
            await raw.socket(EIO="4", transport="websocket", sid=sid).__aenter__()
        await first.send("40")
        assert (await hear(first)).startswith("40")


async def test_many_packets_at_once_keep_their_order(raw: Raw) -> None:
    async with raw.joined() as websocket:
        for n in range(300):
            await websocket.send(f'42["message",{n}]')
        assert [await hear(websocket) for _ in range(300)] == [f'42["message-back",{n}]' for n in range(300)]
