"""Slow rooms, silenced and barred members, blocked words; and a record of each."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.social import MembershipChanged
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, code, messages, notices, said, say, titles

WHY = {"reason": "Keeps insulting people"}


async def audit(person: Person, room: str) -> list[dict[str, Any]]:
    response = await person.http.get(f"rooms/{room}/audit")
    assert response.status_code == 200, response.text
    return response.json()["data"]  # type: ignore[no-any-return]


async def barred(person: Person, room: str) -> dict[str, str]:
    """Who is barred, by name, and until when."""
    response = await person.http.get(f"rooms/{room}/barred")
    assert response.status_code == 200, response.text
    return {each["person"]["name"]: each["until"] for each in response.json()["data"]}


async def test_a_slow_room_takes_one_message_in_a_while(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    assert (await anna.http.put(f"rooms/{room}/slow-mode", json={"seconds": 30})).status_code == 204
    assert (await say(ben, room, "one"))["status"] == 201
    again = await say(ben, room, "two")
    assert (again["code"], again["retry_after"], again["status"]) == ("slow_mode", 30, 429)
    chat.hub.clock.advance(timedelta(seconds=31))
    assert (await say(ben, room, "three"))["status"] == 201
    assert await said(anna, room) == ["one", "three"]


async def test_a_repeated_send_is_not_another_message_in_a_slow_room(chat: Any, anna: Person, ben: Person) -> None:
    room, client_id = await a_room(chat, anna, ben), new_id()
    await anna.http.put(f"rooms/{room}/slow-mode", json={"seconds": 30})
    first = await say(ben, room, "one", client_id)
    assert (await say(ben, room, "one", client_id))["seq"] == first["seq"]


async def test_who_runs_a_slow_room_is_not_slowed(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/slow-mode", json={"seconds": 30})
    assert [(await say(anna, room, f"{n}"))["status"] for n in range(3)] == [201, 201, 201]


async def test_two_sends_at_once_take_one_turn(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/slow-mode", json={"seconds": 30})
    answers = await asyncio.gather(*(say(ben, room, f"{n}") for n in range(4)))
    assert sorted(answer["status"] for answer in answers) == [201, 429, 429, 429]


async def test_a_silenced_member_reads_and_changes_nothing(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    hers = await say(anna, room, "kick-off at three")
    silenced = await anna.http.put(f"rooms/{room}/members/{ben.id}/silence", json={"minutes": 10, **WHY})
    assert silenced.status_code == 200
    assert (await say(ben, room, "but"))["code"] == "silenced"
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        react = {"room": room, "client_id": new_id(), "target": hers["id"], "emoji": "👍"}
        assert (await his.call("message.react", react))["problem"]["code"] == "silenced"
    assert await said(ben, room) == ["kick-off at three"]
    chat.hub.clock.advance(timedelta(minutes=11))
    assert (await say(ben, room, "now then"))["status"] == 201


async def test_a_silence_is_taken_back(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/members/{ben.id}/silence", json=WHY)
    assert (await anna.http.post(f"rooms/{room}/members/{ben.id}/unsilence", json=WHY)).status_code == 204
    assert (await say(ben, room, "thanks"))["status"] == 201
    assert [what for what, _ in await notices(anna, room)] == ["made", "silenced", "unsilenced"]


async def test_who_is_silenced_in_the_clubs_first_room_does_not_get_round_it(
    chat: Any, anna: Person, ben: Person
) -> None:
    await chat.stand(anna, "admin", version=2)
    room = await a_room(chat, anna)
    await anna.http.put(f"rooms/{chat.room}/members/{ben.id}/silence", json={"minutes": 10, **WHY})
    await ben.http.post(f"rooms/{room}/join")
    assert (await say(ben, room, "here, then"))["code"] == "silenced"


async def test_a_plain_member_moderates_nobody(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    for what in ("silence", "bar"):
        assert await code(await ben.http.put(f"rooms/{room}/members/{anna.id}/{what}", json=WHY)) == "not_moderator"
    assert await code(await ben.http.put(f"rooms/{room}/slow-mode", json={"seconds": 5})) == "not_moderator"
    for what in ("audit", "barred"):
        assert await code(await ben.http.get(f"rooms/{room}/{what}")) == "not_moderator"


async def test_a_moderator_is_not_above_another(chat: Any, anna: Person, ben: Person) -> None:
    cleo = await chat.member("Cleo Ng")
    room = await a_room(chat, anna, ben, cleo)
    for each in (ben, cleo):
        await anna.http.put(f"rooms/{room}/members/{each.id}/role", json={"role": "moderator"})
    assert await code(await ben.http.put(f"rooms/{room}/members/{cleo.id}/bar", json=WHY)) == "not_over_them"


async def test_an_act_needs_a_reason(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    refused = await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json={"reason": " "})
    assert refused.json()["errors"][0]["pointer"] == "/reason"
    assert await audit(anna, room) == []


async def test_a_barred_member_is_out_and_stays_out(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json={"minutes": 60, **WHY})
    assert "Away days" not in await titles(ben)
    assert await code(await ben.http.post(f"rooms/{room}/join")) == "barred"
    asked_in = await anna.http.post(f"rooms/{room}/members", json={"members": [ben.id]})
    assert await code(asked_in) == "barred"
    chat.hub.clock.advance(timedelta(minutes=61))
    assert "Away days" in await titles(ben)


async def test_a_member_barred_before_she_came_does_not_come(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna)
    assert (await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json=WHY)).status_code == 200
    assert await code(await ben.http.post(f"rooms/{room}/join")) == "barred"


async def test_moderators_see_who_is_barred_and_let_her_in_again(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    never_in = await chat.member("Abel Moe")
    assert await barred(anna, room) == {}
    set_until = (await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json={"minutes": 60, **WHY})).json()["until"]
    await anna.http.put(f"rooms/{room}/members/{never_in.id}/bar", json=WHY)
    known = await barred(anna, room)
    assert (list(known), known["Ben Okafor"]) == (["Abel Moe", "Ben Okafor"], set_until)
    assert (await anna.http.post(f"rooms/{room}/members/{ben.id}/unbar", json=WHY)).status_code == 204
    assert list(await barred(anna, room)) == ["Abel Moe"]
    assert "Away days" in await titles(ben)


async def test_who_is_in_again_because_the_time_is_over_is_not_listed_as_barred(
    chat: Any, anna: Person, ben: Person
) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json={"minutes": 60, **WHY})
    chat.hub.clock.advance(timedelta(minutes=61))
    assert await barred(anna, room) == {}


async def test_who_made_a_group_runs_it(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben, kind="group")
    for what in ("silence", "bar"):
        assert (await anna.http.put(f"rooms/{room}/members/{ben.id}/{what}", json=WHY)).status_code == 200
    assert list(await barred(anna, room)) == ["Ben Okafor"]


async def test_one_barred_from_the_club_is_out_of_all_its_rooms_whatever_the_log_says(
    chat: Any, anna: Person, ben: Person
) -> None:
    await chat.stand(anna, "admin", version=2)
    await a_room(chat, anna, ben)
    barred = await anna.http.put(f"rooms/{chat.room}/members/{ben.id}/bar", json={"whole_club": True, **WHY})
    assert barred.status_code == 200
    assert await titles(ben) == set()
    again = MembershipChanged(
        club_id=chat.club_id, member_id=ben.id, role="member", version=5, club_name="Riverside FC", club_hue=152
    )
    await chat.hub.publish(again)
    await chat.hub.settle()
    assert await titles(ben) == set()
    await anna.http.post(f"rooms/{chat.room}/members/{ben.id}/unbar", json=WHY)
    assert await titles(ben) == {"Riverside FC", "Away days"}


async def test_a_barred_member_hears_nothing_more_at_once(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        heard: list[Any] = []
        his.on("room.event", heard.append)
        out = asyncio.Event()
        his.on("room.changed", lambda hint: hint["here"] or out.set())
        began = time.monotonic()
        await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json=WHY)
        await asyncio.wait_for(out.wait(), 5)
        assert time.monotonic() - began < 1
        await say(anna, room, "between us")
        await his.call("heartbeat", {"rooms": []})
        assert [event for event in heard if event["kind"] == "message"] == []


async def test_no_message_and_no_edit_holds_a_blocked_term(chat: Any, anna: Person, ben: Person) -> None:
    await chat.stand(anna, "admin", version=2)
    terms = await anna.http.put(f"rooms/of-club/{chat.club_id}/blocked-terms", json={"terms": ["Muppet", "muppet "]})
    assert terms.json() == {"terms": ["muppet"]}
    later = await a_room(chat, ben, kind="private", title="Made afterwards")
    for room in (chat.room, later):
        refused = await say(ben, room, "what a MÜPPET")
        assert (refused["status"], refused["code"]) == (422, "blocked_term")
    fine = await say(ben, chat.room, "what a player")
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        edit = {"room": chat.room, "client_id": new_id(), "target": fine["id"], "body": "what a muppet"}
        assert (await his.call("message.edit", edit))["problem"]["code"] == "blocked_term"


@pytest.mark.parametrize("named", ["title", "topic"])
async def test_no_room_is_called_by_a_blocked_term(chat: Any, anna: Person, ben: Person, named: str) -> None:
    await chat.stand(anna, "admin", version=2)
    await anna.http.put(f"rooms/of-club/{chat.club_id}/blocked-terms", json={"terms": ["muppet"]})
    wish = {"kind": "public", "club_id": chat.club_id, "title": "Rides", named: "The Muppets, a muppet"}
    made = await ben.http.post("rooms", json=wish)
    assert (made.status_code, made.json()["errors"][0]["pointer"]) == (422, f"/{named}")
    room = await a_room(chat, ben, kind="public", title="Rides")
    changed = await ben.http.patch(f"rooms/{room}", json={named: "One muppet"})
    assert (changed.status_code, changed.json()["code"]) == (422, "blocked_term")
    assert (await ben.http.patch(f"rooms/{room}", json={named: "Nobody"})).status_code < 300


@pytest.mark.parametrize("poll", [{"question": "A muppet?"}, {"options": ["yes", "the MUPPET"]}])
async def test_no_poll_asks_for_a_blocked_term(chat: Any, anna: Person, poll: dict[str, Any]) -> None:
    await chat.stand(anna, "admin", version=2)
    await anna.http.put(f"rooms/of-club/{chat.club_id}/blocked-terms", json={"terms": ["muppet"]})
    wish = {"room": chat.room, "client_id": new_id(), "question": "Who?", "options": ["I", "You"], **poll}
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        assert (await hers.call("poll.ask", wish))["problem"]["code"] == "blocked_term"


async def test_only_admins_of_the_club_see_and_set_its_terms(chat: Any, anna: Person) -> None:
    address = f"rooms/of-club/{chat.club_id}/blocked-terms"
    assert await code(await anna.http.get(address)) == "not_in_club"
    assert await code(await anna.http.put(address, json={"terms": ["muppet"]})) == "not_in_club"


async def test_a_closed_room_takes_no_message_and_no_change(chat: Any, anna: Person) -> None:
    room = await a_room(chat, anna)
    first = await say(anna, room, "last one")
    await anna.http.patch(f"rooms/{room}", json={"archived": True})
    assert (await say(anna, room, "one more"))["code"] == "room_archived"
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        pin = {"room": room, "client_id": new_id(), "target": first["id"]}
        assert (await hers.call("message.pin", pin))["problem"]["code"] == "room_archived"


async def test_who_runs_the_club_deletes_in_its_rooms_and_it_is_written_down(
    chat: Any, anna: Person, ben: Person
) -> None:
    await chat.stand(anna, "admin", version=2)
    room = await a_room(chat, ben, anna)
    rude = await say(ben, room, "rude words")
    async with chat.hub.listening() as url, chat.hub.socket(url, anna) as hers:
        wish = {"room": room, "client_id": new_id(), "target": rude["id"], "reason": "Rude"}
        assert (await hers.call("message.delete", wish))["ok"] is True
    [message] = await messages(ben, room)
    assert (message["body"], message["moderated"]) == ("", True)
    [deed] = await audit(anna, room)
    assert (deed["what"], deed["by_name"], deed["member_id"], deed["message_id"], deed["why"]) == (
        "deleted", "Anna Berg", ben.id, rude["id"], "Rude",
    )  # fmt: skip


async def test_every_act_is_written_down_newest_first(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    await anna.http.put(f"rooms/{room}/slow-mode", json={"seconds": 5, "reason": "Heated"})
    await anna.http.put(f"rooms/{room}/members/{ben.id}/silence", json=WHY)
    chat.hub.clock.advance(timedelta(seconds=1))
    await anna.http.put(f"rooms/{room}/members/{ben.id}/bar", json=WHY)
    deeds = await audit(anna, room)
    assert deeds[0]["what"] == "barred"
    assert {deed["what"]: deed["why"] for deed in deeds} == {
        "barred": WHY["reason"], "silenced": WHY["reason"], "slowed": "Heated",
    }  # fmt: skip
