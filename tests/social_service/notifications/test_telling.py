"""What members are told: of which facts, to whom, in which words."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.auth import OperatorsCalled
from clubkit.contracts.chat import MessageReported
from clubkit.contracts.social import BadgeEarned, EventReminderDue, SeatGiven
from clubkit.contracts.sports import PickSettled
from clubkit.ids import ClubId, EventId, FixtureId, MessageId, RoomId, new_id
from clubkit.testing.hub import Person
from social_service.events import upkeep
from social_service.notifications.wording import soon


async def told(social: Any, who: Person) -> list[tuple[str, str]]:
    """(kind, text) of what somebody is told, newest first, once the log is quiet."""
    await social.hub.settle()
    return [(n["kind"], n["text"]) for n in (await social.get(who, "notifications"))["data"]]


async def schedule(social: Any, by: Person, club: dict[str, Any], **more: Any) -> dict[str, Any]:
    wish = {"title": "Training", "starts_local": "2026-05-05T18:30:00", "tzid": "Europe/Berlin", "place": "Pitch 2"}
    response = await by.http.post(f"clubs/{club['id']}/events", json=wish | more)
    assert response.status_code == 201, response.text
    return dict(response.json()["events"][0])


async def tag_of(social: Any, who: Person, event: dict[str, Any]) -> dict[str, str]:
    """The If-Match of the event as it now stands."""
    page = await social.get(who, f"events/{event['id']}")
    return {"If-Match": f'"v{page["version"]}"'}


@pytest.fixture
async def club(social: Any, anna: Person, ben: Person) -> dict[str, Any]:
    """Anna's club, with ben in it."""
    made = await social.found(anna)
    await social.join(ben, made)
    return dict(made)


async def test_a_new_event_is_told_to_the_club_and_not_to_its_host(
    social: Any, anna: Person, ben: Person, cleo: Person, club: dict[str, Any]
) -> None:
    event = await schedule(social, anna, club)
    assert await told(social, ben) == [("event_scheduled", "Riverside FC planned Training")]
    (shown,) = (await social.get(ben, "notifications"))["data"]
    assert (shown["detail"], shown["link"]) == ("Tue 5 May, 18:30, Pitch 2", f"/e/{event['id']}")
    assert shown["club"]["name"] == "Riverside FC"
    assert await told(social, anna) == await told(social, cleo) == []


async def test_a_whole_season_is_one_notification_of_its_next_date(
    social: Any, anna: Person, ben: Person, club: dict[str, Any]
) -> None:
    event = await schedule(social, anna, club, rrule="FREQ=WEEKLY;COUNT=20")
    assert await told(social, ben) == [("event_scheduled", "Riverside FC planned 20 dates: Training")]
    (shown,) = (await social.get(ben, "notifications"))["data"]
    assert (shown["detail"], shown["link"]) == ("Tue 5 May, 18:30, Pitch 2", f"/e/{event['id']}")


async def test_a_series_without_an_end_counts_no_dates_and_its_later_dates_are_no_news(
    social: Any, anna: Person, ben: Person, club: dict[str, Any]
) -> None:
    await schedule(social, anna, club, rrule="FREQ=WEEKLY")
    planned = [("event_scheduled", "Riverside FC planned Training, from now on")]
    assert await told(social, ben) == planned
    await ben.http.post("notifications/read-all")
    today = social.hub.clock.advance(timedelta(days=120))
    assert await upkeep.extend_all(social.hub.works) > 0
    await social.hub.settle()
    social.hub.clock.set(today - timedelta(days=119))  # while her sign-in still holds
    assert await told(social, ben) == planned
    assert (await social.get(ben, "notifications/count"))["unread"] == 0


async def test_a_moved_event_is_told_to_those_who_answered(
    social: Any, anna: Person, ben: Person, cleo: Person, club: dict[str, Any]
) -> None:
    await social.join(cleo, club)
    event = await schedule(social, anna, club)
    await told(social, ben)
    for who in (ben, cleo):
        await who.http.post("notifications/read-all")
    await ben.http.put(f"events/{event['id']}/answer", json={"answer": "maybe"})
    await cleo.http.put(f"events/{event['id']}/answer", json={"answer": "no"})
    tag = await tag_of(social, anna, event)
    moved = await anna.http.patch(
        f"events/{event['id']}", params={"scope": "this"}, json={"starts_local": "2026-05-06T19:00:00"}, headers=tag
    )
    assert moved.status_code == 200, moved.text
    assert ("event_changed", "Training has changed") in await told(social, ben)
    assert [kind for kind, _ in await told(social, cleo)] == ["event_scheduled"]


