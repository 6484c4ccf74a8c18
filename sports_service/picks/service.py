"""What other domains of sports may ask of picks."""

from typing import Any

from sqlalchemy import Select

from sports_service.picks import store


def settled_picks() -> Select[*tuple[Any, ...]]:
    """A query of every settled pick: member_id, points, placed_at, season_id, kickoff_at."""
    return store.settled_picks()
