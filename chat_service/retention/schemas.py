"""The wire shapes of how long a room keeps what is said in it."""

from pydantic import Field

from clubkit.contracts.base import Contract


class SetRetention(Contract):
    """days null: for ever."""

    days: int | None = Field(ge=1, le=3650)
    reason: str = Field("", max_length=500)
