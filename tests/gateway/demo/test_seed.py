"""A demo world that was stopped in the middle, finished, and seeded once more, as its people see it."""

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from clubkit.db.models import DeadLetterRow, JobRow
from clubkit.errors import Unavailable
from clubkit.jobs.running import Dispatcher
from clubkit.settings import Settings
from clubkit.testing.hub import TestHub, open_hub
from gateway.demo import script_feed
from gateway.demo.clubs import CLUBS
from gateway.demo.people import PEOPLE
from gateway.demo.posts import POSTS
from gateway.demo.season import ONCE
from gateway.demo.seeding import PASSWORD, Making, NotInProduction, Told, check_allowed, seed, state_of
from gateway.demo.settling import reading
from gateway.demo.studio import Sizes
from gateway.demo.talk import DIRECT, ROOMS
from gateway.embedded import SERVICES

SMALL = Sizes(picture=(96, 60), cover=(140, 46), reel=(144, 256), clips=2)
pytestmark = pytest.mark.timeout(900)


class StoppedError(Exception):
    """Somebody pressed Ctrl-C."""


@dataclass
class World:
    """What was found in the seeded hub."""

    now: datetime
    states: list[str]
    counts: list[dict[str, int]]
    dead_letters: int
    trainings: int
    mara: dict[str, Any]
    operator: dict[str, Any]


async def count_all(hub: TestHub) -> dict[str, int]:
    tables = [t for module in SERVICES for t in module.metadata.tables.values()]
    async with hub.works.reading() as work:
        return {t.name: await work.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


async def signed_in(hub: TestHub, email: str) -> Any:
    http = hub.http()
    answer = await http.post("auth/sign-in", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return http


async def what_she_sees(hub: TestHub, email: str) -> dict[str, Any]:
    http, now = await signed_in(hub, email), hub.clock()
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "clubs": ("clubs", {"limit": 50}),
        "feed": ("feed", {"tab": "clubs", "limit": 100}),
        "for_you": ("feed", {"tab": "for-you", "limit": 30}),
        "events": ("events", {"from": now.isoformat(), "to": (now + timedelta(days=14)).isoformat()}),
        "rooms": ("rooms", {}),
        "notifications": ("notifications", {"limit": 50}),
        "reels": ("reels", {"limit": 20}),
        "board": ("leaderboard", {"limit": 50}),
        "open_picks": ("fixtures", {"from": now.isoformat(), "picked": "false"}),
        "badges": ("people/mara/achievements", {}),
    }
    found = {}
    for name, (path, query) in asked.items():
        answer = await http.get(path, params=query)
        assert answer.status_code == 200, answer.text
        found[name] = answer.json()
    found["said"] = {
        room["title"]: (await http.get(f"rooms/{room['id']}/messages")).json()["messages"]
        for room in found["rooms"]["data"]
    }
    return found


async def plan_what_recurs(hub: TestHub) -> None:
    """What a hub does as it opens."""

    async def send(_job_id: str, _queue: str) -> None:
        pass

    recurring = [every for module in SERVICES for every in module.recurring]
    await Dispatcher(hub.works, hub.jobs, recurring, send).tick()


async def make_world(folder: Path, valkey_url: str) -> World:
    async with open_hub(SERVICES, folder, valkey_url, own_tokens=False) as hub:
        jobs, now = list(hub.jobs.values()), hub.clock()
        states, counts = [await state_of(hub.works)], []

        def stop_at_the_picks(stage: str, _steps: int) -> Told:
            if stage == "Fixtures and picks":
                raise StoppedError
            return lambda _done: None

        with ThreadPoolExecutor(1) as pool:
            async with reading(hub.ports, hub.consumers) as settle:
                for report in (stop_at_the_picks, lambda _stage, _steps: lambda _done: None, None):
                    making = Making(
                        hub.ports, settle, pool, report or stop_at_the_picks, jobs, sizes=SMALL, clock=hub.clock
                    )
                    try:
                        await seed(making)
                    except* StoppedError:
                        hub.clock.advance(timedelta(minutes=20))
                    states.append(await state_of(hub.works))
                    counts.append(await count_all(hub))
        async with hub.works.reading() as work:
            dead = await work.session.scalar(select(func.count()).select_from(DeadLetterRow)) or 0
        await plan_what_recurs(hub)
        async with hub.works.reading() as work:
            trainings = await work.session.scalar(select(func.count()).where(JobRow.name == "recommender.train")) or 0
        mara, operator = await what_she_sees(hub, "mara@demo.club"), await what_she_sees(hub, "admin@demo.club")
        return World(now, states, counts, dead, trainings, mara, operator)


@pytest.fixture(scope="module")
def world(valkey_url: str) -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="hub-world-") as folder:
        yield asyncio.run(make_world(Path(folder) / "hub", valkey_url))


