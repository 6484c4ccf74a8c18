"""Send → acknowledgement at 300 messages a second: p50 and p99, on SQLite, on PostgreSQL, and with messages in MongoDB.

    python -m bench.chat_send [--rate 300] [--seconds 30]

One hub of everything in one process, members signed up through it, stock python-socketio clients. Open loop: a message
leaves when its time has come whether or not earlier ones were answered, and its time runs from then. An
acknowledgement means committed; on SQLite with a flush to disk. Beside it, in the same run: what an event that stores
nothing takes (the floor), and how late the other side of a direct talk hears the message.
`MONGO_URL` names a real MongoDB; without one the results name the stand-in of the tests, which is not measured: at 300
messages a second it keeps them waiting for a minute.
"""

import argparse
import asyncio
import gc
import os
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack
from itertools import combinations
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from bench.common import cpu_seconds, keep, percentiles, running_hub
from clubkit.ids import new_id
from tests.flows.topologies import Heard, Member, Topology, eventually
from tools.apart import SERVED
from tools.servers.borrowing import Servers

MEMBERS = 20
TALKS = 60
ROOMY = {"HUB_CHAT_SENDS_PER_10S": "100000", "HUB_ENVIRONMENT": "test", "HUB_AUTH_ARGON2_MEMORY_KIB": "8"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rate", type=int, default=300)
    options.add_argument("--seconds", type=int, default=30)
    asked = options.parse_args()
    gc.disable()  # or its rests would be counted as the hub's
    with ExitStack() as stack:
        servers = Servers()
        stack.callback(servers.close)

        def measured(**more: str) -> dict[str, Any]:
            return asyncio.run(measure(asked.rate, asked.seconds, **more))

        def on_servers() -> dict[str, str]:
            return {"HUB_DATABASE_URL": servers.postgres(), "HUB_LOG_URL": servers.kafka()}

        figures = {"sqlite": measured(), "postgres": measured(**on_servers())}
        figures["mongo"] = {"server": "SecantusDB, a stand-in: not measured"}
        if "MONGO_URL" in os.environ:
            messages = servers.mongo()
            figures["mongo"] = {"server": mongo_name(messages)} | measured(**on_servers(), HUB_MESSAGES_URL=messages)
    keep("chat_send", "300 messages a second, each acknowledged once it is committed", figures)


def mongo_name(url: str) -> str:
    with MongoClient[dict[str, Any]](url) as client:
        return f"MongoDB {client.server_info()['version']}"


async def measure(rate: int, seconds: int, **more: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="chat-send-") as folder:
        async with (
            running_hub(Path(folder), demo=False, **ROOMY, **more) as (url, process, _),
            AsyncExitStack() as stack,
        ):
            hub = Topology(dict.fromkeys(SERVED, url))
            stack.push_async_callback(hub.close)
            members = [await hub.member(f"Member{number} Berg") for number in range(MEMBERS)]
            sockets = [await stack.enter_async_context(hub.socket(member)) for member in members]
            talks = await talks_of(members, sockets)
            await paced(talks, rate, 3, {})  # everything is warm
            due: dict[str, float] = {}
            late: list[float] = []
            for member, socket in zip(members, sockets, strict=True):
                listen(member, socket, due, late)
            before = cpu_seconds(process)
            acks = await paced(talks, rate, seconds, due)
            cpu = cpu_seconds(process) - before
            floor = await paced(talks, rate, 5)
    return {
        "ack_ms": percentiles(acks), "heard_ms": percentiles(late), "floor_ms": percentiles(floor),
        "rate": rate, "rooms": len(talks), "sockets": len(sockets),
        "cpu_ms_per_message": round(cpu * 1000 / (rate * seconds), 2),
    }  # fmt: skip


async def talks_of(members: Sequence[Member], sockets: Sequence[Heard]) -> list[tuple[Heard, str]]:
    """Direct talks, each with one who writes in it."""
    pairs = random.Random(1).sample(list(combinations(range(len(members)), 2)), TALKS)

    async def open_talk(one: int, other: int) -> tuple[Heard, str]:
        async def look() -> str | None:
            answer = await members[one].http.post("rooms/direct", json={"member_id": members[other].id})
            return str(answer.json()["id"]) if answer.is_success else None  # her name has not reached chat yet

        return sockets[one], await eventually(look)

    return [await open_talk(one, other) for one, other in pairs]


async def paced(
    talks: Sequence[tuple[Heard, str]], rate: int, seconds: int, left: dict[str, float] | None = None
) -> list[float]:
    """Milliseconds from when each message should have left, noted in `left`, until its acknowledgement.

    Without `left` nothing is sent: the answer to a heartbeat is what takes the time.
    """
    times: list[float] = []
    start = time.perf_counter()

    async def one(number: int) -> None:
        socket, room = talks[number % len(talks)]
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if left is None:
            answer = await socket.call("heartbeat", rooms=[])
        else:
            client_id = new_id()
            left[client_id] = due
            answer = await socket.call("message.send", room=room, client_id=client_id, body=f"At seven, {number}!")
        if not answer["ok"]:
            raise RuntimeError(answer)
        times.append((time.perf_counter() - due) * 1000)

    await asyncio.gather(*(one(number) for number in range(rate * seconds)))
    return times


def listen(member: Member, socket: Heard, due: Mapping[str, float], late: list[float]) -> None:
    """Notes how long after its time a message is heard by the other side."""

    def note(event: dict[str, Any]) -> None:
        left = due.get(event["message"]["client_id"]) if event["kind"] == "message" else None
        if left is not None and event["by"] != member.id:
            late.append((time.perf_counter() - left) * 1000)

    socket.client.on("room.event", note)


if __name__ == "__main__":
    main()
