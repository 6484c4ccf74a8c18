"""The wire shapes of files, and what is handed on of one."""

from dataclasses import dataclass

from clubkit.contracts.base import Contract
from clubkit.ids import RoomId


class AttachmentReady(Contract):
    """The wire's `attachment.ready`: a clip can be played now, at the address it had all along."""

    room: RoomId
    id: str
    playable: bool


@dataclass(frozen=True)
class Wish:
    """What an upload says of itself besides its bytes."""

    name: str
    alt: str = ""
    key: str | None = None


@dataclass(frozen=True)
class StoredFile:
    """A file to hand out. inline: it may be shown in a page, for we made it ourselves or know its kind."""

    key: str
    media_type: str
    name: str
    inline: bool