def club_of(item: dict[str, Any]) -> str | None:
    thing = item[item["type"]] if item["type"] != "pick" else {}
    return (thing.get("club") or {}).get("slug")


def test_a_stopped_seed_is_finished_by_the_next(world: World) -> None:
    assert world.states == ["nobody here", "begun", "done", "done"]


def test_nothing_is_made_twice_by_going_on(world: World) -> None:
    made = world.counts[1]
    assert made["auth_accounts"] == len(PEOPLE) + 1
    assert made["social_clubs"] == len(CLUBS)
    assert made["social_posts"] == len(POSTS)
    assert made["social_comments"] == sum(len(words.said) for words in POSTS)
    assert made["chat_entries"] >= sum(len(talk.lines) for talk in (*ROOMS, *DIRECT))
    assert made["social_media"] == len(CLUBS) + len(script_feed.pictures())
    assert made["social_reels"] == SMALL.clips


def test_seeding_again_adds_nothing(world: World) -> None:
    assert world.counts[2] == world.counts[1]


def test_the_stop_came_before_the_end(world: World) -> None:
    assert world.counts[0]["social_posts"] < world.counts[1]["social_posts"]


def test_every_fact_could_be_taken(world: World) -> None:
    assert world.dead_letters == 0


def test_a_model_is_trained_once_as_the_hub_opens(world: World) -> None:
    assert world.trainings == 1


async def test_a_refusal_among_what_runs_side_by_side_comes_out_as_itself(make_hub: Any) -> None:
    hub: TestHub = await make_hub(*SERVICES, own_tokens=False)

    async def settle(_at: datetime) -> None:
        raise Unavailable("The hub does not read its log.")

    with ThreadPoolExecutor(1) as pool, pytest.raises(Unavailable):
        await seed(Making(hub.ports, settle, pool, lambda _stage, _steps: lambda _done: None, sizes=SMALL))


def test_mara_is_in_three_clubs_and_sees_all_six_with_covers(world: World) -> None:
    clubs = world.mara["clubs"]["data"]
    assert {c["name"] for c in clubs} == {c.name for c in CLUBS}
    assert Counter(c["my_state"] for c in clubs) == {"member": 3, "none": 3}
    assert all(c["cover"] for c in clubs)
    assert {c["join_policy"] for c in clubs} == {"open", "request", "invite"}
    assert {c["slug"]: c["members"] for c in clubs}["riverside-fc"] == len(CLUBS[0].everybody)


def test_her_feed_has_every_post_of_her_clubs_with_pictures_said_and_reacted_to(world: World) -> None:
    posts = [item["post"] for item in world.mara["feed"]["data"] if item["type"] == "post"]
    of_hers = [words for words in POSTS if words.club in {"riverside", "night-runners", "boulder"}]
    assert {post["text"] for post in posts} == {words.text for words in of_hers}
    pictures = [picture for post in posts for picture in post["media"]]
    assert len(pictures) == sum(len(words.shots) for words in of_hers)
    assert all(picture["alt"] for picture in pictures)
    assert sum(post["comments"] for post in posts) == sum(len(words.said) for words in of_hers)
    assert max(sum(post["reactions"].values()) for post in posts) >= 8


def test_nothing_was_written_in_the_future(world: World) -> None:
    assert max(item["at"] for item in world.mara["feed"]["data"]) <= world.now.isoformat()
    assert max(room["last"]["at"] for room in world.mara["rooms"]["data"]) <= world.now.isoformat()


def test_something_happens_soon_and_she_is_asked(world: World) -> None:
    events = world.mara["events"]["data"]
    soon = [e for e in events if e["starts_at"] < (world.now + timedelta(days=3)).isoformat()]
    assert soon
    assert any(e["my_answer"] is None for e in events)
    assert {e["club"]["slug"] for e in events} >= {"riverside-fc", "night-runners", "boulder-collective"}


def test_one_event_is_nearly_full_and_she_is_first_in_line_for_another(world: World) -> None:
    events = {e["title"]: e for e in world.mara["events"]["data"]}
    match, setting = events["Home match v. Hillcrest"], events["Route setting night"]
    assert match["going"] == match["capacity"] - 1
    assert (setting["going"], setting["waiting"]) == (setting["capacity"], 1)
    assert (setting["my_answer"]["standing"], setting["my_answer"]["position"]) == ("waiting", 1)


