"""Rules: the same dates as dateutil gives, in bounded time; wrong ones are refused with a reason."""
# ruff: noqa: DTZ001  wall times have no zone

import time
import warnings
from datetime import datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from social_service.events.errors import BadRule, NoDates
from social_service.events.recurrence import HORIZON, plan
from social_service.events.rules import WEEKDAYS, parse_rule
from social_service.events.wording import in_line, ordinal, summary

START = datetime(2026, 3, 17, 18, 30)
ZONE = "Europe/Berlin"


def dates_of(text: str, starts: datetime = START, days: int = 400) -> list[datetime]:
    return plan(starts, text, [], zone=ZONE, now=starts).dates(starts + timedelta(days=days))


def numbers(low: int, high: int, *, signed: bool = True) -> st.SearchStrategy[str]:
    one = st.integers(low, high).flatmap(lambda n: st.sampled_from([n, -n] if signed else [n]))
    return st.lists(one, min_size=1, max_size=3, unique=True).map(lambda ns: ",".join(map(str, ns)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    counted = freq in ("MONTHLY", "YEARLY")
    day = st.builds(
        lambda n, d: f"{n or ''}{d}", st.sampled_from([0, 1, 2, 5, -1, -2]) if counted else st.just(0),
        st.sampled_from(WEEKDAYS),
    )  # fmt: skip
    parts = {"FREQ": freq, "INTERVAL": str(draw(st.integers(1, 5)))}
    if draw(st.booleans()):
        parts["BYDAY"] = ",".join(draw(st.lists(day, min_size=1, max_size=3, unique=True)))
    if draw(st.booleans()):
        parts["BYMONTH"] = draw(numbers(1, 12, signed=False))
    if freq != "WEEKLY" and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(numbers(1, 31))
    if counted and {"BYDAY", "BYMONTHDAY"} & parts.keys() and draw(st.booleans()):
        parts["BYSETPOS"] = draw(st.sampled_from(["1", "-1", "2", "1,-1"]))
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(WEEKDAYS))
    if draw(st.booleans()):
        parts["COUNT"] = str(draw(st.integers(1, 40)))
    return ";".join(f"{name}={value}" for name, value in parts.items())


@settings(max_examples=300, deadline=None)
@given(rules(), st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)))
def test_dates_are_those_of_dateutil_in_our_own_century(text: str, starts: datetime) -> None:
    starts = starts.replace(second=0, microsecond=0)
    until = starts + HORIZON
    try:
        ours = dates_of(text, starts)
    except NoDates:
        ours = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        # The end stands in the rule, or a rule without dates would be searched to the year 9999.
        endless = rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=starts) if ours else []
    assert ours == list(islice(endless, 500))


@settings(max_examples=60, deadline=None)
@given(rules())
def test_a_stored_rule_reads_back_as_the_same(text: str) -> None:
    rule = parse_rule(text, ZONE)
    assert parse_rule(rule.text, ZONE) == rule


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="FREQDAILYWKMONTHBSEPU=;,-+0123456789 :\n", max_size=60))
def test_garbage_is_refused_and_nothing_else_happens(text: str) -> None:
    refusal = None
    try:
        parse_rule(text, ZONE)
    except BadRule as refused:
        refusal = refused
    assert refusal is None or (refusal.errors[0].pointer, refusal.detail[-1]) == ("/rrule", ".")


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=3", "FREQ=HOURLY", "FREQ=FORTNIGHTLY", "FREQ=", "FREQ", "", ";",
        "COUNT=3",
        "FREQ=WEEKLY;FREQ=DAILY", "FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;COUNT=-1",
        "FREQ=WEEKLY;COUNT=99999999999", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=x", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2TU", "FREQ=DAILY;BYDAY=1MO", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYYEARDAY=5", "FREQ=MONTHLY;BYWEEKNO=5", "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "FREQ=DAILY;BYHOUR=9,12", "FREQ=DAILY;BYMINUTE=1", "FREQ=DAILY;BYSECOND=1",
        "FREQ=YEARLY;BYEASTER=0", "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=2", "FREQ=WEEKLY;UNTIL=soon", "FREQ=WEEKLY;UNTIL=20261340",
        "FREQ=WEEKLY;UNTIL=99991231", "FREQ=WEEKLY;WKST=XX", "FREQ=WEEKLY;X-FOO=1",
        "FREQ=WEEKLY\nDTSTART:20260101T000000",
    ],
)  # fmt: skip
def test_a_rule_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadRule):
        parse_rule(text, ZONE)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=4",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;INTERVAL=7;BYDAY=WE", "FREQ=WEEKLY;UNTIL=20260101",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "FREQ=YEARLY;INTERVAL=1000;BYMONTH=1",
    ],
)  # fmt: skip
def test_a_rule_that_never_comes_to_a_date_is_refused_soon(text: str) -> None:
    """dateutil alone would look until the year 9999: seconds, for whoever asks. The bound is generous."""
    began = time.process_time()
    with pytest.raises(NoDates):
        dates_of(text)
    assert time.process_time() - began < 1.0


