"""Planning: understood before it is stored, stored with its dates, refused with a sentence."""

from typing import Any

import pytest

from clubkit.contracts.social import EventScheduled
from clubkit.ids import new_id
from clubkit.testing.hub import Person
from tests.social_service.facts import published


async def test_a_single_event_has_one_date_in_its_own_zone(planning: Any) -> None:
    event = await planning.event(title="Cup final", place="Main pitch")
    assert event["starts_local"] == "2026-03-17T18:30:00"
    assert event["starts_at"] == "2026-03-17T17:30:00Z"
    assert (event["title"], event["place"], event["repeats"]) == ("Cup final", "Main pitch", False)
    assert await planning.starts() == ["2026-03-17T18:30:00"]


async def test_a_weekly_rule_keeps_its_wall_time_over_the_clock_change(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=3")
    assert [date["starts_local"][11:16] for date in dates] == ["18:30"] * 3
    assert [date["starts_at"][11:16] for date in dates] == ["17:30", "17:30", "16:30"]


async def test_the_answer_tells_the_next_ten_dates_and_how_many_there_are(planning: Any) -> None:
    scheduled = (await planning.schedule(rrule="FREQ=WEEKLY;BYDAY=TU,TH")).json()
    assert len(scheduled["next_dates"]) == len(scheduled["events"]) == 10
    assert scheduled["next_dates"][0] == {
        "local": "2026-03-17T18:30:00", "utc": "2026-03-17T17:30:00Z", "ends_utc": "2026-03-17T19:00:00Z", "note": None,
    }  # fmt: skip
    assert scheduled["dates"] == len(
        await planning.dates(**{"from": "2026-03-17T12:00:00Z", "to": "2027-04-21T12:00:00Z"})
    )
    assert scheduled["series"]["summary"] == "Every Tuesday and Thursday at 18:30, until you stop it."
    assert scheduled["series"]["endless"] is True


async def test_each_date_is_told_to_the_log_once(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=4")
    facts = await published(planning.hub, EventScheduled)
    assert [fact.event_id for fact in facts] == [date["id"] for date in dates]
    assert {(fact.club_name, fact.version, fact.title) for fact in facts} == {("Riverside FC", 1, "Training")}


async def test_the_first_date_is_the_first_on_the_rule(planning: Any) -> None:
    dates = await planning.series(starts_local="2026-03-16T18:30:00", rrule="FREQ=WEEKLY;BYDAY=WE;COUNT=2")
    assert [date["starts_local"] for date in dates] == ["2026-03-18T18:30:00", "2026-03-25T18:30:00"]


async def test_dates_that_are_left_out_are_left_out(planning: Any) -> None:
    await planning.series(rrule="FREQ=WEEKLY;COUNT=3", exdates=["2026-03-24T18:30:00"])
    assert await planning.starts() == ["2026-03-17T18:30:00", "2026-03-31T18:30:00"]


async def test_the_same_idempotency_key_plans_once(planning: Any) -> None:
    body = {"title": "Training", "starts_local": "2026-03-17T18:30:00", "tzid": "Europe/Berlin"}
    key = {"Idempotency-Key": new_id()}
    path = f"clubs/{planning.club['id']}/events"
    first = await planning.anna.http.post(path, json=body, headers=key)
    second = await planning.anna.http.post(path, json=body, headers=key)
    assert second.json() == first.json()
    assert len(await planning.dates()) == 1


async def test_a_preview_shows_what_would_be_and_stores_nothing(planning: Any) -> None:
    body = {"starts_local": "2026-03-24T02:30:00", "tzid": "Europe/Berlin", "rrule": "FREQ=DAILY;COUNT=7"}
    preview = (await planning.anna.http.post(f"clubs/{planning.club['slug']}/events/preview", json=body)).json()
    assert preview["summary"] == "Every day at 02:30, 7 times."
    assert [date["utc"][8:16] for date in preview["next_dates"]] == [
        "24T01:30", "25T01:30", "26T01:30", "27T01:30", "28T01:30", "29T01:30", "30T00:30",
    ]  # fmt: skip
    assert preview["next_dates"][5]["note"] == "The clocks skip 02:30 on this day, so it starts at 03:30."
    assert [date["note"] for date in preview["next_dates"] if date["note"]] == [preview["next_dates"][5]["note"]]
    assert await planning.dates() == []


async def test_only_who_runs_the_club_plans(planning: Any, ben: Person) -> None:
    refused = await planning.schedule(ben)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed_in_club")
    preview = await ben.http.post(
        f"clubs/{planning.club['id']}/events/preview", json={"starts_local": "2026-03-17T18:30", "tzid": "UTC"}
    )
    assert preview.status_code == 403
    assert (await planning.schedule(await planning.social.member("Zed"))).status_code == 403
    assert await planning.dates() == []


async def test_an_unknown_club_is_not_found(planning: Any) -> None:
    body = {"title": "x", "starts_local": "2026-03-17T18:30:00", "tzid": "UTC"}
    refused = await planning.anna.http.post(f"clubs/{new_id()}/events", json=body)
    assert (refused.status_code, refused.json()["code"]) == (404, "club_not_found")


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        ({"rrule": "FREQ=SECONDLY"}, "/rrule"),
        ({"rrule": "FREQ=HOURLY;COUNT=3"}, "/rrule"),
        ({"rrule": "every tuesday"}, "/rrule"),
        ({"rrule": "FREQ=WEEKLY;COUNT=3;UNTIL=20260601"}, "/rrule"),
        ({"rrule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "/rrule"),
        ({"rrule": "FREQ=WEEKLY;UNTIL=20250101"}, "/rrule"),
        ({"rrule": "FREQ=WEEKLY;COUNT=2", "exdates": ["2026-03-18T18:30:00"]}, "/exdates"),
        ({"rrule": "FREQ=WEEKLY;COUNT=1", "exdates": ["2026-03-17T18:30:00"]}, "/rrule"),
        ({"exdates": ["2026-03-17T18:30:00"]}, "/exdates"),
        ({"starts_local": "2026-03-14T12:59:00"}, "/starts_local"),
        ({"starts_local": "2026-03-17T18:30:00Z"}, "/starts_local"),
        ({"starts_local": "2026-03-17T18:30:30"}, "/starts_local"),
        ({"starts_local": "next week"}, "/starts_local"),
        ({"starts_local": "2126-03-17T18:30:00"}, "/starts_local"),
        ({"tzid": "Europe/Atlantis"}, "/tzid"),
        ({"tzid": "../../etc/passwd"}, "/tzid"),
        ({"tzid": "localtime"}, "/tzid"),
        ({"title": "   "}, "/title"),
        ({"title": "x" * 121}, "/title"),
        ({"duration_minutes": 4}, "/duration_minutes"),
        ({"capacity": 0}, "/capacity"),
        ({"capacity": 5_001}, "/capacity"),
        ({"lat": 91.0, "lon": 0.0}, "/lat"),
        ({"reminders": [5, 10, 15, 20, 25, 30]}, "/reminders"),
        ({"visibility": "secret"}, "/visibility"),
        ({"surprise": 1}, "/surprise"),
    ],
)
async def test_a_plan_that_makes_no_sense_is_refused_with_a_pointer(
    planning: Any, wish: dict[str, Any], pointer: str
) -> None:
    refused = await planning.schedule(**wish)
    assert refused.status_code == 422, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert refused.json()["errors"][0]["detail"].endswith((".", "?"))
    assert await planning.dates() == []


async def test_half_a_place_on_the_map_is_refused(planning: Any) -> None:
    refused = await planning.schedule(lat=52.5)
    assert refused.status_code == 422
    assert "both lat and lon" in refused.json()["detail"]