async def test_a_cancelled_event_is_told_to_those_who_answered(
    social: Any, anna: Person, ben: Person, cleo: Person, club: dict[str, Any]
) -> None:
    await social.join(cleo, club)
    event = await schedule(social, anna, club)
    await ben.http.put(f"events/{event['id']}/answer", json={"answer": "yes"})
    tag = await tag_of(social, anna, event)
    cancelled = await anna.http.post(
        f"events/{event['id']}/cancel", params={"scope": "this"}, json={"reason": "Rain"}, headers=tag
    )
    assert cancelled.status_code == 200, cancelled.text
    assert ("event_cancelled", "Training is cancelled") in await told(social, ben)
    assert "event_cancelled" not in [kind for kind, _ in await told(social, cleo)]


async def test_a_comment_is_told_to_who_posted(
    social: Any, anna: Person, ben: Person, cleo: Person, club: dict[str, Any]
) -> None:
    post = await social.post(anna, club_id=club["id"])
    await ben.http.post(f"posts/{post['id']}/comments", json={"text": "Well done"})
    assert await told(social, anna) == [("comment", "Ben Okafor commented on your post")]
    (shown,) = (await social.get(anna, "notifications"))["data"]
    assert (shown["detail"], shown["link"]) == ("Well done", f"/p/{post['id']}")
    await social.join(cleo, club)
    await cleo.http.post(f"posts/{post['id']}/comments", json={"text": "Yes!"})
    assert await told(social, anna) == [("comment", "Cleo Marsh and Ben Okafor commented on your post")]


async def test_commenting_below_ones_own_post_tells_nobody(social: Any, anna: Person) -> None:
    post = await social.post(anna)
    await anna.http.post(f"posts/{post['id']}/comments", json={"text": "also"})
    assert await told(social, anna) == []


async def test_a_reply_is_told_to_both_and_to_nobody_twice(
    social: Any, anna: Person, ben: Person, cleo: Person
) -> None:
    post = await social.post(anna)
    top = (await ben.http.post(f"posts/{post['id']}/comments", json={"text": "top"})).json()
    own = (await anna.http.post(f"posts/{post['id']}/comments", json={"text": "own"})).json()
    await told(social, anna)
    await anna.http.post("notifications/read-all")
    for parent in (top, own):
        reply = {"text": "hm", "parent_id": parent["id"]}
        assert (await cleo.http.post(f"posts/{post['id']}/comments", json=reply)).status_code == 201
    assert await told(social, ben) == [("reply", "Cleo Marsh replied to your comment")]
    # Both were told at the same frozen moment, so which stands first is chance.
    assert sorted(await told(social, anna)) == [
        ("comment", "Ben Okafor commented on your post"), ("comment", "Cleo Marsh commented on your post"),
    ]  # fmt: skip


async def test_reactions_count_people_and_not_changes_of_mind(
    social: Any, anna: Person, ben: Person, cleo: Person
) -> None:
    post = await social.post(anna)
    for _ in range(3):
        await ben.http.put(f"posts/{post['id']}/reaction", json={})
        await ben.http.delete(f"posts/{post['id']}/reaction")
    await anna.http.put(f"posts/{post['id']}/reaction", json={})
    assert await told(social, anna) == [("reaction", "Ben Okafor reacted to your post")]
    for who in (cleo, *(social.hub.person(f"m{n}", f"m{n}", f"M {n}") for n in range(3))):
        await who.http.put(f"posts/{post['id']}/reaction", json={})
    ((kind, text),) = await told(social, anna)
    assert kind == "reaction"
    assert text.endswith("and 3 others reacted to your post")


