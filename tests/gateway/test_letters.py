"""`hub dlq`: what an operator does with facts that were put aside."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from clubkit.contracts.auth import MemberSignedOut
from clubkit.db.database import Database
from clubkit.db.models import ParkedRow
from clubkit.db.work import Works
from clubkit.ids import MemberId
from clubkit.log.letters import bury
from clubkit.log.port import Record
from clubkit.ports import Ports
from clubkit.settings import Settings
from gateway.main import app

Run = Callable[..., Result]
GROUP = "auth_service.accounts"


@pytest.fixture
def hub(own_data: Path) -> Run:
    """The command, on a data directory with three dead letters."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    assert run("migrate").exit_code == 0
    asyncio.run(with_works(put_aside))
    return run


async def with_works(call: Callable[[Works], object]) -> object:
    database = Database(Settings.load().sql_url)
    try:
        return await call(Works(database, Ports()))  # type: ignore[misc]
    finally:
        await database.close()


async def put_aside(works: Works) -> None:
    async with works.open() as work:
        for number, group in enumerate((GROUP, GROUP, "social_service.search")):
            fact = MemberSignedOut(member_id=MemberId(f"member-{number}"), session_id="s")
            at = datetime(2026, 1, 1, tzinfo=UTC)
            payload = fact.model_dump_json()
            record = Record(1, fact.fact_id, fact.topic, fact.key, fact.type_name(), payload, "", at)
            await bury(work, group, record, f"RuntimeError('no. {number}')")


async def waiting(works: Works) -> list[str]:
    async with works.reading() as work:
        return list(await work.session.scalars(select(ParkedRow.key)))


def test_the_list_names_number_group_fact_and_reason(hub: Run) -> None:
    listed = hub("dlq", "ls").output
    assert "MemberSignedOut.v1" in listed
    assert "RuntimeError('no. 2')" in listed
    assert len(hub("dlq", "ls", "--group", GROUP).output.splitlines()) == 3  # with the heading


def test_one_letter_is_shown_whole(hub: Run) -> None:
    shown = hub("dlq", "show", "2").output
    assert "member-1" in shown
    assert "session_id" in shown


def test_a_letter_that_is_not_there_is_refused_in_a_sentence(hub: Run) -> None:
    for words in (("show", "99"), ("replay", "99"), ("drop", "99")):
        refused = hub("dlq", *words)
        assert refused.exit_code == 1
        assert "no dead letter 99" in refused.output


def test_replayed_letters_wait_for_their_group_again(hub: Run) -> None:
    assert "2 handed back" in hub("dlq", "replay", "--group", GROUP).output
    assert asyncio.run(with_works(waiting)) == ["member-0", "member-1"]
    assert len(hub("dlq", "ls").output.splitlines()) == 2


def test_dropped_letters_are_gone(hub: Run) -> None:
    assert "1 dropped" in hub("dlq", "drop", "3").output
    assert "2 dropped" in hub("dlq", "drop", "--all").output
    assert "no dead letters" in hub("dlq", "ls").output
    assert asyncio.run(with_works(waiting)) == []


def test_nothing_is_done_to_all_by_forgetting_to_say_which(hub: Run) -> None:
    for verb in ("replay", "drop"):
        refused = hub("dlq", verb)
        assert refused.exit_code == 1
        assert "--all" in refused.output
    assert len(hub("dlq", "ls").output.splitlines()) == 4
