"""The rules of reports: whoever is in a room may report what is said in it; its moderators see that and settle it."""

from prometheus_client import Counter

from chat_service.messages import deleting
from chat_service.messages import service as messages
from chat_service.messages.errors import MessageNotFound
from chat_service.messages.schemas import MessageOut
from chat_service.moderation.auditing import note
from chat_service.moderation.errors import AlreadyResolved, NotModerator, ReportedAlready, ReportNotFound
from chat_service.moderation.models import DeedRow, ReportRow
from chat_service.moderation.schemas import DeedOut, Reported, ReportIn, ReportOut, Resolve
from chat_service.moderation.store import ModerationStore
from chat_service.rooms import discipline, rights
from chat_service.rooms import service as rooms
from chat_service.rooms.schemas import Standing
from clubkit.contracts.chat import MessageReported, TalkReported
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, MessageId, RoomId, new_id

reports_made = Counter("hub_chat_reports_total", "Messages reported by members, by reason", ["reason"])


async def report(work: UnitOfWork, caller: Caller, room_id: RoomId, wish: ReportIn) -> Reported:
    """Keeps what the message says now, whatever becomes of it.

    Raises RoomNotFound, MessageNotFound, ReportedAlready.
    """
    standing = await rooms.standing(work, room_id, caller.member_id)
    message = (await messages.messages_now(work, [wish.message_id])).get(wish.message_id)
    if message is None or message.room != room_id or message.deleted_at:
        raise MessageNotFound("/message_id")
    row = {
        "id": new_id(work.now), "room_id": room_id, "club_id": standing.club_id, "message_id": message.id,
        "seq": message.seq, "author_id": message.author_id, "author_name": message.author_name,
        "evidence": _evidence(message), "reporter_id": caller.member_id, "reason": wish.reason, "note": wish.note,
        "at": work.now, "outcome_reason": "",
    }  # fmt: skip
    if not await ModerationStore(work).add_report(row):
        raise ReportedAlready
    reports_made.labels(wish.reason).inc()
    if standing.club_id:
        await _tell_moderators(work, standing, message, wish.reason, but=caller.member_id)
    else:
        _tell_operators(work, message, wish.reason, but=caller.member_id)
    return Reported(id=str(row["id"]))


async def _tell_moderators(
    work: UnitOfWork, standing: Standing, message: MessageOut, reason: str, *, but: MemberId
) -> None:
    """Not who reported it, and not who said it."""
    club_id = ClubId(standing.club_id or "")
    told = await discipline.moderators_of(work, standing.room_id, club_id)
    notify = tuple(each for each in told if each not in (but, message.author_id))
    if notify:
        work.publish(
            MessageReported(
                room_id=standing.room_id, room_title=standing.title, club_id=club_id, message_id=message.id,
                reason=reason, notify=notify,
            )
        )  # fmt: skip


def _tell_operators(work: UnitOfWork, message: MessageOut, reason: str, *, but: MemberId) -> None:
    """Who they are is known to auth alone. Not who reported it, and not who said it."""
    parties = tuple(sorted({each for each in (but, message.author_id) if each}))
    work.publish(TalkReported(room_id=message.room, message_id=message.id, reason=reason, parties=parties))


async def queue(
    work: UnitOfWork, caller: Caller, *, room_id: RoomId | None, resolved: bool, after: str | None, limit: int
) -> list[ReportOut]:
    """What is reported in the rooms that the asker moderates, newest first.

    What is reported in talks of no club is for the hub's operators too: a talk of two has no moderators.
    """
    mine = await discipline.moderated_by(work, caller.member_id)
    asked = [room_id] if room_id else list(mine)
    found = await ModerationStore(work).reports(
        [each for each in asked if each in mine], of_no_club=caller.is_admin and room_id is None,
        resolved=resolved, after=after, limit=limit,
    )  # fmt: skip
    return [_out(row, mine.get(RoomId(row.room_id), "")) for row in found]


async def resolve(work: UnitOfWork, caller: Caller, report_id: str, wish: Resolve) -> ReportOut:
    """Settles it, with a reason for the record; `removed` deletes the message with it.

    Raises ReportNotFound, AlreadyResolved.
    """
    row = await ModerationStore(work).report(report_id)
    mine = await discipline.moderated_by(work, caller.member_id)
    if row is None or not (row.room_id in mine or (caller.is_admin and row.club_id is None)):
        raise ReportNotFound
    if row.resolved_at is not None:
        raise AlreadyResolved
    row.resolved_at, row.resolved_by = work.now, caller.member_id
    row.outcome, row.outcome_reason = wish.outcome, wish.reason
    room_id, club_id = RoomId(row.room_id), _club(row.club_id)
    if wish.outcome == "removed":
        message_id = MessageId(row.message_id)
        await deleting.remove_reported(work, caller, room_id, club_id, message_id, row.id, wish.reason)
    note(
        work, caller, "resolved", room_id=room_id, club_id=club_id, why=wish.reason,
        member_id=_member(row.author_id), message_id=MessageId(row.message_id), outcome=wish.outcome, report=row.id,
    )  # fmt: skip
    return _out(row, mine.get(RoomId(row.room_id), ""))


async def audit(work: UnitOfWork, caller: Caller, room_id: RoomId, *, after: str | None, limit: int) -> list[DeedOut]:
    """What was done in a room, newest first; of a club's first room, in all of the club. Raises NotModerator."""
    where = await rights.place(work, room_id, caller.member_id)
    if not where.manages:
        raise NotModerator
    club_id = where.club_id if where.room.kind == "club" else None
    deeds = await ModerationStore(work).deeds(
        room_id=None if club_id else room_id, club_id=club_id, after=after, limit=limit
    )
    return [_deed(row) for row in deeds]


def _evidence(message: MessageOut) -> dict[str, object]:
    kept = {"body", "author_id", "author_name", "source", "at", "edits", "attachments", "card", "reply_to"}
    return message.model_dump(mode="json", include=kept)


def _out(row: ReportRow, title: str) -> ReportOut:
    return ReportOut(
        id=row.id, room=RoomId(row.room_id), room_title=title, message_id=MessageId(row.message_id), seq=row.seq,
        author_id=_member(row.author_id), author_name=row.author_name, evidence=row.evidence,
        reporter_id=MemberId(row.reporter_id), reason=row.reason, note=row.note, at=row.at,
        resolved_at=row.resolved_at, resolved_by=_member(row.resolved_by), outcome=row.outcome,
        outcome_reason=row.outcome_reason,
    )  # fmt: skip


def _deed(row: DeedRow) -> DeedOut:
    return DeedOut(
        id=row.id, room=RoomId(row.room_id), club_id=_club(row.club_id), by=MemberId(row.by), by_name=row.by_name,
        what=row.what, member_id=_member(row.member_id), why=row.why, details=row.details, at=row.at,
        message_id=MessageId(row.message_id) if row.message_id else None,
    )  # fmt: skip


def _member(member_id: str | None) -> MemberId | None:
    return MemberId(member_id) if member_id else None


def _club(club_id: str | None) -> ClubId | None:
    return ClubId(club_id) if club_id else None
