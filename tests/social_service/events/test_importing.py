"""Taking in events and answers from elsewhere: in batches, under the same rules, twice is harmless."""

from datetime import UTC, datetime, timedelta
from typing import Any

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import EventScheduled
from clubkit.ids import ClubId, EventId, MemberId
from social_service.events.importing import answer_many, schedule_many
from social_service.events.schemas import ImportedAnswer, ImportedEvent
from tests.social_service.facts import published

THEN = datetime(2012, 6, 1, 18, 0, tzinfo=UTC)


def an_event(planning: Any, number: int, **more: Any) -> ImportedEvent:
    about = {
        "id": EventId(f"event-{number}"), "club_id": ClubId(planning.club["id"]), "host_id": None,
        "title": f"Meet {number}", "text": "", "starts_at": THEN + timedelta(days=number), "duration_minutes": 120,
        "tzid": "America/Chicago", "created_at": THEN - timedelta(days=30),
    }  # fmt: skip
    return ImportedEvent(**(about | more))


def a_yes(event: int, member: int, answer: Any = "yes", **more: Any) -> ImportedAnswer:
    return ImportedAnswer(EventId(f"event-{event}"), MemberId(f"member-{member}"), answer, THEN, **more)


async def test_imported_events_are_like_others_and_told_with_their_own_time(planning: Any) -> None:
    async with planning.hub.works.open() as work:
        assert await schedule_many(work, [an_event(planning, number) for number in range(3)]) == 3
    page = await planning.social.get(planning.anna, "events/event-1")
    assert (page["title"], page["starts_at"], page["starts_local"]) == (
        "Meet 1", "2012-06-02T18:00:00Z", "2012-06-02T13:00:00",
    )  # fmt: skip
    assert (page["host"], page["visibility"]) == (None, "public")
    facts = await published(planning.hub, EventScheduled)
    assert (facts[0].event_id, facts[0].at) == ("event-0", THEN - timedelta(days=30))


async def test_importing_twice_changes_nothing(planning: Any) -> None:
    events = [an_event(planning, number) for number in range(3)]
    answers = [a_yes(event, member) for event in range(3) for member in range(4)]
    for times in (1, 0):
        async with planning.hub.works.open() as work:
            assert await schedule_many(work, events) == 3 * times
        async with planning.hub.works.open() as work:
            assert await answer_many(work, answers) == 12 * times
    assert len(await published(planning.hub, EventScheduled)) == 3
    assert len([f for f in await published(planning.hub, MemberInteracted) if f.kind == "event"]) == 12
    assert (await planning.social.get(planning.anna, "events/event-2"))["going"] == 4


async def test_imported_answers_are_told_with_their_time_and_origin(planning: Any) -> None:
    async with planning.hub.works.open() as work:
        await schedule_many(work, [an_event(planning, 0)])
        await answer_many(work, [a_yes(0, 1), a_yes(0, 2, "no"), a_yes(0, 3, "maybe")])
    told = [f for f in await published(planning.hub, MemberInteracted) if f.kind == "event"]
    assert {(f.member_id, f.action, f.surface, f.at) for f in told} == {
        ("member-1", "rsvp_yes", "import", THEN), ("member-2", "rsvp_no", "import", THEN),
        ("member-3", "rsvp_maybe", "import", THEN),
    }  # fmt: skip


async def test_imported_answers_keep_to_the_seats_there_are(planning: Any) -> None:
    async with planning.hub.works.open() as work:
        await schedule_many(work, [an_event(planning, 0, capacity=3)])
        await answer_many(work, [a_yes(0, member, guests=member % 2) for member in range(6)])
    page = await planning.social.get(planning.anna, "events/event-0")
    assert (page["going"], page["waiting"]) == (3, 4)
    async with planning.hub.works.open() as work:
        await answer_many(work, [a_yes(0, 0, "no"), a_yes(0, 1, "no")])
    page = await planning.social.get(planning.anna, "events/event-0")
    assert (page["going"], page["waiting"]) == (3, 2)


async def test_a_later_answer_of_one_batch_replaces_the_earlier(planning: Any) -> None:
    async with planning.hub.works.open() as work:
        await schedule_many(work, [an_event(planning, 0)])
        await answer_many(work, [a_yes(0, 1), a_yes(0, 1, "no")])
    page = await planning.social.get(planning.anna, "events/event-0")
    assert page["going"] == 0


async def test_answers_to_events_nobody_knows_are_left_out(planning: Any) -> None:
    async with planning.hub.works.open() as work:
        assert await answer_many(work, [a_yes(99, 1)]) == 0


async def test_a_thousand_answers_take_a_handful_of_queries(planning: Any, statements: Any) -> None:
    async with planning.hub.works.open() as work:
        await schedule_many(work, [an_event(planning, number) for number in range(20)])
    answers = [a_yes(event, member) for event in range(20) for member in range(50)]
    with statements() as seen:
        async with planning.hub.works.open() as work:
            assert await answer_many(work, answers) == 1_000
    assert len(seen) <= 8
