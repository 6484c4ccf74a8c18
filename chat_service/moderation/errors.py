"""What moderation refuses, in sentences."""

from datetime import datetime

from clubkit.errors import Conflict, Flaw, Forbidden, Invalid, NotFound, TooMany


class Silenced(Forbidden):
    code = "silenced"

    def __init__(self, until: datetime) -> None:
        super().__init__(f"A moderator lets you read only in this room, until {until:%d %B, %H:%M} UTC.")


class RoomArchived(Conflict):
    code = "room_archived"

    def __init__(self) -> None:
        super().__init__("This room is closed: it can be read, but nobody writes in it any more.")


class SlowDown(TooMany):
    code = "slow_mode"

    def __init__(self, every: int, wait: int) -> None:
        super().__init__(f"This room is slow: one message in {every} s. Yours can go in {wait} s.", retry_after=wait)


class WordsRefused(Invalid):
    code = "blocked_term"

    def __init__(self, term: str, pointer: str = "/body") -> None:
        detail = f"This club does not want “{term}” in its rooms. Please say it in another way."
        super().__init__(detail, errors=[Flaw(pointer, "Holds a term the club blocks.", self.code)])


class NotModerator(Forbidden):
    code = "not_moderator"

    def __init__(self) -> None:
        super().__init__("Only this room's moderators and the club's admins may do that.")


class NotOverThem(Forbidden):
    code = "not_over_them"

    def __init__(self) -> None:
        super().__init__("You cannot do that to somebody who moderates this room beside you.")


class ReportNotFound(NotFound):
    code = "report_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such report, or it is not yours to see.")


class AlreadyResolved(Conflict):
    code = "already_resolved"

    def __init__(self) -> None:
        super().__init__("Somebody has already settled this report.")


class ReportedAlready(Conflict):
    code = "reported_already"

    def __init__(self) -> None:
        super().__init__("You have reported this message. The moderators will look at it.")
