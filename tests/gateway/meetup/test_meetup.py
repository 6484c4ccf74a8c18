"""Real RSVPs come in through the rules: once, in order, resumable, or refused with a sentence."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from clubkit.db.models import OutboxRow
from clubkit.errors import StorageFull
from gateway.embedded import SERVICES
from gateway.meetup import loading
from gateway.meetup.loading import Imported, load
from gateway.meetup.reading import BrokenMeetupData, NoMeetupData, read, whole_weeks_to

HEADER = (
    "city,member,memberLat,memberLon,eventId,event_ts,eventYesRSVPCount,groupId,venueId,venueLat,venueLon,"
    "rsvp_ts,rsvpResponse,rsvpRating"
)
MARCH = int(datetime(2016, 3, 1, tzinfo=UTC).timestamp())
DAY = 86_400


def row(member: int, event: str, group: int, *, day: int, answer: str = "yes", city: str = "sfo") -> str:
    at, when = MARCH + day * DAY, MARCH + 70 * DAY
    return f"{city},{member},37.77,-122.4,{event},{when},9,{group},1,37.78,-122.38,{at},{answer},1"


def write(folder: Path, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    with gzip.open(folder / "rsvps.csv.gz", "wt") as file:
        file.write("\n".join([HEADER, *rows]) + "\n")
    return folder


SMALL = (
    row(1, "a", 10, day=3),
    row(2, "a", 10, day=1),
    row(3, "b", 20, day=2, answer="no"),
    row(1, "b", 20, day=4, answer="waitlist"),
    row(1, "c", 10, day=5, city="chicago"),
)


async def quiet(_done: float, _stage: str) -> None:
    """Tells nobody."""


async def counts(hub: Any) -> dict[str, int]:
    async with hub.works.reading() as work:
        rows = await work.session.execute(select(OutboxRow.type, func.count()).group_by(OutboxRow.type))
        return {str(kind): int(number) for kind, number in rows}


def test_rows_come_oldest_first(tmp_path: Path) -> None:
    assert [r.member for r in read(write(tmp_path / "m", *SMALL))] == ["2", "3", "1", "1", "1"]


def test_the_same_number_in_another_city_is_another_thing(tmp_path: Path) -> None:
    ids = {r.id_of("member") for r in read(write(tmp_path / "m", *SMALL)) if r.member == "1"}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (row(1, "a", 1, day=1, answer="perhaps"), "perhaps"),
        (row(1, "a", 1, day=1).replace("37.77", "137.77"), "no place on earth"),
        (row(1, "a", 1, day=1, city="atlantis"), "atlantis"),
        ("sfo,1", "not an RSVP"),
    ],
)
def test_a_broken_row_is_named_by_its_line(tmp_path: Path, broken: str, why: str) -> None:
    with pytest.raises(BrokenMeetupData, match=r"Line 3") as refused:
        read(write(tmp_path / "m", SMALL[0], broken))
    assert why in refused.value.detail


def test_a_torn_file_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "m", *(row(n, "a", 1, day=1) for n in range(400)))
    whole = (folder / "rsvps.csv.gz").read_bytes()
    (folder / "rsvps.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenMeetupData, match="in the middle"):
        read(folder)
    with pytest.raises(NoMeetupData):
        read(tmp_path / "nothing")


def test_the_past_moves_by_whole_weeks() -> None:
    assert whole_weeks_to(datetime(2016, 5, 6, 9, tzinfo=UTC)) == timedelta(weeks=1)


async def test_rsvps_become_members_clubs_events_and_answers_in_the_log(make_hub: Any, tmp_path: Path) -> None:
    hub = await make_hub(*SERVICES)
    done = await load(hub.works, read(write(tmp_path / "m", *SMALL)), tmp_path / "mark", shift=True, report=quiet)
    assert done == Imported(members=4, clubs=3, events=3, answers=5)
    await hub.settle()
    told = await counts(hub)
    assert told["EventScheduled.v1"] == 3
    assert told["MemberInteracted.v1"] >= 5
    found = await (await hub.member("Anna")).http.get("search", params={"q": "San Francisco group 10"})
    assert found.json()["data"]


async def test_twice_changes_nothing(make_hub: Any, tmp_path: Path) -> None:
    hub = await make_hub(*SERVICES)
    rsvps = read(write(tmp_path / "m", *SMALL))
    await load(hub.works, rsvps, tmp_path / "mark", shift=True, report=quiet)
    before = await counts(hub)
    assert await load(hub.works, rsvps, tmp_path / "mark", shift=True, report=quiet) == Imported()
    (tmp_path / "mark").unlink()
    assert await load(hub.works, rsvps, tmp_path / "mark", shift=True, report=quiet) == Imported()
    assert await counts(hub) == before


async def test_a_stopped_import_goes_on_where_it_was(
    make_hub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    hub = await make_hub(*SERVICES)
    rsvps = read(write(tmp_path / "m", *SMALL))

    async def stop(done: float, _stage: str) -> None:
        if done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load(hub.works, rsvps, tmp_path / "mark", shift=True, report=stop)
    hub.clock.advance(timedelta(weeks=3))
    rest = await load(hub.works, rsvps, tmp_path / "mark", shift=True, report=quiet)
    assert rest.answers == 1


async def test_a_full_disk_ends_the_import_with_nothing_half_written(make_hub: Any, tmp_path: Path) -> None:
    hub = await make_hub(*SERVICES)
    many = [row(n, f"e{n}", n, day=1) for n in range(400)]
    rsvps = read(write(tmp_path / "m", *many))
    before = await counts(hub)
    async with hub.works.database.engine.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
    await hub.works.database.close()
    limit_pages(hub.works.database, pages + 4)
    with pytest.raises(StorageFull, match="no room left"):
        await load(hub.works, rsvps, tmp_path / "mark", shift=True, report=quiet)
    assert await counts(hub) == before
    assert not (tmp_path / "mark").exists()


def limit_pages(database: Any, pages: int) -> None:
    """The disk has room for so many pages of the database and no more."""

    @event.listens_for(database.engine.sync_engine, "connect")
    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")
