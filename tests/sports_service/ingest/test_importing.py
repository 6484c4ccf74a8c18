"""Importing: a document at a time, whole or not at all; twice is harmless; broken sources leave nothing behind."""

import json
import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from clubkit.errors import Outcome
from clubkit.testing.hub import Person
from sports_service.catalogue.models import TeamAliasRow
from sports_service.catalogue.naming import team_id
from sports_service.ingest import service
from sports_service.ingest.openfootball import OpenFootball
from sports_service.ingest.schemas import ImportReport
from tests.sports_service.conftest import answer

PLAYED = {"ht": [0, 0], "ft": [1, 0]}


def match(day: str, home: str = "Arsenal FC", away: str = "Chelsea FC", **more: Any) -> dict[str, Any]:
    return {"round": "Matchday 1", "date": day, "time": "15:00", "team1": home, "team2": away, **more}


def write(folder: Path, name: str, *matches: Any) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"name": name, "matches": matches}))
    return folder


def pack(folder: Path, archive: Path) -> Path:
    with tarfile.open(archive, "w:xz") as packed:
        packed.add(folder, arcname=".")
    return archive


@pytest.fixture
def take(sports: Any) -> Callable[..., Any]:
    async def take_in(path: Path, **options: Any) -> ImportReport:
        provider = OpenFootball(path, leagues=options.pop("leagues", None), seasons=options.pop("seasons", "newest"))
        report = await service.import_fixtures(sports.hub.works, provider, now=sports.now, **options)
        await sports.hub.settle(jobs=True)
        return report

    return take_in


async def board(person: Person, **query: Any) -> list[dict[str, Any]]:
    return (await answer(person.http.get("fixtures", params=query)))["data"]  # type: ignore[no-any-return]


async def test_a_season_becomes_fixtures_with_a_fact_each(sports: Any, anna: Person, take: Any, tmp_path: Path) -> None:
    write(
        tmp_path, "2025-26/en.1.json", match("2026-03-07", score=PLAYED), match("2026-03-21", "Everton FC", "Fulham FC")
    )
    report = await take(tmp_path)
    assert (report.documents, report.added, report.turned_away) == (1, 2, 0)
    first, second = await board(anna)
    assert (first["home"]["short"], first["status"], first["outcome"]) == ("Arsenal", "settled", "1")
    assert (second["league_name"], second["season_label"], second["locked"]) == ("Premier League", "2025-26", False)
    told = await sports.told("FixtureListed")
    assert {fact["fixture_id"] for fact in told} == {first["id"], second["id"]}


async def test_twice_is_harmless(sports: Any, anna: Person, take: Any, tmp_path: Path) -> None:
    write(tmp_path, "2025-26/en.1.json", match("2026-03-07", score=PLAYED))
    await take(tmp_path)
    before = await board(anna)
    assert (await take(tmp_path)).skipped == 1
    again = await take(tmp_path, again=True)
    assert (again.skipped, again.same, again.added, again.changed) == (0, 1, 0, 0)
    assert await board(anna) == before
    assert len(await sports.told("FixtureListed")) == 1


async def test_a_new_date_and_a_result_change_the_fixture_that_is_there(
    sports: Any, anna: Person, take: Any, tmp_path: Path
) -> None:
    write(tmp_path, "2025-26/en.1.json", match("2026-03-21"))
    await take(tmp_path)
    (before,) = await board(anna)
    await sports.pick(anna, before["id"], "1")
    write(tmp_path, "2025-26/en.1.json", match("2026-03-07", score=PLAYED))
    assert (await take(tmp_path)).changed == 1
    (after,) = await board(anna)
    assert (after["id"], after["version"], after["status"]) == (before["id"], 2, "settled")
    assert after["my_pick"]["points"] == 3


async def test_an_archive_a_folder_and_the_newest_season_of_it(sports: Any, take: Any, tmp_path: Path) -> None:
    folder = write(tmp_path / "all", "2024-25/en.1.json", match("2025-03-07", score=PLAYED))
    write(folder, "2025-26/es.1.json", match("2026-03-07", "A", "B", score=PLAYED))
    write(folder, "2025-26/xx.1.json", match("2026-03-07", "A", "B"))
    write(folder, "2025-26/en.cup.json", match("2026-03-07"))
    archive = pack(folder, tmp_path / "football.tar.xz")
    assert (await take(archive)).documents == 1
    assert (await take(archive, seasons=["2024-25", "2025-26"])).documents == 2
    assert (await take(folder, leagues=["es.1"])).documents == 1


async def test_entries_that_are_not_believed_are_kept_with_the_reason_for_operators(
    sports: Any, anna: Person, take: Any, tmp_path: Path
) -> None:
    write(tmp_path, "2025-26/en.1.json", match("2026-03-07", score=PLAYED), match("1999-01-01"), {"odd": True})
    report = await take(tmp_path)
    assert (report.added, report.turned_away) == (1, 2)
    assert (await answer(anna.http.get("admin/quarantine")))["code_"] == 403
    first = await answer(sports.admin.http.get("admin/quarantine", params={"limit": 1}))
    rest = await answer(sports.admin.http.get("admin/quarantine", params={"cursor": first["page"]["next"]}))
    kept = first["data"] + rest["data"]
    assert [(k["entry"], k["code"]) for k in kept] == [(1, "wrong_season"), (2, "no_team")]
    assert json.loads(kept[0]["raw"])["date"] == "1999-01-01"
    (taken,) = (await answer(sports.admin.http.get("admin/imports")))["data"]
    assert (taken["taken"], taken["turned_away"], len(taken["sha256"])) == (1, 2, 64)


