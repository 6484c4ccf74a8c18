"""The rules of online features: counted once, and a member may see what is kept about her and have it forgotten."""

from collections.abc import Mapping, Sequence

from clubkit.contracts.features import MemberWindowChanged, Recent
from clubkit.contracts.interactions import MemberInteracted
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from feature_store.definitions.schemas import COUNTERS
from feature_store.online.schemas import MyFeatures
from feature_store.online.store import OnlineStore


async def count(work: UnitOfWork, facts: Sequence[MemberInteracted]) -> Mapping[MemberId, tuple[Recent, ...]]:
    """Counts interactions, each once; answers the sequence of every member in them, oldest first."""
    online = work.port(OnlineStore)
    await online.count(facts)
    return await online.windows({fact.member_id for fact in facts})


async def mine(work: UnitOfWork, member_id: MemberId) -> MyFeatures:
    features = await work.port(OnlineStore).features(member_id)
    half_lives = {counter.name: counter.half_life for counter in COUNTERS}
    counters = {
        name: round(decayed.seen_from(work.now, half_lives[name]), 6)
        for name, decayed in features.counters.items()
        if name in half_lives
    }
    return MyFeatures(counters=counters, sequence=features.sequence, last_at=features.last_at)


async def reset(work: UnitOfWork, member_id: MemberId) -> None:
    """Starts the member's taste anew, here and in everything that follows the window."""
    await work.port(OnlineStore).forget(member_id)
    work.publish(MemberWindowChanged(member_id=member_id, window=(), caused_by="reset", at=work.now))