def test_an_endless_rule_is_followed_to_the_horizon_and_no_further() -> None:
    endless = plan(START, "FREQ=DAILY", [], zone=ZONE, now=START)
    assert endless.endless
    assert len(endless.dates(START + HORIZON)) == 401


def test_no_rule_can_give_more_than_a_date_a_day() -> None:
    busiest = "FREQ=YEARLY;BYYEARDAY=" + ",".join(str(day) for day in range(1, 367))
    assert len(dates_of(busiest)) <= 401


def test_an_end_in_utc_is_understood_on_the_wall() -> None:
    assert dates_of("FREQ=WEEKLY;UNTIL=20260324T173000Z")[-1] == datetime(2026, 3, 24, 18, 30)
    assert dates_of("FREQ=WEEKLY;UNTIL=20260324T172959Z")[-1] == datetime(2026, 3, 17, 18, 30)


def test_an_end_date_includes_its_day() -> None:
    assert dates_of("FREQ=WEEKLY;UNTIL=20260324")[-1] == datetime(2026, 3, 24, 18, 30)


def test_calendars_are_given_the_end_in_utc() -> None:
    assert parse_rule("FREQ=WEEKLY;UNTIL=20260701T183000", ZONE).in_zone(ZONE).endswith("UNTIL=20260701T163000Z")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("FREQ=WEEKLY", "Every Tuesday at 18:30, until you stop it."),
        ("FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270630", "Every Tuesday and Thursday at 18:30, until 30 June 2027."),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=6", "Every 2 weeks on Monday at 18:30, 6 times."),
        ("FREQ=DAILY;COUNT=1", "Every day at 18:30, once."),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days at 18:30, until you stop it."),
        ("FREQ=DAILY;BYDAY=MO,TU,WE", "Every day on Monday, Tuesday and Wednesday at 18:30, until you stop it."),
        ("FREQ=MONTHLY", "Every month on the 17th at 18:30, until you stop it."),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday at 18:30, until you stop it."),
        ("FREQ=MONTHLY;BYDAY=2TU,4TU",
         "Every month on the 2nd Tuesday and the 4th Tuesday at 18:30, until you stop it."),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "Every month on the 1st and the last day at 18:30, until you stop it."),
        ("FREQ=YEARLY", "Every year on 17 March at 18:30, until you stop it."),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1SA", "Every year on the 1st Saturday in May at 18:30, until you stop it."),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
         "Every month on the last one of Monday, Tuesday, Wednesday, Thursday and Friday at 18:30, until you stop it."),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_plain_words(text: str, says: str) -> None:
    assert summary(parse_rule(text, ZONE), START) == says


def test_once_is_said_so() -> None:
    assert summary(None, START) == "Once, on Tuesday 17 March 2026 at 18:30."


@given(st.integers(1, 200))
def test_places_in_line_are_ordinals(number: int) -> None:
    assume(number > 1)
    assert in_line(number) == f"You are {ordinal(number)} in line."
    assert ordinal(number).rstrip("stndrh") == str(number)


def test_ordinals_in_english() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th",
    ]  # fmt: skip
