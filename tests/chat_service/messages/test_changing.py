"""Editing, deleting, reacting, pinning: who may, what becomes of a message, and that asking again changes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from chat_service.messages import deleting, editing, reacting, service
from chat_service.messages.errors import (
    ClientIdTaken,
    EmptyMessage,
    MessageIsDeleted,
    MessageNotFound,
    ModeratorsOnly,
    NotAnEmoji,
    NotYourMessage,
    TooManyKinds,
)
from chat_service.messages.schemas import DeleteMessage, EditMessage, PinMessage, ReactTo
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_talk


async def only(chat: Any, who: Person) -> dict[str, Any]:
    """The one message of the room, as it is now."""
    [message] = (await chat.read(who, "/messages"))["messages"]
    return message  # type: ignore[no-any-return]


async def test_an_edit_replaces_the_words_and_keeps_the_earlier_ones(chat: Any, anna: Person, ben: Person) -> None:
    said = await chat.say(anna, "Seven oclock")
    await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body="Seven o'clock")
    await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body="Eight o'clock")
    message = await only(chat, ben)
    assert (message["body"], message["edits"], message["seq"]) == ("Eight o'clock", 2, 1)
    editions = (await chat.read(ben, f"/messages/{said['id']}/edits"))["editions"]
    assert [each["body"] for each in editions] == ["Seven oclock", "Seven o'clock", "Eight o'clock"]
    assert editions[-1]["at"] == message["edited_at"]


async def test_only_the_author_edits(chat: Any, anna: Person, ben: Person) -> None:
    said = await chat.say(anna, "mine")
    await chat.stand(ben, "owner", version=2)
    with pytest.raises(NotYourMessage):
        await chat.write(ben, editing.edit_message, EditMessage, target=said["id"], body="his")
    with pytest.raises(EmptyMessage):
        await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body="  ")
    assert (await only(chat, anna))["body"] == "mine"


async def test_a_deleted_message_stays_as_an_empty_one(chat: Any, anna: Person, ben: Person) -> None:
    said = await chat.say(anna, "Oops @" + ben.handle)
    await chat.write(ben, reacting.react, ReactTo, target=said["id"], emoji="👍")
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=said["id"])
    message = await only(chat, ben)
    assert (message["body"], message["mentions"], message["reactions"]) == ("", [], [])
    assert (message["moderated"], message["deleted_at"] is None) == (False, False)
    for rule, ask, what in (
        (editing.edit_message, EditMessage, {"body": "back"}),
        (reacting.react, ReactTo, {"emoji": "👍"}),
        (reacting.pin, PinMessage, {}),
        (deleting.delete_message, DeleteMessage, {}),
    ):
        with pytest.raises(MessageIsDeleted):
            await chat.write(anna, rule, ask, target=said["id"], **what)
    assert (await anna.http.get(f"rooms/{chat.room}/messages/{said['id']}/edits")).status_code == 409


async def test_the_words_of_a_deleted_message_are_told_to_nobody_any_more(chat: Any, anna: Person, ben: Person) -> None:
    said = await chat.say(anna, "hush 1")
    await chat.write(anna, editing.edit_message, EditMessage, target=said["id"], body="hush 2")
    answer = {"client_id": new_id(), "body": "What?", "reply_to": said["id"]}
    await ben.http.post(f"rooms/{chat.room}/messages", json=answer)
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=said["id"])
    for told in (
        await ben.http.get(f"rooms/{chat.room}/events", params={"epoch": 1, "after": 0}),
        await ben.http.get(f"rooms/{chat.room}/messages"),
        await ben.http.get("rooms"),
    ):
        assert told.status_code == 200
        assert "hush" not in told.text


async def test_a_moderator_deletes_with_a_reason_and_moderators_alone_see_what_it_was(
    chat: Any, anna: Person, ben: Person
) -> None:
    said = await chat.say(anna, "buy my watches")
    with pytest.raises(NotYourMessage):
        await chat.write(ben, deleting.delete_message, DeleteMessage, target=said["id"])
    assert (await ben.http.get(f"rooms/{chat.room}/deletions")).json()["code"] == ModeratorsOnly.code
    await chat.stand(ben, "admin", version=2)
    await chat.write(ben, deleting.delete_message, DeleteMessage, target=said["id"], reason="spam")
    assert (await only(chat, anna))["moderated"] is True
    [record] = (await chat.read(ben, "/deletions"))["data"]
    assert (record["body"], record["reason"], record["by"], record["author_id"]) == (
        "buy my watches", "spam", ben.id, anna.id,
    )  # fmt: skip


async def test_older_deletions_are_those_before_a_deletion_whatever_they_deleted(
    chat: Any, anna: Person, ben: Person
) -> None:
    await chat.stand(ben, "admin", version=2)
    first, second, third = [await chat.say(anna, body) for body in ("one", "two", "three")]
    for said in (third, first, second):
        await chat.write(anna, deleting.delete_message, DeleteMessage, target=said["id"])
    newest, *older = (await chat.read(ben, "/deletions"))["data"]
    assert [newest["body"], *(each["body"] for each in older)] == ["two", "one", "three"]
    assert (await chat.read(ben, "/deletions", before=newest["deleted_seq"]))["data"] == older


async def test_reactions_are_counted_by_member_and_can_be_taken_back(chat: Any, anna: Person, ben: Person) -> None:
    said = await chat.say(anna, "We won!")
    for who in (anna, ben, anna):
        await chat.write(who, reacting.react, ReactTo, target=said["id"], emoji="🎉")
    assert (await only(chat, ben))["reactions"] == [{"emoji": "🎉", "members": [anna.id, ben.id], "count": 2}]
    await chat.write(anna, reacting.react, ReactTo, target=said["id"], emoji="🎉", on=False)
    assert (await only(chat, ben))["reactions"] == [{"emoji": "🎉", "members": [ben.id], "count": 1}]


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "3️⃣", "❤️", "🇩🇪"])
def test_an_emoji_is_one(emoji: str) -> None:
    assert reacting.is_emoji(emoji)


@pytest.mark.parametrize("text", ["a", "ok", "👍 ", "<b>", "7", "#", "ü", "👍x"])
def test_text_is_no_emoji(text: str) -> None:
    assert not reacting.is_emoji(text)


async def test_kinds_of_reactions_are_bounded(chat: Any, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reacting, "MOST_KINDS", 2)
    said = await chat.say(anna, "colourful")
    for emoji in "👍👎":
        await chat.write(anna, reacting.react, ReactTo, target=said["id"], emoji=emoji)
    with pytest.raises(TooManyKinds):
        await chat.write(anna, reacting.react, ReactTo, target=said["id"], emoji="🎉")
    with pytest.raises(NotAnEmoji):
        await chat.write(anna, reacting.react, ReactTo, target=said["id"], emoji="nice")
    assert len((await only(chat, anna))["reactions"]) == 2


async def test_pins_are_listed_last_pinned_first_until_taken_off(chat: Any, anna: Person, ben: Person) -> None:
    said = [await chat.say(anna, body) for body in ("one", "two", "three")]
    for each in (said[2], said[0], said[1]):
        await chat.write(ben, reacting.pin, PinMessage, target=each["id"])
    await chat.write(anna, reacting.pin, PinMessage, target=said[0]["id"], on=False)
    await chat.write(anna, deleting.delete_message, DeleteMessage, target=said[2]["id"])
    assert [each["body"] for each in (await chat.read(ben, "/pins"))["data"]] == ["two"]


async def test_a_change_asked_again_a_year_later_answers_its_first_receipt(chat: Any, anna: Person) -> None:
    said = await chat.say(anna, "once")
    asked = [
        (reacting.react, ReactTo, {"emoji": "👍"}),
        (reacting.pin, PinMessage, {}),
        (editing.edit_message, EditMessage, {"body": "twice"}),
        (deleting.delete_message, DeleteMessage, {"reason": "tired of it"}),
    ]
    asked = [(rule, ask, what | {"target": said["id"], "client_id": new_id()}) for rule, ask, what in asked]
    first = [await chat.write(anna, rule, ask, **what) for rule, ask, what in asked]
    chat.hub.clock.advance(timedelta(days=365))
    assert [await chat.write(anna, rule, ask, **what) for rule, ask, what in asked] == first
    assert [receipt.seq for receipt in first] == [2, 3, 4, 5]
    async with chat.hub.works.reading() as work:
        assert (await service.heads(work, [chat.room]))[chat.room].seq == 5


async def test_a_client_id_is_one_write_and_no_other(chat: Any, anna: Person) -> None:
    client_id = new_id()
    said = await chat.say(anna, "first", client_id)
    with pytest.raises(ClientIdTaken):
        await chat.write(anna, reacting.react, ReactTo, target=said["id"], client_id=client_id, emoji="👍")
    again = new_id()
    await chat.write(anna, reacting.react, ReactTo, target=said["id"], client_id=again, emoji="👍")
    with pytest.raises(ClientIdTaken):
        await chat.write(anna, reacting.react, ReactTo, target=said["id"], client_id=again, emoji="👎")


async def test_a_message_of_another_room_is_not_there(chat: Any, anna: Person, ben: Person) -> None:
    talk = await a_talk(anna, ben)
    said = await anna.http.post(f"rooms/{talk}/messages", json={"client_id": new_id(), "body": "between us"})
    with pytest.raises(MessageNotFound):
        await chat.write(ben, reacting.react, ReactTo, target=said.json()["id"], emoji="👍")
    with pytest.raises(MessageNotFound):
        await chat.write(ben, reacting.react, ReactTo, target=new_id(), emoji="👍")
