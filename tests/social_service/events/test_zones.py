"""Wall time and instants over clock changes, both ways, in zones that change by an hour and by half of one."""
# ruff: noqa: DTZ001  wall times have no zone

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_service.events.recurrence import plan
from social_service.events.schemas import _zones
from social_service.events.zones import clock_note, instant, next_date, wall

BERLIN, CHICAGO, LORD_HOWE = "Europe/Berlin", "America/Chicago", "Australia/Lord_Howe"


@pytest.mark.parametrize(
    ("zone", "local", "utc", "shown"),
    [
        (BERLIN, "2026-03-29T02:30", "2026-03-29T01:30", "03:30"),
        (CHICAGO, "2026-03-08T02:30", "2026-03-08T08:30", "03:30"),
        (LORD_HOWE, "2026-10-04T02:15", "2026-10-03T15:45", "02:45"),
    ],
)
def test_a_time_that_does_not_exist_is_read_with_the_offset_before_the_gap(
    zone: str, local: str, utc: str, shown: str
) -> None:
    date = datetime.fromisoformat(local)
    assert instant(date, zone).isoformat()[:16] == utc
    assert f"{wall(instant(date, zone), zone):%H:%M}" == shown
    assert clock_note(date, zone) == f"The clocks skip {date:%H:%M} on this day, so it starts at {shown}."


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        (BERLIN, "2026-10-25T02:30", "2026-10-25T00:30"),
        (CHICAGO, "2026-11-01T01:30", "2026-11-01T06:30"),
        (LORD_HOWE, "2026-04-05T01:45", "2026-04-04T14:45"),
    ],
)
def test_a_time_that_comes_twice_means_the_first_time(zone: str, local: str, utc: str) -> None:
    date = datetime.fromisoformat(local)
    assert instant(date, zone).isoformat()[:16] == utc
    assert clock_note(date, zone) == f"The clocks show {date:%H:%M} twice on this day. It starts the first time."


@pytest.mark.parametrize(
    ("zone", "starts", "hours"),
    [
        (BERLIN, "2026-03-25T18:30", ["17:30", "16:30"]),
        (BERLIN, "2026-10-21T18:30", ["16:30", "17:30"]),
        (CHICAGO, "2026-03-04T18:30", ["00:30", "23:30"]),
        (CHICAGO, "2026-10-28T18:30", ["23:30", "00:30"]),
        (LORD_HOWE, "2026-04-01T18:30", ["07:30", "08:00"]),
        (LORD_HOWE, "2026-09-30T18:30", ["08:00", "07:30"]),
    ],
)
def test_a_weekly_date_keeps_its_wall_time_when_the_clocks_change(zone: str, starts: str, hours: list[str]) -> None:
    first = datetime.fromisoformat(starts)
    dates = plan(first, "FREQ=WEEKLY;COUNT=2", [], zone=zone, now=first).dates(first + timedelta(days=30))
    assert [f"{date:%H:%M}" for date in dates] == ["18:30", "18:30"]
    assert [f"{instant(date, zone):%H:%M}" for date in dates] == hours


def test_an_event_over_the_clock_change_lasts_as_long_as_planned() -> None:
    date = next_date(datetime(2026, 3, 29, 1, 0), BERLIN, 120)
    assert (date.ends_utc - date.utc) == timedelta(hours=2)
    assert f"{wall(date.ends_utc, BERLIN):%H:%M}" == "04:00"


@given(
    st.sampled_from([BERLIN, CHICAGO, LORD_HOWE, "Asia/Kolkata", "America/St_Johns", "UTC", "Pacific/Apia"]),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
)
def test_wall_and_instant_undo_each_other_save_where_a_note_says_so(zone: str, at: datetime) -> None:
    local = at.replace(second=0, microsecond=0)
    back = wall(instant(local, zone), zone)
    note = clock_note(local, zone)
    assert back == local or (note is not None and "skip" in note)
    assert instant(back, zone) == instant(local, zone)


def test_every_zone_offered_can_be_opened() -> None:
    assert {"UTC", BERLIN, CHICAGO, LORD_HOWE} <= _zones()
    assert "localtime" not in _zones()
    for zone in sorted(_zones())[::25]:
        assert ZoneInfo(zone).key == zone
