"""The feature store: each interaction counts once, online equals offline, whatever the order."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clubkit.contracts.features import MemberWindowChanged
from clubkit.contracts.interactions import MemberInteracted
from clubkit.ids import MemberId, new_id
from clubkit.log.consumer import Consumer
from clubkit.testing.hub import Person, TestHub
from feature_store.definitions.schemas import COUNTERS, SEQUENCE_LENGTH, Decayed
from feature_store.ingest.service import PUBLISHED_WINDOW
from feature_store.module import MODULE
from feature_store.offline import recomputing
from feature_store.offline import service as offline
from feature_store.online.store import OnlineStore

START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
async def hub(make_hub: Any) -> TestHub:
    return await make_hub(MODULE)  # type: ignore[no-any-return]


@pytest.fixture
async def anna(hub: TestHub) -> Person:
    return await hub.member("Anna")


def did(
    member_id: str, action: Any = "like", *, hours: float = 0, kind: Any = "reel", item: str = ""
) -> MemberInteracted:
    return MemberInteracted(
        member_id=MemberId(member_id),
        kind=kind,
        item_id=item or new_id(),
        action=action,
        at=START + timedelta(hours=hours),
    )


def some_interactions(seed: int, count: int, members: list[str]) -> list[MemberInteracted]:
    dice = random.Random(seed)
    actions = ["like", "unlike", "rsvp_yes", "rsvp_no", "dwell", "view", "pick", "hide", "comment"]
    return [
        did(
            dice.choice(members),
            dice.choice(actions),
            hours=dice.uniform(0, 900),
            kind=dice.choice(["event", "reel", "pick"]),
            item=f"item-{dice.randrange(12)}",
        )
        for _ in range(count)
    ]


async def test_a_like_moves_the_window_and_tells_the_log(hub: TestHub, anna: Person) -> None:
    told: list[MemberWindowChanged] = []
    listener = Consumer("test.listener")

    @listener.on(MemberWindowChanged)
    async def hear(_work: Any, fact: MemberWindowChanged) -> None:
        told.append(fact)

    hub.consumers.append(listener)
    liked = did(anna.id, item="reel-1")
    await hub.publish(liked)
    await hub.settle()
    [changed] = told
    assert (changed.member_id, changed.caused_by) == (anna.id, liked.fact_id)
    assert [(r.item_id, r.action, r.weight) for r in changed.window] == [("reel-1", "like", 2.0)]


async def test_a_fact_that_comes_twice_counts_once_even_past_the_inbox(hub: TestHub, anna: Person) -> None:
    liked = did(anna.id)
    store = hub.port(OnlineStore)
    await store.count([liked])
    await hub.publish(liked)  # the crash in between: Redis had it, the database did not
    await hub.settle()
    features = await store.features(anna.id)
    assert features.counters["reels_7d"].value == 2.0
    assert len(features.sequence) == 1


async def test_online_equals_the_offline_recomputation(hub: TestHub, anna: Person) -> None:
    ben = await hub.member("Ben")
    facts = some_interactions(7, 400, [anna.id, ben.id])
    await hub.publish(*facts)
    await hub.settle()
    table = await offline.history(hub.works, offline.folder_of(hub.settings))
    assert table.num_rows == 400
    recomputed = recomputing.counters_of(table)
    store = hub.port(OnlineStore)
    for member in (anna, ben):
        online = (await store.features(member.id)).counters
        for name, decayed in online.items():
            again = recomputed[name, member.id]
            assert decayed.value == pytest.approx(again.value, rel=1e-9)
            assert decayed.at == again.at
    popular = await store.item_counter("liked_7d", "reel:item-3")
    assert popular is not None
    assert popular.value == pytest.approx(recomputed["liked_7d", "reel:item-3"].value, rel=1e-9)


async def test_late_interactions_end_where_punctual_ones_do(hub: TestHub, anna: Person) -> None:
    ben = await hub.member("Ben")
    facts = some_interactions(3, 60, [anna.id])
    mirrored = [f.model_copy(update={"member_id": ben.id, "fact_id": new_id()}) for f in facts]
    random.Random(1).shuffle(mirrored)
    await hub.publish(*sorted(facts, key=lambda f: f.at))
    await hub.publish(*mirrored)
    await hub.settle()
    store = hub.port(OnlineStore)
    hers, his = await store.features(anna.id), await store.features(ben.id)
    assert {n: d.value for n, d in hers.counters.items()} == pytest.approx(
        {n: d.value for n, d in his.counters.items()}
    )
    assert [(r.item_id, r.at) for r in hers.sequence] == [(r.item_id, r.at) for r in his.sequence]


async def test_the_sequence_keeps_the_last_hundred_by_event_time(hub: TestHub, anna: Person) -> None:
    facts = [did(anna.id, hours=n, item=f"{n}") for n in range(SEQUENCE_LENGTH + 30)]
    await hub.publish(*facts)
    await hub.settle()
    window = (await hub.port(OnlineStore).windows([anna.id]))[anna.id]
    assert [r.item_id for r in window] == [f"{n}" for n in range(30, SEQUENCE_LENGTH + 30)]
    assert len(window) > PUBLISHED_WINDOW


async def test_a_view_counts_as_activity_but_not_in_the_sequence(hub: TestHub, anna: Person) -> None:
    await hub.publish(did(anna.id, "view"))
    await hub.settle()
    features = await hub.port(OnlineStore).features(anna.id)
    assert features.sequence == ()
    assert features.counters["active_7d"].value == 1.0


async def test_flushing_twice_keeps_each_row_once(hub: TestHub, anna: Person) -> None:
    folder = offline.folder_of(hub.settings)
    await hub.publish(*some_interactions(5, 50, [anna.id]))
    await hub.settle()
    assert await offline.flush(hub.works, folder) == 50
    assert await offline.flush(hub.works, folder) == 0
    assert (await offline.history(hub.works, folder)).num_rows == 50


async def test_training_reads_nothing_from_after_its_moment(hub: TestHub, anna: Person) -> None:
    await hub.publish(did(anna.id, hours=1, item="before"), did(anna.id, hours=9, item="after"))
    await hub.settle()
    table = await offline.history(hub.works, offline.folder_of(hub.settings), until=START + timedelta(hours=5))
    assert table["item_id"].to_pylist() == ["before"]


async def test_a_member_sees_her_features_and_can_have_them_forgotten(hub: TestHub, anna: Person) -> None:
    await hub.publish(did(anna.id, item="reel-1"))
    await hub.settle()
    seen = (await anna.http.get("me/features")).json()
    assert seen["sequence"][0]["item_id"] == "reel-1"
    assert (await anna.http.delete("me/features")).status_code == 204
    assert (await anna.http.get("me/features")).json() == {"counters": {}, "sequence": [], "last_at": None}


moments = st.integers(0, 10**6).map(lambda s: START + timedelta(seconds=s))


@given(st.lists(st.tuples(st.floats(-5, 5), moments), min_size=1, max_size=12), st.randoms())
def test_a_decayed_sum_does_not_depend_on_the_order(
    additions: list[tuple[float, datetime]], dice: random.Random
) -> None:
    half_life = COUNTERS[0].half_life

    def total(order: list[tuple[float, datetime]]) -> Decayed:
        decayed = Decayed(order[0][0], order[0][1])
        for weight, at in order[1:]:
            decayed = decayed.plus(weight, at, half_life)
        return decayed

    shuffled = additions[:]
    dice.shuffle(shuffled)
    one, other = total(additions), total(shuffled)
    assert one.at == other.at
    assert one.value == pytest.approx(other.value, abs=1e-9)
