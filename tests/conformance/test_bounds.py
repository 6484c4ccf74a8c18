"""What a stranger, one socket and one address may take: origins, time, bytes, packets, parts, places."""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.conformance.conftest import PACKET_BYTES, Serve
from tests.conformance.raw import Raw, closed, hear, until

HOME, ELSEWHERE = "https://hub.example", "https://evil.example"
PLACED = '{"_placeholder":true,"num":%d}'


async def refused(raw: Raw, **query: Any) -> int:
    with pytest.raises(InvalidStatus) as answer:
        await raw.socket(**{"EIO": "4", "transport": "websocket", **query}).__aenter__()
    return answer.value.response.status_code


# --- origins


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", f"{HOME}.evil.example", HOME.replace("https", "http")])
async def test_another_origin_gets_no_session_over_any_transport(serve: Serve, origin: str) -> None:
    server = await serve(origins=[HOME])
    for method in ("GET", "OPTIONS"):
        answer = await server.raw.http.request(
            method, "/socket.io/", params={"EIO": "4", "transport": "polling"}, headers={"Origin": origin}
        )
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    assert await refused(server.raw, origin=origin) == 403
    assert not server.sio.eio.sockets


async def test_another_origin_reaches_no_session_that_is_there(serve: Serve) -> None:
    server = await serve(origins=[HOME])
    session = await server.raw.joined_by_polling()
    assert (await session.post('42["message","x"]', Origin=ELSEWHERE)).status_code == 403
    assert await refused(server.raw, sid=session.sid, origin=ELSEWHERE) == 403


