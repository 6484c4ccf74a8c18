"""What can be ranked, and who belongs where, from the log."""

from collections.abc import Collection, Sequence
from typing import Any

from clubkit.contracts.social import (
    EventCancelled,
    EventScheduled,
    MembershipChanged,
    ProfileChanged,
    ReelPublished,
    ReelRemoved,
)
from clubkit.contracts.sports import FixtureListed
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from recommender.catalogue.schemas import Place
from recommender.catalogue.store import CatalogueStore, ItemValues
from recommender.online.live import LiveRanking

consumer = Consumer("recommender.catalogue", max_batch=500)


@consumer.on_batch(EventScheduled)
async def list_events(work: UnitOfWork, facts: Sequence[EventScheduled]) -> None:
    await _put(work, [_event(fact) for fact in facts])


@consumer.on_batch(EventCancelled)
async def end_events(work: UnitOfWork, facts: Sequence[EventCancelled]) -> None:
    await _end(work, [fact.event_id for fact in facts])


@consumer.on_batch(ReelPublished)
async def list_reels(work: UnitOfWork, facts: Sequence[ReelPublished]) -> None:
    await _put(work, [_reel(fact) for fact in facts])


@consumer.on_batch(ReelRemoved)
async def end_reels(work: UnitOfWork, facts: Sequence[ReelRemoved]) -> None:
    await _end(work, [fact.reel_id for fact in facts])


@consumer.on_batch(FixtureListed)
async def list_fixtures(work: UnitOfWork, facts: Sequence[FixtureListed]) -> None:
    await _put(work, [_pick(fact) for fact in facts])


@consumer.on_batch(MembershipChanged)
async def keep_memberships(work: UnitOfWork, facts: Sequence[MembershipChanged]) -> None:
    rows = [
        {"club_id": f.club_id, "member_id": f.member_id, "gone": f.role is None, "version": f.version} for f in facts
    ]
    store = CatalogueStore(work)
    await store.put_memberships(rows)
    changed = await store.clubs_of({fact.member_id for fact in facts})
    live = work.ports.get(LiveRanking)

    async def show() -> None:
        if live:
            live.set_clubs(changed)

    work.after_commit(show)


@consumer.on_batch(ProfileChanged)
async def keep_places(work: UnitOfWork, facts: Sequence[ProfileChanged]) -> None:
    places = {f.member_id: Place(f.lat, f.lon) if f.lat is not None and f.lon is not None else None for f in facts}
    await CatalogueStore(work).put_places(places)
    live = work.ports.get(LiveRanking)

    async def show() -> None:
        if live:
            live.set_places(places)

    work.after_commit(show)


async def _put(work: UnitOfWork, rows: list[ItemValues]) -> None:
    await CatalogueStore(work).put_items(rows)
    await _show(work, [row["id"] for row in rows])


async def _end(work: UnitOfWork, item_ids: Collection[str]) -> None:
    await CatalogueStore(work).end_items(item_ids)
    await _show(work, item_ids)


async def _show(work: UnitOfWork, item_ids: Collection[str]) -> None:
    """Once the rows stand, the ranking in memory shows them too."""
    live = work.ports.get(LiveRanking)
    items = await CatalogueStore(work).some(item_ids) if live else []

    async def show() -> None:
        if live:
            live.put_items(items)

    work.after_commit(show)


def _event(fact: EventScheduled) -> ItemValues:
    return {
        "id": fact.event_id, "kind": "event", "club_id": fact.club_id, "club_name": fact.club_name,
        "title": fact.title[:200], "text": fact.text[:2000], "visibility": fact.visibility, "lat": fact.lat,
        "lon": fact.lon, "starts_at": fact.starts_at, "created_at": fact.created_at, "alive": True,
        "version": fact.version, "card": _card(title=fact.title, club_name=fact.club_name, hue=fact.club_hue,
                                               starts_at=fact.starts_at.isoformat(), place=fact.place),
    }  # fmt: skip


def _reel(fact: ReelPublished) -> ItemValues:
    return {
        "id": fact.reel_id, "kind": "reel", "club_id": fact.club_id, "club_name": "", "title": fact.caption[:200],
        "text": fact.author_name, "visibility": fact.visibility, "lat": None, "lon": None, "starts_at": None,
        "created_at": fact.created_at, "alive": True, "version": fact.version,
        "card": _card(title=fact.caption, author_name=fact.author_name, poster_url=fact.poster_url),
    }  # fmt: skip


def _pick(fact: FixtureListed) -> ItemValues:
    title = f"{fact.home} v {fact.away}"
    return {
        "id": fact.fixture_id, "kind": "pick", "club_id": f"league:{fact.league}"[:80], "club_name": fact.league,
        "title": title[:200], "text": f"{fact.home} {fact.away} {fact.round}", "visibility": "public", "lat": None,
        "lon": None, "starts_at": fact.kickoff_at, "created_at": fact.at, "alive": fact.status == "scheduled",
        "version": fact.version, "card": _card(title=title, league=fact.league, kickoff_at=fact.kickoff_at.isoformat()),
    }  # fmt: skip


def _card(**values: Any) -> dict[str, Any]:
    return values
