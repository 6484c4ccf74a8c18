"""Search over everything, and only what one may see: as the clubs are in this very moment."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.cache.limits import Rate
from clubkit.testing.hub import Person
from tests.social_service.counting import queries_of
from tests.social_service.feed.conftest import Home


async def find(social: Any, who: Person, q: str, **query: Any) -> list[tuple[str, str]]:
    """(kind, title) of what is found once the log is quiet."""
    await social.hub.settle()
    return [(hit["kind"], hit["title"]) for hit in (await social.get(who, "search", q=q, **query))["data"]]


async def suggested(social: Any, who: Person, q: str) -> dict[str, list[str]]:
    await social.hub.settle()
    groups = (await social.get(who, "search/suggest", q=q))["groups"]
    return {group["kind"]: [s["title"] for s in group["suggestions"]] for group in groups}


@pytest.fixture
async def home(social: Any) -> Home:
    return Home(social)


async def test_members_clubs_events_posts_and_reels_are_found(
    social: Any, home: Home, anna: Person, ben: Person
) -> None:
    club = await social.found(anna, "Floodlight Runners", about="We run at night")
    await social.join(ben, club)
    event = await home.event(anna, club, "Floodlight intervals")
    post = await social.post(anna, "The floodlight is back on.", club_id=club["id"])
    await ben.http.patch("me", json={"name": "Ben Floodlight"})
    await social.hub.settle()
    hits = {hit["kind"]: hit for hit in (await social.get(ben, "search", q="floodlight"))["data"]}
    assert set(hits) == {"person", "club", "event", "post"}
    assert hits["club"]["link"] == "/c/floodlight-runners"
    assert (hits["event"]["id"], hits["event"]["link"]) == (event["id"], f"/e/{event['id']}")
    assert hits["event"]["starts_at"] == event["starts_at"]
    assert (hits["post"]["link"], hits["post"]["person"]["name"]) == (f"/p/{post['id']}", "Anna Berg")
    assert hits["post"]["club"]["name"] == "Floodlight Runners"
    assert hits["person"]["link"] == f"/m/{ben.handle}"


async def test_a_half_written_word_suggests_titles(social: Any, home: Home, anna: Person) -> None:
    club = await social.found(anna, "Harbour Rowers")
    await home.event(anna, club, "Harbour regatta")
    await social.found(anna, "Night Runners")
    assert await suggested(social, anna, "harb") == {"club": ["Harbour Rowers"], "event": ["Harbour regatta"]}
    assert await suggested(social, anna, "ann") == {"person": ["Anna Berg"]}


async def test_what_is_for_a_club_is_found_by_its_members_only(
    social: Any, home: Home, anna: Person, ben: Person
) -> None:
    club = await social.found(anna)
    await social.post(anna, "secret handshake", club_id=club["id"])
    await social.post(anna, "public handshake", club_id=club["id"], visibility="public")
    await home.event(anna, club, "Handshake training")
    assert await find(social, ben, "handshake") == [("post", "public handshake")]
    assert "event" not in await suggested(social, ben, "handsh")
    assert len(await find(social, anna, "handshake")) == 3


async def test_leaving_a_club_shows_in_the_very_next_search(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    await social.post(anna, "secret handshake", club_id=club["id"])
    assert await find(social, ben, "handshake") != []
    await social.leave(ben, club)
    answer = await social.get(ben, "search", q="handshake")  # the log has not moved since
    assert (answer["data"], answer["total"], answer["counts"]) == ([], 0, {})
    assert (await social.get(ben, "search/suggest", q="hands"))["groups"] == []


async def test_joining_a_club_opens_its_past(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.post(anna, "secret handshake", club_id=club["id"])
    await social.hub.settle()
    await social.join(ben, club)
    assert (await social.get(ben, "search", q="handshake"))["total"] == 1


async def test_an_edit_is_found_by_its_new_words_only(social: Any, anna: Person) -> None:
    post = await social.post(anna, "yesterday")
    await social.hub.settle()
    await anna.http.patch(f"posts/{post['id']}", json={"text": "tomorrow"}, headers={"If-Match": '"v1"'})
    assert await find(social, anna, "yesterday") == []
    assert await find(social, anna, "tomorrow") == [("post", "tomorrow")]


async def test_what_was_taken_down_is_found_no_more(social: Any, home: Home, anna: Person) -> None:
    club = await social.found(anna, "Shortlived Chess")
    post = await social.post(anna, "shortlived post", club_id=club["id"])
    event = await home.event(anna, club, "Shortlived event")
    assert len(await find(social, anna, "shortlived")) == 3
    await anna.http.delete(f"posts/{post['id']}")
    tag = {"If-Match": f'"v{event["version"]}"'}
    assert (await anna.http.post(f"events/{event['id']}/cancel", json={}, headers=tag)).status_code == 200
    assert await find(social, anna, "shortlived") == [("club", "Shortlived Chess")]
    await anna.http.delete(f"clubs/{club['id']}")
    assert await find(social, anna, "shortlived") == []


async def test_a_season_is_one_hit_that_leads_to_its_next_date(social: Any, home: Home, anna: Person) -> None:
    club = await social.found(anna)
    await home.event(anna, club, "Tuesday intervals", rrule="FREQ=WEEKLY;COUNT=10", starts_local="2026-03-17T18:30:00")
    assert await find(social, anna, "intervals") == [("event", "Tuesday intervals")]
    social.hub.clock.advance(timedelta(days=14))
    (hit,) = (await social.get(anna, "search", q="intervals"))["data"]
    assert hit["starts_at"] == "2026-03-31T16:30:00Z"


async def test_a_season_with_one_date_cancelled_is_still_found(social: Any, home: Home, anna: Person) -> None:
    club = await social.found(anna)
    event = await home.event(anna, club, "Tuesday intervals", rrule="FREQ=WEEKLY;COUNT=10")
    tag = {"If-Match": f'"v{event["version"]}"'}
    response = await anna.http.post(f"events/{event['id']}/cancel", params={"scope": "this"}, json={}, headers=tag)
    assert response.status_code == 200, response.text
    assert await find(social, anna, "intervals") == [("event", "Tuesday intervals")]
    (hit,) = (await social.get(anna, "search", q="intervals"))["data"]
    assert hit["id"] != event["id"]


async def test_a_renamed_season_is_found_by_its_new_name_only(social: Any, home: Home, anna: Person) -> None:
    club = await social.found(anna)
    event = await home.event(anna, club, "Tuesday intervals", rrule="FREQ=WEEKLY;COUNT=4")
    await social.hub.settle()
    tag = {"If-Match": f'"v{event["version"]}"'}
    edited = await anna.http.patch(
        f"events/{event['id']}", params={"scope": "all"}, json={"title": "Hill repeats"}, headers=tag
    )
    assert edited.status_code == 200, edited.text
    assert await find(social, anna, "intervals") == []
    assert await find(social, anna, "repeats") == [("event", "Hill repeats")]


async def test_kinds_and_a_club_narrow_it_down_and_counts_stay(social: Any, home: Home, anna: Person) -> None:
    club, other = await social.found(anna, "Goal"), await social.found(anna, "Other")
    await social.post(anna, "goal here", club_id=club["id"])
    await social.post(anna, "goal there", club_id=other["id"])
    assert await find(social, anna, "goal", kinds=["post"], club="goal") == [("post", "goal here")]
    page = await social.get(anna, "search", q="goal", kinds=["club"])
    assert (page["counts"], [hit["kind"] for hit in page["data"]]) == ({"club": 1, "post": 2}, ["club"])


async def test_page_by_page_everything_comes_once(social: Any, anna: Person) -> None:
    for n in range(7):
        await social.post(anna, f"goal number {n}")
    await social.hub.settle()
    titles: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await social.get(anna, "search", q="goal", limit=3, **cursor)
        titles += [hit["title"] for hit in page["data"]]
        if page["page"]["next"] is None:
            break
        cursor = {"cursor": page["page"]["next"]}
    assert sorted(titles) == [f"goal number {n}" for n in range(7)]


async def test_typing_errors_are_forgiven_and_said(social: Any, anna: Person) -> None:
    await social.found(anna, "Boulder Collective")
    await social.hub.settle()
    page = await social.get(anna, "search", q="boudler")
    assert ([hit["title"] for hit in page["data"]], page["guessed"]) == (["Boulder Collective"], True)


async def test_a_name_is_shown_as_it_is_now(social: Any, anna: Person, ben: Person) -> None:
    await social.post(anna, "first goal")
    await social.hub.settle()
    await anna.http.patch("me", json={"name": "Anna Renamed"})
    (hit,) = (await social.get(ben, "search", q="goal"))["data"]
    assert hit["person"]["name"] == "Anna Renamed"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "invalid"),
        ({"q": ""}, "invalid"),
        ({"q": "x" * 401}, "invalid"),
        ({"q": "x", "kinds": "message"}, "invalid"),
        ({"q": "x", "limit": 101}, "invalid"),
        ({"q": "x", "cursor": "garbage"}, "bad_cursor"),
    ],
)
async def test_what_is_wrong_with_a_question_is_said(anna: Person, query: dict[str, Any], code: str) -> None:
    response = await anna.http.get("search", params=query)
    assert (response.status_code, response.json()["code"]) == (422, code)


@pytest.mark.parametrize("q", ['"', "AND", "title:(", "*", "a OR", "\\", "🥅", "-", "  a  "])
async def test_signs_are_words_and_not_a_language(social: Any, anna: Person, q: str) -> None:
    for path in ("search", "search/suggest"):
        assert (await anna.http.get(path, params={"q": q})).status_code == 200


async def test_the_queries_do_not_grow_with_the_hits(social: Any, home: Home, anna: Person) -> None:
    club = await social.found(anna)
    costs = []
    for many in (1, 6):
        for n in range(many):
            await social.post(anna, f"goal {n}", club_id=club["id"])
            await home.event(anna, club, f"goal {n}")
        await social.hub.settle()
        async with queries_of(social.hub) as queries:
            assert len((await social.get(anna, "search", q="goal", limit=50))["data"]) >= 2 * many
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


async def test_nobody_searches_without_a_pause(anna: Person, ben: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("social_service.search.api.SEARCH_RATE", Rate(2, per=3600))
    answers = [await anna.http.get(path, params={"q": "a"}) for path in ("search", "search/suggest", "search")]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 3600
    assert (await ben.http.get("search", params={"q": "a"})).status_code == 200
