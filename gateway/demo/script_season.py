"""Planning the season, and answering for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from clubkit.db.work import UnitOfWork
from clubkit.ids import EventId
from gateway.demo.clubs import CLUBS
from gateway.demo.script_feed import KEEN, MEMBERS, look
from gateway.demo.season import ONCE, WEEKLY, Once, Weekly
from gateway.demo.stage import Act, Stage
from gateway.demo.when import When
from social_service.events import answering, planning, showing
from social_service.events.schemas import Answer, AnswerIn, NewEvent

WEEKS_AHEAD = 10
ANSWERED_AHEAD = timedelta(days=8)
"""How far ahead people say whether they come to a training."""
UNANSWERED = {("mara", "riverside-tue"), ("mara", "long-lap")}
"""Left open for whoever signs in to answer."""


def season(stage: Stage) -> Iterator[Act]:
    for weekly in WEEKLY:
        yield from _weekly(stage, weekly)
    for once in ONCE:
        yield from _once(stage, once)


def day_of(when: When, once: Once) -> int:
    """Days from today to a date (negative: ago)."""
    if isinstance(once.days, str):
        return -when.days_ago(once.days)
    return when.days_to(once.weekday, after=once.days) if once.weekday else once.days


def _weekly(stage: Stage, weekly: Weekly) -> Iterator[Act]:
    when = stage.when
    first = when.wall(when.days_to(weekly.weekday, after=-7 * weekly.first_week), weekly.clock)
    last = when.today + timedelta(weeks=WEEKS_AHEAD)
    wish = NewEvent(
        starts_local=first, duration_minutes=weekly.minutes, tzid=stage.tzid,
        rrule=f"FREQ=WEEKLY;BYDAY={weekly.weekday};UNTIL={last:%Y%m%d}", title=weekly.title, text=weekly.text,
        place=weekly.place, lat=weekly.where[0], lon=weekly.where[1], capacity=weekly.capacity,
        visibility=weekly.visibility,
    )  # fmt: skip
    yield _plan(when.instant(first) - timedelta(days=3), weekly.key, weekly.club, weekly.host, wish)
    starts = first
    while when.instant(starts) < stage.begun + ANSWERED_AHEAD:
        yield from _turnout(stage, weekly, starts)
        starts += timedelta(weeks=1)


def _turnout(stage: Stage, weekly: Weekly, starts: datetime) -> Iterator[Act]:
    start, name = stage.when.instant(starts), f"event:{weekly.key}:{starts:%Y-%m-%d}"
    coming = start > stage.begun
    for handle in MEMBERS[weekly.club]:
        dice = stage.dice(name, handle)
        at = start - timedelta(hours=3 + dice.random() * 60)
        if coming:
            at = stage.begun - timedelta(hours=1 + dice.random() * 44)
        if ((handle, weekly.key) in UNANSWERED and coming) or dice.random() > (0.5 if coming else 0.7):
            continue
        likely = weekly.draw * KEEN[handle]
        yes: Answer = "yes" if dice.random() < likely + 0.1 else dice.choice(("no", "no", "maybe"))
        yield answer(at, name, handle, yes)


def _once(stage: Stage, once: Once) -> Iterator[Act]:
    days = day_of(stage.when, once)
    starts = stage.when.wall(days, once.clock)
    planned = stage.begun - timedelta(days=once.planned, hours=2)
    name = f"event:{once.key}:{starts:%Y-%m-%d}"
    wish = NewEvent(
        starts_local=starts, duration_minutes=once.minutes, tzid=stage.tzid, title=once.title, text=once.text,
        place=once.place, lat=once.where[0], lon=once.where[1], capacity=once.capacity, guests_allowed=once.guests,
        visibility=once.visibility, reminders=once.reminders if days >= 0 else (),
    )  # fmt: skip
    yield _plan(planned, once.key, once.club, once.host, wish)
    until = min(stage.begun, stage.when.instant(starts)) - timedelta(hours=1)
    answers: list[tuple[str, Answer]] = [
        *((h, "yes") for h in once.going), *((h, "maybe") for h in once.maybe), *((h, "no") for h in once.no)
    ]  # fmt: skip
    step = (until - planned) / (len(answers) + 1)
    for place, (handle, said) in enumerate(answers, start=1):
        yield answer(planned + place * step, name, handle, said)
    yield from _looking(stage, once, name, planned, until)


def _looking(stage: Stage, once: Once, name: str, planned: datetime, until: datetime) -> Iterator[Act]:
    """Some open the page and think about it."""
    public = [h for club in CLUBS for h in club.everybody] if once.visibility == "public" else []
    for handle in sorted({*MEMBERS[once.club], *public}):
        dice = stage.dice("looks", name, handle)
        if dice.random() < (0.35 if handle in MEMBERS[once.club] else 0.12):
            at = planned + dice.random() * (until - planned)
            yield look(at, handle, [("event", name, once.club, 1 + dice.random() * 14)])


def _plan(at: datetime, key: str, club: str, host: str, wish: NewEvent) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        caller = stage.cast[host]
        scheduled = await planning.schedule(work, caller, stage.club(club), wish)
        await work.session.flush()
        since = work.now
        dates = await showing.calendar(
            work, caller, since, since + timedelta(days=300), club=stage.club(club), mine=False
        )
        for card in dates.data:
            if card.series_id == scheduled.series.id:
                stage.things[f"event:{key}:{card.starts_local:%Y-%m-%d}"] = card.id

    return Act(at, do)


def answer(at: datetime, event: str, handle: str, said: Answer) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        wish = AnswerIn(answer=said, surface="calendar")
        await answering.answer(work, stage.cast[handle], EventId(stage.things[event]), wish)
        await work.session.flush()

    return Act(at, do)
