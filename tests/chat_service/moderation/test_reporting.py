"""Reports: from a message to the moderators' queue, with what it said, and settled with a reason."""

import asyncio
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from chat_service.messages import posting
from chat_service.moderation.errors import RoomArchived
from clubkit.contracts.base import Fact
from clubkit.contracts.chat import MessageReported, TalkReported
from clubkit.db.models import OutboxRow
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.chat_service.places import a_room, a_talk, code, messages, said, say

F = TypeVar("F", bound=Fact)


async def report(person: Person, room: str, message: str, **more: Any) -> Any:
    return await person.http.post(f"rooms/{room}/reports", json={"message_id": message, "reason": "harassment", **more})


async def queue(person: Person, **query: Any) -> list[dict[str, Any]]:
    return (await person.http.get("rooms/reports", params=query)).json()["data"]  # type: ignore[no-any-return]


async def published(chat: Any, kind: type[F]) -> list[F]:
    """The facts of this kind, in order."""
    async with chat.hub.works.reading() as work:
        rows = await work.session.execute(select(OutboxRow.type, OutboxRow.payload).order_by(OutboxRow.id))
        facts = [Fact.read(row.type, row.payload) for row in rows]
    return [fact for fact in facts if isinstance(fact, kind)]


async def test_what_was_said_reaches_the_moderators_though_it_is_deleted(chat: Any, anna: Person, ben: Person) -> None:
    cleo = await chat.member("Cleo Ng")
    room = await a_room(chat, anna, ben, cleo)
    rude = await say(ben, room, "rude words")
    assert (await report(cleo, room, rude["id"], note="About my sister")).status_code == 201
    async with chat.hub.listening() as url, chat.hub.socket(url, ben) as his:
        await his.call("message.delete", {"room": room, "client_id": new_id(), "target": rude["id"]})
    [found] = await queue(anna)
    assert (found["evidence"]["body"], found["author_name"], found["note"], found["room_title"]) == (
        "rude words", "Ben Okafor", "About my sister", "Away days",
    )  # fmt: skip
    assert await queue(ben) == []


async def test_a_report_tells_those_who_may_settle_it_and_not_who_made_it(chat: Any, anna: Person, ben: Person) -> None:
    cleo, dora = await chat.member("Cleo Ng"), await chat.member("Dora Lee")
    await chat.stand(dora, "admin", version=2)
    room = await a_room(chat, anna, ben, cleo)
    rude = await say(ben, room, "rude words")
    await report(cleo, room, rude["id"])
    [fact] = await published(chat, MessageReported)
    assert (set(fact.notify), fact.room_title, fact.reason) == ({anna.id, dora.id}, "Away days", "harassment")
    await report(anna, room, rude["id"])
    assert set((await published(chat, MessageReported))[-1].notify) == {dora.id}


