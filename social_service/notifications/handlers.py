"""What the log has to tell members. Batches become a handful of queries; old news is no news."""

from collections.abc import Sequence

from clubkit.contracts.auth import OperatorsCalled
from clubkit.contracts.chat import MessageReported, MessageSent
from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import (
    BadgeEarned,
    CommentWritten,
    EventCancelled,
    EventReminderDue,
    EventScheduled,
    JoinAnswered,
    JoinAsked,
    SeatGiven,
)
from clubkit.contracts.sports import PickSettled
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from social_service.notifications import composing
from social_service.notifications.telling import tell

consumer = Consumer("social_service.notifications", linger=0.05)


@consumer.on_batch(EventScheduled)
async def tell_of_events(work: UnitOfWork, events: Sequence[EventScheduled]) -> None:
    await tell(work, await composing.of_events(work, events))


@consumer.on_batch(EventCancelled)
async def tell_of_cancellations(work: UnitOfWork, events: Sequence[EventCancelled]) -> None:
    await tell(work, await composing.of_cancellations(work, events))


@consumer.on_batch(SeatGiven)
async def tell_of_seats(work: UnitOfWork, seats: Sequence[SeatGiven]) -> None:
    await tell(work, [composing.of_seat(seat) for seat in seats if composing.is_news(work, seat.at)])


@consumer.on_batch(EventReminderDue)
async def remind(work: UnitOfWork, due: Sequence[EventReminderDue]) -> None:
    await tell(work, [composing.of_reminder(each) for each in due if each.starts_at > work.now])


@consumer.on_batch(CommentWritten)
async def tell_of_comments(work: UnitOfWork, comments: Sequence[CommentWritten]) -> None:
    news = [comment for comment in comments if composing.is_news(work, comment.at)]
    await tell(work, [note for comment in news for note in composing.of_comment(comment)])


@consumer.on_batch(MemberInteracted, when=composing.is_reaction)
async def tell_of_reactions(work: UnitOfWork, interactions: Sequence[MemberInteracted]) -> None:
    await tell(work, await composing.of_reactions(work, interactions))


@consumer.on_batch(BadgeEarned)
async def tell_of_badges(work: UnitOfWork, badges: Sequence[BadgeEarned]) -> None:
    await tell(work, await composing.of_badges(work, badges))


@consumer.on_batch(MessageSent, when=lambda said: bool(said.notify))
async def tell_of_messages(work: UnitOfWork, messages: Sequence[MessageSent]) -> None:
    await tell(work, [composing.of_message(each) for each in messages if composing.is_news(work, each.at)])


@consumer.on_batch(MessageReported)
async def tell_of_reports(work: UnitOfWork, reports: Sequence[MessageReported]) -> None:
    await tell(work, [composing.of_report(each) for each in reports if composing.is_news(work, each.at)])


@consumer.on_batch(OperatorsCalled)
async def tell_operators(work: UnitOfWork, calls: Sequence[OperatorsCalled]) -> None:
    await tell(work, [composing.of_operators_called(each) for each in calls if composing.is_news(work, each.at)])


@consumer.on_batch(JoinAsked)
async def tell_of_requests(work: UnitOfWork, asked: Sequence[JoinAsked]) -> None:
    await tell(work, [await composing.of_request(work, each) for each in asked if composing.is_news(work, each.at)])


@consumer.on_batch(JoinAnswered)
async def tell_of_answers(work: UnitOfWork, answers: Sequence[JoinAnswered]) -> None:
    await tell(work, [composing.of_answer(answer) for answer in answers if composing.is_news(work, answer.at)])


@consumer.on_batch(PickSettled)
async def tell_of_picks(work: UnitOfWork, picks: Sequence[PickSettled]) -> None:
    await tell(work, [composing.of_pick(pick) for pick in picks if composing.is_news(work, pick.at)])
