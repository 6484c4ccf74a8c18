"""The wire shapes of webhooks."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chat_service.messages.schemas import LONGEST_BODY
from clubkit.contracts.base import Contract
from clubkit.ids import MemberId, RoomId

HookName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class MakeHook(Contract):
    """The name stands where a member's would."""

    name: HookName
    hue: int = Field(260, ge=0, lt=360)


class HookOut(Contract):
    id: str
    room: RoomId
    name: str
    hue: int
    created_by: MemberId
    created_at: datetime
    last_used_at: datetime | None
    posts: int


class HookMade(Contract):
    """`url` is shown this once: whoever has it can write in the room."""

    hook: HookOut
    url: str


class HookPost(BaseModel):
    """What a program sends. Other fields are left aside: many programs send more than one asks for."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: Annotated[str, StringConstraints(max_length=LONGEST_BODY)]
