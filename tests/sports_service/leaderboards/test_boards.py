"""Boards: the club's members by points, ties broken as declared, and only for who is in the club."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.auth import MemberDeleted
from clubkit.contracts.social import ClubClosed, MembershipChanged, ProfileChanged
from clubkit.ids import ClubId, new_id
from clubkit.testing.hub import Person
from tests.sports_service.conftest import OTHER_LEAGUE, answer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def played(sports: Any, *picks: tuple[Person, str], home: int = 1, away: int = 0, **where: Any) -> str:
    """A match with these picks, ended (1 wins unless told otherwise)."""
    fixture = await sports.fixture(HOUR, round_name=f"Round {new_id()}", **where)
    for person, choice in picks:
        assert (await sports.pick(person, fixture, choice))["code_"] == 200
    await sports.play(fixture, home, away)
    return str(fixture)


def names(board: dict[str, Any]) -> list[str]:
    return [row["member"]["name"] for row in board["data"]]


async def test_more_points_come_first(sports: Any, anna: Person, ben: Person) -> None:
    await played(sports, (anna, "1"), (ben, "2"))
    await played(sports, (anna, "1"), (ben, "1"))
    board = await sports.board(anna)
    assert [(r["rank"], r["member"]["name"], r["points"], r["right"], r["picks"]) for r in board["data"]] == [
        (1, "Anna Berg", 6, 2, 2),
        (2, "Ben Okafor", 3, 1, 2),
    ]


async def test_at_the_same_points_who_picked_right_earlier_comes_first(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await sports.fixture(3 * HOUR)
    await sports.pick(ben, fixture, "1")
    sports.hub.clock.advance(HOUR)
    await sports.pick(anna, fixture, "1")
    await sports.play(fixture, 1, 0)
    board = await sports.board(anna)
    assert names(board) == ["Ben Okafor", "Anna Berg"]
    assert [row["rank"] for row in board["data"]] == [1, 2]
    assert [row["level_with_above"] for row in board["data"]] == [False, True]
    assert "earlier" in board["ties"][2]


async def test_at_a_full_tie_the_older_account_comes_first(sports: Any) -> None:
    older, younger = sorted([await sports.member("One"), await sports.member("Two")], key=lambda p: p.id)
    await played(sports, (younger, "1"), (older, "1"))
    assert [row["member"]["id"] for row in (await sports.board(older))["data"]] == [older.id, younger.id]


async def test_who_is_not_in_the_club_cannot_tell_that_it_exists(sports: Any, anna: Person) -> None:
    await played(sports, (anna, "1"))
    stranger = await sports.member("Zed", club=False)
    refused = await sports.board(stranger)
    nowhere = await answer(stranger.http.get(f"clubs/{new_id()}/leaderboard"))
    for told in (refused, nowhere):
        assert (told["code_"], told["code"]) == (404, "club_not_found")
    assert refused["detail"] == nowhere["detail"]


async def test_who_left_is_neither_shown_nor_shown_the_board(sports: Any, anna: Person, ben: Person) -> None:
    await played(sports, (anna, "1"), (ben, "1"))
    await sports.stand(ben.id, None, version=2)
    assert names(await sports.board(anna)) == ["Anna Berg"]
    assert (await sports.board(ben))["code"] == "club_not_found"


async def test_an_older_membership_fact_does_not_bring_a_member_back(sports: Any, ben: Person) -> None:
    await sports.stand(ben.id, None, version=3)
    await sports.stand(ben.id, "member", version=2)
    assert (await sports.board(ben))["code"] == "club_not_found"


async def test_memberships_of_one_batch_end_at_the_newest_whatever_their_order(sports: Any, ben: Person) -> None:
    def stand(role: Any, version: int) -> MembershipChanged:
        return MembershipChanged(
            club_id=sports.club_id, member_id=ben.id, role=role, version=version, club_name="FC", club_hue=1
        )

    await sports.hub.publish(stand("admin", 5), stand(None, 4))
    await sports.hub.settle()
    assert (await sports.board(ben))["code_"] == 200


async def test_the_board_of_a_closed_club_is_gone(sports: Any, anna: Person) -> None:
    await sports.hub.publish(ClubClosed(club_id=sports.club_id))
    await sports.hub.settle()
    assert (await sports.board(anna))["code"] == "club_not_found"


async def test_other_clubs_members_are_only_on_the_hubs_board(sports: Any, anna: Person) -> None:
    cleo = await sports.member("Cleo", club=False)
    await played(sports, (anna, "2"), (cleo, "1"))
    assert names(await sports.board(anna)) == ["Anna Berg"]
    hub = await answer(anna.http.get("leaderboard"))
    assert names(hub) == ["Cleo", "Anna Berg"]
    assert (hub["me"]["rank"], hub["ranked"]) == (2, 2)


async def test_a_new_name_is_shown(sports: Any, anna: Person) -> None:
    await played(sports, (anna, "1"))
    await sports.hub.publish(ProfileChanged(member_id=anna.id, handle="anna", name="Anna Bergström", hue=9))
    await sports.hub.settle()
    row = (await sports.board(anna))["data"][0]["member"]
    assert (row["name"], row["handle"], row["hue"]) == ("Anna Bergström", "anna", 9)


async def test_a_deleted_member_leaves_the_board(sports: Any, anna: Person, ben: Person) -> None:
    await played(sports, (anna, "1"), (ben, "1"))
    await sports.hub.publish(MemberDeleted(member_id=ben.id))
    await sports.hub.settle()
    assert names(await sports.board(anna)) == ["Anna Berg"]
    assert names(await answer(anna.http.get("leaderboard"))) == ["Anna Berg"]


async def test_without_a_settled_pick_nobody_is_ranked(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    board = await sports.board(anna)
    assert (board["data"], board["me"], board["ranked"]) == ([], None, 0)


async def test_pages_go_on_where_they_stopped_and_my_row_is_on_each(sports: Any, anna: Person) -> None:
    people = [anna, *[await sports.member(f"Member {n}") for n in range(4)]]
    for right in range(1, 5):
        await played(sports, *((person, "1" if n >= right else "2") for n, person in enumerate(people)))
    seen: list[int] = []
    cursor = None
    for _ in range(3):
        board = await sports.board(anna, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [row["rank"] for row in board["data"]]
        assert (board["me"]["rank"], board["me"]["points"], board["ranked"]) == (5, 0, 5)
        cursor = board["page"]["next"]
    assert seen == [1, 2, 3, 4, 5]
    assert cursor is None


async def test_a_cursor_of_another_club_or_period_is_refused(sports: Any, anna: Person, ben: Person) -> None:
    await played(sports, (anna, "1"), (ben, "1"))
    cursor = (await sports.board(anna, limit=1))["page"]["next"]
    assert (await sports.board(anna, period="week", cursor=cursor))["code"] == "bad_cursor"
    assert (await answer(anna.http.get("leaderboard", params={"cursor": cursor})))["code"] == "bad_cursor"


@pytest.mark.parametrize("period", ["day", "", "SEASON"])
async def test_a_period_we_do_not_know_is_refused(sports: Any, anna: Person, period: str) -> None:
    assert (await sports.board(anna, period=period))["code_"] == 422


async def test_a_week_begins_on_monday_and_a_month_on_the_first(sports: Any, anna: Person) -> None:
    # The clock of tests begins on Saturday, 14 March 2026.
    await played(sports, (anna, "1"))
    week, month = await sports.board(anna, period="week"), await sports.board(anna, period="month")
    assert (week["starts_at"], week["ends_at"]) == ("2026-03-09T00:00:00Z", "2026-03-16T00:00:00Z")
    assert (month["starts_at"], month["ends_at"]) == ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
    assert week["me"]["points"] == month["me"]["points"] == 3
    sports.hub.clock.advance(2 * DAY)
    assert (await sports.board(anna, period="week"))["me"] is None
    assert (await sports.board(anna, period="month"))["me"]["points"] == 3
    sports.hub.clock.advance(17 * DAY)
    assert (await sports.board(anna, period="month"))["me"] is None
    assert (await sports.board(anna, period="season"))["me"]["points"] == 3


async def test_a_match_counts_in_the_week_it_kicks_off_whenever_it_is_settled(sports: Any, anna: Person) -> None:
    fixture = await sports.fixture(HOUR)
    await sports.pick(anna, fixture, "1")
    sports.hub.clock.advance(4 * DAY)
    await sports.result(fixture, 1, 0)
    assert (await sports.board(anna, period="week"))["me"] is None
    assert (await sports.board(anna, period="month"))["me"]["points"] == 3


async def test_a_new_season_of_a_league_begins_at_nought_while_others_go_on(sports: Any, anna: Person) -> None:
    await played(sports, (anna, "1"))
    await played(sports, (anna, "1"), league=OTHER_LEAGUE)
    assert (await sports.board(anna))["me"]["points"] == 6
    await sports.fixture(2 * DAY, label="2026-27", round_name="Opening day")
    assert (await sports.board(anna))["me"]["points"] == 3


async def test_the_delta_tells_places_gained_since_the_day_before(sports: Any, anna: Person, ben: Person) -> None:
    await played(sports, (anna, "2"), (ben, "1"))
    assert (await sports.board(anna, period="week"))["me"]["rank_delta"] is None
    sports.hub.clock.advance(DAY + HOUR)
    await played(sports, (anna, "1"))
    await played(sports, (anna, "1"))
    board = await sports.board(anna, period="week")
    assert {row["member"]["name"]: row["rank_delta"] for row in board["data"]} == {"Anna Berg": 1, "Ben Okafor": -1}


async def test_a_correction_moves_the_board(sports: Any, anna: Person, ben: Person) -> None:
    fixture = await played(sports, (anna, "1"), (ben, "X"))
    assert names(await sports.board(anna))[0] == "Anna Berg"
    await sports.result(fixture, 1, 1, reason="Corrected")
    board = await sports.board(anna)
    assert [(row["member"]["name"], row["points"]) for row in board["data"]] == [("Ben Okafor", 3), ("Anna Berg", 0)]


async def test_a_club_nobody_told_us_of_has_no_board(sports: Any, anna: Person) -> None:
    assert (await answer(anna.http.get(f"clubs/{ClubId('x')}/leaderboard")))["code"] == "club_not_found"
