"""Taking reels in and preparing them: refused at once with nothing left, or ready to be watched."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clubkit.blobs.port import Blobs
from clubkit.contracts.social import ReelPublished
from clubkit.ids import new_id
from clubkit.media import clips
from clubkit.testing.hub import Person
from social_service.reels import preparing
from tests.social_service.facts import published

LATER = timedelta(minutes=5)


async def test_an_upload_is_accepted_at_once_and_prepared_in_the_background(studio: Any) -> None:
    accepted = await studio.upload(caption="Late winner")
    assert accepted.status_code == 202
    reel = accepted.json()["reel"]
    assert (reel["state"], reel["video_url"], reel["caption"]) == ("waiting", None, "Late winner")
    assert accepted.json()["job_id"]
    await studio.hub.settle(jobs=True)
    ready = await studio.page(reel)
    assert (ready["state"], ready["progress"], ready["failure"]) == ("ready", 1.0, None)
    assert (ready["width"], ready["height"]) == (320, 240)
    assert ready["duration_s"] == pytest.approx(1.0, abs=0.1)
    assert ready["colour"].startswith("#")


async def test_the_prepared_files_can_be_fetched_and_scratch_is_empty(studio: Any) -> None:
    reel = await studio.reel()
    video = await studio.anna.http.get("http://hub.test" + reel["video_url"])
    poster = await studio.anna.http.get("http://hub.test" + reel["poster_url"])
    assert (video.headers["content-type"], video.content[4:8]) == ("video/mp4", b"ftyp")
    assert (poster.headers["content-type"], poster.content[8:12]) == ("image/webp", b"WEBP")
    assert studio.scratch() == []
    assert len(await studio.files()) == 2


async def test_a_reel_is_told_to_the_log_once_it_can_be_watched(studio: Any) -> None:
    response = await studio.upload(caption="Late winner", visibility="public")
    assert await published(studio.hub, ReelPublished) == []
    await studio.hub.settle(jobs=True)
    (fact,) = await published(studio.hub, ReelPublished)
    assert (fact.reel_id, fact.caption, fact.visibility) == (response.json()["reel"]["id"], "Late winner", "public")
    assert (fact.author_name, fact.club_id) == ("Anna Berg", studio.club["id"])


async def test_the_author_is_told_how_far_it_is(studio: Any) -> None:
    async with studio.hub.listening() as url, studio.hub.socket(url, studio.anna) as socket:
        heard: list[dict[str, Any]] = []
        done = asyncio.Event()

        def hear(progress: dict[str, Any]) -> None:
            heard.append(progress)
            if progress["state"] == "ready":
                done.set()

        socket.on("reel.progress", hear)
        reel = (await studio.upload()).json()["reel"]
        await studio.hub.run_jobs()
        await asyncio.wait_for(done.wait(), 10)
    assert heard[0]["state"] == "preparing"
    assert {progress["reel_id"] for progress in heard} == {reel["id"]}


async def test_only_the_author_meets_a_reel_that_is_not_ready(studio: Any, ben: Person) -> None:
    reel = (await studio.upload()).json()["reel"]
    assert (await ben.http.get(f"reels/{reel['id']}")).status_code == 404
    assert (await studio.anna.http.get(f"reels/{reel['id']}")).status_code == 200


async def test_the_same_key_again_answers_the_same_reel(studio: Any) -> None:
    key = new_id()
    first = await studio.upload(key=key)
    second = await studio.upload(key=key)
    assert second.json()["reel"]["id"] == first.json()["reel"]["id"]
    assert len(studio.scratch()) == 1


async def test_what_is_no_video_is_refused_and_nothing_is_left(studio: Any) -> None:
    refused = await studio.upload(data=b"this is no video at all" * 100)
    assert (refused.status_code, refused.json()["code"]) == (415, "not_a_video")
    await _nothing_left(studio)


async def test_a_clip_without_its_end_is_refused_and_nothing_is_left(studio: Any) -> None:
    refused = await studio.upload(data=studio.clip[: len(studio.clip) // 2])
    assert (refused.status_code, refused.json()["code"]) == (415, "video_truncated")
    await _nothing_left(studio)


async def test_a_clip_over_ninety_seconds_is_refused_and_nothing_is_left(studio: Any, long_clip: Path) -> None:
    refused = await studio.upload(data=long_clip.read_bytes())
    assert (refused.status_code, refused.json()["code"]) == (415, "video_too_long")
    assert "90" in refused.json()["detail"]
    await _nothing_left(studio)


async def test_more_bytes_than_allowed_are_refused_before_they_are_stored(
    studio: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "MAX_BYTES", 10_000)
    refused = await studio.upload()
    assert (refused.status_code, refused.json()["code"]) == (413, "upload_too_large")
    await _nothing_left(studio)


async def test_a_stranger_to_the_club_cannot_publish_in_it(studio: Any) -> None:
    refused = await studio.upload(await studio.social.member("Zed"))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed_in_club")
    await _nothing_left(studio)


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [({"caption": "x" * 501}, "/caption"), ({"visibility": "secret"}, "/visibility"), ({"mood": "x"}, "/mood")],
)
async def test_fields_that_make_no_sense_are_refused_with_a_pointer(
    studio: Any, fields: dict[str, str], pointer: str
) -> None:
    refused = await studio.upload(**fields)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
    await _nothing_left(studio)


async def test_an_upload_without_a_file_says_so(studio: Any) -> None:
    refused = await studio.anna.http.post("reels", files={"other": ("x", b"y")}, data={"club_id": "x"})
    assert (refused.status_code, refused.json()["code"]) == (422, "file_missing")


async def test_a_clip_that_cannot_be_prepared_says_why_and_leaves_nothing(
    studio: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reel = (await studio.upload()).json()["reel"]
    _damage(studio)
    await studio.hub.settle(jobs=True)
    failed = await studio.page(reel)
    assert failed["state"] == "failed"
    assert failed["failure"].endswith((".", "?"))
    await _nothing_left(studio)
    assert await published(studio.hub, ReelPublished) == []


async def test_a_failure_of_ours_is_tried_again_and_then_given_up(studio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reel = (await studio.upload()).json()["reel"]

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the worker stumbled")

    monkeypatch.setattr(preparing.clips, "transcode", broken)
    states = []
    for _ in range(preparing.ATTEMPTS):
        states += await studio.hub.run_jobs()
        studio.hub.clock.advance(LATER)
    assert states == ["retrying", "retrying", "failed"]
    failed = await studio.page(reel)
    assert (failed["state"], failed["failure"]) == ("failed", preparing.GAVE_UP)
    await _nothing_left(studio)


async def test_a_second_attempt_finishes_what_the_first_did_not(studio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reel = (await studio.upload()).json()["reel"]
    with monkeypatch.context() as once:
        once.setattr(preparing.clips, "poster", lambda *_: 1 / 0)
        assert await studio.hub.run_jobs() == ["retrying"]
    studio.hub.clock.advance(LATER)
    assert await studio.hub.run_jobs() == ["done"]
    assert (await studio.page(reel))["state"] == "ready"
    assert len(await studio.files()) == 2


async def test_a_reel_removed_while_it_waits_leaves_nothing(studio: Any) -> None:
    reel = (await studio.upload()).json()["reel"]
    assert (await studio.anna.http.delete(f"reels/{reel['id']}")).status_code == 204
    await studio.hub.settle(jobs=True)
    await _nothing_left(studio)


async def test_a_reel_removed_while_it_is_prepared_leaves_nothing(studio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reel = (await studio.upload()).json()["reel"]
    real, loop = clips.poster, asyncio.get_running_loop()

    def remove_meanwhile(path: Path) -> Any:
        removing = studio.anna.http.delete(f"reels/{reel['id']}")
        assert asyncio.run_coroutine_threadsafe(removing, loop).result(10).status_code == 204
        return real(path)

    monkeypatch.setattr(preparing.clips, "poster", remove_meanwhile)
    await studio.hub.settle(jobs=True)
    assert (await studio.anna.http.get(f"reels/{reel['id']}")).status_code == 404
    await _nothing_left(studio)


def _damage(studio: Any) -> None:
    (source,) = studio.hub.port(Blobs).scratch().iterdir()
    source.write_bytes(source.read_bytes()[:1000])


async def _nothing_left(studio: Any) -> None:
    assert studio.scratch() == []
    assert await studio.files() == []
