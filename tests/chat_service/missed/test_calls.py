"""Who is called is named once, by the newest message and at the hour of the first; and all who are due are seen to."""

from datetime import UTC, datetime, timedelta

import pytest

from chat_service.missed import calls, telling
from chat_service.missed.calls import Call, calls_in, newest
from clubkit.contracts.chat import MessageSent
from clubkit.ids import MemberId, MessageId, RoomId
from clubkit.testing.hub import Person
from tests.chat_service.conftest import Chat
from tests.chat_service.places import speak

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
ANNA, BEN, CLEO = MemberId("anna"), MemberId("ben"), MemberId("cleo")


def said(seq: int, *notify: MemberId, minutes: int = 0, author: MemberId | None = ANNA) -> MessageSent:
    return MessageSent(
        room_id=RoomId("talk"), room_title="", club_id=None, message_id=MessageId(f"message-{seq}"), seq=seq,
        author_id=author, author_name="", preview="", notify=notify, at=NOON + timedelta(minutes=minutes),
    )  # fmt: skip


def call(member_id: MemberId, seq: int, minutes: int = 0) -> Call:
    return Call(member_id, RoomId("talk"), MessageId(f"message-{seq}"), seq, NOON + timedelta(minutes=minutes))


def test_a_message_calls_each_once_and_nobody_calls_herself() -> None:
    sent = [said(1, BEN, ANNA, BEN, minutes=1), said(2, ANNA, CLEO, minutes=2, author=None)]
    assert calls_in(sent, after=NOON) == [call(BEN, 1, 1), call(ANNA, 2, 2), call(CLEO, 2, 2)]


def test_what_was_said_too_long_ago_calls_nobody() -> None:
    assert calls_in([said(1, BEN), said(2, BEN, minutes=1)], after=NOON) == [call(BEN, 2, 1)]


def test_of_many_calls_the_newest_stays_at_the_first_ones_hour_in_the_order_of_the_keys() -> None:
    many = [call(BEN, 3, 3), call(BEN, 5, 5), call(BEN, 4, 4), call(ANNA, 7, 7), call(BEN, 1, 1)]
    assert newest(many) == [call(ANNA, 7, 7), call(BEN, 5, 3)]


@pytest.mark.parametrize("batch", [1, 2, 3])
async def test_everybody_who_is_due_is_looked_after_however_many_are_asked_for_at_once(
    chat: Chat, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(calls, "BATCH", batch)
    cleo = await chat.member("Cleo Diaz")
    await speak(chat, anna, f"@{ben.handle} @{cleo.handle} are you coming?")
    chat.hub.clock.advance(timedelta(minutes=15))
    assert [await telling.tell_all(chat.hub.works) for _ in range(2)] == [2, 0]
