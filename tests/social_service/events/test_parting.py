"""Leaving a club gives seats back; closing one calls everything off."""

from datetime import timedelta
from typing import Any

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import EventCancelled, SeatGiven
from clubkit.testing.hub import Person
from tests.social_service.facts import published


async def test_who_leaves_gives_her_seats_to_those_who_wait(planning: Any, ben: Person, cleo: Person) -> None:
    event = await planning.event(capacity=1)
    await planning.answer(ben, event)
    await planning.answer(cleo, event)
    await planning.social.leave(ben, planning.club)
    await planning.hub.settle()
    page = await planning.page(event, cleo)
    assert (page["going"], page["waiting"], page["my_answer"]["standing"]) == (1, 0, "going")
    assert [fact.member_id for fact in await published(planning.hub, SeatGiven)] == [cleo.id]
    told = [fact for fact in await published(planning.hub, MemberInteracted) if fact.kind == "event"]
    assert (told[-1].member_id, told[-1].action) == (ben.id, "rsvp_no")


async def test_she_keeps_her_seat_at_what_is_open_to_all_and_at_what_is_past(planning: Any, ben: Person) -> None:
    open_day = await planning.event(visibility="public")
    past = await planning.event(starts_local="2026-03-14T14:00:00")
    for event in (open_day, past):
        await planning.answer(ben, event)
    planning.later(hours=5)
    token = planning.hub.token(ben, lifetime=timedelta(days=1))
    ben.http.headers["Authorization"] = f"Bearer {token}"
    await planning.social.leave(ben, planning.club)
    await planning.hub.settle()
    assert [(await planning.page(event))["going"] for event in (open_day, past)] == [1, 1]


async def test_who_came_back_before_the_log_was_read_keeps_hers(planning: Any, ben: Person) -> None:
    event = await planning.event()
    await planning.answer(ben, event)
    await planning.social.leave(ben, planning.club)
    await planning.social.join(ben, planning.club)
    await planning.hub.settle()
    assert (await planning.page(event))["going"] == 1


async def test_a_closed_club_has_nothing_planned_any_more(planning: Any, ben: Person) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY", visibility="public")
    await planning.answer(ben, dates[0])
    assert (await planning.anna.http.delete(f"clubs/{planning.club['id']}")).status_code == 204
    await planning.hub.settle()
    page = await planning.page(dates[0], ben)
    assert (page["status"], page["cancel_reason"]) == ("cancelled", "The club was closed.")
    made = len(await published(planning.hub, EventCancelled))
    assert made == 58
    planning.later(days=200)
    await planning.tick()
    assert await planning.starts(**{"from": "2026-09-01T00:00:00Z", "to": "2027-09-01T00:00:00Z"}) == []
