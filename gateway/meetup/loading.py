"""Takes the crawl in through the rules and the log: members and clubs as they first appear, events, then answers.

It goes by batches in the order of time, one unit of work each, and writes down how far it came. Stopped anywhere, it
goes on there; run again, it finds everything done.
"""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path

from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import ClubId, EventId, MemberId
from gateway.meetup.reading import CITIES, Rsvp, whole_weeks_to
from social_service.clubs import importing as clubs
from social_service.clubs.models import ImportedClub
from social_service.events import importing as events
from social_service.events.schemas import ImportedAnswer, ImportedEvent
from social_service.people import importing as people
from social_service.people.importing import ImportedPerson

BATCH = 500
EVENING = 120
"""Minutes an event lasts; the data does not say."""

Report = Callable[[float, str], Awaitable[None]]


@dataclass(frozen=True)
class Mark:
    """How far an import came, and by how many weeks it moves the past: kept, so that going on means the same."""

    weeks: int
    rows: int = 0


@dataclass
class Imported:
    members: int = 0
    clubs: int = 0
    events: int = 0
    answers: int = 0


async def load(works: Works, rsvps: Sequence[Rsvp], mark_file: Path, *, shift: bool, report: Report) -> Imported:
    """Takes in what is not in yet; answers what was new."""
    mark = _read_mark(mark_file) or Mark(weeks=whole_weeks_to(works.clock()).days // 7 if shift else 0)
    done = Imported()
    while mark.rows < len(rsvps):
        batch = _moved(rsvps[mark.rows : mark.rows + BATCH], timedelta(weeks=mark.weeks))
        async with works.open() as work:
            await _take(work, batch, done)
        mark = replace(mark, rows=mark.rows + len(batch))
        _write_mark(mark_file, mark)
        await report(mark.rows / len(rsvps), f"{batch[-1].at:%B %Y}")
    return done


async def _take(work: UnitOfWork, batch: Sequence[Rsvp], done: Imported) -> None:
    done.members += await people.register_many(work, [_person(r) for r in _first(batch, "member")])
    done.clubs += await clubs.found_many(work, [_club(r) for r in _first(batch, "group")])
    await work.session.flush()
    joins = {(r.id_of("group"), r.id_of("member")): r.at for r in reversed(batch) if r.answer == "yes"}
    await clubs.join_many(work, [(ClubId(club), MemberId(member), at) for (club, member), at in joins.items()])
    done.events += await events.schedule_many(work, [_event(r) for r in _first(batch, "event")])
    done.answers += await events.answer_many(work, [_answer(r) for r in batch])


def _first(batch: Iterable[Rsvp], kind: str) -> list[Rsvp]:
    """The first row of each member, group or event."""
    found: dict[str, Rsvp] = {}
    for rsvp in batch:
        found.setdefault(rsvp.id_of(kind), rsvp)
    return list(found.values())


def _moved(rows: Sequence[Rsvp], by: timedelta) -> list[Rsvp]:
    return [replace(row, at=row.at + by, event_at=row.event_at + by) for row in rows]


def _person(rsvp: Rsvp) -> ImportedPerson:
    town, _ = CITIES[rsvp.city]
    name = f"{town} member {rsvp.member}"
    handle = f"{rsvp.city}_{rsvp.member}"
    return ImportedPerson(MemberId(rsvp.id_of("member")), handle, name, rsvp.member_lat, rsvp.member_lon, rsvp.at)


def _club(rsvp: Rsvp) -> ImportedClub:
    town, _ = CITIES[rsvp.city]
    return ImportedClub(
        id=ClubId(rsvp.id_of("group")), name=f"{town} group {rsvp.group}", about="", sport="social", place=town,
        lat=rsvp.venue_lat, lon=rsvp.venue_lon, created_at=rsvp.at,
    )  # fmt: skip


def _event(rsvp: Rsvp) -> ImportedEvent:
    town, tzid = CITIES[rsvp.city]
    return ImportedEvent(
        id=EventId(rsvp.id_of("event")), club_id=ClubId(rsvp.id_of("group")), host_id=None,
        title=f"{town} group {rsvp.group} meets", text="", starts_at=rsvp.event_at, duration_minutes=EVENING,
        tzid=tzid, created_at=rsvp.at, place=f"Venue {rsvp.venue}" if rsvp.venue else "", lat=rsvp.venue_lat,
        lon=rsvp.venue_lon,
    )  # fmt: skip


def _answer(rsvp: Rsvp) -> ImportedAnswer:
    answer = rsvp.answer
    return ImportedAnswer(EventId(rsvp.id_of("event")), MemberId(rsvp.id_of("member")), answer, rsvp.at)  # type: ignore[arg-type]


def _read_mark(path: Path) -> Mark | None:
    return Mark(**json.loads(path.read_text())) if path.exists() else None


def _write_mark(path: Path, mark: Mark) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(mark)))
    draft.replace(path)
