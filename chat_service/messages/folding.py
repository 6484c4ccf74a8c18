"""What a message has become: a pure function of the message as it was sent and what happened to it since.

The app folds the same events in the same way (`web/src/lib/chat`), so both come to the same state. Nothing but its
deletion counts for a message that was deleted, whatever came before or after.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, assert_never

from chat_service.messages.event_schemas import (
    AnyEvent,
    RoomDeleted,
    RoomEdited,
    RoomMessage,
    RoomNotice,
    RoomPinned,
    RoomPreviewed,
    RoomReacted,
    RoomVoted,
)
from chat_service.messages.models import Entry, RoomAnswers
from chat_service.messages.schemas import (
    MOST_MEMBERS_SHOWN,
    AttachmentOut,
    CardOut,
    Mention,
    MessageOut,
    PreviewOut,
    Quote,
    ReactionOut,
)
from clubkit.ids import MemberId, MessageId


@dataclass
class _State:
    """A message while changes are folded in."""

    body: str
    mentions: Sequence[Any]
    edits: int = 0
    edited_at: datetime | None = None
    pinned: bool = False
    previews: Sequence[Any] = ()
    reactions: dict[str, dict[str, None]] = field(default_factory=dict)
    votes: dict[str, Sequence[int]] = field(default_factory=dict)
    closed_at: datetime | None = None


def fold(
    message: Entry, changes: Iterable[Entry] = (), *, answers: RoomAnswers | None = None, is_quote_gone: bool = False
) -> MessageOut:
    """The message with its changes, which come in order. is_quote_gone: what it answers was deleted."""
    state = _State(message.body, message.data.get("mentions", ()))
    for change in changes:
        if change.kind == "deleted":
            return _tombstone(message, change, answers)
        _apply(state, change)
    return _out(message, state, answers, is_quote_gone=is_quote_gone)


def gone_among(changes: Iterable[Entry]) -> set[MessageId]:
    """The messages that these changes deleted."""
    return {change.target for change in changes if change.kind == "deleted" and change.target}


def event_of(entry: Entry, deletions: Sequence[Entry] = ()) -> AnyEvent:
    """What happened, as it is told. Of what was deleted by now no word is told any more.

    deletions: those of the message it is or is about, and of the one it answers.
    """
    common = {
        "room": entry.room_id, "epoch": entry.epoch, "seq": entry.seq, "nth": entry.nth, "at": entry.at,
        "by": entry.author.member_id, "by_name": entry.author.name,
    }  # fmt: skip
    if entry.kind == "message":
        return RoomMessage(**common, message=_as_sent(entry, deletions))
    if entry.kind == "notice":
        return RoomNotice(**common, what=entry.data["what"], subject=entry.data["subject"])
    about = common | {"target": entry.target, "target_seq": entry.target_seq}
    return _change_event(entry, about, is_gone=entry.target in gone_among(deletions))


def redacted(event: AnyEvent, deletion: RoomDeleted) -> AnyEvent:
    """An event that was told before, without the words of what is deleted now."""
    if isinstance(event, RoomEdited | RoomPreviewed) and event.target == deletion.target:
        return event.model_copy(
            update={"body": "", "mentions": ()} if isinstance(event, RoomEdited) else {"previews": ()}
        )
    if not isinstance(event, RoomMessage):
        return event
    message = event.message
    if message.id == deletion.target:
        return event.model_copy(update={"message": message.model_copy(update=gone(deletion.at, deletion.moderated))})
    if message.reply_to and message.reply_to.id == deletion.target:
        quote = message.reply_to.model_copy(update={"preview": ""})
        return event.model_copy(update={"message": message.model_copy(update={"reply_to": quote})})
    return event


def gone(at: datetime, moderated: bool) -> dict[str, Any]:
    """What becomes of a message's fields when it is deleted."""
    return {
        "body": "", "reply_to": None, "mentions": (), "attachments": (), "previews": (), "card": None, "reactions": (),
        "edited_at": None, "edits": 0, "pinned": False, "deleted_at": at, "moderated": moderated,
    }  # fmt: skip


def _as_sent(entry: Entry, deletions: Sequence[Entry]) -> MessageOut:
    mine = [each for each in deletions if each.target == entry.id]
    return fold(entry, mine, is_quote_gone=quoted_id(entry) in gone_among(deletions))


def quoted_id(entry: Entry) -> MessageId | None:
    quote = entry.data.get("reply_to")
    return MessageId(quote["id"]) if quote else None


