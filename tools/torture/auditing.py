"""After the torture: who was there for none of it reads every room from its beginning, and all must have seen that."""

import asyncio
import random

import httpx

from tools.torture.app import App, Quota
from tools.torture.folding import NEWEST, Fold, Now
from tools.torture.history import Findings, History
from tools.torture.world import World

PATIENCE_SECONDS = 1200.0


async def audit(here: World, apps: list[App], findings: Findings, quota: Quota) -> None:
    """Adds to the findings."""
    for part in here.chats:
        if not part.is_ready():
            here.kill(part)
            here.start(part)
        await here.ready(part)
    ends = await _read_anew(here, apps, findings)
    acked: dict[str, dict[str, int]] = {}
    for app in apps:
        for room, history in app.histories.items():
            acked.setdefault(room, {})[app.member] = history.acked
    for history in (history for app in apps for history in app.histories.values()):
        history.closed(acked[history.room])
        end = ends[history.room]
        if (history.seq, history.counts) != (end.seq, end.counts):
            findings.add("differs", f"{history.me} has {history.room} up to {history.seq}, the store to {end.seq}")
    if (stored := sum(history.nth for history in ends.values())) != quota.acked:
        findings.add("stored", f"{stored} messages are stored, {quota.acked} were acknowledged")
    if (changed := sum(history.seq - history.nth for history in ends.values())) != quota.changes.total():
        findings.add("stored", f"{changed} changes are stored, {quota.changes.total()} were acknowledged")


async def _read_anew(here: World, apps: list[App], findings: Findings) -> dict[str, History]:
    ends: dict[str, History] = {}
    for app in apps:
        if unread := [room for room in app.rooms if room not in ends]:
            reader = App(
                app.member, app.token, unread, here.ports, Quota(0), findings, random.Random(0), 1e9, quiet=True
            )
            for history in reader.histories.values():
                history.me, history.fold = "nobody", Fold()
            await _read_all(reader)
            await _compare_pages(here, app.token, reader, findings)
            ends |= reader.histories
    return ends


async def _read_all(reader: App) -> None:
    """Until it has been told how far its rooms go, and has read them so far."""
    running = asyncio.create_task(reader.run())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (reader.looks and reader.is_done):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _compare_pages(here: World, token: str, reader: App, findings: Findings) -> None:
    """The newest page of each room says what its events come to."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=here.chats[0].url, headers=headers, timeout=60) as http:
        for room, history in reader.histories.items():
            answer = await http.get(f"/api/v1/rooms/{room}/messages", params={"limit": NEWEST})
            page = {each["id"]: Now.shown(each) for each in answer.raise_for_status().json()["messages"]}
            folded = history.fold.messages if history.fold else {}
            for message_id in page.keys() | folded.keys():
                if page.get(message_id) != folded.get(message_id):
                    shown, events = page.get(message_id), folded.get(message_id)
                    findings.add("state", f"{room}: {message_id} is shown as {shown}, its events come to {events}")