async def test_the_hubs_own_origin_and_apps_without_one_are_welcome(serve: Serve) -> None:
    server = await serve(origins=[HOME])
    answer = await server.raw.http.options(
        "/socket.io/", headers={"Origin": HOME, "Access-Control-Request-Headers": "x-own"}
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == HOME
    assert answer.headers["access-control-allow-headers"] == "x-own"
    async with server.raw.socket(EIO="4", transport="websocket", origin=HOME) as websocket:
        assert (await hear(websocket)).startswith("0{")
    await server.raw.poll()


# --- strangers


async def test_who_does_not_sign_in_is_closed_soon(serve: Serve) -> None:
    server = await serve(interval=30, sign_in_seconds=0.1)
    async with server.raw.opened() as websocket:
        assert await closed(websocket) == (1008, "not signed in")
    session = await server.raw.poll()
    assert (await session.get()).text == "1"
    assert await session.is_over()


async def test_who_waits_for_our_answer_is_not_late(serve: Serve) -> None:
    server = await serve(interval=30, sign_in_seconds=0.1)
    async with server.raw.joined(auth='{"wait":0.4}') as websocket:
        await websocket.send('42["message","here"]')
        assert await hear(websocket) == '42["message-back","here"]'


async def test_being_refused_is_not_signing_in(serve: Serve) -> None:
    server = await serve(interval=30, sign_in_seconds=0.1)
    async with server.raw.opened() as websocket:
        await websocket.send('40{"refuse":"plainly"}')
        assert await closed(websocket) == (1008, "not signed in")


async def test_who_signed_in_stays(serve: Serve) -> None:
    server = await serve(interval=30, sign_in_seconds=0.1)
    async with server.raw.joined() as websocket:
        await asyncio.sleep(0.2)
        await websocket.send('42["message","here"]')
        assert await hear(websocket) == '42["message-back","here"]'


async def test_a_stranger_may_not_send_much(serve: Serve) -> None:
    server = await serve(stranger_bytes=1024)
    long = '{"token":"' + "a" * 2000 + '"}'
    async with server.raw.opened() as websocket:
        await websocket.send(f"40{long}")
        assert (await closed(websocket))[0] == 1009
    session = await server.raw.poll()
    assert (await session.post(f"40{long}")).status_code == 413
    assert await session.is_over()
    async with server.raw.joined() as websocket:
        await websocket.send(f'42["message",{long}]')
        assert (await hear(websocket)).startswith('42["message-back"')


async def test_strangers_have_so_many_places_and_leave_them_by_signing_in(serve: Serve) -> None:
    server = await serve(interval=30, strangers=2)
    session, _ = await server.raw.poll(), await server.raw.poll()
    answer = await server.raw.http.get("/socket.io/", params={"EIO": "4", "transport": "polling"})
    assert answer.status_code == 429
    assert await refused(server.raw) == 429
    await session.post("40")
    await server.raw.poll()
    assert server.sio.eio.strangers == 2


async def test_an_address_has_so_many_places_and_leaving_gives_them_back(serve: Serve) -> None:
    server = await serve(interval=30, per_address=2)
    async with server.raw.joined(), server.raw.joined():
        assert await refused(server.raw) == 429
    await until(lambda: not server.sio.eio.sockets)
    async with server.raw.joined():
        assert dict(server.sio.eio.by_address) == {"127.0.0.1": 1}


async def test_a_server_that_accepts_no_more_says_so(serve: Serve) -> None:
    server = await serve(interval=30)
    async with server.raw.joined() as websocket:
        server.sio.eio.accepting = False
        assert await refused(server.raw) == 503
        await websocket.send('42["message","goes on"]')
        assert await hear(websocket) == '42["message-back","goes on"]'


# --- floods


async def test_a_flood_of_packets_is_closed_with_its_reason(serve: Serve) -> None:
    server = await serve(interval=30, packets_per_second=1, packets_at_once=20)
    async with server.raw.joined() as websocket:
        for n in range(30):
            await websocket.send(f'42["message",{n}]')
        assert await closed(websocket) == (1008, "too many packets")


async def test_a_flood_of_posts_is_closed_with_its_reason(serve: Serve) -> None:
    server = await serve(interval=30, packets_per_second=1, packets_at_once=20)
    session = await server.raw.joined_by_polling()
    answer = await session.post("\x1e".join(f'42["message",{n}]' for n in range(30)))
    assert (answer.status_code, answer.json()["message"]) == (429, "too many packets")
    assert await session.is_over()


async def test_large_packets_count_for_several(serve: Serve) -> None:
    server = await serve(interval=30, packets_per_second=1, packets_at_once=20)
    async with server.raw.joined() as websocket:
        for _ in range(3):
            await websocket.send('42["message","' + "a" * (PACKET_BYTES - 100) + '"]')
        assert await closed(websocket) == (1008, "too many packets")


async def test_so_many_events_are_worked_on_at_once_and_the_rest_wait_their_turn(serve: Serve) -> None:
    server = await serve(interval=0.1, timeout=0.3, events_in_hand=2)
    gate, working, most = asyncio.Event(), 0, 0

    async def slow(_sid: str, number: int) -> int:
        nonlocal working, most
        working += 1
        most = max(most, working)
        await gate.wait()
        working -= 1
        return number

    server.sio.on("slow", slow)
    async with server.raw.joined() as websocket:
        for n in range(10):
            await websocket.send(f'42{n}["slow",{n}]')
        await asyncio.sleep(1.0)  # several heartbeats: who waits for us is not silent
        gate.set()
        answers = {await hear(websocket) for _ in range(10)}
    assert answers == {f"43{n}[{n}]" for n in range(10)}
    assert most == 2


async def test_an_app_that_never_fetches_is_given_up_when_too_much_waits(serve: Serve) -> None:
    server = await serve(interval=30, backlog_bytes=20_000)
    session = await server.raw.joined_by_polling()
    text = "a" * 9000
    for _ in range(5):
        await session.post(f'42["message","{text}"]')
    assert await session.is_over()


# --- half-finished binary


async def test_too_many_parts_are_refused_before_any_comes(serve: Serve) -> None:
    server = await serve(attachments=3)
    async with server.raw.joined() as websocket:
        await websocket.send('454-["message"]')
        assert (await closed(websocket))[0] == 1009


async def test_the_parts_together_are_no_larger_than_a_packet(serve: Serve) -> None:
    server = await serve()
    async with server.raw.joined() as websocket:
        await websocket.send(f'453-["message",{PLACED % 0}]')
        await websocket.send(b"a" * (PACKET_BYTES // 2))
        await websocket.send(b"a" * (PACKET_BYTES // 2 + 1))
        assert (await closed(websocket))[0] == 1009


async def test_parts_that_do_not_come_are_not_waited_for(serve: Serve) -> None:
    server = await serve(interval=30, attachments_seconds=0.1)
    async with server.raw.joined() as websocket:
        await websocket.send(f'452-["message",{PLACED % 0}]')
        await websocket.send(b"one of two")
        assert await closed(websocket) == (1008, "its parts did not come")


async def test_who_leaves_in_the_middle_of_binary_leaves_nothing_behind(serve: Serve) -> None:
    server = await serve(interval=30)
    async with server.raw.joined() as websocket:
        await websocket.send(f'452-["message",{PLACED % 0}]')
        await websocket.send(b"one of two")
        await until(lambda: server.sio._partials)
    await until(lambda: not server.sio.eio.sockets)
    assert not server.sio._partials
