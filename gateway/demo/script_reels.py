"""Watching reels, and liking some."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from clubkit.db.work import UnitOfWork
from clubkit.ids import ReelId
from gateway.demo.reels import CLIPS, Clip
from gateway.demo.script_feed import EVERYBODY, KEEN, MEMBERS, look
from gateway.demo.stage import Act, Stage
from gateway.demo.when import When
from social_service.reels import liking
from social_service.reels.schemas import LikeIn

FANS = {"mara": {"corner-routine": 24.0, "dyno": 19.0}}
"""What somebody watched again and again, in seconds."""
NOT_YET = {("mara", "corner-routine"), ("mara", "swish"), ("mara", "bridge-lamps")}
"""Likes left for whoever signs in to give."""


def published(when: When, clip: Clip) -> datetime:
    return when.at(-when.days_ago(clip.days), clip.clock)


def watching(stage: Stage, shown: Collection[str]) -> Iterator[Act]:
    for clip in CLIPS:
        name, since = f"reel:{clip.key}", published(stage.when, clip)
        if name not in shown:
            continue
        for handle in EVERYBODY:
            dice = stage.dice(name, handle)
            near = handle in MEMBERS[clip.club]
            at = since + dice.random() ** 2 * (stage.begun - timedelta(minutes=2) - since)
            if handle == clip.author or dice.random() > (0.75 if near else 0.35):
                continue
            likes = dice.random() < clip.liked * KEEN[handle] * (1.0 if near else 0.6)
            seconds = FANS.get(handle, {}).get(clip.key, clip.seconds * (1 + dice.random() if likes else dice.random()))
            yield look(at, handle, [("reel", name, clip.club, seconds)])
            if likes and (handle, clip.key) not in NOT_YET:
                yield _like(at + timedelta(seconds=9), name, handle)


def _like(at: datetime, reel: str, handle: str) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        await liking.like(work, stage.cast[handle].member_id, ReelId(stage.things[reel]), LikeIn())
        await work.session.flush()

    return Act(at, do)
