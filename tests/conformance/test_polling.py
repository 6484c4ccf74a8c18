"""Engine.IO v4 over HTTP: packets in bodies, one request of each kind at a time."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.conformance.conftest import PACKET_BYTES, Serve
from tests.conformance.raw import SEPARATOR, Raw, each, until


async def test_a_post_that_is_taken_is_answered_ok(raw: Raw) -> None:
    session = await raw.poll()
    answer = await session.post("40")
    assert (answer.status_code, answer.text) == (200, "ok")


async def test_a_get_waits_until_there_is_something(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    waiting = asyncio.create_task(session.packets())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await session.post('42["message","hello"]')
    assert await waiting == ['42["message-back","hello"]']


async def test_packets_of_a_body_are_parted_by_the_record_separator(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    await session.post(SEPARATOR.join(f'42["message",{n}]' for n in range(3)))
    assert await session.gather(3) == [f'42["message-back",{n}]' for n in range(3)]


async def test_a_body_may_hold_as_many_packets_as_fit(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    answer = await session.post(SEPARATOR.join(f'42["message",{n}]' for n in range(100)))
    assert answer.text == "ok"
    assert await session.gather(100) == [f'42["message-back",{n}]' for n in range(100)]


async def test_several_waiting_packets_leave_in_one_body(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    await session.post(SEPARATOR.join(['42["message","a"]', '42["message","b"]']))
    await asyncio.sleep(0.05)
    assert (await session.get()).text == '42["message-back","a"]\x1e42["message-back","b"]'


async def test_text_of_any_script_arrives_whole(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    await session.post('42["message","€ ß 漢字 🎉"]')
    assert list(each(await session.packets())) == [["message-back", "€ ß 漢字 🎉"]]


async def test_binary_travels_as_base64_with_a_b_in_front(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    await session.post(f'451-["message",{{"_placeholder":true,"num":0}}]{SEPARATOR}bAQIDBA==')
    assert await session.gather(2) == ['451-["message-back",{"_placeholder":true,"num":0}]', "bAQIDBA=="]


@pytest.mark.parametrize(
    "body",
    ["", "abc", "x", "9", "4\x1e", f"40{SEPARATOR}{SEPARATOR}40", "0{}", "2", "2probe", "b====", b"4\xff\xfe", "d=40"],
    ids=repr,
)
async def test_a_body_that_is_not_packets_is_answered_400_and_ends_the_session(raw: Raw, body: str | bytes) -> None:
    session = await raw.poll()
    assert (await session.post(body)).status_code == 400
    assert await session.is_over()


async def test_two_gets_at_once_end_the_session(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    first = asyncio.create_task(session.get())
    await asyncio.sleep(0.02)
    assert (await session.get()).status_code == 400
    assert ((await first).status_code, (await first).text) == (200, "1")
    assert await session.is_over()


async def test_two_posts_at_once_end_the_session(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    let_go = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b'42["message",'
        await let_go.wait()
        yield b'"late"]'

    first = asyncio.create_task(session.post(slowly()))
    await asyncio.sleep(0.02)
    assert (await session.post('42["message","second"]')).status_code == 400
    assert await session.is_over()
    let_go.set()
    await first


async def test_a_body_without_a_length_is_taken_as_well(raw: Raw) -> None:
    session = await raw.joined_by_polling()

    async def in_pieces() -> AsyncIterator[bytes]:
        yield b'42["message",'
        yield b'"in pieces"]'

    assert (await session.post(in_pieces())).text == "ok"
    assert await session.packets() == ['42["message-back","in pieces"]']


async def test_more_than_the_promised_payload_ends_the_session_unread(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    assert (await session.post("4" * (PACKET_BYTES + 1))).status_code in {400, 413}
    assert await session.is_over()


async def test_a_payload_of_the_promised_size_is_taken(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    text = "a" * (PACKET_BYTES - len('42["message",""]'))
    assert (await session.post(f'42["message","{text}"]')).status_code == 200
    assert await session.packets() == [f'42["message-back","{text}"]']


async def test_a_close_packet_ends_the_session_and_lets_the_waiting_get_go(serve: Serve) -> None:
    server = await serve()
    session = await server.raw.joined_by_polling()
    waiting = asyncio.create_task(session.get())
    await asyncio.sleep(0.02)
    assert (await session.post("1")).text == "ok"
    assert ((await waiting).status_code, (await waiting).text) == (200, "6")
    assert await session.is_over()
    assert server.sio.left == [("/", "client disconnect")]


async def test_a_client_that_leaves_in_the_middle_of_a_get_has_left(serve: Serve) -> None:
    server = await serve(interval=30)
    session = await server.raw.joined_by_polling()
    waiting = asyncio.create_task(session.get())
    await asyncio.sleep(0.02)
    waiting.cancel()
    await until(lambda: not server.sio.eio.sockets)


async def test_the_last_words_wait_for_the_next_get(raw: Raw) -> None:
    session = await raw.joined_by_polling()
    await session.post('42["leave"]')
    assert await session.packets() == ["41"]
    async with asyncio.timeout(3):
        assert await session.packets() == ["1"]
    assert await session.is_over()
