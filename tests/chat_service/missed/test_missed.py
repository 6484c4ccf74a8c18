"""Mails about what calls a member: after a while, while she is away, one for many, and never against her will."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from chat_service.messages import deleting
from chat_service.messages.schemas import DeleteMessage
from chat_service.missed import telling
from chat_service.missed.links import OffLinks
from chat_service.missed.models import MissedRow
from chat_service.missed.store import MissedStore
from clubkit.contracts.base import Fact
from clubkit.contracts.chat import MessagesMissed
from clubkit.db.models import OutboxRow
from clubkit.ids import MessageId, RoomId, new_id
from clubkit.testing.hub import Person
from tests.chat_service.conftest import Chat
from tests.chat_service.places import a_talk, speak

WAIT = timedelta(minutes=15)


async def mails(chat: Chat) -> list[MessagesMissed]:
    """All that were asked for so far."""
    await telling.tell_all(chat.hub.works)
    query = select(OutboxRow.payload).where(OutboxRow.type == MessagesMissed.type_name()).order_by(OutboxRow.id)
    async with chat.hub.works.reading() as work:
        return [Fact.read(MessagesMissed.type_name(), each) for each in await work.session.scalars(query)]  # type: ignore[misc]


async def waiting(chat: Chat) -> int:
    async with chat.hub.works.reading() as work:
        return await work.session.scalar(select(func.count()).select_from(MissedRow)) or 0


async def test_a_mail_tells_once_of_what_was_not_read_in_time(chat: Chat, anna: Person, ben: Person) -> None:
    room = await a_talk(anna, ben)
    await speak(chat, anna, "are you coming?", room)
    await speak(chat, anna, f"@{ben.handle} the bus leaves at nine")
    assert await mails(chat) == []
    chat.hub.clock.advance(WAIT)
    [mail] = await mails(chat)
    assert mail.member_id == ben.id
    told = {each.room_id: (each.title, each.is_talk, each.times, each.author_name, each.preview) for each in mail.rooms}
    assert told == {
        room: ("Anna Berg", True, 1, "Anna Berg", "are you coming?"),
        chat.room: ("Riverside FC", False, 1, "Anna Berg", f"@{ben.handle} the bus leaves at nine"),
    }
    chat.hub.clock.advance(timedelta(days=1))
    assert len(await mails(chat)) == 1
    assert await waiting(chat) == 0


async def test_what_was_read_or_deleted_meanwhile_is_not_mailed(chat: Chat, anna: Person, ben: Person) -> None:
    cleo = await chat.member("Cleo Diaz")
    mine, hers = await a_talk(anna, ben), await a_talk(anna, cleo)
    sent = await speak(chat, anna, "are you coming?", mine)
    gone = await speak(chat, anna, "never mind", hers)
    assert (await ben.http.put(f"rooms/{mine}/read", json={"seq": sent["seq"]})).status_code == 200
    wish = DeleteMessage(room=RoomId(hers), client_id=new_id(), target=MessageId(gone["id"]))
    async with chat.hub.works.open() as work:
        await deleting.delete_message(work, anna.caller, wish)
    chat.hub.clock.advance(WAIT)
    assert await mails(chat) == []
    assert await waiting(chat) == 0


async def test_who_left_the_room_is_not_told_of_it(chat: Chat, anna: Person, ben: Person) -> None:
    await speak(chat, anna, f"@{ben.handle} the plan")
    await chat.stand(ben, None, version=2)
    chat.hub.clock.advance(WAIT)
    assert await mails(chat) == []


async def test_who_has_the_app_open_is_written_to_only_when_she_goes(
    chat: Chat, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {ben.id}

    async def are_here(_work: object, members: Any) -> set[Any]:
        return here & set(members)

    monkeypatch.setattr(telling.presence, "are_here", are_here)
    await speak(chat, anna, "are you coming?", await a_talk(anna, ben))
    chat.hub.clock.advance(WAIT)
    assert await mails(chat) == []
    here.clear()
    assert await mails(chat) == []
    chat.hub.clock.advance(timedelta(minutes=5))
    assert len(await mails(chat)) == 1


async def test_mails_are_an_hour_apart_and_gather_what_comes_meanwhile(chat: Chat, anna: Person, ben: Person) -> None:
    room = await a_talk(anna, ben)
    await speak(chat, anna, "one", room)
    chat.hub.clock.advance(WAIT)
    assert len(await mails(chat)) == 1
    for body in ("two", "three"):
        await speak(chat, anna, body, room)
        chat.hub.clock.advance(WAIT)
        assert len(await mails(chat)) == 1
    chat.hub.clock.advance(timedelta(minutes=30))
    [_, second] = await mails(chat)
    assert [(each.times, each.preview) for each in second.rooms] == [(3, "three")]


async def test_who_wants_no_mails_gets_none(chat: Chat, anna: Person, ben: Person) -> None:
    assert (await ben.http.get("chat/mail")).json() == {"wanted": True}
    assert (await ben.http.put("chat/mail", json={"wanted": False})).json() == {"wanted": False}
    room = await a_talk(anna, ben)
    await speak(chat, anna, "are you coming?", room)
    chat.hub.clock.advance(WAIT)
    assert await mails(chat) == []
    await ben.http.put("chat/mail", json={"wanted": True})
    await speak(chat, anna, "hello?", room)
    chat.hub.clock.advance(WAIT)
    assert len(await mails(chat)) == 1


async def test_the_link_in_a_mail_turns_them_off_once_she_says_so(chat: Chat, anna: Person, ben: Person) -> None:
    await speak(chat, anna, "are you coming?", await a_talk(anna, ben))
    chat.hub.clock.advance(WAIT)
    [mail] = await mails(chat)
    stranger = chat.hub.http()
    page = await stranger.get("chat/mail/off", params={"token": mail.off})
    assert "Send me no more" in page.text
    assert (await ben.http.get("chat/mail")).json() == {"wanted": True}  # a mail program that looks turns nothing off
    done = await stranger.post("chat/mail/off", params={"token": mail.off})
    assert done.status_code == 200
    assert (await ben.http.get("chat/mail")).json() == {"wanted": False}
    assert (await anna.http.get("chat/mail")).json() == {"wanted": True}


@pytest.mark.parametrize("token", ["x", "é", "A" * 60, "===="])
async def test_a_link_that_is_not_ours_turns_nothing_off(chat: Chat, token: str) -> None:
    for method in ("GET", "POST"):
        answer = await chat.hub.http().request(method, "chat/mail/off", params={"token": token})
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_link")
    assert OffLinks(b"a").read(OffLinks(b"b").write(new_id())) is None  # type: ignore[arg-type]


async def test_old_news_is_mailed_to_nobody(chat: Chat, anna: Person, ben: Person) -> None:
    room = await a_talk(anna, ben)
    payload = {"client_id": new_id(), "body": "long ago"}
    await anna.http.post(f"rooms/{room}/messages", json=payload)
    chat.hub.clock.advance(timedelta(days=2))
    await chat.hub.settle()
    assert await waiting(chat) == 0


def called(chat: Chat, seq: int, minutes: int, *, member: str = "ben") -> dict[str, Any]:
    due_at = chat.hub.clock() + timedelta(minutes=minutes)
    return {"member_id": member, "room_id": "talk", "message_id": f"message-{seq}", "seq": seq, "due_at": due_at}


async def test_many_calls_are_noted_by_one_statement_under_the_first_ones_hour(chat: Chat, statements: Any) -> None:
    async with chat.hub.works.open() as work:
        with statements() as seen:
            await MissedStore(work).note([called(chat, 5, 10)])
            await MissedStore(work).note([called(chat, 7, 20, member="anna"), called(chat, 7, 20)])
            await MissedStore(work).note([called(chat, 6, 2)])
    assert len([each for each in seen if "chat_missed" in each]) == 3
    async with chat.hub.works.reading() as work:
        rows = (await work.session.scalars(select(MissedRow).order_by(MissedRow.member_id))).all()
    at = {row.member_id: (row.message_id, row.due_at - chat.hub.clock()) for row in rows}
    assert at == {"anna": ("message-7", timedelta(minutes=20)), "ben": ("message-7", timedelta(minutes=10))}
