"""The wire shapes of making rooms and keeping them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from chat_service.rooms.schemas import Level, PersonOut, RoomKind, RoomRole
from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, EventId, MemberId, RoomId

MOST_IN_GROUP = 50
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Topic = Annotated[str, StringConstraints(strip_whitespace=True, max_length=250)]


class MakeRoom(Contract):
    """public, private and team rooms are a club's and have a title; a group has neither unless it is given one."""

    kind: Literal["public", "private", "team", "group"]
    club_id: ClubId | None = None
    title: Title | None = None
    topic: Topic = ""
    members: tuple[MemberId, ...] = Field((), max_length=200, description="who is in it from the start, beside you")


class ChangeRoom(Contract):
    """What is left out stays as it is."""

    title: Title | None = None
    topic: Topic | None = None
    archived: bool | None = Field(None, description="an archived room can be read and not written in")

    @model_validator(mode="after")
    def _changes_something(self) -> "ChangeRoom":
        if self.title is None and self.topic is None and self.archived is None:
            raise ValueError("say what is to be different: title, topic or archived")
        return self


class Roommate(Contract):
    """Somebody in a room."""

    person: PersonOut
    role: RoomRole
    joined_at: datetime
    silenced_until: datetime | None


class OpenRoom(Contract):
    """A room of one of my clubs that I could be in."""

    id: RoomId
    club_id: ClubId
    kind: RoomKind
    title: str
    topic: str
    hue: int
    members: int
    joined: bool
    archived: bool


class SetRole(Contract):
    role: Literal["owner", "moderator", "member"]


class SetLevel(Contract):
    """level null: as rooms of this kind go. `quiet_minutes`: to be told nothing for so long; 0: no longer quiet."""

    level: Level | None = None
    quiet_minutes: int = Field(0, ge=0, le=525_600)


class LevelSet(Contract):
    room: RoomId
    level: Level
    quiet_until: datetime | None


class RoomOnly(Contract):
    room: RoomId


class SetLevelOf(SetLevel):
    room: RoomId


class RoomHint(Contract):
    """Something about a room is different: ask for it again. `here` false: it is no longer among yours."""

    room: RoomId
    here: bool


class EventRoom(Contract):
    event_id: EventId
