"""The Meetup RSVP research set, read by path. Never copied, never shipped."""

import csv
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from clubkit.ids import ClubId
from recommender.catalogue.schemas import Item, ItemId, Place
from recommender.evaluation.corpus import Corpus, Interaction

City = Literal["chicago", "sfo"]
WEIGHTS = {"yes": 1.0, "waitlist": 0.7, "watching": 0.5, "no": 0.0}


def corpus_of(folder: Path, city: City) -> Corpus:
    """A city's events and answers in the order of answering; rows of one second keep the order of the file.

    eventYesRSVPCount and the declared memberships know the future and are not read.
    """
    rows = sorted(_rows(folder / "rsvps.csv.gz", city), key=lambda row: int(row["rsvp_ts"]))
    items = {row["eventId"]: _event(row) for row in rows}
    places = {row["member"]: Place(float(row["memberLat"]), float(row["memberLon"])) for row in rows}
    answers = tuple(
        Interaction(row["member"], ItemId(row["eventId"]), WEIGHTS[row["rsvpResponse"]], float(row["rsvp_ts"]))
        for row in rows
    )
    return Corpus("event", tuple(items[key] for key in sorted(items)), answers, places)


def _rows(path: Path, city: City) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row["city"] == city)


def _event(row: dict[str, str]) -> Item:
    return Item(
        kind="event",
        id=ItemId(row["eventId"]),
        club_id=ClubId(row["groupId"]),
        starts_at=datetime.fromtimestamp(int(row["event_ts"]), UTC),
        place=Place(float(row["venueLat"]), float(row["venueLon"])),
        tags=(f"venue-{row['venueId']}",),
    )
