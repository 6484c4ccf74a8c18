"""What operators enter: results, corrections and new dates, with their history, and stronger than any import."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.testing.hub import Person
from tests.sports_service.conftest import answer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def history(sports: Any, fixture: str) -> list[dict[str, Any]]:
    return (await answer(sports.admin.http.get(f"fixtures/{fixture}/history")))["data"]  # type: ignore[no-any-return]


async def move(sports: Any, fixture: str, to: Any, **more: Any) -> dict[str, Any]:
    done = await answer(
        sports.admin.http.post(f"admin/fixtures/{fixture}/kickoff", json={"kickoff_at": to.isoformat(), **more})
    )
    await sports.hub.settle(jobs=True)
    return done


async def test_a_member_may_not_enter_results(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(-3 * HOUR)
    body = {"score": {"home": 1, "away": 0}}
    refused = await answer(anna.http.post(f"admin/fixtures/{fixture}/result", json=body))
    assert refused["code_"] == 403
    assert (await sports.see(anna, fixture))["score"] is None


async def test_a_result_stands_with_its_outcome_and_is_told(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(-3 * HOUR)
    await sports.result(fixture, 0, 2)
    seen = await sports.see(anna, fixture)
    assert (seen["status"], seen["outcome"], seen["score"]) == ("settled", "2", {"home": 0, "away": 2})
    assert (seen["corrected"], seen["version"]) == (False, 2)
    told = (await sports.told("FixtureListed"))[-1]
    assert (told["fixture_id"], told["status"], told["outcome"], told["version"]) == (fixture, "settled", "2", 2)


async def test_before_kick_off_there_is_no_result(sports: Any) -> None:
    fixture = await sports.fixture(HOUR)
    refused = await sports.result(fixture, 1, 0)
    assert (refused["code_"], refused["code"]) == (409, "not_kicked_off")


async def test_a_demo_match_may_be_settled_at_any_time(sports: Any) -> None:
    fixture = await sports.fixture(HOUR, demo=True)
    assert (await sports.result(fixture, 1, 0))["status"] == "settled"


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"status": "settled"}, "score_missing", "/score"),
        ({"status": "void", "score": {"home": 1, "away": 0}}, "score_unwanted", "/score"),
        ({"score": {"home": -1, "away": 0}}, "invalid", "/score/home"),
        ({"score": {"home": 31, "away": 0}}, "invalid", "/score/home"),
        ({"score": {"home": 1}}, "invalid", "/score/away"),
        ({"status": "scheduled"}, "invalid", "/status"),
        ({"score": {"home": 1, "away": 0}, "reason": "  "}, "invalid", "/reason"),
        ({"score": {"home": 1, "away": 0}, "extra": 1}, "invalid", "/extra"),
    ],
)
async def test_a_result_that_makes_no_sense_is_refused_with_a_pointer(
    sports: Any, body: dict[str, Any], code: str, pointer: str
) -> None:
    fixture = await sports.fixture(-3 * HOUR)
    refused = await sports.enter(fixture, **body)
    assert refused["code_"] == 422
    assert refused["errors"][0]["pointer"] == pointer
    if code != "invalid":
        assert refused["code"] == code
    assert (await sports.see(sports.admin, fixture))["version"] == 1


async def test_entering_the_same_again_changes_nothing(sports: Any) -> None:
    fixture = await sports.fixture(-3 * HOUR)
    await sports.result(fixture, 1, 0)
    assert (await sports.result(fixture, 1, 0))["version"] == 2
    assert len(await history(sports, fixture)) == 1


async def test_a_correction_keeps_what_stood_before_and_who_and_why(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(-3 * HOUR)
    await sports.result(fixture, 1, 0)
    corrected = await sports.result(fixture, 1, 1, reason="Own goal in stoppage time")
    assert corrected["corrected"]
    newest = (await history(sports, fixture))[0]
    assert (newest["by"], newest["reason"], newest["version"]) == ("admin", "Own goal in stoppage time", 3)
    assert (newest["before"]["score"], newest["after"]["score"]) == ("1:0", "1:1")
    assert sports.admin.id not in str(newest)


async def test_a_repeated_request_under_one_key_is_entered_once(sports: Any) -> None:
    fixture = await sports.fixture(-3 * HOUR)
    post = {"json": {"score": {"home": 1, "away": 0}}, "headers": {"Idempotency-Key": "k1"}}
    first = await sports.admin.http.post(f"admin/fixtures/{fixture}/result", **post)
    second = await sports.admin.http.post(f"admin/fixtures/{fixture}/result", **post)
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"


async def test_a_moved_match_is_open_until_its_new_kick_off(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    to = sports.now + DAY
    moved = await move(sports, fixture, to)
    assert (moved["status"], moved["lock_at"]) == ("scheduled", to.isoformat().replace("+00:00", "Z"))
    sports.hub.clock.advance(2 * HOUR)
    assert (await sports.pick(anna, fixture, "1"))["code_"] == 200


@pytest.mark.parametrize(
    ("by", "code"), [(-HOUR, "kickoff_passed"), (0 * HOUR, "kickoff_passed"), (731 * DAY, "kickoff_too_far")]
)
async def test_a_match_moves_only_to_a_time_to_come_within_two_years(sports: Any, by: timedelta, code: str) -> None:
    fixture = await sports.fixture(HOUR)
    refused = await move(sports, fixture, sports.now + by)
    assert (refused["code_"], refused["code"]) == (422, code)
    assert refused["errors"][0]["pointer"] == "/kickoff_at"


async def test_an_import_does_not_overrule_an_operators_result(sports: Any, anna: Person) -> None:
    kickoff = sports.now - 3 * HOUR
    fixture = await sports.fixture(kickoff)
    await sports.result(fixture, 1, 1)
    await sports.fixture(kickoff, status="settled", score=(2, 1))
    assert (await sports.see(anna, fixture))["score"] == {"home": 1, "away": 1}


async def test_an_operator_who_confirms_a_result_owns_it(sports: Any, anna: Person) -> None:
    kickoff = sports.now - 3 * HOUR
    fixture = await sports.fixture(kickoff, status="settled", score=(2, 1))
    await sports.result(fixture, 2, 1)
    await sports.fixture(kickoff, status="settled", score=(3, 1))
    assert (await sports.see(anna, fixture))["score"] == {"home": 2, "away": 1}


async def test_an_import_does_not_move_a_match_an_operator_moved_but_may_bring_its_result(
    sports: Any, anna: Person
) -> None:
    told, moved = sports.now + HOUR, sports.now + DAY
    fixture = await sports.fixture(told)
    await move(sports, fixture, moved)
    await sports.fixture(told + 2 * HOUR)
    assert (await sports.see(anna, fixture))["kickoff_at"] == moved.isoformat().replace("+00:00", "Z")
    sports.hub.clock.set(moved + 3 * HOUR)
    await sports.fixture(told, status="settled", score=(2, 0))
    seen = await sports.see(anna, fixture)
    assert (seen["status"], seen["kickoff_at"]) == ("settled", moved.isoformat().replace("+00:00", "Z"))


async def test_an_import_cannot_end_a_match_that_an_operator_moved_ahead(sports: Any, anna: Person) -> None:
    told = sports.now - 3 * HOUR
    fixture = await sports.fixture(told)
    await move(sports, fixture, sports.now + DAY)
    await sports.fixture(told, status="settled", score=(2, 0))
    assert (await sports.see(anna, fixture))["status"] == "scheduled"


async def test_an_import_may_end_what_an_operator_postponed(sports: Any, anna: Person) -> None:
    kickoff = sports.now - 3 * HOUR
    fixture = await sports.fixture(kickoff)
    await sports.enter(fixture, status="postponed", reason="Fog")
    await sports.fixture(kickoff)
    assert (await sports.see(anna, fixture))["status"] == "postponed"
    await sports.fixture(kickoff, status="settled", score=(2, 0))
    assert (await sports.see(anna, fixture))["status"] == "settled"


async def test_a_provider_may_correct_itself_and_the_history_says_so(sports: Any, anna: Person) -> None:
    kickoff = sports.now - 3 * HOUR
    fixture = await sports.fixture(kickoff, status="settled", score=(2, 1))
    await sports.fixture(kickoff, status="settled", score=(2, 2))
    seen = await sports.see(anna, fixture)
    assert (seen["corrected"], seen["outcome"], seen["version"]) == (True, "X", 2)
    assert (await history(sports, fixture))[0]["by"] == "test"


@pytest.mark.parametrize("path", ["result", "kickoff"])
async def test_there_is_nothing_to_enter_for_a_match_that_is_not_there(sports: Any, path: str) -> None:
    body = {"score": {"home": 1, "away": 0}} if path == "result" else {"kickoff_at": (sports.now + DAY).isoformat()}
    refused = await answer(sports.admin.http.post(f"admin/fixtures/nothing/{path}", json=body))
    assert (refused["code_"], refused["code"]) == (404, "fixture_not_found")
