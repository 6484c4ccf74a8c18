"""Facts published by sports_service."""

from datetime import datetime
from typing import Literal

from clubkit.contracts.base import Fact
from clubkit.ids import FixtureId, MemberId

Outcome1X2 = Literal["1", "X", "2"]


class FixtureListed(Fact, topic="sports.fixtures", key="fixture_id"):
    """A fixture as it now stands; sent again when it moves or is settled."""

    fixture_id: FixtureId
    league: str
    round: str
    home: str
    away: str
    kickoff_at: datetime
    status: Literal["scheduled", "postponed", "settled", "void"]
    outcome: Outcome1X2 | None = None
    version: int = 1


class PickSettled(Fact, topic="sports.picks", key="member_id"):
    """A pick got its points; sent again (with a higher `version`) when the result is corrected or taken back.

    `outcome` None: the match was called off or is to be played again, so the pick counts for nothing.
    The newest fact of a (member, fixture) replaces the earlier ones: points are never to be added up over them.
    """

    member_id: MemberId
    fixture_id: FixtureId
    home: str
    away: str
    choice: Outcome1X2
    outcome: Outcome1X2 | None
    points: int
    version: int = 1
