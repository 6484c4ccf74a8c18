"""What can be refused when somebody makes a pick."""

from datetime import datetime

from clubkit.errors import Conflict, Flaw


class PickLocked(Conflict):
    code = "pick_locked"

    def __init__(self, lock_at: datetime) -> None:
        stamp = lock_at.isoformat().replace("+00:00", "Z")
        super().__init__(
            f"Picks for this match locked at {lock_at:%H:%M} UTC on {lock_at:%d %B %Y}.",
            errors=[Flaw("/lock_at", stamp, self.code)],
        )


class PickClosed(Conflict):
    """For matches that are postponed without a new date, settled or void."""

    code = "pick_closed"

    def __init__(self, status: str) -> None:
        why = {
            "postponed": "This match is postponed. Picks open again when it has a new date.",
            "settled": "This match is over.",
            "void": "This match was called off.",
        }
        super().__init__(why.get(status, "This match takes no picks now."))
