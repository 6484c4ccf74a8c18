"""Showing: calendars, the event's page and cards for other domains, in a constant number of queries."""

from typing import Any

import pytest

from clubkit.ids import new_id
from clubkit.testing.hub import Person
from social_service.clubs import service as clubs
from social_service.events import service


async def test_the_calendar_shows_my_clubs_and_where_i_answered(planning: Any, ben: Person) -> None:
    await planning.event(title="Ours")
    zed = await planning.social.member("Zed")
    club = await planning.social.found(zed, "Hill Runners")
    wish = {"starts_local": "2026-03-18T18:30:00", "tzid": "UTC", "visibility": "public"}
    path = f"clubs/{club['id']}/events"
    theirs = (await zed.http.post(path, json=wish | {"title": "Open run"})).json()["events"][0]
    await zed.http.post(path, json=wish | {"title": "Other run", "starts_local": "2026-03-18T19:30:00"})
    assert [each["title"] for each in await planning.dates(ben)] == ["Ours"]
    await planning.answer(ben, theirs)
    assert [each["title"] for each in await planning.dates(ben)] == ["Ours", "Open run"]
    assert [each["title"] for each in await planning.dates(ben, mine=True)] == ["Open run"]
    assert [each["title"] for each in await planning.dates(ben, club_id=club["slug"])] == ["Open run", "Other run"]


async def test_a_clubs_own_events_are_shown_to_its_members_alone(planning: Any) -> None:
    await planning.event(title="Board meeting")
    await planning.event(title="Open day", visibility="public")
    stranger = await planning.social.member("Zed")
    shown = await planning.dates(stranger, club_id=planning.club["id"])
    assert [each["title"] for each in shown] == ["Open day"]


async def test_the_calendar_holds_what_touches_the_range(planning: Any) -> None:
    await planning.event(starts_local="2026-03-17T23:00:00", duration_minutes=120)
    touched = {"from": "2026-03-17T23:30:00Z", "to": "2026-03-18T10:00:00Z"}
    over = {"from": "2026-03-18T00:00:00Z", "to": "2026-03-18T10:00:00Z"}
    before = {"from": "2026-03-17T00:00:00Z", "to": "2026-03-17T22:00:00Z"}
    assert [len(await planning.dates(**span)) for span in (touched, over, before)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-03-17T00:00:00Z", "2027-06-17T00:00:00Z"),
        ("2026-03-17T00:00:00Z", "2026-03-16T00:00:00Z"),
        ("2026-03-17T00:00:00Z", "2026-03-17T00:00:00Z"),
        ("2026-03-17T00:00:00", "2026-03-18T00:00:00"),
        ("spring", "2026-03-18T00:00:00Z"),
        ("2026-03-17T00:00:00Z", ""),
    ],
)
async def test_a_range_that_makes_no_sense_is_refused(planning: Any, since: str, until: str) -> None:
    refused = await planning.anna.http.get("events", params={"from": since, "to": until})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] in {"/from", "/to"}


async def test_the_page_tells_all_there_is_to_know(planning: Any, ben: Person) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=3", capacity=20, text="Bring water.", lat=52.5, lon=13.4)
    await planning.answer(ben, dates[1])
    page = await planning.page(dates[1], ben)
    assert (page["text"], page["host"]["name"], page["may_edit"]) == ("Bring water.", "Anna Berg", False)
    assert (page["previous"]["id"], page["next"]["id"]) == (dates[0]["id"], dates[2]["id"])
    assert (page["capacity"], page["going"], page["my_answer"]["answer"]) == (20, 1, "yes")
    assert page["series"]["summary"] == "Every Tuesday at 18:30, 3 times."
    assert (await planning.page(dates[0]))["previous"] is None
    assert (await planning.page(dates[2]))["next"] is None
    assert (await planning.page(dates[0]))["may_edit"] is True


