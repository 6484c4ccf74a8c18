"""Calendar files: what RFC 5545 asks, what Google needs to notice a change, who may read them."""
# ruff: noqa: DTZ001, DTZ007  wall times have no zone

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clubkit.testing.hub import Person
from social_service.events.ics import escaped, folded
from social_service.events.vtimezone import vtimezone
from tests.social_service.events.icalendars import Component, read

ZONES = [
    "Europe/Berlin", "America/Chicago", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "Africa/Casablanca",
]  # fmt: skip


async def link(planning: Any, who: Person) -> str:
    made = await who.http.post(f"clubs/{planning.club['id']}/calendar-link")
    assert made.status_code == 201, made.text
    return str(made.json()["url"]).partition("/api/v1/")[2]


async def feed(planning: Any, who: Person | None = None) -> Component:
    response = await planning.hub.http().get(await link(planning, who or planning.anna))
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    return read(response.content)


async def test_one_date_is_a_whole_calendar(planning: Any, ben: Person) -> None:
    event = await planning.event(
        title="Cup; final, really", text="Line one\nLine two", place="Main pitch", lat=1.5, lon=-2
    )
    response = await ben.http.get(f"events/{event['id']}.ics")
    calendar = read(response.content)
    (vevent,) = calendar.of("VEVENT")
    assert calendar.get("VERSION") == "2.0"
    assert vevent.get("UID") == f"{event['id']}@clubholohub"
    assert (vevent.parameters("DTSTART"), vevent.get("DTSTART")) == ("TZID=Europe/Berlin", "20260317T183000")
    assert (vevent.get("DURATION"), vevent.get("STATUS"), vevent.get("SEQUENCE")) == ("PT1H30M", "CONFIRMED", "0")
    assert vevent.get("SUMMARY") == "Cup\\; final\\, really"
    assert vevent.get("DESCRIPTION") == "Line one\\nLine two"
    assert vevent.get("GEO") == "1.500000;-2.000000"
    assert [zone.get("TZID") for zone in calendar.of("VTIMEZONE")] == ["Europe/Berlin"]


