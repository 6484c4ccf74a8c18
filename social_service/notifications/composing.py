"""From facts to what members are told: to whom, in which group, leading where. Old news is no news."""

from collections.abc import Sequence
from datetime import datetime, timedelta

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
from clubkit.ids import MemberId
from social_service.clubs import service as clubs
from social_service.events import service as events
from social_service.feed import service as feed
from social_service.notifications.schemas import Note, NotificationKind
from social_service.notifications.wording import soon, wall_time
from social_service.people import service as people

STALE = timedelta(days=2)
"""What happened longer ago (an import, a replay after a long pause) is kept where it belongs and told to nobody."""


async def of_events(work: UnitOfWork, scheduled: Sequence[EventScheduled]) -> list[Note]:
    """New events to their clubs, moved ones to those who answered.

    Dates of one series are one notification; the dates that an old series goes on with are none.
    """
    coming = [event for event in scheduled if is_news(work, event.at) and event.starts_at > work.now]
    first = [event for event in coming if event.version == 1]
    endless = await events.newly_planned(work, {e.series_id for e in first}, work.now - STALE) if first else {}
    fresh = [event for event in first if event.series_id in endless]
    moved = {event.event_id: event for event in coming if event.version > 1}
    in_club = await clubs.member_ids(work, {event.club_id for event in fresh}) if fresh else {}
    answered = await events.audience(work, list(moved)) if moved else {}
    planned = [
        Note(
            to=in_club.get(event.club_id, ()), group=f"event_scheduled:{event.series_id}", kind="event_scheduled",
            subject_id=event.event_id, link=f"/e/{event.event_id}", at=event.at, actor=event.host_id,
            club_id=event.club_id, words=_event_words(event) | {"endless": endless[event.series_id]},
        )
        for event in _soonest_last(fresh)
    ]  # fmt: skip
    return planned + [
        Note(
            to=answered.get(event.event_id, ()), group=f"event_changed:{event.event_id}", kind="event_changed",
            subject_id=event.event_id, link=f"/e/{event.event_id}", at=event.at, club_id=event.club_id,
            words=_event_words(event),
        )
        for event in moved.values()
    ]  # fmt: skip


async def of_cancellations(work: UnitOfWork, cancelled: Sequence[EventCancelled]) -> list[Note]:
    news = [event for event in cancelled if is_news(work, event.at) and event.starts_at > work.now]
    answered = await events.audience(work, [event.event_id for event in news]) if news else {}
    return [
        Note(
            to=answered.get(event.event_id, ()), group=f"event_cancelled:{event.series_id}", kind="event_cancelled",
            subject_id=event.event_id, link=f"/e/{event.event_id}", at=event.at, club_id=event.club_id,
            words={"title": event.title, "starts_at": event.starts_at.isoformat()},
        )
        for event in news
    ]  # fmt: skip


def of_seat(seat: SeatGiven) -> Note:
    return Note(
        to=[seat.member_id], group=f"seat:{seat.event_id}", kind="seat", subject_id=seat.event_id,
        link=f"/e/{seat.event_id}", at=seat.at, club_id=seat.club_id,
        words={"title": seat.title, "detail": wall_time(seat.starts_at, seat.tzid)},
    )  # fmt: skip


def of_reminder(due: EventReminderDue) -> Note:
    when = wall_time(due.starts_at, due.tzid)
    return Note(
        to=due.member_ids, group=f"event_reminder:{due.event_id}", kind="event_reminder", subject_id=due.event_id,
        link=f"/e/{due.event_id}", at=due.at, club_id=due.club_id,
        words={"title": due.title, "when": soon(due.minutes_before), "detail": _where(when, due.place)},
    )  # fmt: skip


def of_comment(comment: CommentWritten) -> list[Note]:
    """The post's author hears of it, and whoever it replies to; nobody twice."""

    def note(kind: NotificationKind, to: MemberId) -> Note:
        return Note(
            to=[to], group=f"{kind}:{comment.post_id}", kind=kind, subject_id=comment.post_id,
            link=f"/p/{comment.post_id}", at=comment.at, actor=comment.author_id, club_id=comment.club_id,
            words={"detail": comment.preview}, once_each=True,
        )  # fmt: skip

    if comment.parent_author_id in {None, comment.post_author_id}:
        return [note("comment", comment.post_author_id)]
    return [note("reply", comment.parent_author_id), note("comment", comment.post_author_id)]