async def test_a_reaction_to_what_is_gone_tells_nobody(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    await ben.http.put(f"posts/{post['id']}/reaction", json={})
    await anna.http.delete(f"posts/{post['id']}")
    assert await told(social, anna) == []


async def test_a_request_is_told_to_those_who_answer_it_and_the_answer_to_who_asked(
    social: Any, anna: Person, ben: Person, cleo: Person
) -> None:
    closed = await social.found(anna, "Quiet Circle", join_policy="request")
    await social.join(ben, closed)
    await social.join(cleo, closed)
    assert await told(social, anna) == [("join_asked", "Cleo Marsh and Ben Okafor would like to join Quiet Circle")]
    await anna.http.post(f"clubs/{closed['id']}/requests/{ben.id}/approve")
    await anna.http.post(f"clubs/{closed['id']}/requests/{cleo.id}/decline")
    assert await told(social, ben) == [("join_answered", "Welcome to Quiet Circle!")]
    assert await told(social, cleo) == [("join_answered", "Quiet Circle did not take your request this time.")]


async def test_badges_seats_reminders_and_picks_are_told(social: Any, anna: Person, club: dict[str, Any]) -> None:
    now = social.hub.clock()
    event = {"event_id": EventId("event-1"), "club_id": ClubId(club["id"]), "club_hue": 152, "title": "Training"}
    event |= {"starts_at": now + timedelta(hours=2), "tzid": "Europe/Berlin", "at": now}
    await social.hub.publish(
        BadgeEarned(member_id=anna.id, member_name="Anna", badge="regular", title="Regular", at=now),
        SeatGiven(member_id=anna.id, **event),
        EventReminderDue(minutes_before=120, member_ids=(anna.id,), place="Pitch 2", **event),
        PickSettled(
            member_id=anna.id, fixture_id=FixtureId("f"), home="Betis", away="Sevilla", choice="1", outcome="1",
            points=3, at=now,
        ),
    )  # fmt: skip
    assert sorted(await told(social, anna)) == [
        ("badge", "You earned a badge: Regular"), ("event_reminder", "Training begins in 2 hours"),
        ("pick_settled", "Betis v Sevilla: you were right, +3"), ("seat", "You have a seat: Training"),
    ]  # fmt: skip


async def test_a_badge_leads_to_the_profile_that_shows_it(social: Any, anna: Person) -> None:
    now = social.hub.clock()
    await social.hub.publish(
        BadgeEarned(member_id=anna.id, member_name="Anna", badge="regular", title="Regular", at=now)
    )
    await social.hub.settle()
    assert (await social.get(anna, "notifications"))["data"][0]["link"] == f"/m/{anna.handle}"


async def test_a_round_of_picks_is_one_notification(social: Any, anna: Person) -> None:
    for n, points in enumerate((3, 0, 3)):
        await social.hub.publish(
            PickSettled(
                member_id=anna.id, fixture_id=FixtureId(f"f{n}"), home="A", away="B", choice="1", outcome="2",
                points=points, at=social.hub.clock(),
            )
        )  # fmt: skip
    assert await told(social, anna) == [("pick_settled", "3 of your picks were settled.")]


async def test_a_reminder_after_the_start_is_left_out(social: Any, anna: Person, club: dict[str, Any]) -> None:
    now = social.hub.clock()
    await social.hub.publish(
        EventReminderDue(
            event_id=EventId("e"), club_id=ClubId(club["id"]), club_hue=152, title="Training", starts_at=now,
            tzid="UTC", minutes_before=60, member_ids=(anna.id,), at=now - timedelta(hours=1),
        )
    )  # fmt: skip
    assert await told(social, anna) == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(5, "in 5 minutes"), (60, "in 1 hour"), (120, "in 2 hours"), (1440, "in 1 day"), (4320, "in 3 days")],
)
def test_how_soon_is_said_in_words(minutes: int, words: str) -> None:
    assert soon(minutes) == words


async def test_a_report_is_told_to_those_who_may_settle_it(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna, "Loud Circle")
    room = RoomId(new_id())
    for _ in range(2):
        await social.hub.publish(
            MessageReported(
                room_id=room, room_title="Away days", club_id=club["id"], message_id=MessageId(new_id()), reason="spam",
                notify=(anna.id,),
            )
        )  # fmt: skip
    assert await told(social, anna) == [("reported", "Something said in Away days was reported")]
    assert await told(social, ben) == []


async def test_operators_are_told_once_of_all_talks_without_a_club_and_led_to_the_list(
    social: Any, anna: Person, ben: Person
) -> None:
    for room in (RoomId(new_id()), RoomId(new_id())):
        await social.hub.publish(OperatorsCalled(room_id=room, reason="hate_speech", notify=(anna.id,)))
    assert await told(social, anna) == [("reported", "Something said in a talk without a club was reported")]
    (shown,) = (await social.get(anna, "notifications"))["data"]
    assert (shown["detail"], shown["link"], shown["club"]) == ("Hate speech", "/reported", None)
    assert await told(social, ben) == []
