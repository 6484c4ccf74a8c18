"""A clock that tests move."""

from datetime import UTC, datetime, timedelta


class MovableClock:
    """Starts at a fixed moment; moves only when told. `real()` lets it follow the wall."""

    def __init__(self, start: datetime = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)) -> None:
        self._now: datetime | None = start

    def __call__(self) -> datetime:
        return self._now or datetime.now(UTC)

    def advance(self, by: timedelta) -> datetime:
        self._now = self() + by
        return self._now

    def set(self, at: datetime) -> None:
        self._now = at

    def real(self) -> None:
        self._now = None
