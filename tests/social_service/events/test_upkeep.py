"""What time does to events: endless series go on, reminders fall due once, zones may change their rules."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from clubkit.contracts.social import EventReminderDue, EventScheduled
from clubkit.testing.hub import Person
from social_service.events import upkeep
from social_service.events.models import EventRow
from tests.social_service.facts import published


async def test_an_endless_series_is_followed_as_time_passes(planning: Any) -> None:
    await planning.series(rrule="FREQ=WEEKLY")
    made = len(await published(planning.hub, EventScheduled))
    planning.later(days=100)
    await planning.tick()
    facts = await published(planning.hub, EventScheduled)
    assert len(facts) == made + 13
    starts = sorted(fact.starts_at for fact in facts)
    gaps = {(later - earlier).days for earlier, later in pairwise(starts)}
    assert gaps <= {6, 7}
    assert starts[-1] <= planning.hub.clock() + timedelta(days=400)


async def test_nothing_is_made_twice(planning: Any) -> None:
    await planning.series(rrule="FREQ=DAILY")
    planning.later(days=50)
    assert await upkeep.extend_all(planning.hub.works) > 0
    assert await upkeep.extend_all(planning.hub.works) == 0
    starts = [fact.starts_at for fact in await published(planning.hub, EventScheduled)]
    assert len(starts) == len(set(starts))


async def test_a_series_that_ends_is_not_followed(planning: Any) -> None:
    await planning.series(rrule="FREQ=WEEKLY;COUNT=10")
    await planning.series(rrule="FREQ=WEEKLY;UNTIL=20270101")
    planning.later(days=350)
    assert await upkeep.extend_all(planning.hub.works) == 0


async def test_a_long_count_is_followed_to_its_end_and_no_further(planning: Any) -> None:
    await planning.series(rrule="FREQ=WEEKLY;COUNT=70")
    planning.later(days=300)
    await upkeep.extend_all(planning.hub.works)
    planning.later(days=300)
    await upkeep.extend_all(planning.hub.works)
    assert len(await published(planning.hub, EventScheduled)) == 70


async def test_new_dates_are_like_the_series_as_it_is_now(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY")
    await planning.edit(dates[2], "following", title="Late training", starts_local="2026-03-31T20:00:00")
    planning.later(days=60)
    await planning.tick()
    last = (await planning.dates(**{"from": "2027-04-20T00:00:00Z", "to": "2027-06-20T00:00:00Z"}))[-1]
    assert (last["title"], last["starts_local"][11:16]) == ("Late training", "20:00")


async def test_those_who_are_coming_are_reminded_once(planning: Any, ben: Person, cleo: Person) -> None:
    event = await planning.event(reminders=[60], title="Cup final", place="Main pitch")
    absent = await planning.member("Dora")
    await planning.answer(ben, event)
    await planning.answer(cleo, event, "maybe")
    await planning.answer(absent, event, "no")
    planning.later(days=3, hours=4, minutes=31)
    await planning.tick()
    planning.later(minutes=1)
    await planning.tick()
    (fact,) = await published(planning.hub, EventReminderDue)
    assert set(fact.member_ids) == {ben.id, cleo.id}
    assert (fact.title, fact.place, fact.minutes_before) == ("Cup final", "Main pitch", 60)


async def test_nobody_is_reminded_before_time(planning: Any, ben: Person) -> None:
    event = await planning.event(reminders=[60])
    await planning.answer(ben, event)
    planning.later(days=3, hours=4, minutes=29)
    await planning.tick()
    assert await published(planning.hub, EventReminderDue) == []


async def test_a_reminder_that_comes_after_the_start_is_dropped(planning: Any, ben: Person) -> None:
    event = await planning.event(reminders=[60])
    await planning.answer(ben, event)
    planning.later(days=5)
    await planning.tick()
    assert await published(planning.hub, EventReminderDue) == []


async def test_events_return_to_their_wall_time_when_a_zone_changes_its_rules(planning: Any) -> None:
    event = await planning.event(reminders=[60])
    async with planning.hub.works.open() as work:  # as if it had been planned with an older zone database
        row = await work.session.get(EventRow, event["id"])
        assert row is not None
        row.starts_at += timedelta(hours=1)
        row.ends_at += timedelta(hours=1)
    assert await upkeep.correct_zones(planning.hub.works) == 1
    page = await planning.page(event)
    assert (page["starts_at"], page["version"]) == ("2026-03-17T17:30:00Z", 2)
    assert await upkeep.correct_zones(planning.hub.works) == 0
