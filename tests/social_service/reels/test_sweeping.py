"""What crashes leave behind is swept up; a full disk is said in a sentence and leaves nothing."""

import os
import time
from typing import Any

import pytest

from clubkit.blobs.port import Blobs
from clubkit.errors import StorageFull

DAY = 86_400


async def test_old_leftovers_go_and_what_is_needed_stays(studio: Any) -> None:
    await studio.upload()
    scratch = studio.hub.port(Blobs).scratch()
    (needed,) = studio.scratch()
    names = {"old.part": 2 * DAY, "old.reel": 2 * DAY, ".old.mp4.part": 2 * DAY, "fresh.part": 60, needed: 2 * DAY}
    for name, age in names.items():
        (scratch / name).touch()
        os.utime(scratch / name, (time.time() - age,) * 2)
    async with studio.hub.works.open() as work:
        work.schedule("social.sweep_scratch")
    jobs = [name for name in studio.hub.jobs if name == "social.transcode"]
    transcode = studio.hub.jobs.pop(jobs[0])  # the reel goes on waiting
    await studio.hub.run_jobs()
    studio.hub.jobs[transcode.name] = transcode
    assert studio.scratch() == sorted(["fresh.part", needed])


async def test_a_full_disk_fails_the_reel_with_a_sentence(studio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reel = (await studio.upload()).json()["reel"]
    blobs = studio.hub.port(Blobs)
    real, stored = blobs.put, 0

    async def full_after_one(*args: Any, **more: Any) -> str:
        nonlocal stored
        stored += 1
        if stored > 1:
            raise StorageFull("There is no room left for files on this hub. Nothing was stored.")
        return str(await real(*args, **more))

    monkeypatch.setattr(blobs, "put", full_after_one)
    await studio.hub.settle(jobs=True)
    failed = await studio.page(reel)
    assert (failed["state"], failed["failure"]) == (
        "failed", "There is no room left for files on this hub. Nothing was stored.",
    )  # fmt: skip
    assert studio.scratch() == []
    assert await studio.files() == []