def is_reaction(done: MemberInteracted) -> bool:
    """Whether anybody is told of it."""
    return done.kind == "post" and done.action == "like"


async def of_reactions(work: UnitOfWork, likes: Sequence[MemberInteracted]) -> list[Note]:
    news = [like for like in likes if is_reaction(like) and is_news(work, like.at)]
    authors = await feed.authors_of_posts(work, {like.item_id for like in news}) if news else {}
    return [
        Note(
            to=[authors[like.item_id][0]], group=f"reaction:{like.item_id}", kind="reaction",
            subject_id=like.item_id, link=f"/p/{like.item_id}", at=like.at, actor=like.member_id,
            club_id=like.club_id, words={"detail": authors[like.item_id][1]}, once_each=True,
        )
        for like in news
        if like.item_id in authors
    ]  # fmt: skip


async def of_badges(work: UnitOfWork, badges: Sequence[BadgeEarned]) -> list[Note]:
    news = [badge for badge in badges if is_news(work, badge.at)]
    names = await people.briefs(work, {badge.member_id for badge in news}) if news else {}
    return [
        Note(
            to=[badge.member_id], group=f"badge:{badge.badge}", kind="badge", subject_id=badge.badge,
            link=f"/m/{names[badge.member_id].handle}", at=badge.at, words={"title": badge.title},
        )
        for badge in news
    ]  # fmt: skip


def of_message(message: MessageSent) -> Note:
    """Direct talks only: a club's room counts its own unread."""
    return Note(
        to=message.notify, group=f"message:{message.room_id}", kind="message", subject_id=message.room_id,
        link=f"/chat/{message.room_id}", at=message.at, actor=message.author_id, club_id=message.club_id,
        words={"detail": message.preview},
    )  # fmt: skip


def of_report(report: MessageReported) -> Note:
    return Note(
        to=report.notify, group=f"reported:{report.room_id}", kind="reported", subject_id=report.room_id,
        link=f"/chat/{report.room_id}", at=report.at, club_id=report.club_id,
        words={"room": report.room_title, "detail": _reason(report.reason)},
    )  # fmt: skip


def of_operators_called(called: OperatorsCalled) -> Note:
    """One notification for all talks: what leads on is the list of them."""
    return Note(
        to=called.notify, group="reported", kind="reported", subject_id=called.room_id, link="/reported", at=called.at,
        words={"room": "a talk without a club", "detail": _reason(called.reason)},
    )  # fmt: skip


def _reason(reason: str) -> str:
    return reason.replace("_", " ").capitalize()


async def of_request(work: UnitOfWork, asked: JoinAsked) -> Note:
    return Note(
        to=await clubs.who_may(work, asked.club_id, "admit"), group=f"join_asked:{asked.club_id}", kind="join_asked",
        subject_id=asked.club_id, link=f"/c/{asked.club_slug}", at=asked.at, actor=asked.member_id,
        club_id=asked.club_id, words={"club": asked.club_name}, once_each=True,
    )  # fmt: skip


def of_answer(answer: JoinAnswered) -> Note:
    return Note(
        to=[answer.member_id], group=f"join_answered:{answer.club_id}", kind="join_answered",
        subject_id=answer.club_id, link=f"/c/{answer.club_slug}", at=answer.at, club_id=answer.club_id,
        words={"club": answer.club_name, "welcome": answer.welcome},
    )  # fmt: skip


def of_pick(pick: PickSettled) -> Note:
    return Note(
        to=[pick.member_id], group="pick_settled", kind="pick_settled", subject_id=pick.fixture_id, link="/picks",
        at=pick.at, words={"home": pick.home, "away": pick.away, "points": pick.points},
    )  # fmt: skip


def is_news(work: UnitOfWork, at: datetime) -> bool:
    return work.now - at <= STALE


def _event_words(event: EventScheduled) -> dict[str, str | int | bool]:
    when = wall_time(event.starts_at, event.tzid)
    return {"title": event.title, "club": event.club_name, "detail": _where(when, event.place)}


def _where(when: str, place: str) -> str:
    return f"{when}, {place}" if place else when


def _soonest_last(events: Sequence[EventScheduled]) -> list[EventScheduled]:
    """The last of a group gives it its words: the next date, not the last of the season."""
    return sorted(events, key=lambda event: event.starts_at, reverse=True)
