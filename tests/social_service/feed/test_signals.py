"""Signals: what was looked at, once each, no longer than possible, and not at all where it was switched off."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clubkit.cache import Redis
from clubkit.contracts.interactions import MemberInteracted
from clubkit.testing.hub import Person
from social_service.feed.feed_schemas import Signal
from social_service.feed.signals import A_LOOK_S, LONGEST_LOOK_S, seconds


def a_signal(**more: Any) -> dict[str, Any]:
    return {
        "view_id": str(uuid4()), "kind": "event", "item_id": "event-1", "ms_visible": 3_000, "surface": "for_you",
    } | more  # fmt: skip


async def send(who: Person, *signals: dict[str, Any]) -> Any:
    return await who.http.post("signals", json={"signals": list(signals)})


async def noted(social: Any) -> list[tuple[str, str, float]]:
    return [(f.item_id, f.action, f.value) for f in await social.told(MemberInteracted)]


async def test_a_long_look_is_dwelling_a_short_one_a_view(social: Any, anna: Person) -> None:
    response = await send(anna, a_signal(ms_visible=4_500), a_signal(item_id="event-2", ms_visible=400))
    assert (response.status_code, response.json()) == (202, {"taken": 2})
    assert await noted(social) == [("event-1", "dwell", 4.5), ("event-2", "view", 1.0)]


async def test_where_it_was_seen_goes_along(social: Any, anna: Person) -> None:
    await send(anna, a_signal(rank_id="rank-9", club_id="club-1"))
    (fact,) = await social.told(MemberInteracted)
    assert (fact.member_id, fact.surface, fact.rank_id, fact.club_id) == (anna.id, "for_you", "rank-9", "club-1")


async def test_a_view_counts_once_in_a_batch_and_over_batches(social: Any, anna: Person, ben: Person) -> None:
    view = a_signal()
    assert (await send(anna, view, view)).json() == {"taken": 1}
    assert (await send(anna, view)).json() == {"taken": 0}
    assert (await send(ben, view)).json() == {"taken": 1}
    assert len(await noted(social)) == 2


async def test_what_redis_forgot_may_count_twice(social: Any, anna: Person) -> None:
    view = a_signal()
    await send(anna, view)
    await social.hub.port(Redis).flushall()
    assert (await send(anna, view)).json() == {"taken": 1}


async def test_who_switched_it_off_leaves_no_trace(social: Any, anna: Person) -> None:
    await anna.http.patch("me", json={"personalise": False})
    response = await send(anna, a_signal())
    assert (response.status_code, response.json()) == (202, {"taken": 0})
    assert await noted(social) == []


async def test_a_reel_is_not_watched_longer_than_it_runs(social: Any, home: Any, anna: Person) -> None:
    reel = await home.reel(anna, await social.found(anna), duration_s=12.0)
    await send(anna, a_signal(kind="reel", item_id=reel, ms_visible=500_000, ms_played=500_000, loops=1))
    assert (await noted(social))[-1] == (reel, "dwell", 24.0)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"view_id": "not-a-uuid"}, "/signals/0/view_id"),
        ({"ms_visible": -1}, "/signals/0/ms_visible"),
        ({"ms_visible": 2**41}, "/signals/0/ms_visible"),
        ({"kind": "person"}, "/signals/0/kind"),
        ({"item_id": ""}, "/signals/0/item_id"),
        ({"item_id": "x" * 37}, "/signals/0/item_id"),
        ({"surface": "dream"}, "/signals/0/surface"),
        ({"mood": "good"}, "/signals/0/mood"),
    ],
)
async def test_what_is_wrong_with_a_signal_is_pointed_at(
    social: Any, anna: Person, wrong: dict[str, Any], pointer: str
) -> None:
    response = await send(anna, a_signal(**wrong), a_signal())
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == pointer
    assert await noted(social) == []


async def test_a_batch_is_bounded(anna: Person) -> None:
    assert (await send(anna)).status_code == 422
    assert (await send(anna, *(a_signal() for _ in range(101)))).status_code == 422
    assert (await send(anna, *(a_signal() for _ in range(100)))).status_code == 202


milliseconds = st.integers(0, 2**40)


@given(
    visible=milliseconds, played=st.none() | milliseconds, loops=st.none() | st.integers(0, 1_000_000),
    length=st.none() | st.floats(0.5, 90),
)  # fmt: skip
def test_no_look_is_longer_than_can_be(
    visible: int, played: int | None, loops: int | None, length: float | None
) -> None:
    signal = Signal.model_validate(a_signal(ms_visible=visible, ms_played=played, loops=loops))
    looked = seconds(signal, length)
    assert 0 <= looked <= min(visible / 1000, LONGEST_LOOK_S)
    if length is not None:
        assert looked <= length * ((loops or 0) + 1)
        assert played is None or looked <= played / 1000
    assert A_LOOK_S < LONGEST_LOOK_S <= 86_400


async def test_hiding_and_taking_it_back_are_told_once_each(social: Any, anna: Person) -> None:
    wish = {"kind": "reel", "item_id": "reel-1", "rank_id": "rank-1", "surface": "reels"}
    for _ in range(2):
        await anna.http.post("feed/hide", json=wish)
    for _ in range(2):
        await anna.http.delete("feed/hide/reel/reel-1")
    told = await social.told(MemberInteracted)
    assert [(f.action, f.rank_id) for f in told] == [("hide", "rank-1"), ("unhide", None)]
    wrong = await anna.http.post("feed/hide", json={"kind": "person", "item_id": "x"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/kind")
