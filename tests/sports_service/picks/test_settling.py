"""Settling: points follow the result, however often it is corrected."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from clubkit.contracts.auth import MemberDeleted
from clubkit.ids import FixtureId
from clubkit.testing.hub import Person
from sports_service.picks import settling

HOUR = timedelta(hours=1)


async def test_the_right_outcome_earns_three_points_and_says_why(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.play(fixture, 2, 1)
    mine = (await sports.see(anna, fixture))["my_pick"]
    assert mine["points"] == 3
    assert mine["explanation"] == "You picked Harbour to win; it ended 2:1: right, 3 points."


@pytest.mark.parametrize(
    ("choice", "score", "points"),
    [("1", (1, 0), 3), ("1", (1, 1), 0), ("1", (0, 1), 0), ("X", (2, 2), 3), ("X", (2, 1), 0), ("2", (0, 3), 3)],
)
async def test_points_by_choice_and_score(
    sports: Any, anna: Person, choice: str, score: tuple[int, int], points: int
) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, choice)
    await sports.play(fixture, *score)
    assert await sports.points(anna, fixture) == points


async def test_an_open_match_has_no_points_yet(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    made = await sports.pick(anna, fixture, "1")
    assert (made["points"], made["explanation"]) == (None, None)


async def test_each_settled_pick_is_told_once_to_the_log(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.pick(ben, fixture, "2")
    await sports.play(fixture, 2, 1)
    await sports.result(fixture, 2, 1)
    told = {fact["member_id"]: fact for fact in await sports.told("PickSettled")}
    assert len(await sports.told("PickSettled")) == 2
    assert (told[anna.id]["points"], told[ben.id]["points"]) == (3, 0)
    assert told[anna.id]["outcome"] == "1"


async def test_a_corrected_result_moves_the_points_and_is_told_again(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.pick(ben, fixture, "X")
    await sports.play(fixture, 1, 0)
    await sports.result(fixture, 1, 1, reason="Late equaliser was missed")
    assert (await sports.points(anna, fixture), await sports.points(ben, fixture)) == (0, 3)
    told = [(f["version"], f["points"]) for f in await sports.told("PickSettled") if f["member_id"] == anna.id]
    assert told == [(2, 3), (3, 0)]


async def test_a_match_called_off_counts_for_nobody(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.enter(fixture, status="void", reason="Floodlights failed")
    mine = (await sports.see(anna, fixture))["my_pick"]
    assert mine["points"] is None
    assert "called off" in mine["explanation"]
    assert (await sports.told("PickSettled"))[0]["outcome"] is None


async def test_a_result_taken_back_takes_the_points_back(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.play(fixture, 1, 0)
    at = (sports.now + timedelta(days=2)).isoformat()
    await sports.admin.http.post(f"admin/fixtures/{fixture}/kickoff", json={"kickoff_at": at, "reason": "Replay"})
    await sports.hub.settle(jobs=True)
    assert await sports.points(anna, fixture) is None
    assert (await sports.board(anna))["data"] == []
    assert [f["points"] for f in await sports.told("PickSettled")] == [3, 0]


async def test_an_imported_result_settles_too(sports: Any, anna: Person) -> None:
    kickoff = sports.now + HOUR
    fixture = await sports.fixture(kickoff)
    await sports.pick(anna, fixture, "2")
    sports.hub.clock.advance(4 * HOUR)
    await sports.fixture(kickoff, status="settled", score=(0, 2))
    assert await sports.points(anna, fixture) == 3


async def test_a_match_with_more_picks_than_one_go_is_settled_to_the_last(
    sports: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling.settle, "__kwdefaults__", {"limit": 2, "backdated": False})
    fixture = await sports.fixture(HOUR)
    people = [await sports.member(f"Member {n}") for n in range(5)]
    for person in people:
        await sports.pick(person, fixture, "1")
    await sports.play(fixture, 1, 0)
    assert [await sports.points(person, fixture) for person in people] == [3] * 5


async def test_a_deleted_member_leaves_no_picks(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.pick(ben, fixture, "1")
    await sports.hub.publish(MemberDeleted(member_id=anna.id))
    await sports.play(fixture, 1, 0)
    assert (await sports.see(ben, fixture))["crowd"] == {"home": 1, "draw": 0, "away": 0}
    assert [row["member"]["id"] for row in (await sports.board(ben))["data"]] == [ben.id]


async def test_any_history_of_corrections_ends_at_the_totals_of_the_last_word(sports: Any) -> None:
    """Property: a match that went through entries, corrections, voids and delays earns what its twin earns at once."""
    rng = Random(7)
    people = [await sports.member(f"Member {n}") for n in range(3)]
    for story in range(8):
        kickoff = sports.now + HOUR
        wandering = await sports.fixture(kickoff, round_name=f"Wandering {story}")
        straight = await sports.fixture(kickoff, round_name=f"Straight {story}")
        for person, choice in zip(people, rng.choices("1X2", k=3), strict=True):
            await sports.pick(person, wandering, choice)
            await sports.pick(person, straight, choice)
        sports.hub.clock.set(kickoff + 3 * HOUR)
        last: dict[str, Any] = {}
        for _ in range(rng.randint(2, 5)):
            last = entry(rng)
            await sports.enter(wandering, **last)
        await sports.enter(straight, **last)
        assert await totals(sports, people, wandering) == await totals(sports, people, straight), (story, last)


def entry(rng: Random) -> dict[str, Any]:
    status = rng.choice(["settled", "settled", "settled", "void", "postponed"])
    score = {"home": rng.randint(0, 2), "away": rng.randint(0, 2)} if status == "settled" else None
    return {"status": status, "reason": "So it was", **({"score": score} if score else {})}


async def totals(sports: Any, people: list[Person], fixture: FixtureId) -> list[int | None]:
    return [await sports.points(person, fixture) for person in people]
