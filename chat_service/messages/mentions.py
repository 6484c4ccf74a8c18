"""Whom a text calls: @handle, @team, @here, @room. Only members of the room and teams of its club can be meant."""

import re
from collections.abc import Collection, Iterable, Sequence

import structlog

from chat_service.messages.schemas import Mention
from chat_service.presence import service as presence
from chat_service.rooms import levels, naming
from chat_service.rooms import service as rooms
from chat_service.rooms.schemas import RoomKind
from clubkit.cache.errors import REDIS_AWAY
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId, RoomId

log = structlog.get_logger("mentions")

MOST_NAMES = 50
"""Names looked up in one message; the rest is plain text."""
MOST_HERE = 200
"""Members whom @here calls one by one; where more are here it calls everybody, as @room does."""

Here = frozenset[MemberId] | None
"""Whom an @here calls; None: everybody in the room."""
EVERYBODY = {"here": "here", "room": "room", "all": "room", "everyone": "room"}
_NAME = re.compile(r"(?<![\w@/.])@(\w{1,48})")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def names_in(body: str) -> list[str]:
    """What stands after an @, in small letters, once each. Not inside code, not in an address."""
    if "@" not in body:
        return []
    found = (match.group(1).casefold() for match in _NAME.finditer(_CODE.sub(" ", body)))
    return list(dict.fromkeys(found))[:MOST_NAMES]


async def found(work: UnitOfWork, room_id: RoomId, club_id: ClubId | None, body: str) -> tuple[Mention, ...]:
    names = names_in(body)
    if not names:
        return ()
    people = await naming.members_named(work, room_id, names)
    unknown = [name for name in names if name not in people and name not in EVERYBODY]
    teams = await naming.teams_of(work, club_id) if club_id and unknown else {}
    mentions: dict[tuple[str, str | None], Mention] = {}
    for name in names:
        if person := people.get(name):
            mention = Mention(kind="member", id=person.member_id, name=person.handle)
        elif everybody := EVERYBODY.get(name):
            mention = Mention(kind="here" if everybody == "here" else "room", id=None, name=everybody)
        elif name in teams:
            mention = Mention(kind="team", id=teams[name][0], name=teams[name][1])
        else:
            continue
        mentions.setdefault((mention.kind, mention.id), mention)
    return tuple(mentions.values())


async def here(work: UnitOfWork, room_id: RoomId, author: str, mentions: Iterable[Mention]) -> Here:
    """Those whom the @here of a new message calls: who of the room is connected now, but for its author."""
    if not _calls_here(mentions):
        return frozenset()
    try:
        found = await presence.are_here(work, await rooms.members_of(work, room_id))
    except REDIS_AWAY as failure:
        log.warning("nobody knows who is here, so everybody is called", error=repr(failure))
        return None
    called = frozenset(found) - {MemberId(author)}
    return called if len(called) <= MOST_HERE else None


def as_edited(found: Sequence[Mention], sent: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions of an edit: an @here that was not in the message as it was sent is plain text."""
    keeps = _calls_here(sent)
    return tuple(each for each in found if keeps or each.kind != "here")


def keys_of(mentions: Iterable[Mention], here: Here = frozenset()) -> tuple[str, ...]:
    """As they are kept to be counted: a member's own id, or one key for all who are meant.

    here: as it is told to a new message. An edit has none: whom its @here calls is kept with the message.
    """
    keys = [each.kind if each.id is None else _key(each.kind, each.id) for each in mentions if each.kind != "here"]
    if _calls_here(mentions):
        keys += ["here"] if here is None else [_key("here", member_id) for member_id in sorted(here)]
    return tuple(keys)


def keys_for(member_id: MemberId, team_rooms: Collection[RoomId]) -> frozenset[str]:
    """The keys that mean this member."""
    teams = (_key("team", room_id) for room_id in team_rooms)
    return frozenset({member_id, "room", "here", _key("here", member_id), *teams})


def still_call(mentions: Iterable[Mention], keys: Collection[str]) -> bool:
    """Whether what a message says now calls by one of the keys that were kept of it."""
    if _calls_here(mentions) and any(key.partition(":")[0] == "here" for key in keys):
        return True
    return not set(keys).isdisjoint(keys_of(mentions))


def members_in(mentions: Iterable[Mention]) -> tuple[MemberId, ...]:
    """Those who are called by their own names."""
    return tuple(MemberId(each.id) for each in mentions if each.kind == "member" and each.id)


async def to_notify(
    work: UnitOfWork, room_id: RoomId, kind: RoomKind, author: str, mentions: Sequence[Mention], here: Here
) -> tuple[MemberId, ...]:
    """Who is told of the message besides the push, by what each wants of this room. Bounded."""
    named = (set(members_in(mentions)) | (here or set())) - {MemberId(author)}
    told = set(await levels.who_wants_all(work, room_id, kind))
    if named:
        told = set(await levels.to_tell(work, room_id, named | told, named))
    return await _with_crowds(work, room_id, author, mentions, here, told)


async def newly_called(
    work: UnitOfWork, room_id: RoomId, author: str, mentions: Sequence[Mention]
) -> tuple[MemberId, ...]:
    """Of an edit: those alone who are called now and were not before. Bounded. Its @here calls nobody anew."""
    named = set(members_in(mentions)) - {MemberId(author)}
    told = set(await levels.to_tell(work, room_id, named, named)) if named else set()
    return await _with_crowds(work, room_id, author, mentions, frozenset(), told)


async def _with_crowds(
    work: UnitOfWork, room_id: RoomId, author: str, mentions: Sequence[Mention], here: Here, told: Collection[MemberId]
) -> tuple[MemberId, ...]:
    """Those told anyway, and those who are called because all of the room or of a team are. Not who wrote it."""
    crowds = {RoomId(each.id) for each in mentions if each.kind == "team" and each.id}
    if any(each.kind == "room" or (each.kind == "here" and here is None) for each in mentions):
        crowds = {room_id}
    everybody = set(told)
    for crowd in crowds:
        everybody.update(await levels.called(work, room_id, crowd))
    return tuple(sorted(everybody - {MemberId(author)}))


def _calls_here(mentions: Iterable[Mention]) -> bool:
    return any(each.kind == "here" for each in mentions)


def _key(kind: str, whose: str) -> str:
    return whose if kind == "member" else f"{kind}:{whose}"
