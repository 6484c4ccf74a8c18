"""Commands: done once however often they are sent, refused with a sentence, offered while one types."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.social import EventScheduled
from clubkit.contracts.sports import FixtureListed
from clubkit.ids import EventId, FixtureId, MemberId, new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, messages, notices, said, say


async def an_event(chat: Any, title: str, *, days: int = 2, club_id: str = "") -> str:
    event_id, starts = EventId(new_id()), chat.hub.clock() + timedelta(days=days)
    fact = EventScheduled(
        event_id=event_id, series_id=event_id, club_id=club_id or chat.club_id, club_name="Riverside FC", club_hue=152,
        host_id=MemberId(new_id()), title=title, text="", starts_at=starts, ends_at=starts + timedelta(hours=2),
        tzid="Europe/Berlin", place="Main field", visibility="club", created_at=chat.hub.clock(),
    )  # fmt: skip
    await chat.hub.publish(fact)
    await chat.hub.settle()
    return event_id


async def a_fixture(chat: Any, home: str, away: str, *, days: int = 3, status: Any = "scheduled") -> str:
    fixture_id = FixtureId(new_id())
    fact = FixtureListed(
        fixture_id=fixture_id, league="Coast League", round="7", home=home, away=away,
        kickoff_at=chat.hub.clock() + timedelta(days=days), status=status,
    )  # fmt: skip
    await chat.hub.publish(fact)
    await chat.hub.settle()
    return fixture_id


async def offers(person: Person, room: str, text: str) -> list[str]:
    response = await person.http.get(f"rooms/{room}/commands", params={"text": text})
    return [each["insert"] for each in response.json()["data"]]


async def test_what_is_typed_becomes_what_is_said(chat: Any, anna: Person) -> None:
    await say(anna, chat.room, "/me brings the bibs")
    await say(anna, chat.room, "/shrug no idea")
    assert await said(anna, chat.room) == ["_Anna Berg brings the bibs_", "no idea ¯\\_(ツ)_/¯"]


async def test_two_slashes_are_one_and_no_command(chat: Any, anna: Person) -> None:
    await say(anna, chat.room, "//poll is a command")
    await say(anna, chat.room, "/etc/hosts is not")
    assert await said(anna, chat.room) == ["/poll is a command", "/etc/hosts is not"]


async def test_an_unknown_command_is_refused_and_nothing_is_sent(chat: Any, anna: Person) -> None:
    refused = await say(anna, chat.room, "/pool yes | no")
    assert (refused["status"], refused["code"]) == (422, "unknown_command")
    assert "/pool" in refused["detail"]
    assert await said(anna, chat.room) == []


@pytest.mark.parametrize("body", ["/me", "/poll Only a question", "/poll a | b", "/topic"])
async def test_a_command_used_wrongly_says_how_it_is_used(chat: Any, anna: Person, body: str) -> None:
    refused = await say(anna, chat.room, body)
    assert (refused["code"], refused["detail"].startswith("Write it like this: /")) == ("command_needs", True)


async def test_help_tells_only_who_asks(chat: Any, anna: Person) -> None:
    answer = await say(anna, chat.room, "/help")
    assert (answer["code"], "/poll" in answer["detail"]) == ("command_help", True)
    assert await said(anna, chat.room) == []


async def test_the_same_command_again_is_done_once(chat: Any, anna: Person) -> None:
    await chat.stand(anna, "admin", version=2)
    event = await an_event(chat, "Training")
    for body in ("/event training", "/poll a | b | c", "/topic Saturday"):
        client_id = new_id()
        first = await say(anna, chat.room, body, client_id)
        chat.hub.clock.advance(timedelta(days=8))
        again = await say(anna, chat.room, body, client_id)
        assert (first["status"], again["id"], again["seq"]) == (201, first["id"], first["seq"])
        other = await say(anna, chat.room, f"{body} or so", client_id)
        assert body.startswith("/topic") or other["code"] == "client_id_taken"
    assert [m["card"]["id"] for m in await messages(anna, chat.room) if m["card"]] == [event, None]


async def test_an_event_is_shown_by_its_name_the_next_one_first(chat: Any, anna: Person) -> None:
    await an_event(chat, "Training under 15", days=9)
    soon = await an_event(chat, "Training", days=2)
    await say(anna, chat.room, "/event TRÄINING field")
    card = (await messages(anna, chat.room))[0]["card"]
    assert (card["kind"], card["id"], card["title"], card["data"]["place"]) == ("event", soon, "Training", "Main field")


async def test_an_event_of_another_club_is_not_shown(chat: Any, anna: Person) -> None:
    event = await an_event(chat, "Secret cup", club_id=new_id())
    for text in ("secret", event):
        assert (await say(anna, chat.room, f"/event {text}"))["code"] == "no_such_event"


async def test_in_a_group_the_events_of_ones_own_clubs_are_at_hand(chat: Any, anna: Person, ben: Person) -> None:
    event = await an_event(chat, "Training")
    group = await a_room(chat, anna, ben, kind="group")
    assert await offers(anna, group, "/event tr") == [f"/event {event}"]
    assert (await say(anna, group, f"/event {event}"))["status"] == 201


async def test_a_match_is_shown_while_it_can_be_picked(chat: Any, anna: Person) -> None:
    open_one = await a_fixture(chat, "Harbour", "Mill")
    await a_fixture(chat, "Harbour", "Castle", days=-1)
    await a_fixture(chat, "Harbour", "Bridge", days=1, status="void")
    await say(anna, chat.room, "/pick harbour")
    card = (await messages(anna, chat.room))[0]["card"]
    assert (card["kind"], card["id"], card["title"]) == ("pick", open_one, "Harbour – Mill")
    assert (await say(anna, chat.room, "/pick castle"))["code"] == "no_such_fixture"


async def test_the_topic_is_set_by_who_may(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    assert (await say(ben, room, "/topic mine"))["code"] == "not_your_room"
    await say(anna, room, "/topic Saturday")
    assert (await notices(ben, room))[-1] == ("topic", {"topic": "Saturday"})
    assert (await ben.http.get(f"rooms/{room}")).json()["topic"] == "Saturday"


async def test_a_silenced_member_has_no_commands(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/members/{ben.id}/silence", json={"reason": "Too loud"})
    for body in ("/me waves", "/poll a | b | c"):
        assert (await say(ben, room, body))["code"] == "silenced"


async def test_commands_are_offered_while_one_types(chat: Any, anna: Person) -> None:
    assert await offers(anna, chat.room, "/p") == ["/poll ", "/pick "]
    assert "/help " in await offers(anna, chat.room, "/")
    fixture = await a_fixture(chat, "Harbour", "Mill")
    assert await offers(anna, chat.room, "/pick ") == [f"/pick {fixture}"]
    assert await offers(anna, chat.room, "/zz") == []


async def test_a_command_goes_through_a_socket_as_well(chat: Any, anna: Person) -> None:
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        wish = {"room": chat.room, "client_id": new_id(), "body": "/me waves"}
        assert (await hers.call("message.send", wish))["ok"] is True
        nope = {"room": chat.room, "client_id": new_id(), "body": "/nope"}
        assert (await hers.call("message.send", nope))["problem"]["code"] == "unknown_command"
