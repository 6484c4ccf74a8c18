"""The drill on real servers: a hub in parts is copied, lost, and itself again; one that lived on SQLite grows up."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from auth_service.accounts.admin import create_admin
from clubkit.blobs.port import Blobs
from clubkit.cache import Redis
from clubkit.contracts.social import ProfileChanged
from clubkit.db.models import DeadLetterRow, JobRow
from clubkit.db.work import Works
from clubkit.documents.port import Documents
from clubkit.ids import MemberId
from clubkit.log.relay import Relay
from clubkit.ports import Ports
from clubkit.settings import Settings
from gateway.at_hand import at_hand
from gateway.backup import making, tables
from gateway.backup.errors import HubNotEmpty, OtherMessages
from gateway.backup.making import make_backup
from gateway.backup.restoring import restore_backup
from tools.servers.borrowing import Servers

pytestmark = pytest.mark.servers

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
MESSAGE = {"_id": "1", "room_id": "r", "seq": 7, "author_id": "a", "body": "Grüße", "at": NOW}


def in_parts(servers: Servers, folder: Path, **given: Any) -> Settings:
    return Settings.load(
        environment="test", data_dir=folder, secret_key="a secret of this hub", database_url=servers.postgres(),
        redis_url=servers.redis(), log_url=servers.kafka(), messages_url=servers.mongo(), **given,
    )  # fmt: skip


def embedded(folder: Path) -> Settings:
    return Settings.load(environment="test", data_dir=folder, sqlite_synchronous="normal")


async def live_a_little(ports: Ports) -> None:
    """Someone signs up and is signed in, a picture is kept, a fact and a job wait, one fact was put aside."""
    await create_admin(ports[Works], "olga@club.test", "Olga Berg", PASSWORD)
    picture = ports[Blobs].scratch() / "picture"
    picture.write_bytes(b"a picture" * 1000)
    await ports[Blobs].put(picture, kind="image", suffix=".webp")
    await ports[Redis].set("auth:session:1", b"\x00signed in\xff", px=3_600_000)
    letter = {"group": "g", "fact_id": "f", "topic": "t", "key": "k", "type": "T.v1", "payload": "{}", "reason": "why"}
    async with ports[Works].open() as work:
        work.publish(ProfileChanged(member_id=MemberId("anna"), handle="anna", name="Anna", hue=1))
        work.schedule("auth.clear_up")
        await work.session.execute(insert(DeadLetterRow), [{**letter, "at": work.now}])


async def rows(settings: Settings) -> dict[str, list[str]]:
    async with at_hand(settings) as ports, ports[Works].reading() as work:
        return {
            str(table.name): sorted(repr(tuple(row)) for row in await work.session.execute(select(table)))
            for table in tables.every_table()
        }


async def test_a_hub_in_parts_is_itself_again_on_other_servers(servers: Servers, tmp_path: Path) -> None:
    here = in_parts(servers, tmp_path / "here")
    async with at_hand(here) as ports:
        await live_a_little(ports)
        await ports[Documents].collection("messages").insert(MESSAGE)
    made = await make_backup(here, tmp_path / "hub.tar", now=NOW)
    assert (made.manifest.topology, made.manifest.documents) == ("apart", 1)
    assert made.manifest.on_their_way == {}
    there = in_parts(servers, tmp_path / "there")
    await restore_backup(there, made.path, replace=False, now=NOW)
    assert await rows(there) == await rows(here)
    async with at_hand(there) as ports:
        assert await ports[Redis].get("auth:session:1") == b"\x00signed in\xff"
        assert await ports[Documents].collection("messages").find({}) == [MESSAGE]
        assert [key async for key in ports[Blobs].keys()]  # noqa: SIM118  a method, and no mapping


async def test_what_is_numbered_goes_on_behind_what_was_restored(servers: Servers, tmp_path: Path) -> None:
    here = in_parts(servers, tmp_path / "here")
    async with at_hand(here) as ports:
        await live_a_little(ports)
    made = await make_backup(here, tmp_path / "hub.tar", now=NOW)
    there = in_parts(servers, tmp_path / "there")
    await restore_backup(there, made.path, replace=False, now=NOW)
    async with at_hand(there) as ports:
        await live_again(ports)
        async with ports[Works].reading() as work:
            assert len(set(await work.session.scalars(select(DeadLetterRow.id)))) == 2


async def live_again(ports: Ports) -> None:
    async with ports[Works].open() as work:
        work.publish(ProfileChanged(member_id=MemberId("ben"), handle="ben", name="Ben", hue=1))
        letter = {"group": "g", "fact_id": "h", "topic": "t", "key": "k", "type": "T.v1", "payload": "{}"}
        await work.session.execute(insert(DeadLetterRow), [{**letter, "reason": "why", "at": work.now}])


async def test_a_club_that_grew_moves_from_one_process_to_many(servers: Servers, tmp_path: Path) -> None:
    small = embedded(tmp_path / "small")
    async with at_hand(small) as ports:
        await live_a_little(ports)
    made = await make_backup(small, tmp_path / "hub.tar", now=NOW)
    grown = in_parts(servers, tmp_path / "grown").model_copy(update={"messages_url": ""})
    await restore_backup(grown, made.path, replace=False, now=NOW)
    assert await rows(grown) == await rows(small)
    back = await make_backup(grown, tmp_path / "back.tar", now=NOW)
    again = embedded(tmp_path / "again")
    await restore_backup(again, back.path, replace=False, now=NOW)
    assert await rows(again) == await rows(small)


async def test_facts_on_their_way_are_named(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SETTLING_SECONDS", 0.5)
    here = in_parts(servers, tmp_path / "here")
    async with at_hand(here) as ports:
        await live_a_little(ports)
        relay = ports.get(Relay)
        assert relay is not None
        while await relay.pump():
            pass
    made = await make_backup(here, tmp_path / "hub.tar", now=NOW)
    assert made.manifest.on_their_way["chat_service.rooms"] >= 1


async def test_a_search_server_is_to_be_filled_again(
    servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = in_parts(servers, tmp_path / "here")
    async with at_hand(here) as ports:
        await live_a_little(ports)
    made = await make_backup(here, tmp_path / "hub.tar", now=NOW)
    there = in_parts(servers, tmp_path / "there", search_url=servers.elasticsearch())
    await restore_backup(there, made.path, replace=False, now=NOW)
    async with at_hand(there) as ports, ports[Works].reading() as work:
        assert "social.reindex" in set(await work.session.scalars(select(JobRow.name)))


async def test_a_database_that_holds_a_hub_and_messages_of_another_kind_are_refused(
    servers: Servers, tmp_path: Path
) -> None:
    here = in_parts(servers, tmp_path / "here")
    async with at_hand(here) as ports:
        await live_a_little(ports)
    made = await make_backup(here, tmp_path / "hub.tar", now=NOW)
    with pytest.raises(HubNotEmpty):
        await restore_backup(here, made.path, replace=False, now=NOW)
    with pytest.raises(OtherMessages):
        await restore_backup(embedded(tmp_path / "small"), made.path, replace=False, now=NOW)