def with_quoted(messages: Collection[Entry]) -> set[MessageId]:
    """The ids of messages and of those they answer: what must be asked about to show them."""
    quoted = {quoted for each in messages if (quoted := quoted_id(each))}
    return {each.id for each in messages} | quoted


def _apply(state: _State, change: Entry) -> None:
    data = change.data
    match change.kind:
        case "edited":
            state.body, state.mentions, state.edits, state.edited_at = (
                change.body, data["mentions"], data["edits"], change.at,
            )  # fmt: skip
        case "reacted":
            members = state.reactions.setdefault(data["emoji"], {})
            if data["on"]:
                members.setdefault(change.author.id)
            else:
                members.pop(change.author.id, None)
            if not members:
                del state.reactions[data["emoji"]]
        case "pinned":
            state.pinned = data["on"]
        case "previewed":
            state.previews = data["previews"]
        case "voted":
            state.votes.pop(change.author.id, None)
            state.votes[change.author.id] = data["options"]
        case "notice" if data["what"] == "poll_closed":
            state.closed_at = change.at
        case _:
            pass


def _out(message: Entry, state: _State, answers: RoomAnswers | None, *, is_quote_gone: bool) -> MessageOut:
    return MessageOut(
        **_unchanging(message, answers), body=state.body, reply_to=_quote(message, is_gone=is_quote_gone),
        mentions=tuple(Mention.model_validate(each) for each in state.mentions),
        attachments=tuple(AttachmentOut.model_validate(each) for each in message.data.get("attachments", ())),
        previews=tuple(PreviewOut.model_validate(each) for each in state.previews),
        card=_card(message.data.get("card"), state), reactions=_reactions(state.reactions),
        edited_at=state.edited_at, edits=state.edits, deleted_at=None, moderated=False, pinned=state.pinned,
    )  # fmt: skip


def _tombstone(message: Entry, deletion: Entry, answers: RoomAnswers | None) -> MessageOut:
    cleared = gone(deletion.at, deletion.data["moderated"])
    return MessageOut(**_unchanging(message, answers), **cleared)


def _unchanging(message: Entry, answers: RoomAnswers | None) -> dict[str, Any]:
    return {
        "id": message.id, "room": message.room_id, "seq": message.seq, "nth": message.nth,
        "client_id": message.client_id, "author_id": message.author.member_id, "author_name": message.author.name,
        "source": message.author.source, "thread": message.thread, "thread_count": answers.count if answers else 0,
        "thread_last_at": answers.last_at if answers else None, "at": message.at,
    }  # fmt: skip


def _quote(message: Entry, *, is_gone: bool) -> Quote | None:
    if not (quote := message.data.get("reply_to")):
        return None
    return Quote.model_validate(quote | {"preview": ""} if is_gone else quote)


def _card(card: dict[str, Any] | None, state: _State) -> CardOut | None:
    if card is None:
        return None
    if card["kind"] == "poll":
        closed_at = state.closed_at.isoformat() if state.closed_at else None
        card = card | {"data": card["data"] | {"votes": _by_option(state.votes), "closed_at": closed_at}}
    return CardOut.model_validate(card)


def _by_option(votes: dict[str, Sequence[int]]) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for member, options in votes.items():
        for option in options:
            chosen.setdefault(str(option), []).append(member)
    return {option: chosen[option] for option in sorted(chosen, key=int)}


def _reactions(reactions: dict[str, dict[str, None]]) -> tuple[ReactionOut, ...]:
    return tuple(
        ReactionOut(
            emoji=emoji,
            members=tuple(MemberId(each) for each in list(members)[:MOST_MEMBERS_SHOWN]),
            count=len(members),
        )
        for emoji, members in reactions.items()
        if members
    )


def _change_event(entry: Entry, about: dict[str, Any], *, is_gone: bool) -> AnyEvent:
    data = entry.data
    match entry.kind:
        case "edited":
            words = {"body": "", "mentions": ()} if is_gone else {"body": entry.body, "mentions": data["mentions"]}
            return RoomEdited(**about, **words, edits=data["edits"])
        case "deleted":
            return RoomDeleted(**about, moderated=data["moderated"])
        case "reacted":
            return RoomReacted(**about, emoji=data["emoji"], on=data["on"])
        case "pinned":
            return RoomPinned(**about, on=data["on"])
        case "previewed":
            return RoomPreviewed(**about, previews=() if is_gone else data["previews"])
        case "voted":
            return RoomVoted(**about, options=data["options"])
        case "message" | "notice" | "truncated":
            raise ValueError(f"{entry.kind} is no change of a message")
        case never:
            assert_never(never)
