"""Reading openfootball's seasons: which entries we believe, and why not the others.

Habits of the source: `score` may be absent, `{}`, without `ht`, with `et` and `p` after extra time, a bare pair in old
files, or `score1`/`score2`; `time` may be absent; `status` may say postponed, cancelled, abandoned or awarded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from pydantic import ValidationError

from sports_service.catalogue.listing import Entry, State
from sports_service.catalogue.schemas import Score
from sports_service.ingest.models import TurnedAway

MATCH_LASTS = timedelta(hours=2)
LONGEST_NAME = 80
LONGEST_ROUND = 60
MOST_ENTRIES = 2_000
_PLACEHOLDERS = {"n.n.", "tbd", "tba", "?"}
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")


class NotBelievedError(Exception):
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a season: its zone and days, the moment of reading, and a demo's shift."""

    tzid: str
    first_day: date
    last_day: date
    now: datetime
    shift_weeks: int = 0
    hold_results: bool = False


def matches_of(raw: bytes) -> list[Any]:
    """The entries of a document. Raises NotBelievedError when it is not one."""
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as broken:
        raise NotBelievedError("not_json", f"The document is not JSON: {broken}.") from None
    matches = document.get("matches") if isinstance(document, Mapping) else None
    if not isinstance(matches, list) or not matches:
        raise NotBelievedError("no_matches", "The document has no list of matches.")
    if len(matches) > MOST_ENTRIES:
        raise NotBelievedError("too_many", f"The document has {len(matches)} matches; no season has that many.")
    return matches


def read_matches(matches: list[Any], reading: Reading) -> tuple[list[Entry], list[TurnedAway]]:
    """Every match, either believed or turned away with the reason; the second of two alike is turned away."""
    entries: dict[tuple[str, str, str], Entry] = {}
    turned_away = []
    for place, raw in enumerate(matches):
        try:
            entry = read_match(raw, reading)
        except NotBelievedError as doubt:
            turned_away.append(TurnedAway(place, doubt.code, doubt.reason, _kept(raw)))
            continue
        if entries.setdefault((entry.round, entry.home, entry.away), entry) is not entry:
            turned_away.append(TurnedAway(place, "twice", "This match is in the document twice.", _kept(raw)))
    return list(entries.values()), turned_away


def read_match(raw: Any, reading: Reading) -> Entry:
    """Raises NotBelievedError."""
    if not isinstance(raw, Mapping):
        raise NotBelievedError("not_a_match", "This entry is not a match.")
    home, away = _team(raw.get("team1")), _team(raw.get("team2"))
    if home == away:
        raise NotBelievedError("one_team", f"{home} cannot play against itself.")
    day = _day(raw.get("date"), reading)
    kickoff_at, time_known = _kickoff(day, raw.get("time"), reading)
    full, half = _scores(raw)
    status = _status(raw.get("status"), full)
    if status == "settled" and kickoff_at + MATCH_LASTS > reading.now:
        if not reading.hold_results:
            raise NotBelievedError("score_from_the_future", "There is a score, but the match cannot be over yet.")
        status, full, half = "scheduled", None, None
    return Entry(_round(raw), home, away, _state(status, kickoff_at, time_known, full, half))


def _state(status: str, kickoff_at: datetime, time_known: bool, full: Score | None, half: Score | None) -> State:
    if status != "settled" or full is None:
        return State(status, kickoff_at, time_known)
    if half is None:
        return State(status, kickoff_at, time_known, full.home, full.away)
    return State(status, kickoff_at, time_known, full.home, full.away, half.home, half.away)


def _team(name: Any) -> str:
    if not isinstance(name, str) or not (name := " ".join(name.split())):
        raise NotBelievedError("no_team", "A team's name is missing.")
    if name.lower() in _PLACEHOLDERS:
        raise NotBelievedError("team_open", "It is not known yet who plays.")
    if len(name) > LONGEST_NAME:
        raise NotBelievedError("long_name", "A team's name is longer than any we know.")
    return name


def _round(raw: Mapping[str, Any]) -> str:
    name = raw.get("round") or raw.get("stage")
    if not isinstance(name, str) or not name.strip():
        raise NotBelievedError("no_round", "The round is missing.")
    return " ".join(name.split())[:LONGEST_ROUND]


def _day(text: Any, reading: Reading) -> date:
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError):
        raise NotBelievedError("bad_date", f"{str(text)[:40]!r} is not a date.") from None
    if not reading.first_day <= day <= reading.last_day:
        raise NotBelievedError("wrong_season", f"{day} is not in this season.")
    return day + timedelta(weeks=reading.shift_weeks)


def _kickoff(day: date, text: Any, reading: Reading) -> tuple[datetime, bool]:
    """Without a time the match locks as its day begins: too early is fair, too late is not."""
    known = text is not None
    hour, minute = 0, 0
    if known:
        found = _TIME.fullmatch(text) if isinstance(text, str) else None
        hour, minute = (int(found[1]), int(found[2])) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise NotBelievedError("bad_time", f"{str(text)[:40]!r} is not a time of day.")
    local = datetime.combine(day, time(hour, minute), ZoneInfo(reading.tzid))
    return local.astimezone(UTC), known


def _scores(raw: Mapping[str, Any]) -> tuple[Score | None, Score | None]:
    """The scores after 90 minutes and at half time."""
    told = raw.get("score")
    if told is None and "score1" in raw:
        told = [raw.get("score1"), raw.get("score2")]
        told = None if told == [None, None] else told
    if not isinstance(told, Mapping):
        return _pair(told), None
    full, half = _pair(told.get("ft")), _pair(told.get("ht"))
    if full is None and (told.get("et") or told.get("p")):
        raise NotBelievedError("no_full_time", "The score after 90 minutes is missing.")
    if full and half and (half.home > full.home or half.away > full.away):
        raise NotBelievedError("half_over_full", "There are more goals at half time than at the end.")
    return full, half


def _pair(told: Any) -> Score | None:
    if told is None:
        return None
    if not isinstance(told, list) or len(told) != 2 or not all(type(goals) is int for goals in told):
        raise NotBelievedError("bad_score", f"{str(told)[:40]} is not a score.")
    try:
        return Score(home=told[0], away=told[1])
    except ValidationError:
        raise NotBelievedError("bad_score", f"{told[0]}:{told[1]} is out of range.") from None


def _status(told: Any, full: Score | None) -> str:
    match told:
        case None:
            return "settled" if full else "scheduled"
        case "awarded":
            if full is None:
                raise NotBelievedError("no_full_time", "The match was awarded, but not to whom.")
            return "settled"
        case "postponed":
            return "settled" if full else "postponed"
        case "cancelled" | "abandoned":
            return "void"
    raise NotBelievedError("bad_status", f"{str(told)[:40]!r} is not a status we know.")


def _kept(raw: Any) -> str:
    return orjson.dumps(raw, option=orjson.OPT_SORT_KEYS).decode()[:2_000]
