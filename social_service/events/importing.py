"""Events and answers that existed elsewhere, taken in by the hundred. Twice is harmless."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from clubkit.contracts.interactions import Surface
from clubkit.db.work import UnitOfWork
from social_service.clubs import service as clubs
from social_service.events import seating, service, zones
from social_service.events.answering import house_of, move_up, new_answer, publish_answer, stand
from social_service.events.models import AnswerRow, EventRow, SeriesRow, values, wall_text
from social_service.events.schemas import ImportedAnswer, ImportedEvent
from social_service.events.seating import Held
from social_service.events.store import AnswerStore, EventStore

ANSWER_FIELDS = ("event_id", "member_id", "answer", "standing", "guests", "note", "turn", "answered_at")


async def schedule_many(work: UnitOfWork, events: Sequence[ImportedEvent]) -> int:
    """Makes the single events that are not there yet, past ones too; answers how many. A handful of queries."""
    store = EventStore(work)
    known = await store.known([event.id for event in events])
    fresh = list({event.id: event for event in events if event.id not in known}.values())
    rows = [_event(event) for event in fresh]
    await store.add_many(SeriesRow, [_series(event) for event in fresh])
    work.session.add_all(rows)
    await work.session.flush()
    briefs = await clubs.briefs(work, {row.club_id for row in rows}) if rows else {}
    work.publish(*(service.scheduled(row, service.club_of(briefs, row)) for row in rows))
    return len(rows)


async def answer_many(work: UnitOfWork, answers: Sequence[ImportedAnswer], *, surface: Surface = "import") -> int:
    """Puts answers in their order, seats and lines as everywhere; answers how many were new or changed.

    No visibility, deadline or lock-out applies: this is what happened. Answers to unknown events are left out.
    """
    events = await EventStore(work).lock_ignoring_visibility({answer.event_id for answer in answers})
    wanted = [answer for answer in answers if answer.event_id in events]
    held = await AnswerStore(work).held({(answer.event_id, answer.member_id) for answer in wanted})
    changed: dict[tuple[str, str], AnswerRow] = {}
    for answer in wanted:
        row = _answer(events[answer.event_id], answer, held)
        if row is not None:
            changed[answer.event_id, answer.member_id] = row
    await work.session.flush()
    for row in changed.values():
        publish_answer(work, events[row.event_id], row, surface)
    await AnswerStore(work).put_many([values(row, ANSWER_FIELDS) for row in changed.values()])
    for event_id in sorted({event_id for event_id, _ in changed if events[event_id].waiting}):
        await move_up(work, events[event_id])
    return len(changed)


def _answer(event: EventRow, answer: ImportedAnswer, held: dict[tuple[str, str], AnswerRow]) -> AnswerRow | None:
    """The row as it now stands; None when it stood so before."""
    key = (answer.event_id, answer.member_id)
    row = held.get(key)
    before = Held(row.standing, seating.seats_of(row.standing, row.guests)) if row else seating.NOTHING  # type: ignore[arg-type]
    if row is not None and (row.answer, row.guests) == (answer.answer, answer.guests):
        return None
    if row is None:
        row = held[key] = new_answer(*key)
    standing = seating.place(house_of(event), before, answer.answer, answer.guests)
    row.answer, row.answered_at = answer.answer, answer.at
    stand(event, row, standing, answer.guests)
    return row


def _series(event: ImportedEvent) -> dict[str, Any]:
    return {
        **_plan(event), "id": event.id, "rrule": None, "exdates": [], "made_until": None, "split_from": None,
        "cancelled_at": None,
    }  # fmt: skip


def _event(event: ImportedEvent) -> EventRow:
    plan = _plan(event)
    return EventRow(
        **plan, id=event.id, series_id=event.id, original_local=plan["starts_local"], starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(minutes=event.duration_minutes), repeats=False, announces=True,
        status="scheduled", cancel_reason="", own=[], version=1, going=0, maybe=0, waiting=0, turns=0,
    )  # fmt: skip


def _plan(event: ImportedEvent) -> dict[str, Any]:
    return {
        "club_id": event.club_id, "host_id": event.host_id or "", "title": event.title[:120], "text": event.text,
        "place": event.place[:200], "lat": event.lat, "lon": event.lon, "capacity": event.capacity,
        "guests_allowed": True, "rsvp_deadline_minutes": 0, "visibility": event.visibility, "reminders": [],
        "starts_local": wall_text(zones.wall(event.starts_at, event.tzid)), "tzid": event.tzid, "sequence": 0,
        "duration_minutes": event.duration_minutes, "created_at": event.created_at, "changed_at": event.created_at,
    }  # fmt: skip