async def test_a_corrected_document_clears_its_quarantine(sports: Any, take: Any, tmp_path: Path) -> None:
    write(tmp_path, "2025-26/en.1.json", match("1999-01-01"))
    await take(tmp_path)
    write(tmp_path, "2025-26/en.1.json", match("2026-03-21"))
    assert (await take(tmp_path)).added == 1
    assert (await answer(sports.admin.http.get("admin/quarantine")))["data"] == []


async def test_a_document_that_is_not_one_does_not_stop_the_others(sports: Any, take: Any, tmp_path: Path) -> None:
    write(tmp_path, "2025-26/es.1.json", match("2026-03-21", "A", "B"))
    (tmp_path / "2025-26" / "en.1.json").write_text("{ truncated")
    report = await take(tmp_path)
    assert (report.added, report.turned_away) == (1, 1)
    (kept,) = (await answer(sports.admin.http.get("admin/quarantine")))["data"]
    assert (kept["document"], kept["entry"], kept["code"]) == ("2025-26/en.1.json", -1, "not_json")


async def test_a_truncated_archive_is_refused_and_nothing_is_taken(
    sports: Any, anna: Person, take: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "all"
    for code in ("en.1", "es.1", "de.1"):
        write(folder, f"2025-26/{code}.json", *(match("2026-03-21", f"{code}{n}", f"x{n}") for n in range(50)))
    whole = pack(folder, tmp_path / "football.tar.xz").read_bytes()
    broken = tmp_path / "broken.tar.xz"
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Outcome) as refused:
        await take(broken)
    assert refused.value.code == "source_broken"
    assert await board(anna) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "source_missing"), (b"", "source_broken"), (b"not an archive", "source_broken")],
)
async def test_a_path_that_holds_no_data_is_refused(
    sports: Any, take: Any, tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "football.tar.xz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Outcome) as refused:
        await take(path)
    assert refused.value.code == code


async def test_an_archive_without_a_known_league_is_refused(sports: Any, take: Any, tmp_path: Path) -> None:
    with pytest.raises(Outcome) as refused:
        await take(pack(write(tmp_path / "all", "2025-26/xx.1.json", match("2026-03-21")), tmp_path / "a.tar.xz"))
    assert refused.value.code == "source_empty"


async def test_an_archive_that_unpacks_to_too_much_is_refused(sports: Any, take: Any, tmp_path: Path) -> None:
    archive = tmp_path / "bomb.tar.xz"
    with tarfile.open(archive, "w:xz") as packed:
        member = tarfile.TarInfo("2025-26/en.1.json")
        member.size = 6_000_000
        packed.addfile(member, BytesIO(b" " * member.size))
    with pytest.raises(Outcome) as refused:
        await take(archive)
    assert refused.value.code == "source_broken"


async def test_an_import_that_was_stopped_goes_on_where_it_was(
    sports: Any, anna: Person, take: Any, tmp_path: Path
) -> None:
    for code in ("en.1", "es.1", "de.1"):
        write(tmp_path, f"2025-26/{code}.json", match("2026-03-21", f"A {code}", f"B {code}"))
    seen: list[tuple[int, int, str]] = []

    async def full_disk_at_two(done: int, total: int, what: str) -> None:
        seen.append((done, total, what))
        if done == 2:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        await take(tmp_path, report=full_disk_at_two)
    assert seen == [(1, 3, "2025-26/en.1.json"), (2, 3, "2025-26/es.1.json")]
    assert len(await board(anna)) == 2
    report = await take(tmp_path)
    assert (report.skipped, report.added) == (2, 1)
    assert len(await board(anna)) == 3


async def test_a_document_whose_writing_fails_leaves_nothing_of_itself(
    sports: Any, anna: Person, take: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "2025-26/en.1.json", match("2026-03-21"))

    async def no_room(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(service.ImportStore, "take", no_room)
        with pytest.raises(OSError, match="No space"):
            await take(tmp_path)
    assert await board(anna) == []
    assert await sports.told("FixtureListed") == []
    assert (await take(tmp_path)).added == 1


async def test_two_spellings_of_a_team_can_be_one_team(sports: Any, anna: Person, take: Any, tmp_path: Path) -> None:
    write(tmp_path, "2025-26/en.1.json", match("2026-03-21"))
    await take(tmp_path)
    arsenal = team_id("openfootball", "England", "Arsenal FC")
    async with sports.hub.works.open() as work:
        work.session.add(
            TeamAliasRow(provider="openfootball", country="England", spelling="The Arsenal", team_id=arsenal)
        )
    write(tmp_path, "2025-26/en.1.json", match("2026-03-21", "The Arsenal"))
    assert (await take(tmp_path)).same == 1
    (fixture,) = await board(anna)
    assert fixture["home"]["name"] == "Arsenal FC"
