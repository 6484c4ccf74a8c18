"""`hub admin export-room`: everything said in a room, in a file that was not there before."""

import asyncio
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner, Result

from chat_service.messages import sending
from chat_service.messages.schemas import SendMessage
from chat_service.rooms import service as rooms
from chat_service.rooms.store import RoomStore
from clubkit.clock import utc_now
from clubkit.contracts.social import ProfileChanged
from clubkit.db.work import Works
from clubkit.identity import Caller
from clubkit.ids import MemberId, RoomId, new_id
from clubkit.settings import Settings
from gateway.at_hand import at_hand
from gateway.main import app

ANNA, BEN = MemberId(new_id()), MemberId(new_id())


def hub(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


async def talk() -> RoomId:
    """A talk of two with two messages."""
    async with at_hand(Settings.load()) as ports:
        async with ports[Works].open() as work:
            people = [ProfileChanged(member_id=each, handle=each[-6:], name="Anna Berg", hue=9) for each in (ANNA, BEN)]
            await RoomStore(work).put_people(people)
            room = await rooms.open_direct(work, ANNA, BEN)
        anna = Caller(ANNA, "anna", "Anna Berg", "s", utc_now())
        for body in ("one", "two"):
            async with ports[Works].open() as work:
                await sending.send_message(work, anna, SendMessage(room=room, client_id=new_id(), body=body))
        return room


@pytest.fixture
def room(own_data: Path) -> RoomId:
    return asyncio.run(talk())


def test_everything_said_is_in_the_file(room: RoomId, tmp_path: Path) -> None:
    to = tmp_path / "talk.jsonl"
    assert hub("admin", "export-room", room, "--to", str(to)).exit_code == 0
    lines = [orjson.loads(line) for line in to.read_bytes().splitlines()]
    assert [line.get("body") for line in lines] == [None, "one", "two", None, None]
    assert lines[-1] == {"type": "end", "messages": 2, "attachments": 0}


def test_a_file_that_is_there_stays_as_it_is(room: RoomId, tmp_path: Path) -> None:
    to = tmp_path / "talk.jsonl"
    to.write_text("mine")
    refused = hub("admin", "export-room", room, "--to", str(to))
    assert (refused.exit_code, "there already" in refused.output, to.read_text()) == (1, True, "mine")


def test_a_room_that_is_not_there_leaves_no_file(own_data: Path, tmp_path: Path) -> None:
    to = tmp_path / "talk.jsonl"
    refused = hub("admin", "export-room", "nowhere", "--to", str(to))
    assert (refused.exit_code, to.exists()) == (1, False)
