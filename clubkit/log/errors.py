"""What the log can answer instead."""

from clubkit.errors import Conflict, NotFound, Unavailable


class LogAway(Unavailable):
    """The log's servers cannot be reached, or do not take what they are sent. Facts wait where they are."""

    code = "log_away"

    def __init__(self, why: str) -> None:
        super().__init__(f"The event log cannot be reached ({why}).")


class LogAndDatabaseDisagree(Conflict):
    """Ids follow commits on SQLite alone, so there the outbox can be the log, and only there."""

    code = "log_and_database_disagree"

    def __init__(self, *, on_sqlite: bool) -> None:
        super().__init__(
            "HUB_LOG_URL needs PostgreSQL in HUB_DATABASE_URL. On SQLite the outbox itself is the log."
            if on_sqlite
            else "A hub on PostgreSQL needs Kafka in HUB_LOG_URL. Only on SQLite can the outbox itself be the log."
        )


class GroupIsReading(Conflict):
    code = "group_is_reading"

    def __init__(self, group: str) -> None:
        super().__init__(f"{group} is reading just now. Stop its consumers first, then try again.")


class NoSuchLetter(NotFound):
    code = "no_such_letter"

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no dead letter {number}. `hub dlq ls` lists them.")
