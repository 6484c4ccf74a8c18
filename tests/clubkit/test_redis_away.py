"""A Redis that does not answer is named as such, over HTTP and sockets alike."""

import socket
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, Request
from sqlalchemy import MetaData

from clubkit.cache import Redis
from clubkit.contracts.base import Contract
from clubkit.http.dependencies import ports_of
from clubkit.module import Module
from clubkit.realtime.sockets import SocketContext, Sockets
from clubkit.testing.hub import open_hub

router, sockets = APIRouter(), Sockets()


class Nothing(Contract):
    pass


@router.get("/look")
async def look(request: Request) -> None:
    await ports_of(request)[Redis].get("x")


@sockets.on("look", Nothing, needs="nothing")
async def look_too(context: SocketContext, _: Nothing) -> None:
    await context.ports[Redis].get("x")


MODULE = Module("looking", MetaData(), Path(), routers=[router], sockets=[sockets])


@pytest.fixture
def nobody_there() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"redis://127.0.0.1:{listener.getsockname()[1]}"


async def test_who_asks_is_told_to_come_again(hub_folder: Path, tmp_path: Path, nobody_there: str) -> None:
    async with open_hub([MODULE], hub_folder / tmp_path.name, nobody_there) as hub:
        anna: Any = hub.person("anna", "anna", "Anna")  # type: ignore[arg-type]
        answer = await anna.http.get("look")
        assert (answer.status_code, answer.json()["code"]) == (503, "cache_away")
        assert answer.headers["Retry-After"] == "2"
        async with hub.listening() as url, hub.socket(url, anna) as hers:
            ack = await hers.call("look", {})
        assert (ack["ok"], ack["problem"]["code"]) == (False, "cache_away")