async def test_a_cancelled_date_is_stepped_over(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=3")
    await planning.cancel(dates[1])
    assert (await planning.page(dates[0]))["next"]["id"] == dates[2]["id"]


async def test_the_page_shows_the_first_twelve_who_are_going(planning: Any) -> None:
    event = await planning.event(visibility="public")
    for number in range(14):
        await planning.answer(planning.hub.person(new_id(), f"p{number}", f"P {number}"), event)
    assert len((await planning.page(event))["coming"]) == 12


async def test_the_etag_of_the_page_is_what_an_edit_is_made_on(planning: Any) -> None:
    event = await planning.event()
    response = await planning.anna.http.get(f"events/{event['id']}")
    edited = await planning.anna.http.patch(
        f"events/{event['id']}", json={"title": "x"}, headers={"If-Match": response.headers["ETag"]}
    )
    assert edited.status_code == 200


async def test_cards_come_in_the_order_asked_without_what_may_not_be_seen(planning: Any, ben: Person) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=4")
    open_day = await planning.event(visibility="public")
    stranger = await planning.social.member("Zed")
    asked = [open_day["id"], new_id(), dates[2]["id"], dates[0]["id"]]
    async with planning.hub.works.reading() as work:
        hers = await service.cards(work, await clubs.viewer(work, ben.id), asked)
        his = await service.cards(work, await clubs.viewer(work, stranger.id), asked)
    assert [card.id for card in hers] == [open_day["id"], dates[2]["id"], dates[0]["id"]]
    assert [card.id for card in his] == [open_day["id"]]


@pytest.mark.parametrize("count", [1, 10])
async def test_lists_take_the_same_queries_however_many_events_there_are(
    planning: Any, ben: Person, statements: Any, count: int
) -> None:
    dates = await planning.series(rrule=f"FREQ=WEEKLY;COUNT={count}", capacity=1)
    for date in dates:
        await planning.answer(planning.anna, date)
        await planning.answer(ben, date)
    async with planning.hub.works.reading() as work:
        viewer = await clubs.viewer(work, ben.id)
        with statements() as seen:
            cards = await service.cards(work, viewer, [date["id"] for date in dates])
    assert [card.my_answer.position for card in cards if card.my_answer] == [1] * count
    assert len(seen) == 4
    with statements() as seen:
        await planning.dates(ben)
    assert len(seen) == 5  # her clubs, the events, her answers, her places in line, the clubs' names
    with statements() as seen:
        await planning.page(dates[0], ben)
    assert len(seen) == 10


async def test_what_is_new_is_one_date_per_series_newest_first(planning: Any) -> None:
    series = await planning.series(rrule="FREQ=WEEKLY;COUNT=4", title="Series")
    planning.later(minutes=1)
    single = await planning.event(title="Single")
    gone = await planning.event(title="Called off")
    await planning.cancel(gone)
    club = planning.club["id"]
    async with planning.hub.works.reading() as work:
        first = await service.recent_ids(work, [club], None, 1)
        rest = await service.recent_ids(work, [club], first[-1], 10)
        nothing = await service.recent_ids(work, [], None, 10)
    assert [event_id for _, event_id in first + rest] == [single["id"], series[0]["id"]]
    assert nothing == []


async def test_other_domains_learn_who_answered(planning: Any, ben: Person, cleo: Person) -> None:
    event = await planning.event()
    await planning.answer(ben, event)
    await planning.answer(cleo, event, "no")
    async with planning.hub.works.reading() as work:
        assert await service.audience(work, [event["id"]]) == {event["id"]: [ben.id]}
        assert await service.audience(work, [event["id"]], ("no",)) == {event["id"]: [cleo.id]}


async def test_everything_can_be_told_again_for_a_rebuild(planning: Any) -> None:
    dates = await planning.series(rrule="FREQ=WEEKLY;COUNT=5")
    await planning.cancel(dates[4])
    told, last = [], ""
    async with planning.hub.works.reading() as work:
        while facts := await service.all_after(work, last, 2):
            told += facts
            last = facts[-1].event_id
    assert sorted(fact.event_id for fact in told) == sorted(date["id"] for date in dates[:4])
