"""The wire shapes of leaderboards."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from clubkit.contracts.base import Contract
from clubkit.ids import MemberId

Period = Literal["week", "month", "season"]


class RankedMember(Contract):
    id: MemberId
    handle: str
    name: str
    hue: int
    avatar_url: str | None


class LeaderRow(Contract):
    """One place on the board. `rank` is unique: ties are broken by the declared chain."""

    rank: int
    member: RankedMember
    points: int
    right: int
    picks: int = Field(description="settled picks in the period")
    rank_delta: int | None = Field(description="places gained (+) or lost (-) since `delta_since`; null: new here")
    level_with_above: bool = Field(description="same points as the row above: a tie-break put it here")


class Board(Contract):
    """A stretch of a board, with the asker's own row wherever it stands."""

    period: Period
    starts_at: datetime | None = Field(description="kick-offs from here on count; null: the whole season")
    ends_at: datetime | None
    delta_since: datetime
    ties: tuple[str, ...] = Field(description="the tie chain in force, first rule first")
    ranked: int = Field(description="how many members are on this board")
    me: LeaderRow | None
    data: tuple[LeaderRow, ...]
