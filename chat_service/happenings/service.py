"""What chat knows of events and fixtures, from the facts of those who own them."""

from collections.abc import Collection, Sequence
from typing import Any

from chat_service.happenings.models import EventRow, FixtureRow
from chat_service.happenings.schemas import EventBrief, FixtureBrief
from chat_service.happenings.store import HappeningStore
from chat_service.moderation.terms import folded
from clubkit.contracts.social import EventAnswered, EventCancelled, EventScheduled
from clubkit.contracts.sports import FixtureListed
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId, FixtureId, MemberId

LOOKED_AT = 500
"""The next ones, among which a name is looked for: databases do not agree on what a small letter is."""


async def event(work: UnitOfWork, event_id: EventId) -> EventBrief | None:
    row = await HappeningStore(work).event(event_id)
    return _event(row) if row else None


async def events(work: UnitOfWork, event_ids: Collection[EventId]) -> list[EventBrief]:
    return [_event(row) for row in await HappeningStore(work).events(event_ids)]


async def coming_up(
    work: UnitOfWork, club_ids: Collection[ClubId], text: str = "", *, limit: int = 5
) -> list[EventBrief]:
    """These clubs' events to come whose title or place holds each word of the text, the next ones first."""
    rows = await HappeningStore(work).coming_up(club_ids, LOOKED_AT)
    return [_event(row) for row in rows if _holds(text, row.title, row.place)][:limit]


async def guests(work: UnitOfWork, event_id: EventId) -> list[MemberId]:
    """Those who said yes."""
    return await HappeningStore(work).guests(event_id)


async def fixture(work: UnitOfWork, fixture_id: FixtureId) -> FixtureBrief | None:
    row = await HappeningStore(work).fixture(fixture_id)
    return _fixture(row) if row else None


async def open_fixtures(work: UnitOfWork, text: str = "", *, limit: int = 5) -> list[FixtureBrief]:
    """Matches that can still be picked whose teams or league hold each word of the text, the next ones first."""
    rows = await HappeningStore(work).open_fixtures(LOOKED_AT)
    return [_fixture(row) for row in rows if _holds(text, row.home, row.away, row.league)][:limit]


async def keep_events(work: UnitOfWork, facts: Sequence[EventScheduled]) -> None:
    rows = [
        {
            "event_id": fact.event_id, "club_id": fact.club_id, "club_name": fact.club_name, "hue": fact.club_hue,
            "host_id": fact.host_id, "title": fact.title, "place": fact.place, "starts_at": fact.starts_at,
            "ends_at": fact.ends_at, "tzid": fact.tzid, "cancelled": False, "version": fact.version,
        }
        for fact in facts
    ]  # fmt: skip
    await HappeningStore(work).put_events(rows)


async def call_off(work: UnitOfWork, fact: EventCancelled) -> None:
    row: dict[str, Any] = {
        "event_id": fact.event_id, "club_id": fact.club_id, "title": fact.title, "starts_at": fact.starts_at,
        "cancelled": True, "version": fact.version,
    }  # fmt: skip
    await HappeningStore(work).cancel(fact.event_id, fact.version, row)


async def keep_answers(work: UnitOfWork, facts: Sequence[EventAnswered]) -> dict[tuple[EventId, MemberId], bool]:
    """Answers who comes now, and who no longer does; facts of one event come in order."""
    coming = {(fact.event_id, fact.member_id): fact.answer == "yes" for fact in facts}
    await HappeningStore(work).put_guests(coming)
    return coming


async def keep_fixtures(work: UnitOfWork, facts: Sequence[FixtureListed]) -> None:
    rows = [
        {
            "fixture_id": fact.fixture_id, "league": fact.league, "round": fact.round, "home": fact.home,
            "away": fact.away, "kickoff_at": fact.kickoff_at, "status": fact.status, "version": fact.version,
        }
        for fact in facts
    ]  # fmt: skip
    await HappeningStore(work).put_fixtures(rows)


def _holds(text: str, *words: str) -> bool:
    """Each word of the text is in there, whatever its case and accents."""
    there = folded(" ".join(words))
    return all(word in there for word in folded(text).split())


def _event(row: EventRow) -> EventBrief:
    return EventBrief(
        id=EventId(row.event_id), club_id=ClubId(row.club_id), club_name=row.club_name, hue=row.hue, title=row.title,
        place=row.place, starts_at=row.starts_at, ends_at=row.ends_at, tzid=row.tzid, cancelled=row.cancelled,
    )  # fmt: skip


def _fixture(row: FixtureRow) -> FixtureBrief:
    return FixtureBrief(
        id=FixtureId(row.fixture_id), league=row.league, round=row.round, home=row.home, away=row.away,
        kickoff_at=row.kickoff_at, status=row.status,
    )  # fmt: skip
