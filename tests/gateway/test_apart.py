"""Parts of the hub as processes of their own."""

import asyncio
import os
import signal
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from clubkit.contracts.social import ProfileChanged
from clubkit.db.models import OffsetRow
from clubkit.db.work import Works
from clubkit.ids import MemberId, new_id
from clubkit.settings import Settings
from gateway.apart import run_consume, run_serve, services
from gateway.at_hand import at_hand
from gateway.migrating import migrate
from tests.waiting import until


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    settings = Settings.load(environment="test", data_dir=tmp_path / "data", port=0, sqlite_synchronous="normal")
    await migrate(settings)
    return settings


async def test_a_service_served_alone_answers_its_own_routes_and_no_others(settings: Settings) -> None:
    served: asyncio.Future[Settings] = asyncio.Future()
    serving = asyncio.create_task(run_serve(settings, services(["chat_service"]), served.set_result))
    address = (await asyncio.wait_for(served, 60)).base_url
    async with httpx.AsyncClient(base_url=address) as client:
        assert (await client.get("/readyz")).json()["status"] == "ready"
        assert (await client.get("/api/v1/rooms")).status_code == 401
        assert (await client.get("/api/v1/clubs")).status_code == 404
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 30)


async def test_a_consumer_takes_what_the_log_holds_and_stops_at_a_signal(settings: Settings) -> None:
    begun: list[bool] = []
    consuming = asyncio.create_task(run_consume(settings, services(["chat_service"]), lambda: begun.append(True)))
    async with at_hand(settings) as ports:
        member_id = MemberId(new_id())
        async with ports[Works].open() as work:
            work.publish(ProfileChanged(member_id=member_id, handle="anna", name="Anna Berg", hue=152))

        async def taken() -> bool:
            async with ports[Works].reading() as work:
                row = await work.session.scalar(select(OffsetRow).where(OffsetRow.group == "chat_service.rooms"))
                return row is not None and row.position > 0

        await until(taken)
    assert begun
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.wait_for(consuming, 30)
