"""Socket.IO v5: connecting to namespaces, being refused, and leaving."""

import json

import pytest

from tests.conformance.conftest import Serve
from tests.conformance.raw import Raw, closed, each, hear, silent, until


@pytest.mark.parametrize(
    ("packet", "head"), [("40", "40{"), ("40/custom,", "40/custom,{"), ("40/custom", "40/custom,{")]
)
async def test_a_connect_is_answered_with_a_connect_and_a_sid(raw: Raw, packet: str, head: str) -> None:
    async with raw.opened() as websocket:
        await websocket.send(packet)
        answer = await hear(websocket)
    assert answer.startswith(head)
    assert list(json.loads(answer[len(head) - 1 :])) == ["sid"]


async def test_the_sid_of_a_connection_is_not_that_of_the_session(raw: Raw) -> None:
    session = await raw.poll()
    await session.post("40")
    [answer] = each(await session.packets())
    assert answer["sid"] != session.sid


async def test_a_query_after_the_namespace_is_not_part_of_its_name(raw: Raw) -> None:
    async with raw.opened() as websocket:
        await websocket.send("40/custom?token=abc,")
        assert (await hear(websocket)).startswith("40/custom,{")


async def test_what_a_connect_carries_reaches_the_application(raw: Raw) -> None:
    async with raw.joined(auth='{"token":"123"}') as websocket:
        await websocket.send('421["what-i-told"]')
        assert list(each([await hear(websocket)])) == [[{"token": "123"}]]


async def test_one_session_may_be_in_several_namespaces(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send("40/custom,")
        assert (await hear(websocket)).startswith("40/custom,")
        await websocket.send('42["message","here"]')
        await websocket.send('42/custom,["message","there"]')
        assert await hear(websocket) == '42["message-back","here"]'
        assert await hear(websocket) == '42/custom,["message-back","there"]'


async def test_no_namespace_is_entered_unasked(raw: Raw) -> None:
    async with raw.joined("/custom,") as websocket:
        await websocket.send('42["message","to the main one"]')
        assert (await closed(websocket))[0] == 1002


async def test_an_unknown_namespace_is_refused_with_an_object(raw: Raw) -> None:
    async with raw.opened() as websocket:
        await websocket.send("40/unknown,")
        assert await hear(websocket) == '44/unknown,{"message":"Invalid namespace"}'


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("plainly", {"message": "Not you"}),
        ("with reasons", {"message": "Not you", "data": {"code": "barred"}}),
        ("silently", {"message": "Connection rejected by server"}),
        ("by mistake", {"message": "Something went wrong here. Please try again."}),
    ],
)
async def test_a_refusal_is_an_object_with_a_message(raw: Raw, how: str, why: dict[str, object]) -> None:
    async with raw.opened() as websocket:
        await websocket.send("40" + json.dumps({"refuse": how}))
        answer = await hear(websocket)
    assert answer.startswith("44{")
    assert json.loads(answer[2:]) == why


async def test_who_was_refused_may_ask_again(raw: Raw) -> None:
    async with raw.opened() as websocket:
        await websocket.send('40{"refuse":"plainly"}')
        assert (await hear(websocket)).startswith("44")
        await websocket.send("40")
        assert (await hear(websocket)).startswith("40")


@pytest.mark.parametrize("packet", ['42["message"]', '431["answer"]', '451-["message",{}]', "41", '44{"message":"x"}'])
async def test_whatever_comes_before_a_connect_closes(raw: Raw, packet: str) -> None:
    async with raw.opened() as websocket:
        await websocket.send(packet)
        assert (await closed(websocket))[0] == 1002


async def test_whatever_comes_before_a_connect_closes_while_polling_too(raw: Raw) -> None:
    session = await raw.poll()
    assert (await session.post('42["message"]')).status_code == 400
    assert await session.is_over()


async def test_a_second_connect_to_the_same_namespace_closes(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send("40")
        assert (await closed(websocket))[0] == 1002


@pytest.mark.parametrize("packet", ['40"token"', "40[1]", "40{", "40 ", "401{}x"])
async def test_what_a_connect_carries_is_an_object_or_nothing(raw: Raw, packet: str) -> None:
    async with raw.opened() as websocket:
        await websocket.send(packet)
        assert (await closed(websocket))[0] == 1002


async def test_leaving_one_namespace_leaves_the_other(serve: Serve) -> None:
    server = await serve()
    async with server.raw.joined() as websocket:
        await websocket.send("40/custom,")
        await hear(websocket)
        await websocket.send("41")
        await websocket.send('42/custom,["message","still here"]')
        assert await hear(websocket) == '42/custom,["message-back","still here"]'
        assert server.sio.left == [("/", "client disconnect")]


async def test_a_disconnect_has_no_answer(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send("41")
        assert await silent(websocket)


async def test_who_left_may_come_again(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send("41")
        await websocket.send("40")
        assert (await hear(websocket)).startswith("40{")


async def test_the_server_says_when_it_ends_a_connection(serve: Serve) -> None:
    server = await serve()
    async with server.raw.joined("/custom,") as websocket:
        await websocket.send('42/custom,["leave"]')
        assert await hear(websocket) == "41/custom,"
        await closed(websocket)
    assert server.sio.left == [("/custom", "server disconnect")]


async def test_a_session_ends_in_all_its_namespaces(serve: Serve) -> None:
    server = await serve()
    async with server.raw.joined() as websocket:
        await websocket.send("40/custom,")
        await hear(websocket)
    await until(lambda: len(server.sio.left) == 2)
    assert sorted(namespace for namespace, _ in server.sio.left) == ["/", "/custom"]


async def test_who_leaves_while_being_let_in_leaves_nothing_behind(serve: Serve) -> None:
    server = await serve(interval=0.05, timeout=0.05)
    session = await server.raw.poll()
    await session.post('40{"wait":0.4}')
    await until(lambda: not server.sio.eio.sockets and not list(server.sio.manager.get_participants("/", None)))
