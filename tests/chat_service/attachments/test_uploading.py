"""Files on their way into a room: taken in whole, by what they are, or refused with nothing left behind."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from chat_service.attachments import taking
from chat_service.attachments.models import AttachmentRow
from chat_service.attachments.recognising import plain_name
from clubkit.blobs.port import Blobs
from clubkit.errors import StorageFull
from clubkit.media.clips import probe
from clubkit.testing.hub import Person
from tests.chat_service.attachments.files import a_photo, a_voice_note, a_wav
from tests.chat_service.conftest import Chat
from tests.clubkit.media.clips import a_clip

FORM = "multipart/form-data; boundary=x"


async def upload(chat: Chat, who: Person, data: bytes, name: str = "a.bin", **headers: str) -> Any:
    return await who.http.post(
        f"rooms/{chat.room}/attachments", files={"file": (name, data)}, data={"alt": "what it shows"}, headers=headers
    )


async def fetched(who: Person, url: str, **headers: str) -> Any:
    return await who.http.get(f"http://hub.test{url}", headers=headers)


async def kept(chat: Chat) -> tuple[int, int, int]:
    """(rows, files for good, files in scratch)."""
    blobs = chat.hub.port(Blobs)
    async with chat.hub.works.reading() as work:
        rows = await work.session.scalar(select(func.count()).select_from(AttachmentRow)) or 0
    return rows, len([key async for key in blobs.keys()]), len(list(blobs.scratch().iterdir()))  # noqa: SIM118


async def test_a_photo_comes_back_in_two_sizes_and_tells_nothing(chat: Chat, anna: Person) -> None:
    assert b"PhoneMaker" in a_photo()
    response = await upload(chat, anna, a_photo(), "holiday.jpg")
    assert response.status_code == 201, response.text
    photo = response.json()
    assert (photo["kind"], photo["name"], photo["alt"]) == ("image", "holiday.webp", "what it shows")
    assert (photo["width"], photo["height"]) == (1600, 800)
    for url, width in ((photo["url"], 1600), (photo["poster_url"], 640)):
        file = await fetched(anna, url)
        assert (file.status_code, file.headers["content-type"]) == (200, "image/webp")
        picture = Image.open(BytesIO(file.content))
        assert picture.width == width
        assert not picture.getexif()
        assert b"PhoneMaker" not in file.content
    assert await kept(chat) == (1, 2, 0)


@pytest.mark.parametrize("name", ["notes.txt", "page.html", "vector.svg", "run.exe"])
async def test_any_other_file_is_handed_on_as_a_download_that_runs_nowhere(chat: Chat, anna: Person, name: str) -> None:
    data = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    answer = (await upload(chat, anna, data, name)).json()
    assert (answer["kind"], answer["name"], answer["size"]) == ("file", name, len(data))
    file = await fetched(anna, answer["url"])
    assert file.content == data
    assert file.headers["content-type"] == "application/octet-stream"
    assert file.headers["content-disposition"].startswith("attachment;")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-security-policy"].startswith("sandbox")


async def test_what_a_file_is_called_does_not_decide_what_it_is(chat: Chat, anna: Person) -> None:
    assert (await upload(chat, anna, b"%PDF-1.7 words", "photo.jpg")).json()["kind"] == "file"
    assert (await upload(chat, anna, a_photo(300, 200), "notes.txt")).json()["kind"] == "image"


async def test_sound_is_played_in_the_page(chat: Chat, anna: Person, tmp_path: Path) -> None:
    for data, kind in ((a_wav(), "audio/wav"), (a_voice_note(tmp_path / "v.webm"), "audio/webm")):
        answer = (await upload(chat, anna, data, "note")).json()
        assert answer["kind"] == "audio"
        file = await fetched(anna, answer["url"], Range="bytes=0-3")
        assert (file.status_code, file.content, file.headers["content-type"]) == (206, data[:4], kind)


async def test_a_clip_keeps_its_picture_and_sound_and_nothing_else(chat: Chat, anna: Person, tmp_path: Path) -> None:
    source = a_clip(tmp_path / "a.mp4", seconds=2, size=(180, 320), turned=90, metadata={"comment": "my garden"})
    assert b"my garden" in source.read_bytes()
    answer = (await upload(chat, anna, source.read_bytes(), "goal.mov")).json()
    assert (answer["kind"], answer["width"], answer["height"]) == ("video", 320, 180)
    poster, clip = await fetched(anna, answer["poster_url"]), await fetched(anna, answer["url"])
    assert Image.open(BytesIO(poster.content)).size == (320, 180)
    assert clip.headers["content-type"] == "video/mp4"
    (tmp_path / "back.mp4").write_bytes(clip.content)
    assert b"my garden" not in clip.content
    back = probe(tmp_path / "back.mp4")
    assert (back.width, back.height, back.rotation, back.has_audio) == (320, 180, 90, True)
    assert back.duration == pytest.approx(2, abs=0.2)


async def test_a_clip_that_no_browser_plays_is_prepared_by_a_job(chat: Chat, anna: Person, tmp_path: Path) -> None:
    mp4 = a_clip(tmp_path / "b.mp4", seconds=1, codec="mpeg4")
    answer = (await upload(chat, anna, mp4.read_bytes(), "odd.mp4")).json()
    assert answer["kind"] == "video"
    assert (await fetched(anna, answer["poster_url"])).status_code == 200
    early = await fetched(anna, answer["url"])
    assert (early.status_code, early.json()["code"]) == (503, "clip_not_ready")
    await chat.hub.settle(jobs=True)
    ready = await fetched(anna, answer["url"])
    (tmp_path / "back.mp4").write_bytes(ready.content)
    assert probe(tmp_path / "back.mp4").video_codec == "h264"
    assert (await kept(chat))[2] == 0


@pytest.mark.parametrize(("share", "code"), [(0.5, {"broken_image", "not_an_image"})])
async def test_a_picture_that_was_cut_off_is_refused(chat: Chat, anna: Person, share: float, code: set[str]) -> None:
    data = a_photo()
    response = await upload(chat, anna, data[: int(len(data) * share)], "half.jpg")
    assert response.json()["code"] in code
    assert await kept(chat) == (0, 0, 0)


async def test_a_clip_that_was_cut_off_is_refused(chat: Chat, anna: Person, tmp_path: Path) -> None:
    data = a_clip(tmp_path / "a.mp4", seconds=2).read_bytes()
    response = await upload(chat, anna, data[: len(data) // 2], "half.mp4")
    assert (response.status_code, response.json()["code"]) == (415, "video_truncated")
    assert await kept(chat) == (0, 0, 0)


async def test_an_upload_that_stops_half_way_leaves_nothing(chat: Chat, anna: Person) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    response = await anna.http.post(
        f"rooms/{chat.room}/attachments", content=head + b"half", headers={"Content-Type": FORM}
    )
    assert (response.status_code, response.json()["code"]) == (422, "upload_cut_off")
    assert await kept(chat) == (0, 0, 0)


async def test_an_upload_is_cut_off_at_the_limit_whatever_it_says(chat: Chat, anna: Person) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(80):
            yield b"\0" * 1024 * 1024

    response = await anna.http.post(f"rooms/{chat.room}/attachments", content=endless(), headers={"Content-Type": FORM})
    assert (response.status_code, response.json()["code"]) == (413, "upload_too_large")
    assert "50 MB" in response.json()["detail"]
    assert await kept(chat) == (0, 0, 0)


async def test_a_full_disk_is_said_and_nothing_is_kept(
    chat: Chat, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = chat.hub.port(Blobs)
    real, calls = blobs.put, 0

    async def second_fails(source: Path, *, kind: str, suffix: str) -> str:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise StorageFull("There is no room left for files on this hub. Nothing was stored.")
        return await real(source, kind=kind, suffix=suffix)

    monkeypatch.setattr(blobs, "put", second_fails)
    response = await upload(chat, anna, a_photo(), "a.jpg")
    assert response.status_code == StorageFull.status
    assert await kept(chat) == (0, 0, 0)


async def test_who_is_not_in_the_room_puts_nothing_in_it(chat: Chat, anna: Person) -> None:
    stranger = await chat.hub.member("Sven Stranger")
    response = await upload(chat, stranger, b"hello")
    assert (response.status_code, response.json()["code"]) == (404, "room_not_found")
    assert (await chat.hub.http().post(f"rooms/{chat.room}/attachments")).status_code == 401
    assert await kept(chat) == (0, 0, 0)


async def test_the_same_upload_again_is_the_same_file(chat: Chat, anna: Person) -> None:
    first = (await upload(chat, anna, b"hello", **{"Idempotency-Key": "k1"})).json()
    again = (await upload(chat, anna, b"hello", **{"Idempotency-Key": "k1"})).json()
    assert again == first
    assert (await upload(chat, anna, b"hello", **{"Idempotency-Key": "k2"})).json()["id"] != first["id"]
    assert (await kept(chat))[0] == 2


async def test_nobody_fills_the_disk_with_uploads_that_are_never_sent(
    chat: Chat, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "MOST_WAITING", 2)
    first = (await upload(chat, anna, b"1")).json()
    await upload(chat, anna, b"2")
    refused = await upload(chat, anna, b"3")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_uploads_waiting")
    gone = await anna.http.delete(f"rooms/{chat.room}/attachments/{first['id']}")
    assert gone.status_code == 204
    assert (await upload(chat, anna, b"3")).status_code == 201


@pytest.mark.parametrize(
    ("given", "kept_as"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\report.pdf", "report.pdf"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("line\nbreak.txt", "linebreak.txt"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_a_name_is_one_line_and_no_path(given: str, kept_as: str) -> None:
    assert plain_name(given) == kept_as
