"""openfootball's football.json: an archive, a folder, or our own bundle of seasons, read by path.

Public domain (CC0 1.0), https://github.com/openfootball/football.json.
"""

import gzip
import lzma
import re
import tarfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal, Protocol

import orjson

from sports_service.ingest.errors import SourceBroken, SourceEmpty, SourceMissing
from sports_service.ingest.models import Document, TurnedAway
from sports_service.ingest.openfootball_leagues import BIG_FIVE, LEAGUES
from sports_service.ingest.openfootball_parsing import NotBelievedError, Reading, matches_of, read_matches
from sports_service.ingest.port import Parsed

LARGEST = 5_000_000
"""Bytes of one season; the largest known is 140 kB."""
_DOCUMENT = re.compile(r"(?:^|/)(?P<season>\d{4}(?:-\d{2})?)/(?P<league>[a-z]{2,3}\.\d)\.json$")


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class OpenFootball:
    """Seasons under `path`: of `leagues` (None: all we know), by default the newest season there."""

    name = "openfootball"

    def __init__(
        self,
        path: Path,
        *,
        leagues: Collection[str] | None = BIG_FIVE,
        seasons: Collection[str] | Literal["newest", "all"] = "newest",
    ) -> None:
        self._path = path
        self._leagues = frozenset(LEAGUES if leagues is None else leagues)
        self._seasons: frozenset[str] | str = seasons if isinstance(seasons, str) else frozenset(seasons)

    def documents(self) -> Sequence[Document]:
        """Newest season last, leagues in their order; all read before any is used, so a broken archive adds nothing."""
        if not self._path.exists():
            raise SourceMissing(str(self._path))
        try:
            found = {name: raw for name, raw in self._files() if self._wanted(name)}
        except (OSError, EOFError, lzma.LZMAError, tarfile.TarError, zlib.error, ValueError) as broken:
            raise SourceBroken(self._path.name, str(broken) or type(broken).__name__) from None
        if self._seasons == "newest":
            newest = max((_parts(name)[0] for name in found), default="")
            found = {name: raw for name, raw in found.items() if _parts(name)[0] == newest}
        if not found:
            raise SourceEmpty(self._path.name)
        order = sorted(found, key=lambda name: (_parts(name)[0], LEAGUES[_parts(name)[1]].position))
        return [Document(name, found[name]) for name in order]

    def parse(self, document: Document, *, now: datetime, shift_weeks: int = 0, hold_results: bool = False) -> Parsed:
        season, code = _parts(document.name)
        league = LEAGUES[code]
        first_day, last_day = season_days(season)
        reading = Reading(league.tzid, first_day, last_day, now, shift_weeks, hold_results)
        try:
            entries, turned_away = read_matches(matches_of(document.raw), reading)
        except NotBelievedError as doubt:
            start = document.raw[:200].decode(errors="replace")
            return Parsed(None, season, (), (TurnedAway(-1, doubt.code, doubt.reason, start),))
        return Parsed(league if entries else None, season, entries, turned_away)

    def _wanted(self, name: str) -> bool:
        season, code = _parts(name)
        return code in self._leagues and code in LEAGUES and (isinstance(self._seasons, str) or season in self._seasons)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        """(season/league.json, content) of every file that is named like a season."""
        if self._path.is_dir():
            yield from self._in_folder()
        elif self._path.name.endswith(".json.gz"):
            yield from self._in_bundle()
        else:
            yield from self._in_archive()

    def _in_folder(self) -> Iterator[tuple[str, bytes]]:
        for file in sorted(self._path.glob("*/*.json")):
            name = f"{file.parent.name}/{file.name}"
            if _DOCUMENT.search(name):
                with file.open("rb") as opened:
                    yield name, _bounded(opened, name)

    def _in_archive(self) -> Iterator[tuple[str, bytes]]:
        with tarfile.open(self._path, "r:*") as archive:
            for member in archive:
                found = _DOCUMENT.search(member.name)
                if found and member.isfile() and (opened := archive.extractfile(member)):
                    yield found[0].lstrip("/"), _bounded(opened, member.name)

    def _in_bundle(self) -> Iterator[tuple[str, bytes]]:
        with gzip.open(self._path) as opened:
            seasons = orjson.loads(_bounded(opened, self._path.name))["seasons"]
        for name, season in seasons.items():
            if _DOCUMENT.search(name):
                yield name, orjson.dumps(season)


def season_days(season: str) -> tuple[date, date]:
    """The days a season may have, with room for one that began early or was drawn out (2019-20)."""
    year = int(season[:4])
    if "-" in season:
        return date(year, 6, 1), date(year + 1, 9, 30)
    return date(year, 1, 1), date(year + 1, 2, 28)


def _parts(name: str) -> tuple[str, str]:
    found = _DOCUMENT.search(name)
    if found is None:
        raise ValueError(f"{name} is not named like a season")
    return found["season"], found["league"]


def _bounded(opened: Readable, name: str) -> bytes:
    raw = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise ValueError(f"{name} is larger than any season")
    return raw
