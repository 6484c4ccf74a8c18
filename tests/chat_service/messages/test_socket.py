"""Chat over real sockets: the ack comes after the commit, everyone in the room hears, gaps can be filled."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import socketio

from chat_service.messages.ring import Ring
from chat_service.rooms import service as rooms
from clubkit.ids import new_id
from clubkit.testing.hub import Person


class Heard:
    """Collects what a socket is sent, and waits for it."""

    def __init__(self, client: Any, *events: str) -> None:
        self._queue: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        for event in events:
            client.on(event, lambda payload, event=event: self._queue.put_nowait((event, payload)))

    async def next(self) -> tuple[str, Any]:
        return await asyncio.wait_for(self._queue.get(), 5)

    def nothing_more(self) -> bool:
        return self._queue.empty()


def message(chat: Any, body: str, client_id: str | None = None) -> dict[str, Any]:
    return {"room": chat.room, "client_id": client_id or new_id(), "body": body}


async def test_a_sent_message_is_acknowledged_and_reaches_the_other_member(
    chat: Any, anna: Person, ben: Person
) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers, chat.hub.socket(url, ben) as his:
        heard = Heard(his, "room.event")
        ack = await hers.call("message.send", message(chat, "Who takes the bibs?"))
        assert ack["ok"] is True
        assert ack["seq"] == 1
        event, pushed = await heard.next()
        assert (event, pushed["message"]["body"], pushed["seq"]) == ("room.event", "Who takes the bibs?", 1)
    assert await chat.history(ben) == ["Who takes the bibs?"]


async def test_a_two_megabyte_message_gets_an_answer_and_not_a_hang_up(chat: Any, anna: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        ack = await hers.call("message.send", message(chat, "x" * 2_000_000))
        assert ack["ok"] is False
        assert ack["problem"]["status"] == 422
        assert ack["problem"]["errors"][0]["pointer"] == "/body"
        again = await hers.call("message.send", message(chat, "short"))
        assert again["ok"] is True
    assert await chat.history(anna) == ["short"]


async def test_a_token_that_runs_out_mid_session_is_refused_until_renewed(chat: Any, anna: Person) -> None:
    soon = chat.hub.token(anna, lifetime=timedelta(minutes=1))
    async with chat.hub.listening() as url:
        client = socketio.AsyncClient(reconnection=False)
        await client.connect(url, auth={"token": soon}, transports=["websocket"])
        assert (await client.call("message.send", message(chat, "in time")))["ok"]
        chat.hub.clock.advance(timedelta(minutes=2))
        late = await client.call("message.send", message(chat, "too late"))
        assert late["problem"]["code"] == "token_expired"
        assert (await client.call("auth.renew", {"token": chat.hub.token(anna, lifetime=timedelta(minutes=5))}))["ok"]
        assert (await client.call("message.send", message(chat, "renewed")))["ok"]
        await client.disconnect()
    assert await chat.history(anna) == ["in time", "renewed"]


async def test_a_socket_that_does_not_renew_is_told_and_then_closed(chat: Any, anna: Person) -> None:
    soon = chat.hub.token(anna, lifetime=timedelta(minutes=1))
    async with chat.hub.listening() as url:
        client = socketio.AsyncClient(reconnection=False)
        heard = Heard(client, "auth.expired")
        gone = asyncio.Event()
        client.on("disconnect", lambda *_: gone.set())
        await client.connect(url, auth={"token": soon}, transports=["websocket"])
        chat.hub.clock.advance(timedelta(seconds=61))
        await chat.hub.application.sockets.end_expired()
        assert (await heard.next())[0] == "auth.expired"
        chat.hub.clock.advance(timedelta(seconds=61))
        await chat.hub.application.sockets.end_expired()
        await asyncio.wait_for(gone.wait(), 5)


async def test_nobody_connects_without_a_token(chat: Any) -> None:
    async with chat.hub.listening() as url:
        client = socketio.AsyncClient(reconnection=False)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await client.connect(url, auth={"token": "made up"}, transports=["websocket"])
        await client.disconnect()


async def test_an_unknown_event_and_a_wrong_payload_are_both_explained(chat: Any, anna: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        assert (await hers.call("message.shout", {}))["problem"]["code"] == "not_found"
        wrong = await hers.call("message.send", {"room": chat.room, "body": 7, "extra": True})
        pointers = {flaw["pointer"] for flaw in wrong["problem"]["errors"]}
        assert pointers == {"/client_id", "/body", "/extra"}


async def test_cursors_in_the_connect_bring_what_was_missed(chat: Any, anna: Person, ben: Person) -> None:
    for number in range(1, 6):
        await chat.say(anna, f"{number}")
    async with chat.hub.listening() as url:
        client = socketio.AsyncClient(reconnection=False)
        heard = Heard(client, "chat.sync")
        auth = {"token": ben.token, "cursors": {chat.room: {"epoch": 1, "seq": 3}}}
        await client.connect(url, auth=auth, transports=["websocket"])
        _, sync = await heard.next()
        [stretch] = sync["stretches"]
        assert [event["message"]["body"] for event in stretch["events"]] == ["4", "5"]
        assert (stretch["head"], stretch["reset"]) == (5, False)
        await client.disconnect()


async def test_who_was_put_out_while_she_was_away_is_told_nothing(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "before")
    async with chat.hub.works.open() as work:
        await rooms.set_standing(work, chat.room, ben.id, role=None, version=99, head=0)
    await chat.say(anna, "among us")
    async with chat.hub.listening() as url:
        client = socketio.AsyncClient(reconnection=False)
        heard = Heard(client, "chat.sync", "room.event")
        auth = {"token": ben.token, "cursors": {chat.room: {"epoch": 1, "seq": 0}}}
        await client.connect(url, auth=auth, transports=["websocket"])
        assert await heard.next() == ("chat.sync", {"stretches": []})
        await chat.say(anna, "still among us")
        assert (await client.call("heartbeat", {"rooms": [chat.room]}))["heads"] == {}
        assert heard.nothing_more()
        await client.disconnect()


async def test_a_cursor_from_another_history_is_answered_with_a_reset(chat: Any, anna: Person) -> None:
    await chat.say(anna, "only one")
    async with chat.hub.listening() as url:
        client = socketio.AsyncClient(reconnection=False)
        heard = Heard(client, "chat.sync")
        await client.connect(
            url, auth={"token": anna.token, "cursors": {chat.room: {"epoch": 1, "seq": 99}}}, transports=["websocket"]
        )
        _, sync = await heard.next()
        assert sync["stretches"][0]["reset"] is True
        await client.disconnect()


async def test_a_gap_is_filled_in_order(chat: Any, anna: Person, ben: Person) -> None:
    for number in range(1, 8):
        await chat.say(anna, f"{number}")
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        gap = await his.call("room.gap", {"room": chat.room, "epoch": 1, "after": 2, "limit": 3})
        assert [event["seq"] for event in gap["events"]] == [3, 4, 5]
        assert gap["head"] == 7


async def test_a_gap_is_the_same_from_memory_and_from_the_store(
    chat: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 8):
        await chat.say(anna, f"{number}")
    asked = {"room": chat.room, "epoch": 1, "after": 2, "limit": 3}
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        remembered = await his.call("room.gap", asked)
        monkeypatch.setattr(Ring, "between", lambda *_: None)
        assert await his.call("room.gap", asked) == remembered
        assert (await his.call("room.gap", asked | {"epoch": 2}))["reset"]


async def test_who_was_put_out_fills_no_gap(chat: Any, anna: Person, ben: Person) -> None:
    await chat.say(anna, "before")
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        await chat.stand(ben, None, version=2)
        await chat.say(anna, "among us")
        gap = await his.call("room.gap", {"room": chat.room, "epoch": 1, "after": 1})
    assert gap["problem"]["status"] == 404


async def test_the_heartbeat_tells_heads_of_own_rooms_only(chat: Any, anna: Person) -> None:
    await chat.say(anna, "hello")
    stranger = await chat.hub.member("Zed")
    async with chat.hub.listening() as url:
        async with chat.hub.socket(url, anna) as hers:
            assert (await hers.call("heartbeat", {"rooms": [chat.room]}))["heads"] == {
                chat.room: {"epoch": 1, "seq": 1, "nth": 1}
            }
        async with chat.hub.socket(url, stranger) as his:
            assert (await his.call("heartbeat", {"rooms": [chat.room]}))["heads"] == {}


async def test_who_is_taken_out_of_the_club_hears_nothing_more(chat: Any, anna: Person, ben: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his, chat.hub.socket(url, anna) as hers:
        heard = Heard(his, "room.event")
        await chat.stand(ben, None, version=2)
        await hers.call("message.send", message(chat, "between us"))
        await his.call("heartbeat", {"rooms": []})
        assert heard.nothing_more()


async def test_too_many_messages_at_once_are_asked_to_wait(chat: Any, anna: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        acks = await asyncio.gather(*(hers.call("message.send", message(chat, f"{n}")) for n in range(25)))
    refused = [ack["problem"] for ack in acks if not ack["ok"]]
    assert refused
    assert refused[0]["code"] == "too_many"
    assert refused[0]["retry_after"] >= 1
