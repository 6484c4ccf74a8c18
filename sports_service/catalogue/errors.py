"""What can be refused about fixtures and results."""

from datetime import datetime

from clubkit.errors import Conflict, Flaw, Invalid, NotFound


class FixtureNotFound(NotFound):
    code = "fixture_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such fixture.")


class LeagueNotFound(NotFound):
    code = "league_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such league here.")


class ScoreMissing(Invalid):
    code = "score_missing"

    def __init__(self) -> None:
        super().__init__(
            "A settled match needs its score.", errors=[Flaw("/score", "Enter the goals of both sides.", self.code)]
        )


class ScoreUnwanted(Invalid):
    code = "score_unwanted"

    def __init__(self) -> None:
        super().__init__(
            "A match that is void or postponed has no score.",
            errors=[Flaw("/score", "Leave the score out, or enter the match as settled.", self.code)],
        )


class NotKickedOff(Conflict):
    code = "not_kicked_off"

    def __init__(self, kickoff_at: datetime) -> None:
        super().__init__(f"This match only kicks off at {kickoff_at:%Y-%m-%d %H:%M} UTC. It has no result yet.")


class KickoffPassed(Invalid):
    code = "kickoff_passed"

    def __init__(self) -> None:
        super().__init__(
            "A match can only be moved to a time to come.",
            errors=[Flaw("/kickoff_at", "Choose a time in the future.", self.code)],
        )


class KickoffTooFar(Invalid):
    code = "kickoff_too_far"

    def __init__(self) -> None:
        super().__init__(
            "That is more than two years away.",
            errors=[Flaw("/kickoff_at", "Choose a time within two years.", self.code)],
        )
