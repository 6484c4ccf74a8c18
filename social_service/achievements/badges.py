"""The badges, as data: what is counted, how much of it earns which badge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Counter = Literal["yes", "messages", "words", "right_picks", "weeks"]
"""yes: events answered yes; words: posts and comments; weeks: weeks with something done in them."""
Marks = Mapping[str, datetime]
"""What a member has of one counter: by what it is counted for (an event, a message, a week), and when."""


@dataclass(frozen=True)
class Way:
    """One way to a badge: `need` of a counter, in all, within a stretch of time, or week after week."""

    label: str
    counter: Counter
    need: int
    within: timedelta | None = None
    in_a_row: bool = False

    def best(self, marks: Marks) -> int:
        """The most a member ever had at once: what earns the badge, in whatever order the log tells it."""
        if self.in_a_row:
            return max(_runs(marks), default=0)
        if self.within is None:
            return len(marks)
        times = sorted(marks.values())
        return max((_within(times, end, self.within) for end in times), default=0)

    def have(self, marks: Marks, now: datetime) -> int:
        """How much she has as of now (in the hub's zone): what the progress bar shows."""
        if self.in_a_row:
            return _run_up_to(marks, now)
        if self.within is None:
            return len(marks)
        return _within(sorted(marks.values()), now, self.within)


@dataclass(frozen=True)
class Badge:
    id: str
    title: str
    text: str
    hue: int
    glyph: str
    ways: tuple[Way, ...]


BADGES: Sequence[Badge] = (
    Badge(
        "first_whistle", "First whistle", "Said yes to an event for the first time.", 152, "whistle",
        (Way("events", "yes", 1),),
    ),
    Badge(
        "regular", "Regular", "Said yes to ten events within sixty days.", 210, "calendar",
        (Way("events in 60 days", "yes", 10, within=timedelta(days=60)),),
    ),
    Badge(
        "voice_of_the_club", "Voice of the club", "Wrote fifty messages, or twenty posts and comments.", 28,
        "megaphone",
        (Way("messages", "messages", 50), Way("posts and comments", "words", 20)),
    ),
    Badge(
        "clairvoyant", "Clairvoyant", "Was right with ten picks.", 280, "eye",
        (Way("right picks", "right_picks", 10),),
    ),
    Badge(
        "on_a_roll", "On a roll", "Was active four weeks in a row.", 350, "flame",
        (Way("weeks in a row", "weeks", 4, in_a_row=True),),
    ),
)  # fmt: skip
BY_ID: Mapping[str, Badge] = {badge.id: badge for badge in BADGES}


def week_of(at: date) -> str:
    """The week a day lies in, by its Monday: 2026-03-09."""
    return (at - timedelta(days=at.weekday())).isoformat()


def counts_for(counter: Counter) -> list[Badge]:
    return [badge for badge in BADGES if any(way.counter == counter for way in badge.ways)]


def _within(times: Sequence[datetime], end: datetime, stretch: timedelta) -> int:
    return sum(end - stretch < time <= end for time in times)


def _runs(weeks: Marks) -> list[int]:
    """The lengths of the runs of neighbouring weeks, the last one last."""
    runs: list[int] = []
    before = None
    for monday in sorted(date.fromisoformat(week) for week in weeks):
        if before is not None and monday - before == timedelta(days=7):
            runs[-1] += 1
        else:
            runs.append(1)
        before = monday
    return runs


def _run_up_to(weeks: Marks, now: datetime) -> int:
    """The run that is still going on: its last week is this one or the one before."""
    if not weeks:
        return 0
    since = date.fromisoformat(week_of(now.date())) - date.fromisoformat(max(weeks))
    return _runs(weeks)[-1] if since <= timedelta(days=7) else 0
