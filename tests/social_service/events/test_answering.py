"""Answering: one answer each, seats never oversold, the line moves in its order and is told."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import ORMExecuteState, Session

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import EventAnswered, SeatGiven
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.social_service.facts import published


async def test_a_yes_takes_a_seat_and_shows_on_the_page(planning: Any, ben: Person) -> None:
    event = await planning.event(capacity=10)
    answered = await planning.answer(ben, event, note="I bring the balls")
    assert (answered["going"], answered["message"]) == (1, "You are going.")
    assert answered["my_answer"]["standing"] == "going"
    page = await planning.page(event)
    assert [(each["person"]["name"], each["note"]) for each in page["coming"]] == [("Ben Okafor", "I bring the balls")]
    assert page["my_answer"] is None


async def test_answering_again_replaces_the_answer(planning: Any, ben: Person) -> None:
    event = await planning.event()
    await planning.answer(ben, event)
    assert (await planning.answer(ben, event, "maybe"))["message"] == "You may come."
    last = await planning.answer(ben, event, "no")
    assert (last["going"], last["maybe"], last["message"]) == (0, 0, "You are not coming.")


async def test_guests_take_seats_too(planning: Any, ben: Person, cleo: Person) -> None:
    event = await planning.event(capacity=4, guests_allowed=True)
    assert (await planning.answer(ben, event, guests=2))["message"] == "You are going with 2 guests."
    assert (await planning.answer(cleo, event, guests=1))["my_answer"]["standing"] == "waiting"
    assert (await planning.page(event))["going"] == 3


async def test_who_comes_to_a_full_event_waits_and_is_told_her_place(planning: Any) -> None:
    event = await planning.event(capacity=1)
    first, *rest = await planning.members(4)
    await planning.answer(first, event)
    messages = [(await planning.answer(member, event))["message"] for member in rest]
    assert messages == [
        "It is full just now. You are next in line.",
        "It is full just now. You are 2nd in line.",
        "It is full just now. You are 3rd in line.",
    ]
    assert (await planning.page(event, rest[2]))["my_answer"]["position"] == 3


async def test_a_seat_given_back_goes_to_the_first_in_line_who_is_told(planning: Any) -> None:
    event = await planning.event(capacity=1, title="Cup final")
    first, second, third = await planning.members(3)
    for member in (first, second, third):
        await planning.answer(member, event)
    await planning.answer(first, event, "no")
    assert (await planning.page(event, second))["my_answer"]["standing"] == "going"
    assert (await planning.page(event, third))["my_answer"]["position"] == 1
    (fact,) = await published(planning.hub, SeatGiven)
    assert (fact.member_id, fact.title, fact.event_id) == (second.id, "Cup final", event["id"])


async def test_who_leaves_the_line_and_comes_back_stands_at_its_end(planning: Any) -> None:
    event = await planning.event(capacity=1)
    first, second, third = await planning.members(3)
    for member in (first, second, third):
        await planning.answer(member, event)
    await planning.answer(second, event, "no")
    assert (await planning.answer(second, event))["my_answer"]["position"] == 2


async def test_more_guests_than_seats_are_refused_and_the_seat_stays(planning: Any, ben: Person) -> None:
    event = await planning.event(capacity=2, guests_allowed=True)
    await planning.answer(ben, event)
    too_many = await planning.answer(ben, event, guests=2)
    assert (too_many["status"], too_many["code"]) == (422, "party_too_large")
    await planning.answer(planning.anna, event)
    refused = await planning.answer(ben, event, guests=1)
    assert (refused["status"], refused["code"]) == (409, "no_room_for_guests")
    assert (await planning.page(event, ben))["my_answer"]["standing"] == "going"


async def test_a_raised_capacity_seats_those_who_waited_in_order(planning: Any) -> None:
    event = await planning.event(capacity=1)
    members = await planning.members(4)
    for member in members:
        await planning.answer(member, event)
    assert (await planning.edit(event, capacity=3)).status_code == 200
    standings = [(await planning.page(event, member))["my_answer"]["standing"] for member in members]
    assert standings == ["going", "going", "going", "waiting"]
    assert [fact.member_id for fact in await published(planning.hub, SeatGiven)] == [members[1].id, members[2].id]


async def test_a_lifted_capacity_seats_everybody(planning: Any) -> None:
    event = await planning.event(capacity=1)
    for member in await planning.members(3):
        await planning.answer(member, event)
    assert (await planning.edit(event, capacity=None)).json()["event"]["waiting"] == 0


async def test_a_capacity_below_the_seats_taken_is_refused(planning: Any) -> None:
    event = await planning.event(capacity=5)
    for member in await planning.members(2):
        await planning.answer(member, event)
    refused = await planning.edit(event, capacity=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "seats_taken")
    assert (await planning.page(event))["capacity"] == 5


async def test_two_hundred_at_once_never_take_more_than_there_are_seats(planning: Any) -> None:
    seats = 40
    event = await planning.event(capacity=seats, guests_allowed=True, visibility="public")
    people = [planning.hub.person(new_id(), f"p{number}", f"P {number}") for number in range(200)]
    most = 0

    async def answer(number: int, person: Person) -> dict[str, Any]:
        nonlocal most
        answered = await planning.answer(person, event, guests=number % 3)
        most = max(most, answered["going"])
        return answered

    answers = await asyncio.gather(*(answer(number, person) for number, person in enumerate(people)))
    assert {each["status"] for each in answers} == {200}
    assert most <= seats
    page = await planning.page(event)
    attendees = [each for standing in ("going", "waiting") for each in await _all(planning, event, standing)]
    taken = sum(1 + each["guests"] for each in attendees if each["standing"] == "going")
    assert taken == page["going"] <= seats
    assert len(attendees) == 200
    assert page["waiting"] == sum(each["standing"] == "waiting" for each in attendees)
    positions = [each["my_answer"]["position"] for each in answers if each["my_answer"]["standing"] == "waiting"]
    assert sorted(positions) == list(range(1, len(positions) + 1))


async def test_many_who_leave_and_come_at_once_leave_the_counts_right(planning: Any) -> None:
    event = await planning.event(capacity=5, visibility="public")
    people = [planning.hub.person(new_id(), f"p{number}", f"P {number}") for number in range(30)]
    await asyncio.gather(*(planning.answer(person, event) for person in people))
    await asyncio.gather(*(planning.answer(person, event, "no") for person in people[:15]))
    page = await planning.page(event)
    assert (page["going"], page["waiting"]) == (5, 10)


async def test_the_events_row_is_locked_where_the_database_can(planning: Any, ben: Person) -> None:
    """SQLite has one writer at a time; PostgreSQL has many, who must queue at the event."""
    event, seen = await planning.event(), []

    def note(state: ORMExecuteState) -> None:
        seen.append(str(state.statement.compile(dialect=postgresql.dialect())))

    sqlalchemy.event.listen(Session, "do_orm_execute", note)
    try:
        await planning.answer(ben, event)
    finally:
        sqlalchemy.event.remove(Session, "do_orm_execute", note)
    assert [one for one in seen if "FROM social_events" in one and one.endswith("FOR UPDATE")]


async def test_an_answer_is_told_to_the_log_with_where_it_was_given(planning: Any, ben: Person) -> None:
    event = await planning.event()
    rank = new_id()
    await planning.answer(ben, event, surface="for_you", rank_id=rank)
    await planning.answer(ben, event, "maybe")
    await planning.answer(ben, event, "no")
    told = [f for f in await published(planning.hub, MemberInteracted) if f.kind == "event"]
    assert [(f.action, f.surface, f.rank_id) for f in told] == [
        ("rsvp_yes", "for_you", rank), ("rsvp_maybe", "event", None), ("rsvp_no", "event", None),
    ]  # fmt: skip
    assert {(f.item_id, f.club_id, f.member_id) for f in told} == {(event["id"], planning.club["id"], ben.id)}


async def test_the_same_answer_again_is_not_told_again(planning: Any, ben: Person) -> None:
    event = await planning.event(guests_allowed=True)
    await planning.answer(ben, event)
    await planning.answer(ben, event, guests=1, note="with my brother")
    told = [f for f in await published(planning.hub, MemberInteracted) if f.kind == "event"]
    assert [f.action for f in told] == ["rsvp_yes"]


async def test_the_clubs_open_apps_hear_how_full_it_is(planning: Any, ben: Person) -> None:
    event = await planning.event(capacity=9)
    async with planning.hub.listening() as url, planning.hub.socket(url, planning.anna) as socket:
        heard: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        socket.on("event.answers", heard.set_result)
        await planning.answer(ben, event)
        turnout = await asyncio.wait_for(heard, 10)
    assert turnout == {"event_id": event["id"], "going": 1, "waiting": 0, "capacity": 9}


async def test_after_the_deadline_only_a_no_is_taken(planning: Any, ben: Person, cleo: Person) -> None:
    event = await planning.event(rsvp_deadline_minutes=60)
    await planning.answer(ben, event)
    planning.hub.clock.advance(timedelta(days=3, hours=4, minutes=30))
    refused = await planning.answer(cleo, event)
    assert (refused["status"], refused["code"]) == (409, "answers_closed")
    assert (await planning.answer(ben, event, "no"))["status"] == 200


async def test_what_is_over_takes_no_answers(planning: Any, ben: Person) -> None:
    event = await planning.event()
    planning.hub.clock.advance(timedelta(days=4))
    refused = await planning.answer(ben, event, "no")
    assert (refused["status"], refused["code"]) == (409, "event_is_over")


async def test_what_is_cancelled_takes_no_answers(planning: Any, ben: Person) -> None:
    event = await planning.event()
    await planning.cancel(event)
    refused = await planning.answer(ben, event)
    assert (refused["status"], refused["code"]) == (409, "event_is_cancelled")


async def test_a_stranger_cannot_tell_that_a_clubs_event_exists(planning: Any) -> None:
    event = await planning.event()
    stranger = await planning.social.member("Zed")
    assert (await planning.answer(stranger, event))["code"] == "event_not_found"
    assert (await stranger.http.get(f"events/{event['id']}")).status_code == 404
    assert (await stranger.http.get(f"events/{event['id']}/answers")).status_code == 404


async def test_who_left_the_club_cannot_answer_any_more(planning: Any, ben: Person) -> None:
    event = await planning.event()
    await planning.social.leave(ben, planning.club)
    assert (await planning.answer(ben, event))["status"] == 404


@pytest.mark.parametrize(
    ("answer", "pointer"),
    [
        ({"answer": "perhaps"}, "/answer"),
        ({"answer": "yes", "guests": 6}, "/guests"),
        ({"answer": "yes", "guests": -1}, "/guests"),
        ({"answer": "yes", "note": "x" * 281}, "/note"),
        ({"answer": "yes", "surface": "moon"}, "/surface"),
        ({"guests": 1}, "/answer"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_refused_with_a_pointer(
    planning: Any, ben: Person, answer: dict[str, Any], pointer: str
) -> None:
    event = await planning.event(guests_allowed=True)
    refused = await ben.http.put(f"events/{event['id']}/answer", json=answer)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await planning.page(event))["going"] == 0


async def test_guests_where_none_are_allowed_are_refused(planning: Any, ben: Person) -> None:
    refused = await planning.answer(ben, await planning.event(), guests=1)
    assert (refused["status"], refused["code"]) == (422, "no_guests")


async def test_the_list_of_answers_pages_without_gap_or_double(planning: Any) -> None:
    event = await planning.event(capacity=3)
    members = await planning.members(7)
    for member in members:
        await planning.answer(member, event)
    names = [each["person"]["name"] for each in await _all(planning, event, None, limit=2)]
    assert sorted(names) == sorted(member.name for member in members)
    going = await _all(planning, event, "going")
    assert {each["standing"] for each in going} == {"going"}
    assert len(going) == 3


async def test_a_cursor_of_another_list_is_refused(planning: Any) -> None:
    event = await planning.event()
    for member in await planning.members(2):
        await planning.answer(member, event)
    page = await planning.social.get(planning.anna, f"events/{event['id']}/answers", limit=1)
    refused = await planning.anna.http.get(
        f"events/{event['id']}/answers", params={"standing": "going", "cursor": page["page"]["next"]}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_cursor")


async def _all(planning: Any, event: dict[str, Any], standing: str | None, limit: int = 100) -> list[dict[str, Any]]:
    query: dict[str, Any] = {"limit": limit} | ({"standing": standing} if standing else {})
    found: list[dict[str, Any]] = []
    while True:
        page = await planning.social.get(planning.anna, f"events/{event['id']}/answers", **query)
        found += page["data"]
        if page["page"]["next"] is None:
            return found
        query["cursor"] = page["page"]["next"]


async def test_each_change_of_an_answer_is_told_of_the_event(planning: Any, ben: Person) -> None:
    event = await planning.event()
    for said in ("yes", "yes", "no"):
        await planning.answer(ben, event, said)
    told = [f for f in await published(planning.hub, EventAnswered) if f.member_id == ben.id]
    assert [(f.key, f.answer) for f in told] == [(event["id"], "yes"), (event["id"], "no")]