async def test_a_series_is_its_rule_with_the_end_in_utc(planning: Any) -> None:
    await planning.series(rrule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630", exdates=["2026-03-24T18:30:00"])
    (vevent,) = (await feed(planning)).of("VEVENT")
    assert vevent.get("RRULE") == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630T215959Z"
    assert (vevent.parameters("EXDATE"), vevent.get("EXDATE")) == ("TZID=Europe/Berlin", "20260324T183000")


async def test_a_moved_date_keeps_its_name_and_raises_its_sequence(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=3")
    planning.later(hours=1)
    await planning.edit(dates[1], starts_local="2026-03-25T20:00:00")
    series, moved = (await feed(planning)).of("VEVENT")
    assert moved.get("UID") == series.get("UID")
    assert (moved.parameters("RECURRENCE-ID"), moved.get("RECURRENCE-ID")) == ("TZID=Europe/Berlin", "20260324T183000")
    assert moved.get("DTSTART") == "20260325T200000"
    assert (series.get("SEQUENCE"), moved.get("SEQUENCE")) == ("0", "1")
    assert moved.get("LAST-MODIFIED").startswith("20260314T1300")


async def test_every_edit_of_a_series_raises_sequence_and_last_modified(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=3")
    before = (await feed(planning)).of("VEVENT")[0]
    planning.later(hours=1)
    await planning.edit(dates[0], "all", starts_local="2026-03-17T19:00:00")
    (after,) = (await feed(planning)).of("VEVENT")
    assert after.get("UID") == before.get("UID")
    assert int(after.get("SEQUENCE")) > int(before.get("SEQUENCE"))
    assert after.get("LAST-MODIFIED") > before.get("LAST-MODIFIED")
    assert after.get("DTSTAMP") > before.get("DTSTAMP")


async def test_a_cancelled_date_stays_in_the_feed_as_cancelled(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=3")
    await planning.cancel(dates[1])
    _, cancelled = (await feed(planning)).of("VEVENT")
    assert (cancelled.get("STATUS"), cancelled.get("SEQUENCE")) == ("CANCELLED", "1")
    assert cancelled.get("RECURRENCE-ID") == "20260324T183000"


async def test_a_cancelled_series_stays_in_the_feed_as_cancelled(planning: Any) -> None:
    event = await planning.event()
    await planning.cancel(event)
    (vevent,) = (await feed(planning)).of("VEVENT")
    assert (vevent.get("STATUS"), vevent.get("SEQUENCE")) == ("CANCELLED", "1")


async def test_a_split_series_ends_and_goes_on_under_another_uid(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=4")
    await planning.edit(dates[2], "following", starts_local="2026-03-31T20:00:00")
    first, second = sorted((await feed(planning)).of("VEVENT"), key=lambda each: each.get("DTSTART"))
    assert first.get("RRULE") == "FREQ=WEEKLY;UNTIL=20260331T162959Z"
    assert (second.get("RRULE"), second.get("DTSTART")) == ("FREQ=WEEKLY;COUNT=2", "20260331T200000")
    assert first.get("UID") != second.get("UID")
    assert int(first.get("SEQUENCE")) == 1


async def test_the_feed_answers_304_until_something_changes(planning: Any) -> None:
    event = await planning.event()
    path = await link(planning, planning.anna)
    http = planning.hub.http()
    tag = (await http.get(path)).headers["ETag"]
    assert (await http.get(path, headers={"If-None-Match": tag})).status_code == 304
    await planning.edit(event, title="Moved")
    assert (await http.get(path, headers={"If-None-Match": tag})).status_code == 200


async def test_the_address_works_only_for_its_club_and_while_its_owner_is_a_member(planning: Any, ben: Person) -> None:
    await planning.event(title="Board meeting")
    path = await link(planning, ben)
    http = planning.hub.http()
    assert (await http.get(path)).status_code == 200
    other = await planning.social.found(planning.anna, "Hill Runners")
    assert (await http.get(path.replace(planning.club["id"], other["id"]))).status_code == 404
    await planning.social.leave(ben, planning.club)
    refused = await http.get(path)
    assert (refused.status_code, refused.json()["code"]) == (404, "calendar_not_found")


async def test_a_revoked_address_stops_working(planning: Any, ben: Person) -> None:
    path, hers = await link(planning, planning.anna), await link(planning, ben)
    assert (await planning.anna.http.delete(f"clubs/{planning.club['id']}/calendar-link")).status_code == 204
    assert (await planning.hub.http().get(path)).status_code == 404
    assert (await planning.hub.http().get(hers)).status_code == 200


async def test_a_guessed_token_and_a_stranger_get_nothing(planning: Any) -> None:
    path = f"clubs/{planning.club['id']}/events.ics"
    assert (await planning.hub.http().get(path, params={"token": "guess"})).status_code == 404
    assert (await planning.hub.http().get(path)).status_code == 422
    stranger = await planning.social.member("Zed")
    assert (await stranger.http.post(f"clubs/{planning.club['id']}/calendar-link")).status_code == 404
    event = await planning.event()
    assert (await stranger.http.get(f"events/{event['id']}.ics")).status_code == 404
    assert (await planning.hub.http().get(f"events/{event['id']}.ics")).status_code == 401


@given(st.text(max_size=400))
def test_folded_lines_are_short_whole_and_unfold_to_the_same(text: str) -> None:
    line = "SUMMARY:" + escaped(text)
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode("utf-8", "surrogatepass")) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(st.text(max_size=100))
def test_no_text_can_break_out_of_its_line(text: str) -> None:
    assert not set(escaped(text)) & {"\n", "\r", "\0"}


async def test_a_hostile_title_is_only_a_title(planning: Any, ben: Person) -> None:
    event = await planning.event(title="Fun\r\nEND:VEVENT\r\nBEGIN:VALARM")
    calendar = read((await ben.http.get(f"events/{event['id']}.ics")).content)
    assert len(calendar.of("VEVENT")) == 1
    assert calendar.of("VEVENT")[0].get("SUMMARY").startswith("Fun\\nEND")


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Berlin",
        "America/Chicago",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "America/St_Johns",
        "Africa/Casablanca",
    ],
)
def test_a_described_zone_gives_the_offsets_of_the_zone_database(zone: str) -> None:
    """Read as a calendar app reads it: the observance with the last start before the wall time holds."""
    lines = "\r\n".join(["BEGIN:VCALENDAR", *vtimezone(zone, 2026, 2030), "END:VCALENDAR"]) + "\r\n"
    (component,) = read(lines.encode()).of("VTIMEZONE")
    starts = sorted((datetime.strptime(part.get("DTSTART"), "%Y%m%dT%H%M%S"), part) for part in component.parts)
    day = datetime(2026, 1, 1, 12, 0)
    while day.year < 2031:
        holds = [part for start, part in starts if start <= day][-1]
        expected = day.replace(tzinfo=ZoneInfo(zone)).utcoffset()
        assert _offset(holds.get("TZOFFSETTO")) == expected, day
        day += timedelta(days=1)


def test_a_described_change_stands_where_the_clocks_change() -> None:
    text = "\n".join(vtimezone("Europe/Berlin", 2026, 2026))
    assert "BEGIN:DAYLIGHT\nDTSTART:20260329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST" in text
    assert "BEGIN:STANDARD\nDTSTART:20261025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET" in text


def _offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
