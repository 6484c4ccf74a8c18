"""The written part of the demo world: consistent, whoever reads it on whatever day."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clubkit.ids import ClubId
from clubkit.ports import Ports
from gateway.demo import alive_lines, script_clubs, script_reels, script_season, script_talk
from gateway.demo.art import COVERS, SCENES
from gateway.demo.art_reels import REELS
from gateway.demo.clubs import CLUBS, FOLLOWS
from gateway.demo.more_rooms import MORE_ROOMS
from gateway.demo.people import CLUB_ADMIN, LIVELY, PEOPLE, PERSONA, PICKING
from gateway.demo.posts import POSTS
from gateway.demo.reels import CLIPS
from gateway.demo.script_feed import MEMBERS, feed
from gateway.demo.season import ONCE, WEEKLY
from gateway.demo.stage import Stage
from gateway.demo.talk import DIRECT, RECENT, ROOMS
from gateway.demo.when import DAYS, HOME, When, zone_here
from social_service.clubs.slugs import slug_of
from social_service.hues import HUES

HANDLES = {person.handle for person in PEOPLE}
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MAY_SCHEDULE = {club.key: {club.owner, *club.admins} for club in CLUBS}


def stage_at(begun: datetime, seed: int = 7) -> Stage:
    return Stage(Ports(), begun, seed)


def words() -> list[str]:
    return [
        *(p.bio for p in PEOPLE), *(c.about for c in CLUBS), *(w.text for w in POSTS),
        *(text for w in POSTS for _, _, text in w.said), *(shot.alt for w in POSTS for shot in w.shots),
        *(line for talk in (*ROOMS, *DIRECT) for _, _, line in talk.lines), *(clip.caption for clip in CLIPS),
        *(e.text for e in (*WEEKLY, *ONCE)), *alive_lines.COMMENTS,
    ]  # fmt: skip


def test_forty_people_have_names_bios_and_hues_of_their_own() -> None:
    assert len(PEOPLE) >= 40
    assert len(HANDLES) == len({p.name for p in PEOPLE}) == len({p.bio for p in PEOPLE}) == len(PEOPLE)
    assert {p.hue for p in PEOPLE} <= set(HUES)
    assert all(re.fullmatch(r"[a-z0-9_]{3,30}", p.handle) for p in PEOPLE)


def test_everybody_is_in_some_club_and_the_persona_in_three() -> None:
    inside = [handle for club in CLUBS for handle in club.everybody]
    assert set(inside) == HANDLES
    assert inside.count(PERSONA) == 3
    assert CLUB_ADMIN in CLUBS[0].admins
    assert all(len(set(club.everybody)) == len(club.everybody) for club in CLUBS)


def test_clubs_differ_in_hue_sport_and_door() -> None:
    assert len({club.hue for club in CLUBS}) == len({club.sport for club in CLUBS}) == len(CLUBS) == 6
    assert {club.hue for club in CLUBS} <= set(HUES)
    assert {club.policy for club in CLUBS} == {"open", "request", "invite"}
    assert {club.cover for club in CLUBS} <= set(COVERS)


def test_who_writes_is_in_the_club_or_may_see_it() -> None:
    for post in POSTS:
        inside = MEMBERS[post.club] if post.club else HANDLES
        assert post.author in inside
        allowed = HANDLES if post.visibility == "public" or post.club is None else set(inside)
        assert {who for who, _, _ in post.said} <= allowed
        assert {shot.scene for shot in post.shots} <= set(SCENES)
        assert all(shot.alt for shot in post.shots)


def test_who_talks_is_in_the_room() -> None:
    for talk in ROOMS:
        assert {who for who, _, _ in talk.lines} <= set(MEMBERS[talk.room]), talk.room
    for talk in DIRECT:
        assert {who for who, _, _ in talk.lines} <= set(talk.room.split("+")) <= HANDLES


def test_who_talks_likes_and_votes_in_a_smaller_room_is_in_it() -> None:
    for room in MORE_ROOMS:
        inside = {room.owner, *room.members}
        assert inside <= (set(MEMBERS[room.club]) if room.club else HANDLES), room.key
        for line in room.lines:
            others = {who for who, _ in (*line.likes, *line.votes)}
            assert {line.who, *others, line.pinned_by or room.owner} <= inside, line.words


def test_who_plans_an_event_may_and_who_answers_can_see_it() -> None:
    for event in (*WEEKLY, *ONCE):
        assert event.host in MAY_SCHEDULE[event.club], event.key
    for once in ONCE:
        allowed = HANDLES if once.visibility == "public" else set(MEMBERS[once.club])
        assert {*once.going, *once.maybe, *once.no} <= allowed, once.key
        assert len({*once.going, *once.maybe, *once.no}) == len(once.going) + len(once.maybe) + len(once.no)


def test_reels_are_by_members_and_can_be_drawn() -> None:
    assert len(CLIPS) >= 6
    assert all(clip.author in MEMBERS[clip.club] and clip.scene in REELS for clip in CLIPS)


def test_people_follow_and_pick_under_their_right_names() -> None:
    assert {*FOLLOWS, *(h for whom in FOLLOWS.values() for h in whom), *PICKING} <= HANDLES
    assert len(PICKING) >= 10


def test_simulated_members_have_lines_for_every_club() -> None:
    slugs = {slug_of(club.name) for club in CLUBS}
    assert set(alive_lines.IN_CLUB) == set(alive_lines.POSTS) == slugs


def test_simulated_members_can_talk_among_themselves_in_each_club_of_the_persona() -> None:
    for club in CLUBS:
        if PERSONA in club.everybody:
            assert len(set(LIVELY) & set(club.everybody)) >= 3, club.name
    assert not {PERSONA, CLUB_ADMIN} & set(LIVELY), "those are for people to sign in as"


@pytest.mark.parametrize("text", words())
def test_every_text_is_finished(text: str) -> None:
    assert text.strip() == text != ""
    assert not re.search(r"lorem|ipsum|\btodo\b|xxx|asdf|placeholder|  ", text, re.IGNORECASE)


@settings(deadline=None)
@given(MOMENTS)
def test_the_last_saturday_is_a_saturday_of_the_week_before_today(now: datetime) -> None:
    when = When(now)
    back = when.days_ago("SA")
    assert 1 <= back <= 7
    assert (when.today - timedelta(days=back)).weekday() == DAYS.index("SA")
    assert when.days_ago("SA2") == back + 7


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(DAYS), st.integers(-60, 60))
def test_the_first_tuesday_from_a_day_on_is_less_than_a_week_later(now: datetime, day: str, after: int) -> None:
    when = When(now)
    days = when.days_to(day, after=after)
    assert after <= days < after + 7
    assert (when.today + timedelta(days=days)).weekday() == DAYS.index(day)


@settings(deadline=None, max_examples=40)  # a busy machine takes long over a thousand acts
@given(MOMENTS, st.sampled_from([HOME, "UTC", "America/Chicago", "Pacific/Auckland"]))
def test_no_act_of_the_story_lies_in_the_future(now: datetime, tzid: str) -> None:
    stage = Stage(Ports(), now, 7, tzid)
    acts = [*feed(stage), *script_season.season(stage), *script_talk.talk(stage), *script_clubs.setting_up(stage)]
    acts += script_reels.watching(stage, {f"reel:{clip.key}" for clip in CLIPS})
    assert all(act.at <= now for act in acts)


@settings(deadline=None)
@given(MOMENTS)
def test_posts_come_before_what_is_said_to_them(now: datetime) -> None:
    when = When(now)
    for post in POSTS:
        written = when.at(-when.days_ago(post.days), post.clock)
        assert written < now or when.days_ago(post.days) == 0
    for talk in ROOMS:
        assert talk.day != RECENT or int(talk.clock) > sum(seconds for _, seconds, _ in talk.lines) / 60


def test_the_same_seed_tells_the_same_story_and_another_does_not() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    def times(seed: int) -> list[Any]:
        return [act.at for act in (*feed(stage_at(now, seed)), *script_season.season(stage_at(now, seed)))]

    assert times(7) == times(7) != times(8)


@pytest.mark.parametrize(
    ("named", "zone"),
    [("America/Chicago", "America/Chicago"), ("Etc/UTC", "UTC"), (":/etc/localtime", HOME), ("EST5EDT", HOME)],
)
def test_the_world_keeps_the_time_of_the_machine_it_is_on(
    monkeypatch: pytest.MonkeyPatch, named: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", named)
    assert zone_here() == zone


def test_the_stage_knows_its_clubs_by_key() -> None:
    stage = stage_at(datetime(2026, 11, 21, tzinfo=UTC))
    stage.things["club:chess"] = "c1"
    assert stage.club("chess") == ClubId("c1")
