"""What the log can answer instead."""

from clubkit.errors import Conflict, NotFound, Unavailable


class LogAway(Unavailable):
    """The log's servers cannot be reached, or do not take what they are sent. Facts wait where they are."""

    code = "log_away"

    def __init__(self, why: str) -> None:
        super().__init__(f"The event log cannot be reached ({why}).")


class GroupIsReading(Conflict):
    code = "group_is_reading"

    def __init__(self, group: str) -> None:
        super().__init__(f"{group} is reading just now. Stop its consumers first, then try again.")


class NoSuchLetter(NotFound):
    code = "no_such_letter"

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no dead letter {number}. `hub dlq ls` lists them.")