def test_no_event_is_over_its_capacity(world: World) -> None:
    events = world.operator["events"]["data"] + world.mara["events"]["data"]
    assert events
    assert all(e["capacity"] is None or e["going"] <= e["capacity"] for e in events)
    assert all(once.capacity is None or len(once.going) <= once.capacity + 1 for once in ONCE)


def test_she_has_talk_to_catch_up_on(world: World) -> None:
    rooms = world.mara["rooms"]["data"]
    assert {room["kind"] for room in rooms} == {"club", "direct", "public", "team", "group"}
    unread = {room["title"]: room["unread"] for room in rooms}
    assert unread["Riverside FC"] > 0
    assert unread["Jonas Lind"] == 2
    assert unread["Leila Farahani"] == 0


def test_her_rooms_hold_a_poll_with_votes_pins_cards_reactions_and_a_program(world: World) -> None:
    said = world.mara["said"]
    poll = next(each for each in said["Lifts and ferries"] if each["card"])
    assert (poll["pinned"], sum(map(len, poll["card"]["data"]["votes"].values()))) == (True, 6)
    team = said["First team"]
    assert {each["card"]["kind"] for each in team if each["card"]} == {"event"}
    assert {each["source"] for each in team} == {"member", "hook"}
    assert any(each["card"] and each["card"]["kind"] == "pick" for each in said["Riverside FC"])
    assert any(each["reactions"] for each in said["Glove committee"])
    assert "Board" not in said


def test_her_notifications_hold_old_ones_read_and_new_ones_not(world: World) -> None:
    notes = world.mara["notifications"]["data"]
    assert {note["read"] for note in notes} == {True, False}
    fresh = {note["kind"] for note in notes if not note["read"]}
    assert {"message", "comment"} <= fresh
    assert all(note["at"] <= (world.now + timedelta(hours=1)).isoformat() for note in notes)


def test_the_leaderboard_has_a_shape(world: World) -> None:
    rows = world.mara["board"]["data"]
    assert len(rows) >= 10
    assert len({row["points"] for row in rows}) >= 8
    assert any(row["member"]["handle"] == "mara" for row in rows)


def test_there_are_matches_left_to_pick(world: World) -> None:
    assert any(not fixture["locked"] for fixture in world.mara["open_picks"]["data"])


def test_reels_can_be_watched_and_are_liked(world: World) -> None:
    reels = world.mara["reels"]["data"]
    assert len(reels) == SMALL.clips
    assert all(reel["state"] == "ready" and reel["video_url"] and reel["poster_url"] for reel in reels)
    assert sum(reel["likes"] for reel in reels) >= 4
    assert all(reel["created_at"] < world.now.isoformat() for reel in reels)


def test_some_badges_are_earned(world: World) -> None:
    assert 1 <= world.mara["badges"]["earned"] < len(world.mara["badges"]["badges"])


def test_for_you_knows_her_already(world: World) -> None:
    items = world.mara["for_you"]["data"]
    assert world.mara["for_you"]["degraded"] is None
    assert {item["type"] for item in items} >= {"post", "event", "reel", "pick"}
    assert all(item["reason"]["text"] for item in items if item["type"] != "post")


def test_clubs_she_is_not_in_keep_their_posts_to_themselves(world: World) -> None:
    assert {club_of(item) for item in world.mara["feed"]["data"]} <= {
        "riverside-fc", "night-runners", "boulder-collective",
    }  # fmt: skip


def test_the_operator_signs_in_too(world: World) -> None:
    assert world.operator["clubs"]["data"]


def test_production_wants_to_be_asked_twice() -> None:
    production = Settings.load(environment="production", secret_key="x" * 40)
    with pytest.raises(NotInProduction, match="--yes-demo-accounts"):
        check_allowed(production, yes_demo_accounts=False)
    check_allowed(production, yes_demo_accounts=True)
    check_allowed(Settings.load(environment="development"), yes_demo_accounts=False)


PLACEHOLDERS = re.compile(
    r"lorem|ipsum|\btodo\b|\btbd\b|xxx|asdf|\bfoo\b|placeholder|test user|example\.", re.IGNORECASE
)


def test_no_text_is_a_placeholder(world: World) -> None:
    assert not PLACEHOLDERS.findall(str(world.mara["feed"]) + str(world.mara["rooms"]) + str(world.mara["events"]))
