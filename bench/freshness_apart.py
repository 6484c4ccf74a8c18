"""The same like in a hub of many processes: PostgreSQL, the relay, Kafka, features, ranking, and the hint to her app.

Run by `python -m bench.freshness --apart`. A small world: one club, its clips, and one member who likes one of them.
"""

import asyncio
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.common import percentiles
from clubkit.ids import new_id
from tests.clubkit.media.clips import a_clip
from tests.flows.topologies import Heard, Member, Topology, eventually, many_processes
from tools.servers.borrowing import Servers

CLIPS = 8
PATIENCE = 30.0


async def measure_apart(folder: Path, trials: int) -> dict[str, object]:
    servers = Servers()
    with ExitStack() as stack:
        stack.callback(servers.close)
        urls = {
            "HUB_DATABASE_URL": servers.postgres(), "HUB_REDIS_URL": servers.redis(), "HUB_LOG_URL": servers.kafka(),
        }  # fmt: skip
        apart = stack.enter_context(many_processes(folder, urls))
        hub = Topology({name.removeprefix("serve "): part.url for name, part in apart.parts.items()})
        member = await hub.member("Anna Berg")
        reel = await clips(member, folder)
        async with hub.socket(member, "feed.changed") as socket:
            figures = await trial_after_trial(member, reel, socket, trials)
        await hub.close()
        return figures | {"processes": len(apart.parts), "world": f"{CLIPS} reels of one club"}


async def clips(member: Member, folder: Path) -> str:
    """A club's clips, once all are offered; answers one of them."""
    club = await member.post("clubs", name=f"Riverside {new_id()[-6:]}", sport="football", hue=152)
    clip = a_clip(folder / "clip.mp4", seconds=1.0, size=(64, 48), sound=False).read_bytes()
    for number in range(CLIPS):
        fields = {"club_id": club["id"], "caption": f"Night run {number}"}
        (await member.http.post("reels", files={"file": ("clip.mp4", clip)}, data=fields)).raise_for_status()

    async def all_there() -> list[str] | None:
        found = await offered(member)
        return found if len(found) == CLIPS else None

    return (await eventually(all_there))[0]


async def trial_after_trial(member: Member, reel: str, socket: Heard, trials: int) -> dict[str, object]:
    writes, hints, rankings = [], [], []
    for _ in range(trials):
        (await member.http.delete(f"reels/{reel}/like")).raise_for_status()
        await until(member, reel, is_offered=True)
        await asyncio.sleep(0.05)
        drain(socket.queues["feed.changed"])
        started = time.perf_counter()
        await member.put(f"reels/{reel}/like", surface="reels")
        writes.append((time.perf_counter() - started) * 1000)
        await socket.next("feed.changed")
        hints.append((time.perf_counter() - started) * 1000)
        await until(member, reel, is_offered=False)
        rankings.append((time.perf_counter() - started) * 1000)
    return {
        "like_to_hint_ms": percentiles(hints), "like_to_ranking_ms": percentiles(rankings),
        "floor_the_write_alone_ms": percentiles(writes),
    }  # fmt: skip


async def offered(member: Member) -> list[str]:
    items: list[dict[str, Any]] = (await member.get("recommendations", kind="reel", limit=100))["data"]
    return [item["id"] for item in items]


async def until(member: Member, reel: str, *, is_offered: bool) -> None:
    async with asyncio.timeout(PATIENCE):
        while (reel in await offered(member)) is not is_offered:  # noqa: ASYNC110  asking is what is measured
            await asyncio.sleep(0.002)


def drain(queue: asyncio.Queue[Any]) -> None:
    while not queue.empty():
        queue.get_nowait()
