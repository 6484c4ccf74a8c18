"""Changing a series: this date, this and the following, or all to come; what is past stays as it was."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clubkit.contracts.social import EventCancelled, EventScheduled
from clubkit.testing.hub import Person
from social_service.events.models import ReminderRow, SeriesRow
from tests.social_service.facts import published

WEEKLY = {"rrule": "FREQ=WEEKLY;COUNT=5"}
TUESDAYS = ["03-17T18:30", "03-24T18:30", "03-31T18:30", "04-07T18:30", "04-14T18:30"]


async def starts(planning: Any) -> list[str]:
    return [each[5:16] for each in await planning.starts()]


async def test_one_date_is_changed_alone(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    changed = await planning.edit(dates[1], title="Away match", starts_local="2026-03-25T19:00:00")
    assert changed.json()["changed"] == 1
    assert await starts(planning) == [TUESDAYS[0], "03-25T19:00", *TUESDAYS[2:]]
    assert (await planning.page(dates[1]))["title"] == "Away match"
    assert (await planning.page(dates[0]))["title"] == "Training"


async def test_the_following_dates_are_changed_with_it(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    changed = await planning.edit(dates[2], "following", title="Summer training", starts_local="2026-03-31T19:15:00")
    assert changed.json()["changed"] == 3
    assert await starts(planning) == [*TUESDAYS[:2], "03-31T19:15", "04-07T19:15", "04-14T19:15"]
    titles = [(await planning.page(date))["title"] for date in dates]
    assert titles == ["Training"] * 2 + ["Summer training"] * 3


async def test_all_dates_are_changed(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    await planning.edit(dates[3], "all", starts_local="2026-04-07T20:00:00", place="Hall 2")
    assert await starts(planning) == [each.replace("18:30", "20:00") for each in TUESDAYS]
    assert {(await planning.page(date))["place"] for date in dates} == {"Hall 2"}
    assert len({(await planning.page(date))["series_id"] for date in dates}) == 1


async def test_answers_move_with_their_date(planning: Any, ben: Person) -> None:
    dates = await planning.series(**WEEKLY)
    await planning.answer(ben, dates[3])
    await planning.edit(dates[2], "following", starts_local="2026-03-31T20:00:00")
    page = await planning.page(dates[3], ben)
    assert (page["my_answer"]["standing"], page["starts_local"]) == ("going", "2026-04-07T20:00:00")


async def test_what_is_past_stays_as_it_was(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    planning.hub.clock.advance(timedelta(days=8))
    await planning.edit(dates[3], "all", title="Late training", starts_local="2026-04-07T21:00:00")
    assert [each[-5:] for each in await starts(planning)] == ["18:30", "21:00", "21:00", "21:00", "21:00"]
    assert (await planning.page(dates[0]))["title"] == "Training"
    refused = await planning.edit(dates[0], title="Rewritten")
    assert (refused.status_code, refused.json()["code"]) == (409, "event_is_over")


async def test_a_date_keeps_its_own_changes_when_the_series_changes(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    await planning.edit(dates[1], place="Pitch 7", starts_local="2026-03-25T10:00:00")
    await planning.edit(dates[0], "all", place="Hall 2", title="Indoor", starts_local="2026-03-17T19:00:00")
    own = await planning.page(dates[1])
    assert (own["place"], own["starts_local"], own["title"]) == ("Pitch 7", "2026-03-25T10:00:00", "Indoor")
    assert (await planning.page(dates[2]))["place"] == "Hall 2"


async def test_a_date_moved_alone_may_speak_for_the_following(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    await planning.edit(dates[2], starts_local="2026-03-31T20:30:00")
    await planning.edit(dates[2], "following", starts_local="2026-03-31T20:30:00")
    assert await starts(planning) == [*TUESDAYS[:2], "03-31T20:30", "04-07T20:30", "04-14T20:30"]


async def test_a_new_rule_moves_adds_and_cancels_dates(planning: Any, ben: Person) -> None:
    dates = await planning.series(**WEEKLY)
    for date in dates:
        await planning.answer(ben, date)
    changed = await planning.edit(dates[1], "following", rrule="FREQ=WEEKLY;INTERVAL=2;COUNT=3")
    body = changed.json()
    assert (body["changed"], body["added"], body["cancelled"]) == (2, 1, 2)
    assert await starts(planning) == ["03-17T18:30", "03-24T18:30", "04-07T18:30", "04-21T18:30"]
    cancelled = await published(planning.hub, EventCancelled)
    assert sorted(fact.event_id for fact in cancelled) == sorted([dates[2]["id"], dates[4]["id"]])
    assert (await planning.page(dates[3], ben))["my_answer"]["standing"] == "going"


async def test_a_series_moves_to_another_day_with_its_new_rule(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    refused = await planning.edit(dates[0], "all", starts_local="2026-03-19T18:30:00")
    assert (refused.status_code, refused.json()["code"]) == (422, "needs_a_rule")
    await planning.edit(dates[0], "all", starts_local="2026-03-19T18:30:00", rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=3")
    assert await starts(planning) == ["03-19T18:30", "03-26T18:30", "04-02T18:30"]
    assert [(await planning.page(date))["starts_local"][5:10] for date in dates] == ["03-19", "03-26", "04-02"]


async def test_a_series_without_named_days_moves_as_it_is(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    await planning.edit(dates[0], "all", starts_local="2026-03-19T17:00:00")
    assert await starts(planning) == ["03-19T17:00", "03-26T17:00", "04-02T17:00", "04-09T17:00", "04-16T17:00"]


async def test_the_last_date_is_not_lost_when_a_series_with_an_end_moves_later(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;UNTIL=20260331T183000")
    await planning.edit(dates[0], "all", starts_local="2026-03-17T19:30:00")
    assert await starts(planning) == ["03-17T19:30", "03-24T19:30", "03-31T19:30"]


async def test_another_zone_keeps_the_wall_time(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    await planning.edit(dates[0], "all", tzid="America/Chicago")
    page = await planning.page(dates[0])
    assert (page["starts_local"], page["starts_at"]) == ("2026-03-17T18:30:00", "2026-03-17T23:30:00Z")


async def test_a_single_event_can_become_a_series(planning: Any) -> None:
    event = await planning.event()
    changed = await planning.edit(event, "all", rrule="FREQ=WEEKLY;COUNT=3")
    assert changed.json()["added"] == 2
    assert await starts(planning) == TUESDAYS[:3]
    assert (await planning.page(event))["repeats"] is True


async def test_a_count_goes_on_counting_behind_a_split(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    await planning.edit(dates[3], "following", title="Finals")
    async with planning.hub.works.reading() as work:
        rules = set(await work.session.scalars(select(SeriesRow.rrule)))
    assert rules == {"FREQ=WEEKLY;UNTIL=20260407T182959", "FREQ=WEEKLY;COUNT=2"}
    assert await starts(planning) == TUESDAYS


async def test_every_edit_raises_the_version_and_tells_the_log(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    response = await planning.edit(dates[0], title="A")
    assert response.headers["ETag"] == '"v2"'
    await planning.edit(dates[0], "all", title="B")
    told = [fact for fact in await published(planning.hub, EventScheduled) if fact.event_id == dates[0]["id"]]
    assert [(fact.version, fact.title) for fact in told] == [(1, "Training"), (2, "A"), (3, "B")]


async def test_an_edit_on_an_older_version_is_refused(planning: Any) -> None:
    event = await planning.event()
    await planning.edit(event, title="First")
    stale = await planning.anna.http.patch(
        f"events/{event['id']}", json={"title": "Second"}, headers={"If-Match": '"v1"'}
    )
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    assert (await planning.page(event))["title"] == "First"


async def test_an_edit_must_say_which_version_it_is_for(planning: Any) -> None:
    event = await planning.event()
    refused = await planning.anna.http.patch(f"events/{event['id']}", json={"title": "x"})
    assert refused.status_code == 422


async def test_an_edit_that_changes_nothing_tells_nothing(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    same = {"title": "Training", "starts_local": dates[1]["starts_local"], "rrule": "FREQ=WEEKLY;COUNT=5"}
    changed = await planning.edit(dates[1], "following", **same, tzid="Europe/Berlin", exdates=[])
    assert changed.json()["changed"] == 0
    assert len(await published(planning.hub, EventScheduled)) == 5
    assert len({(await planning.page(date))["series_id"] for date in dates}) == 1


async def test_reminders_move_with_their_event_in_the_same_transaction(planning: Any) -> None:
    event = await planning.event(reminders=[60, 1440])
    await planning.edit(event, starts_local="2026-03-20T20:00:00")
    async with planning.hub.works.reading() as work:
        rows = await work.session.scalars(select(ReminderRow).order_by(ReminderRow.due_at))
        due = [(row.minutes_before, f"{row.due_at:%d %H:%M}") for row in rows]
    assert due == [(1440, "19 19:00"), (60, "20 18:00")]


async def test_a_failed_edit_leaves_everything_as_it_was(planning: Any, ben: Person) -> None:
    dates = await planning.series(**WEEKLY, capacity=5, guests_allowed=True)
    await planning.answer(ben, dates[4], guests=2)
    refused = await planning.edit(dates[2], "following", capacity=2, title="Small", starts_local="2026-03-31T12:00:00")
    assert (refused.status_code, refused.json()["code"]) == (409, "seats_taken")
    assert await starts(planning) == TUESDAYS
    assert {(await planning.page(date))["title"] for date in dates} == {"Training"}
    assert len(await published(planning.hub, EventScheduled)) == 5


@pytest.mark.parametrize(
    ("scope", "changes", "code"),
    [
        ("this", {"rrule": "FREQ=DAILY;COUNT=2"}, "not_for_one_date"),
        ("this", {"tzid": "UTC"}, "not_for_one_date"),
        ("this", {"exdates": ["2026-03-24T18:30:00"]}, "not_for_one_date"),
        ("this", {"title": None}, "invalid"),
        ("this", {"starts_local": None}, "may_not_be_null"),
        ("this", {"lat": 1.0}, "half_a_place"),
        ("this", {"starts_local": "2026-03-14T09:00:00"}, "starts_in_the_past"),
        ("all", {"starts_local": "2026-03-10T09:00:00"}, "starts_in_the_past"),
        ("all", {"rrule": "FREQ=HOURLY"}, "bad_rule"),
        ("all", {"rrule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "rule_without_dates"),
        ("all", {"exdates": ["2026-03-18T18:30:00"]}, "bad_rule"),
        ("all", {"capacity": 0}, "invalid"),
        ("all", {"color": "red"}, "invalid"),
        ("none", {"title": "x"}, "invalid"),
    ],
)
async def test_an_edit_that_makes_no_sense_is_refused_and_changes_nothing(
    planning: Any, scope: str, changes: dict[str, Any], code: str
) -> None:
    dates = await planning.series(**WEEKLY)
    refused = await planning.edit(dates[0], scope, **changes)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert await starts(planning) == TUESDAYS
    assert len(await published(planning.hub, EventScheduled)) == 5


async def test_only_who_runs_the_club_changes_and_cancels(planning: Any, ben: Person) -> None:
    event = await planning.event()
    assert (await planning.edit(event, by=ben, title="Mine")).status_code == 403
    assert (await planning.cancel(event, by=ben)).status_code == 403
    stranger = await planning.social.member("Zed")
    assert (await planning.edit(event, by=stranger, title="Mine")).status_code == 404


async def test_one_date_is_called_off_with_the_reason(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    cancelled = await planning.cancel(dates[1], reason="Frozen pitch")
    assert cancelled.json()["cancelled"] == 1
    page = await planning.page(dates[1])
    assert (page["status"], page["cancel_reason"]) == ("cancelled", "Frozen pitch")
    assert await starts(planning) == [TUESDAYS[0], *TUESDAYS[2:]]
    (fact,) = await published(planning.hub, EventCancelled)
    assert (fact.event_id, fact.version) == (dates[1]["id"], 2)


async def test_this_and_the_following_are_called_off_and_none_come_later(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY")
    await planning.cancel(dates[2], "following")
    assert await starts(planning) == TUESDAYS[:2]
    planning.later(days=300)
    await planning.tick()
    assert len(await planning.starts(**{"from": "2027-03-01T00:00:00Z", "to": "2028-03-01T00:00:00Z"})) == 0


async def test_all_to_come_are_called_off_and_the_past_stays(planning: Any) -> None:
    dates = await planning.series(**WEEKLY)
    planning.hub.clock.advance(timedelta(days=8))
    cancelled = await planning.cancel(dates[3], "all")
    assert cancelled.json()["cancelled"] == 4
    assert (await planning.page(dates[0]))["status"] == "scheduled"


async def test_what_is_cancelled_can_be_neither_changed_nor_cancelled_again(planning: Any) -> None:
    event = await planning.event()
    await planning.cancel(event)
    assert (await planning.edit(event, title="x")).json()["code"] == "event_is_cancelled"
    assert (await planning.cancel(event)).json()["code"] == "event_is_cancelled"


async def test_nobody_is_reminded_of_what_is_cancelled(planning: Any) -> None:
    event = await planning.event(reminders=[60])
    await planning.cancel(event)
    async with planning.hub.works.reading() as work:
        assert (await work.session.scalars(select(ReminderRow))).all() == []
