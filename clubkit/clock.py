"""Time is handed down, so a rule can be tested at any moment of any day."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present, in UTC, always with its zone."""
    return datetime.now(UTC)
