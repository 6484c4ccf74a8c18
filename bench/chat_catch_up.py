"""Catching up: thousands of apps that lose their line every fifteen seconds, on the imported two cities.

    python -m bench.chat_catch_up --data DIR [--clients 4000 10000] [--seconds 60]    (DIR from bench.import_meetup)

Each client is another member with the rooms of her clubs, who knows what was said so far; its CONNECT carries her
cursors, and its time runs from the moment it should have begun to come back until `chat.sync` has told all that
happened meanwhile: TCP, upgrade, token, rooms and what was missed. People go on talking while that happens. The hub of
everything in one process on one core, at rest before the first one comes, the clients on another; who comes too late
counts with the time from when she should have come.
"""

import argparse
import asyncio
import json
import os
import random
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from auth_service.tokens.service import SigningKeys
from bench.chat_crowd import ADDRESSES
from bench.chat_peers import SERVER_CORE, be_the_client
from bench.common import at_rest, cpu_seconds, keep, percentiles, running_hub
from clubkit.identity import Caller
from clubkit.ids import MemberId, new_id
from clubkit.settings import Settings
from gateway import looping
from gateway.at_hand import at_hand
from tools.torture.line import Line, open_line

AWAY_EVERY, AWAY_SECONDS = 15.0, 0.5
TALK_RATE = 20
NOTHING = {"epoch": 1, "seq": 0}
PATIENCE = 60.0
"""Seconds that a comeback may take. Who is late is counted, not turned away."""


@dataclass
class App:
    """One member's app: her token, and how far it is in each of her rooms."""

    token: str
    cursors: dict[str, dict[str, int]]
    told: int = 0
    caught_up: asyncio.Future[None] | None = None

    async def come_back(self, port: int, address: str) -> Line:
        """Connects and returns once everything missed was told."""
        self.caught_up = asyncio.get_running_loop().create_future()
        auth = {"token": self.token, "cursors": self.cursors}
        line = await open_line(port, auth, self._heard, patience=PATIENCE, address=address)
        async with asyncio.timeout(PATIENCE):
            await self.caught_up
        return line

    def _heard(self, event: str, payload: Any) -> None:
        if event != "chat.sync" or self.caught_up is None or self.caught_up.done():
            return
        for stretch in payload["stretches"]:
            self.cursors[stretch["room"]] = {"epoch": stretch["epoch"], "seq": stretch["head"]}
            self.told += len(stretch["events"])
        self.caught_up.set_result(None)


async def live(app: App, number: int, port: int, first: float, until: float, times: list[float]) -> None:
    """Comes, stays, loses the line, comes back: until the time is up."""
    clock, due = asyncio.get_running_loop().time, first
    while due < until:
        await asyncio.sleep(max(0.0, due - clock()))
        line = await app.come_back(port, ADDRESSES[number % len(ADDRESSES)])
        times.append((clock() - due) * 1000)
        due += AWAY_EVERY
        await asyncio.wait([line.lost], timeout=max(0.0, due - AWAY_SECONDS - clock()))
        line.abort()


async def talk(url: str, rooms: Sequence[tuple[str, str]], until: float) -> int:
    """Somebody says something in some room, twenty times a second; answers how often that went well."""
    clock, said = asyncio.get_running_loop().time, 0
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as http:
        while clock() < until:
            token, room = random.choice(rooms)
            words = {"client_id": new_id(), "body": "Who brings the orange bibs on Sunday?"}
            answer = await http.post(f"rooms/{room}/messages", json=words, headers={"Authorization": f"Bearer {token}"})
            said += answer.is_success
            await asyncio.sleep(1 / TALK_RATE)
    return said


async def measure(data: Path, clients: int, seconds: float) -> dict[str, Any]:
    members = people(data, clients)
    tokens = await signed(data, members)
    limits = {
        "HUB_JOBS_ELSEWHERE": "recommender.train",
        "HUB_CHAT_SENDS_PER_10S": "1000",
        "HUB_SOCKETS_PER_ADDRESS": "20000",
    }
    async with AsyncExitStack() as stack:
        url, process, _ = await stack.enter_async_context(running_hub(data, demo=False, **limits))
        await at_rest(process)
        os.sched_setaffinity(process.pid, {SERVER_CORE})
        port, clock = int(url.rsplit(":", 1)[1]), asyncio.get_running_loop().time
        heads = heads_of(data)
        apps = [
            App(token, {room: heads.get(room, NOTHING) for room in members[who][2]}) for who, token in tokens.items()
        ]
        rooms = [(token, room) for who, token in tokens.items() for room in members[who][2]]
        first, times = clock() + 1, list[float]()
        until = first + AWAY_EVERY + seconds
        talking = asyncio.create_task(talk(url, rooms, until))
        began, before, mine = clock(), cpu_seconds(process), time.process_time()
        await asyncio.gather(
            *(live(app, n, port, first + n * AWAY_EVERY / clients, until, times) for n, app in enumerate(apps))
        )
        cpu, took = cpu_seconds(process) - before, clock() - began
        own = time.process_time() - mine
        said = await talking
    again = times[clients:]  # the first round is the one in which everybody comes for the first time
    return {
        "clients": clients, "away_every_s": AWAY_EVERY, "comebacks_per_s": round(clients / AWAY_EVERY),
        "caught_up_ms": percentiles(again), "events_told": sum(app.told for app in apps), "said_meanwhile": said,
        "rooms_per_member": round(len(rooms) / clients, 1), "cpu_ms_per_comeback": round(cpu * 1000 / len(times), 2),
        "busy": {"hub": round(cpu / took, 2), "clients": round(own / took, 2)},
    }  # fmt: skip


def people(data: Path, many: int) -> dict[str, tuple[str, str, list[str]]]:
    """Members of clubs: handle, name, rooms."""
    with sqlite3.connect(data / "hub.sqlite3") as tables:
        rows = tables.execute(
            "SELECT p.member_id, p.handle, p.name, json_group_array(m.room_id) FROM chat_people p "
            "JOIN chat_room_members m ON m.member_id = p.member_id AND NOT m.gone GROUP BY 1 ORDER BY 1"
        ).fetchall()
    chosen = random.Random(1).sample(rows, min(many, len(rows)))
    return {member_id: (handle, name, json.loads(rooms)[:50]) for member_id, handle, name, rooms in chosen}


def heads_of(data: Path) -> Mapping[str, dict[str, int]]:
    with sqlite3.connect(data / "hub.sqlite3") as tables:
        rows = tables.execute("SELECT room_id, epoch, seq FROM chat_heads")
        return {room_id: {"epoch": epoch, "seq": seq} for room_id, epoch, seq in rows}


async def signed(data: Path, members: Mapping[str, tuple[str, str, list[str]]]) -> dict[str, str]:
    now = datetime.now(UTC)
    async with at_hand(Settings.load(data_dir=data)) as ports:
        signer = await ports[SigningKeys].signer()
        return {
            who: signer.sign(Caller(MemberId(who), handle, name, new_id(), now + timedelta(hours=1)), now=now)
            for who, (handle, name, _) in members.items()
        }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--clients", type=int, nargs="+", default=[4_000, 10_000], help="so many at a time")
    options.add_argument("--seconds", type=float, default=60)
    asked = options.parse_args()
    be_the_client()
    figures = {str(many): looping.run(measure(asked.data, many, asked.seconds)) for many in asked.clients}
    keep("chat_catch_up", "10,000 apps that lose their line every 15 s have caught up within 250 ms at p99", figures)


if __name__ == "__main__":
    main()
