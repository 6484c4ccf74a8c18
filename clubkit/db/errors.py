"""What a database server can do to a transaction, named."""

from sqlalchemy.exc import DBAPIError

from clubkit.errors import Invalid, Unavailable

COLLISIONS = frozenset({"23505", "40001", "40P01"})
"""SQLSTATE of a unique violation, a failed serialization and a deadlock: each means that somebody else was first."""


UNKEEPABLE = "22021"
"""SQLSTATE of a character that the server has no place for: U+0000, which JSON can carry."""


class DatabaseAway(Unavailable):
    code = "database_away"

    def __init__(self) -> None:
        super().__init__("The hub cannot reach its database. Please try again in a moment.", retry_after=2)


class DatabaseBusy(Unavailable):
    code = "database_busy"

    def __init__(self) -> None:
        super().__init__("The hub has more to do than it can. Please try again in a moment.", retry_after=2)


class Collided(Unavailable):
    code = "collided"

    def __init__(self) -> None:
        super().__init__("Somebody changed the same thing at this moment. Please try again.", retry_after=1)


class Unkeepable(Invalid):
    code = "unkeepable"

    def __init__(self) -> None:
        super().__init__("There is a character in this that cannot be kept.")


def is_unkeepable(failure: DBAPIError) -> bool:
    """Whether a text holds what PostgreSQL cannot. SQLite keeps it."""
    return getattr(failure.orig, "sqlstate", None) == UNKEEPABLE


def has_collided(failure: DBAPIError) -> bool:
    """Whether another transaction won a race with this one. Never on SQLite, whose writers queue."""
    return getattr(failure.orig, "sqlstate", None) in COLLISIONS
