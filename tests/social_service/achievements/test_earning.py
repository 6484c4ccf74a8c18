"""Badges: counted from the log, earned once, progress taken back with what it counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import BadgeEarned
from clubkit.db.models import DeadLetterRow
from clubkit.ids import MemberId, new_id
from clubkit.testing.hub import Person
from social_service.achievements import earning
from social_service.achievements.earning import HubZone
from social_service.settings import SocialSettings
from tests.social_service.facts import published


async def test_a_newcomer_sees_every_badge_with_nothing_done(doing: Any) -> None:
    shown = await doing.social.get(doing.anna, f"people/{doing.anna.handle}/achievements")
    assert shown["earned"] == 0
    assert {badge["badge"]: (badge["have"], badge["need"]) for badge in shown["badges"]} == {
        "first_whistle": (0, 1), "regular": (0, 10), "voice_of_the_club": (0, 50), "clairvoyant": (0, 10),
        "on_a_roll": (0, 4),
    }  # fmt: skip


async def test_the_first_yes_earns_the_first_whistle(doing: Any) -> None:
    await doing.tell(doing.answered())
    badge = await doing.badge("first_whistle")
    assert (badge["have"], badge["need"], badge["holders"]) == (1, 1, 1)
    assert badge["earned_at"] == "2026-03-14T12:00:00Z"
    (fact,) = await published(doing.social.hub, BadgeEarned)
    assert (fact.member_id, fact.member_name, fact.title) == (doing.anna.id, "Anna Berg", "First whistle")


async def test_a_maybe_is_no_whistle(doing: Any) -> None:
    await doing.tell(doing.answered(action="rsvp_maybe"))
    assert await doing.earned() == []


async def test_ten_yeses_in_sixty_days_make_a_regular(doing: Any) -> None:
    await doing.tell(*(doing.answered(days=-6 * number) for number in range(9)))
    assert await doing.progress("regular") == (9, 10)
    await doing.tell(doing.answered())
    assert (await doing.earned()).count("regular") == 1


async def test_ten_yeses_over_a_year_do_not(doing: Any) -> None:
    await doing.tell(*(doing.answered(days=-36 * number) for number in range(10)))
    assert await doing.progress("regular") == (2, 10)
    assert await doing.earned() == ["first_whistle"]


async def test_ten_yeses_long_ago_count_in_whatever_order_the_log_tells_them(doing: Any) -> None:
    days = [-400, -395, -410, -405, -390, -385, -380, -415, -420, -375]
    await doing.tell(*(doing.answered(days=day) for day in days))
    assert (await doing.earned()).count("regular") == 1


async def test_a_yes_taken_back_does_not_count(doing: Any) -> None:
    event = new_id()
    await doing.tell(*(doing.answered() for _ in range(8)), doing.answered(event))
    assert await doing.progress("regular") == (9, 10)
    await doing.tell(doing.answered(event, "rsvp_no"))
    assert await doing.progress("regular") == (8, 10)
    await doing.tell(doing.answered())
    assert await doing.progress("regular") == (9, 10)
    assert await doing.earned() == ["first_whistle"]


async def test_a_yes_and_its_taking_back_in_one_batch_count_nothing(doing: Any) -> None:
    event = new_id()
    await doing.tell(doing.answered(event), doing.answered(event, "rsvp_no"))
    assert await doing.earned() == []
    await doing.tell(doing.answered(event, "rsvp_no"), doing.answered(event))
    assert await doing.earned() == ["first_whistle"]


async def test_the_same_event_answered_again_and_again_counts_once(doing: Any) -> None:
    event = new_id()
    await doing.tell(*(doing.answered(event) for _ in range(12)))
    assert await doing.progress("regular") == (1, 10)


async def test_a_badge_once_earned_stays_and_is_not_told_again(doing: Any) -> None:
    event = new_id()
    await doing.tell(doing.answered(event))
    await doing.tell(doing.answered(event, "rsvp_no"))
    await doing.tell(doing.answered(event))
    assert await doing.earned() == ["first_whistle"]
    assert (await doing.badge("first_whistle"))["earned_at"] is not None


async def test_fifty_messages_make_a_voice(doing: Any) -> None:
    await doing.tell(*(doing.message() for _ in range(49)))
    assert await doing.progress("voice_of_the_club") == (49, 50)
    await doing.tell(doing.message())
    assert "voice_of_the_club" in await doing.earned()


async def test_so_do_twenty_posts_and_comments(doing: Any) -> None:
    await doing.tell(*(doing.post() for _ in range(10)))
    await doing.tell(*(doing.did("comment", doing.now) for _ in range(9)))
    badge = await doing.badge("voice_of_the_club")
    assert (badge["have"], badge["need"]) == (19, 20)
    await doing.tell(doing.post())
    assert "voice_of_the_club" in await doing.earned()


async def test_an_edited_post_and_a_message_told_twice_count_once(doing: Any) -> None:
    message, post = new_id(), new_id()
    await doing.tell(doing.message(message), doing.message(message), doing.post(post), doing.post(post, version=2))
    badge = await doing.badge("voice_of_the_club")
    assert [(way["label"], way["have"]) for way in badge["ways"]] == [("messages", 1), ("posts and comments", 1)]


async def test_ten_right_picks_make_a_clairvoyant_and_wrong_ones_do_not(doing: Any) -> None:
    await doing.tell(*(doing.pick("1") for _ in range(9)), *(doing.pick("X") for _ in range(20)))
    assert await doing.progress("clairvoyant") == (9, 10)
    await doing.tell(doing.pick("1"))
    assert "clairvoyant" in await doing.earned()


async def test_a_corrected_result_takes_a_right_pick_back(doing: Any) -> None:
    fixture = new_id()
    await doing.tell(doing.pick("1", fixture))
    assert await doing.progress("clairvoyant") == (1, 10)
    await doing.tell(doing.pick("2", fixture))
    assert await doing.progress("clairvoyant") == (0, 10)


async def test_four_weeks_in_a_row_are_a_roll(doing: Any) -> None:
    await doing.tell(*(doing.did("like", doing.now - timedelta(weeks=week)) for week in (0, 1, 2)))
    assert await doing.progress("on_a_roll") == (3, 4)
    await doing.tell(doing.did("like", doing.now - timedelta(weeks=3)))
    assert await doing.earned() == ["on_a_roll"]


async def test_a_missed_week_breaks_the_roll(doing: Any) -> None:
    await doing.tell(*(doing.did("like", doing.now - timedelta(weeks=week)) for week in (0, 1, 3, 4, 5)))
    assert await doing.progress("on_a_roll") == (2, 4)
    assert await doing.earned() == []


async def test_a_roll_of_weeks_ago_is_over(doing: Any) -> None:
    await doing.tell(*(doing.did("like", doing.now - timedelta(weeks=week)) for week in (2, 3, 4)))
    assert await doing.progress("on_a_roll") == (0, 4)


async def test_looking_at_things_keeps_no_week_alive(doing: Any) -> None:
    await doing.tell(*(doing.did("view", doing.now - timedelta(weeks=week)) for week in range(6)))
    assert await doing.progress("on_a_roll") == (0, 4)


@pytest.mark.parametrize(("zone", "weeks"), [("UTC", 1), ("Europe/Berlin", 2)])
async def test_weeks_begin_at_midnight_of_the_hubs_zone(
    doing: Any, monkeypatch: pytest.MonkeyPatch, zone: str, weeks: int
) -> None:
    monkeypatch.setenv("HUB_SOCIAL_ZONE", zone)
    doing.social.hub.ports.provide(HubZone, HubZone(doing.social.hub.settings.section(SocialSettings).zone_info))
    sunday_evening, an_hour_later = datetime(2026, 3, 8, 22, 30, tzinfo=UTC), datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    await doing.tell(doing.did("like", sunday_evening), doing.did("like", an_hour_later))
    assert (await doing.progress("on_a_roll"))[0] == weeks


async def test_the_log_read_again_from_the_start_changes_nothing(doing: Any) -> None:
    """A new consumer group back-fills; the same rows come out, and no badge is told twice."""
    facts = [*(doing.answered(days=-6 * number) for number in range(10)), *(doing.message() for _ in range(50))]
    await doing.tell(*facts)
    before = await doing.social.get(doing.anna, f"people/{doing.anna.handle}/achievements")
    async with doing.social.hub.works.open() as work:
        await earning.count(work, facts)
    assert await doing.social.get(doing.anna, f"people/{doing.anna.handle}/achievements") == before
    assert sorted(await doing.earned()) == ["first_whistle", "on_a_roll", "regular", "voice_of_the_club"]


async def test_a_thousand_answers_of_many_members_are_counted_in_batches(doing: Any, statements: Any) -> None:
    facts = [
        MemberInteracted(
            member_id=MemberId(f"m{n % 200}"), kind="event", item_id=new_id(), action="rsvp_yes", at=doing.now
        )
        for n in range(1_000)
    ]
    await doing.social.hub.publish(*facts)
    with statements() as seen:
        await doing.social.hub.settle()
    badges = [one for one in seen if "social_marks" in one or "social_badges" in one]
    assert len(badges) <= 5 * 4
    assert len(await doing.earned()) == 200
    async with doing.social.hub.works.reading() as work:
        assert await work.session.scalar(select(func.count()).select_from(DeadLetterRow)) == 0


async def test_an_answer_given_in_the_app_earns_its_badge(doing: Any, ben: Person) -> None:
    club = await doing.social.found(ben)
    wish = {"title": "Training", "starts_local": "2026-03-17T18:30:00", "tzid": "UTC", "visibility": "public"}
    event = (await ben.http.post(f"clubs/{club['id']}/events", json=wish)).json()["events"][0]
    await doing.anna.http.put(f"events/{event['id']}/answer", json={"answer": "yes"})
    await doing.social.hub.settle()
    assert await doing.earned() == ["first_whistle"]


async def test_nobody_by_that_name_has_no_badges(doing: Any) -> None:
    refused = await doing.anna.http.get("people/nobody/achievements")
    assert (refused.status_code, refused.json()["code"]) == (404, "person_not_found")