async def test_a_report_is_settled_once_with_a_reason(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    made = await report(ben, room, (await say(anna, room, "hm"))["id"])
    address = f"rooms/reports/{made.json()['id']}/resolve"
    wish = {"outcome": "dismissed", "reason": "Nothing wrong with it"}
    assert await code(await ben.http.post(address, json=wish)) == "report_not_found"
    settled = (await anna.http.post(address, json=wish)).json()
    assert (settled["outcome"], settled["resolved_by"]) == ("dismissed", anna.id)
    assert await code(await anna.http.post(address, json=wish)) == "already_resolved"
    assert await queue(anna) == []
    assert len(await queue(anna, resolved=True)) == 1
    [deed] = (await anna.http.get(f"rooms/{room}/audit")).json()["data"]
    assert (deed["what"], deed["why"], deed["details"]["outcome"]) == ("resolved", wish["reason"], "dismissed")


async def settled(person: Person, made: Any, outcome: str = "removed") -> Any:
    wish = {"outcome": outcome, "reason": "Not in our rooms"}
    return await person.http.post(f"rooms/reports/{made.json()['id']}/resolve", json=wish)


async def test_removing_what_was_reported_deletes_it_with_the_report_and_says_who_and_why(
    chat: Any, anna: Person, ben: Person
) -> None:
    cleo = await chat.member("Cleo Ng")
    room = await a_room(chat, anna, ben, cleo)
    rude = await say(ben, room, "rude words")
    first, second = await report(cleo, room, rude["id"]), await report(anna, room, rude["id"])
    async with chat.hub.listening() as url, chat.hub.socket(url, cleo) as hers:
        heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        hers.on("room.event", heard.put_nowait)
        assert (await settled(anna, first)).json()["outcome"] == "removed"
        event = await asyncio.wait_for(heard.get(), 5)
    assert (event["kind"], event["target"], event["moderated"]) == ("deleted", rude["id"], True)
    assert [(each["body"], each["moderated"]) for each in await messages(cleo, room)] == [("", True)]
    assert (await settled(anna, second)).status_code == 200, "of a message that is deleted by now"
    deeds = (await anna.http.get(f"rooms/{room}/audit")).json()["data"]
    assert sorted(each["what"] for each in deeds) == ["deleted", "resolved", "resolved"]
    assert {(each["why"], each["member_id"], each["message_id"]) for each in deeds} == {
        ("Not in our rooms", ben.id, rude["id"])
    }


async def test_a_report_is_kept_open_when_its_message_could_not_be_deleted(
    chat: Any, anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await a_room(chat, anna, ben)
    made = await report(anna, room, (await say(ben, room, "rude words"))["id"])

    async def fails(*_: Any, **__: Any) -> None:
        raise RoomArchived

    with monkeypatch.context() as broken:
        broken.setattr(posting, "post", fails)
        assert await code(await settled(anna, made)) == "room_archived"
    assert [each["outcome"] for each in await queue(anna)] == [None]
    assert await said(anna, room) == ["rude words"]
    assert (await anna.http.get(f"rooms/{room}/audit")).json()["data"] == []
    assert (await settled(anna, made)).json()["outcome"] == "removed"
    assert await said(anna, room) == [""]


async def test_what_is_dismissed_or_warned_of_stands(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    for outcome in ("dismissed", "warned"):
        made = await report(anna, room, (await say(ben, room, outcome))["id"])
        assert (await settled(anna, made, outcome)).json()["outcome"] == outcome
    assert await said(anna, room) == ["dismissed", "warned"]


async def test_an_operator_removes_from_a_talk_that_she_is_not_in(chat: Any, anna: Person, ben: Person) -> None:
    operator = await chat.hub.member("Olga", admin=True)
    talk = await a_talk(anna, ben)
    made = await report(ben, talk, (await say(anna, talk, "rude"))["id"])
    assert await code(await settled(ben, made)) == "report_not_found"
    assert await said(ben, talk) == ["rude"]
    assert (await settled(operator, made)).json()["outcome"] == "removed"
    assert await said(ben, talk) == [""]


async def test_a_message_is_reported_once_by_each(chat: Any, anna: Person, ben: Person) -> None:
    room = await a_room(chat, anna, ben)
    message = (await say(anna, room, "hm"))["id"]
    assert (await report(ben, room, message)).status_code == 201
    assert await code(await report(ben, room, message)) == "reported_already"


async def test_what_is_not_in_the_room_is_not_reported(chat: Any, anna: Person, ben: Person) -> None:
    room, other = await a_room(chat, anna, ben), await a_room(chat, anna, title="Elsewhere")
    elsewhere = await say(anna, other, "hm")
    assert await code(await report(ben, room, elsewhere["id"])) == "message_not_found"
    assert await code(await report(ben, other, elsewhere["id"])) == "room_not_found"


async def test_a_clubs_admin_sees_reports_of_all_its_rooms_page_by_page(chat: Any, anna: Person, ben: Person) -> None:
    cleo = await chat.member("Cleo Ng")
    room = await a_room(chat, ben, cleo, kind="private")
    for n in range(3):
        await report(cleo, room, (await say(ben, room, f"{n}"))["id"])
    await chat.stand(anna, "admin", version=2)
    first = (await anna.http.get("rooms/reports", params={"limit": 2})).json()
    rest = (await anna.http.get("rooms/reports", params={"limit": 2, "cursor": first["page"]["next"]})).json()
    bodies = {each["evidence"]["body"] for each in [*first["data"], *rest["data"]]}
    assert (bodies, rest["page"]["next"]) == ({"0", "1", "2"}, None)


async def test_a_talk_of_two_is_for_the_hubs_operators(chat: Any, anna: Person, ben: Person) -> None:
    operator = await chat.hub.member("Olga", admin=True)
    talk = await a_talk(anna, ben)
    await report(ben, talk, (await say(anna, talk, "rude"))["id"])
    assert await queue(anna) == []
    assert [each["evidence"]["body"] for each in await queue(operator)] == ["rude"]


async def test_what_is_reported_in_a_talk_of_no_club_calls_for_the_operators_and_names_nobody_as_reporter(
    chat: Any, anna: Person, ben: Person
) -> None:
    cleo = await chat.member("Cleo Ng")
    group = {"kind": "group", "members": [ben.id, cleo.id], "title": "Car to Malmö"}
    made = await anna.http.post("rooms", json=group, headers={"Idempotency-Key": new_id()})
    for room in (await a_talk(anna, ben), made.json()["id"]):
        await report(ben, room, (await say(anna, room, "rude"))["id"])
    talk, car = await published(chat, TalkReported)
    assert talk.parties == car.parties == tuple(sorted((anna.id, ben.id)))
