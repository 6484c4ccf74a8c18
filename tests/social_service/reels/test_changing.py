"""Changing, captioning and removing reels."""

from typing import Any

import pytest

from clubkit.contracts.social import ReelPublished, ReelRemoved
from clubkit.testing.hub import Person
from social_service.reels import vtt
from social_service.reels.errors import BadCaptions
from tests.social_service.facts import published

CAPTIONS = """WEBVTT

00:00.000 --> 00:00.400
Goal!

2
00:00:00.500 --> 00:00:00.900 align:start
<v Anna>What a <b>shot</b>
"""


async def put(studio: Any, reel: dict[str, Any], text: str | bytes, by: Person | None = None) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return await (by or studio.anna).http.put(
        f"reels/{reel['id']}/captions", content=data, headers={"Content-Type": "text/vtt"}
    )


async def test_a_new_caption_is_told_with_a_higher_version(studio: Any) -> None:
    reel = await studio.reel(caption="Goal")
    edited = await studio.anna.http.patch(f"reels/{reel['id']}", json={"caption": "Late winner"})
    assert edited.json()["caption"] == "Late winner"
    facts = await published(studio.hub, ReelPublished)
    assert [(fact.caption, fact.version) for fact in facts] == [("Goal", 1), ("Late winner", 2)]


async def test_only_the_author_changes_a_reel(studio: Any, ben: Person) -> None:
    reel = await studio.reel(ben)
    refused = await studio.anna.http.patch(f"reels/{reel['id']}", json={"caption": "Mine"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_reel")
    assert (await put(studio, reel, CAPTIONS)).status_code == 403
    stranger = await studio.social.member("Zed")
    assert (await stranger.http.patch(f"reels/{reel['id']}", json={"caption": "x"})).status_code == 404


async def test_a_removed_reel_is_gone_with_its_files_and_told(studio: Any) -> None:
    reel = await studio.reel()
    await put(studio, reel, CAPTIONS)
    assert (await studio.anna.http.delete(f"reels/{reel['id']}")).status_code == 204
    assert (await studio.anna.http.get(f"reels/{reel['id']}")).status_code == 404
    assert await studio.files() == []
    (fact,) = await published(studio.hub, ReelRemoved)
    assert (fact.reel_id, fact.version) == (reel["id"], 2)


async def test_who_runs_the_club_may_remove_and_other_members_may_not(studio: Any, ben: Person) -> None:
    reel = await studio.reel(ben)
    other = await studio.member("Cleo")
    assert (await studio.page(reel, other))["may_remove"] is False
    assert (await other.http.delete(f"reels/{reel['id']}")).status_code == 403
    assert (await studio.page(reel))["may_remove"] is True
    assert (await studio.anna.http.delete(f"reels/{reel['id']}")).status_code == 204


async def test_captions_are_kept_as_plain_cues(studio: Any) -> None:
    reel = await studio.reel()
    done = await put(studio, reel, CAPTIONS)
    assert done.json()["cues"] == 2
    url = (await studio.page(reel))["captions_url"]
    kept = await studio.anna.http.get("http://hub.test" + url)
    assert kept.headers["content-type"].startswith("text/vtt")
    assert kept.text == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:00.400\nGoal!\n\n00:00:00.500 --> 00:00:00.900\nWhat a shot\n"
    )


async def test_new_captions_replace_the_old_file_and_can_be_removed(studio: Any) -> None:
    reel = await studio.reel()
    for _ in range(2):
        await put(studio, reel, CAPTIONS)
    assert len([key for key in await studio.files() if key.startswith("captions")]) == 1
    assert (await studio.anna.http.delete(f"reels/{reel['id']}/captions")).status_code == 204
    assert (await studio.page(reel))["captions_url"] is None
    assert not [key for key in await studio.files() if key.startswith("captions")]
    assert studio.scratch() == []


async def test_too_large_captions_are_refused(studio: Any) -> None:
    reel = await studio.reel()
    refused = await put(studio, reel, "WEBVTT\n\nNOTE " + "x" * 70_000)
    assert (refused.status_code, refused.json()["code"]) == (413, "captions_too_large")
    assert studio.scratch() == []


async def test_bad_captions_name_the_line(studio: Any) -> None:
    reel = await studio.reel()
    refused = await put(studio, reel, "WEBVTT\n\n00:00.000 -> 00:01.000\nHello")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_captions")
    assert refused.json()["errors"][0]["detail"].startswith("Line 3:")
    assert (await studio.page(reel))["captions_url"] is None


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\xff\xfe\x00", 1),
        (b"1\n00:00.000 --> 00:01.000\nHello", 1),
        (b"WEBVTT\n\n", 3),
        (b"WEBVTT\n\n00:00.000 --> 00:01\nHello", 3),
        (b"WEBVTT\n\nid\n00:99.000 --> 00:01.000\nHello", 4),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nHello", 3),
        (b"WEBVTT\n\n00:02.000 --> 00:03.000\nA\n\n00:01.000 --> 00:03.000\nB", 6),
        (b"WEBVTT\n\n00:59.000 --> 01:03.000\nToo late", 3),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"x" * 301, 3),
        (b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\nx\n\n" * 501, 1506),
    ],
)
def test_captions_that_are_none_are_refused(data: bytes, line: int) -> None:
    with pytest.raises(BadCaptions) as refused:
        vtt.parse(data, duration_s=30)
    assert refused.value.errors[0].detail.startswith(f"Line {line}:")


def test_notes_and_styles_are_left_out_and_markup_stays_text() -> None:
    text = (
        "WEBVTT - demo\r\n\r\nSTYLE\r\n::cue{}\r\n\r\nNOTE x\r\n\r\n00:00.000 --> 00:01.000\r\n1 &lt; 2 & <i>so</i>\r\n"
    )
    cues = vtt.parse(text.encode(), duration_s=30)
    assert [(cue.start, cue.end, cue.text) for cue in cues] == [(0, 1000, "1 < 2 & so")]
    assert vtt.write(cues).splitlines()[-1] == "1 &lt; 2 &amp; so"
    assert vtt.parse(vtt.write(cues).encode(), duration_s=30) == cues
