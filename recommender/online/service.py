"""The rules of the live ranking: windows move it, rankings are remembered, members hear that something is new."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from prometheus_client import Counter, Histogram

from clubkit.contracts.features import MemberWindowChanged
from clubkit.contracts.interactions import Surface
from clubkit.contracts.ranking import RankedKind, Ranking
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RankId, new_id
from clubkit.realtime.wire import Wire, member_channel
from recommender.online.live import LiveRanking
from recommender.online.schemas import FeedChanged
from recommender.online.store import Entry, OnlineStore, Window, WindowStore
from recommender.online.untrained import KINDS

FRESH = timedelta(days=1)
"""An action older than this is history coming in: it counts, but nobody waits for its embedding or pill."""

rank_seconds = Histogram(
    "hub_recommender_rank_seconds", "One ranking", ["kind"], buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
)
moved = Counter("hub_recommender_members_moved_total", "Members whose ranking moved with an action")

WARMING = "We are still getting to know the hub. This is what is new."


class LiveRanker:
    """`Ranker` over the ranking in this process's memory."""

    def __init__(self, live: LiveRanking, store: OnlineStore) -> None:
        self._live = live
        self._store = store

    async def rank(
        self, member_id: MemberId, kind: RankedKind, *, limit: int, now: datetime, surface: Surface = "for_you"
    ) -> Ranking:
        with rank_seconds.labels(kind).time():
            items = self._live.rank(member_id, kind, limit=limit, now=now.timestamp())
        ranking = Ranking(
            rank_id=RankId(new_id(now)), model_version=self._live.version, items=items,
            degraded=None if self._live.is_warm else WARMING,
        )  # fmt: skip
        if items:  # nothing was shown otherwise, so no answer to it can come
            await self._store.remember(member_id, ranking)
        return ranking


async def move(work: UnitOfWork, facts: Sequence[MemberWindowChanged]) -> None:
    """Keeps members' windows; once they stand, the ranking moves and whoever acted just now is told."""
    windows = await WindowStore(work).put(facts)
    live = work.ports.get(LiveRanking)
    if live is None:
        return
    now = work.now

    async def show() -> None:
        await _show(work, live, windows, now)

    work.after_commit(show)


async def _show(work: UnitOfWork, live: LiveRanking, windows: dict[MemberId, Window], now: datetime) -> None:
    horizon = (now - FRESH).timestamp()
    acted: dict[MemberId, list[Entry]] = {}
    for member_id, window in windows.items():
        fresh = [entry for entry in live.set_window(member_id, window) if entry[4] > horizon]
        if fresh or not window:
            acted[member_id] = fresh
    kinds: dict[MemberId, list[RankedKind]] = {
        member_id: [kind for kind in KINDS if not fresh or any(entry[0] == kind for entry in fresh)]
        for member_id, fresh in acted.items()
    }
    vectors = {
        (member_id, kind): live.embedding(member_id, kind, now.timestamp())
        for member_id, changed in kinds.items()
        for kind in changed
    }
    if vectors:
        await work.port(OnlineStore).put_embeddings(live.version, vectors)
    wire = work.port(Wire)
    for member_id, changed in kinds.items():
        moved.inc()
        if changed:
            payload = FeedChanged(kinds=tuple(changed), model_version=live.version)
            await wire.emit("feed.changed", payload, to=member_channel(member_id))
