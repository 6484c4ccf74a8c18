"""What was missed in chat is mailed by auth, which alone knows addresses."""

from datetime import timedelta
from typing import Any

import pytest

from auth_service.accounts import letters
from clubkit.contracts.chat import MessagesMissed, MissedRoom
from clubkit.ids import MemberId, RoomId, new_id
from tests.auth_service.conftest import Browser, Door

BASE = "https://hub.example.org"


def missed(member_id: str, *rooms: MissedRoom, **more: Any) -> MessagesMissed:
    return MessagesMissed(member_id=MemberId(member_id), rooms=rooms, more=0, off="tok-en", **more)


def a_room(title: str = "Riverside FC", preview: str = "The bus leaves at nine", times: int = 1) -> MissedRoom:
    return MissedRoom(
        room_id=RoomId("room-1"), title=title, is_talk=False, times=times, author_name="Ben Okafor", preview=preview
    )


async def member_id(anna: Browser) -> str:
    return str((await anna.get("auth/me")).json()["id"])


async def test_a_member_is_mailed_once(door: Door, anna: Browser) -> None:
    fact = missed(await member_id(anna), a_room(), at=door.hub.clock())
    await door.hub.publish(fact)
    await door.hub.settle(jobs=True)
    found = [each for each in await door.letters("anna@example.org") if each["Subject"] == "1 message for you"]
    assert len(found) == 1
    [letter] = found
    text = letter.get_body(("plain",)).get_content()
    assert "Ben Okafor: The bus leaves at nine" in text
    assert "/chat/room-1" in text
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip("<>") in text


async def test_nobody_else_and_nothing_late_is_mailed(door: Door, anna: Browser) -> None:
    before = len(await door.letters("anna@example.org"))
    await door.hub.publish(missed(new_id(), a_room(), at=door.hub.clock()))
    late = missed(await member_id(anna), a_room(), at=door.hub.clock() - timedelta(days=2))
    await door.hub.publish(late)
    await door.hub.settle(jobs=True)
    assert len(await door.letters("anna@example.org")) == before


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "a\r\nBcc: all@example.org", '"><img src=x>'])
def test_what_members_write_stays_words(nasty: str) -> None:
    letter = letters.missed("anna@example.org", BASE, missed("m", a_room(nasty, nasty, times=3)))
    assert letter.subject == "3 messages for you"
    assert "<script" not in (letter.html or "")
    assert "<img" not in (letter.html or "")
    assert all("\n" not in value for value in letter.headers.values())


def test_a_deleted_message_is_not_quoted() -> None:
    room = a_room().model_copy(update={"author_name": "", "preview": ""})
    letter = letters.missed("anna@example.org", BASE, missed("m", room))
    assert "deleted meanwhile" in letter.text
