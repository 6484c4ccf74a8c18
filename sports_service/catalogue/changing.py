"""How a fixture changes: through one door, with its history, its version and its fact."""

from datetime import datetime
from typing import Any

from clubkit.contracts.sports import FixtureListed
from clubkit.db.work import UnitOfWork
from clubkit.ids import FixtureId, MemberId, new_id
from sports_service.catalogue.models import FixtureChangeRow, FixtureRow, Listing, State
from sports_service.catalogue.schemas import Score
from sports_service.catalogue.store import CatalogueStore

_OVER = ("settled", "void")


def state_of(fixture: FixtureRow) -> State:
    return State(
        fixture.status, fixture.kickoff_at, fixture.time_known, fixture.home_goals, fixture.away_goals,
        fixture.home_half, fixture.away_half,
    )  # fmt: skip


def change(
    work: UnitOfWork, found: Listing, new: State, *, by: str, reason: str, member_id: MemberId | None = None
) -> bool:
    """Brings a fixture into a new state; False when it is in it already."""
    fixture = found.fixture
    old = state_of(fixture)
    if new == old:
        return False
    if (new.kickoff_at, new.time_known) != (old.kickoff_at, old.time_known):
        fixture.kickoff_by = by
    if _ending(new) != _ending(old):
        fixture.result_by = by
        # Ending for the first time is news; ending otherwise than it had ended is a correction.
        fixture.corrected = fixture.corrected or old.status in _OVER
    _assign(fixture, new)
    fixture.version += 1
    CatalogueStore(work).add(
        FixtureChangeRow(
            id=new_id(work.now), fixture_id=fixture.id, version=fixture.version, at=work.now, by=by,
            member_id=member_id, reason=reason, before=_plain(old), after=_plain(new),
        )
    )  # fmt: skip
    announce(work, found)
    return True


def announce(work: UnitOfWork, found: Listing) -> None:
    fixture = found.fixture
    score = None
    if fixture.home_goals is not None and fixture.away_goals is not None:
        score = Score(home=fixture.home_goals, away=fixture.away_goals)
    work.publish(
        FixtureListed(
            fixture_id=FixtureId(fixture.id), league=found.league.name, round=fixture.round, home=found.home.name,
            away=found.away.name, kickoff_at=fixture.kickoff_at, status=fixture.status,
            outcome=score.outcome if score else None, version=fixture.version, at=work.now,
        )
    )  # fmt: skip


def _ending(state: State) -> tuple[Any, ...]:
    return (state.status in _OVER and state.status, state.home_goals, state.away_goals)


def _assign(fixture: FixtureRow, new: State) -> None:
    fixture.status, fixture.kickoff_at, fixture.time_known = new.status, new.kickoff_at, new.time_known
    fixture.home_goals, fixture.away_goals = new.home_goals, new.away_goals
    fixture.home_half, fixture.away_half = new.home_half, new.away_half


def _plain(state: State) -> dict[str, str | int | None]:
    """For the history: what a reader wants to compare."""
    score = None if state.home_goals is None else f"{state.home_goals}:{state.away_goals}"
    return {"status": state.status, "kickoff_at": _stamp(state.kickoff_at), "score": score}


def _stamp(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
