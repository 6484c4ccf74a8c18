"""What becomes of events and answers when somebody leaves a club, or the club is closed."""

from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from social_service.clubs import service as clubs
from social_service.events.answering import move_up, publish_answer, push_turnout, stand
from social_service.events.rescheduling import cancel_dates
from social_service.events.store import AnswerStore, EventStore

CLOSED = "The club was closed."


async def give_back(work: UnitOfWork, club_id: ClubId, member_id: MemberId) -> int:
    """Takes back a former member's answers to what is only for members and still to come; answers how many.

    Seats go to those who wait. Nothing happens when she has come back meanwhile.
    """
    if await clubs.role_in(work, club_id, member_id) is not None:
        return 0
    store, answers = EventStore(work), AnswerStore(work)
    event_ids = await store.members_only_with(club_id, member_id, work.now)
    events = await store.lock_ignoring_visibility(event_ids)
    held = await answers.held([(event_id, member_id) for event_id in events]) if events else {}
    for (event_id, _), row in held.items():
        row.answer, row.answered_at = "no", work.now
        stand(events[event_id], row, "no", 0)
        await move_up(work, events[event_id])
        publish_answer(work, events[event_id], row, "club")
        push_turnout(work, events[event_id])
    return len(held)


async def call_off_all(work: UnitOfWork, club_id: ClubId) -> int:
    """Cancels all that a closed club had planned; answers how many."""
    store = EventStore(work)
    await store.end_series(club_id, work.now)
    events = await store.coming_of(club_id, work.now)
    await cancel_dates(work, events, reason=CLOSED)
    return len(events)
