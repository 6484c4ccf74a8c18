"""Uploads: taken in whole, or refused with a sentence and nothing left behind."""

import errno
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from clubkit.blobs.port import Blobs
from clubkit.errors import StorageFull
from clubkit.testing.hub import Person
from social_service.media import service
from social_service.media.models import MediaRow
from tests.social_service.conftest import png

FORM = "multipart/form-data; boundary=x"


def form(data: bytes, *, name: str = "file", end: bytes = b"\r\n--x--\r\n") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\n\r\n'
    return head.encode() + data + end


async def send(who: Person, body: Any, kind: str = FORM, **headers: str) -> Any:
    return await who.http.post("media", content=body, headers={"Content-Type": kind, **headers})


async def kept(social: Any) -> tuple[int, list[str], list[str]]:
    """(rows, files for good, files in scratch)."""
    blobs = social.hub.port(Blobs)
    async with social.hub.works.reading() as work:
        rows = await work.session.scalar(select(func.count()).select_from(MediaRow))
    return rows, [key async for key in blobs.keys()], [p.name for p in blobs.scratch().iterdir()]  # noqa: SIM118


NOTHING = (0, [], [])


async def test_a_picture_comes_back_in_several_sizes(social: Any, anna: Person) -> None:
    response = await social.upload(anna, png(1600, 800, "#336699"), alt="The pitch at dusk")
    assert response.status_code == 201, response.text
    picture = response.json()
    assert [(s["width"], s["height"]) for s in picture["sizes"]] == [(320, 160), (640, 320), (1280, 640)]
    assert (picture["width"], picture["colour"], picture["alt"]) == (1600, "#336699", "The pitch at dusk")
    for size in picture["sizes"]:
        file = await social.hub.http().get(f"http://hub.test{size['url']}")
        assert (file.status_code, file.headers["content-type"]) == (200, "image/webp")
    rows, files, scratch = await kept(social)
    assert (rows, len(files), scratch) == (1, 3, [])


async def test_a_small_picture_is_not_blown_up(social: Any, anna: Person) -> None:
    picture = (await social.upload(anna, png(100, 50))).json()
    assert [(s["width"], s["height"]) for s in picture["sizes"]] == [(100, 50)]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"GIF89a but not really", 415, None),
        (b"%PDF-1.7 a document", 415, "not_an_image"),
        (png()[:-200], 415, "broken_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "not_an_image"),
        (b"", 422, "file_missing"),
    ],
)
async def test_what_is_no_picture_is_refused(
    social: Any, anna: Person, data: bytes, status: int, code: str | None
) -> None:
    response = await send(anna, form(data))
    assert response.status_code == status, response.text
    assert code is None or response.json()["code"] == code
    assert response.json()["detail"].endswith(".")
    assert await kept(social) == NOTHING


async def test_a_picture_that_would_unfold_too_large_is_refused(social: Any, anna: Person) -> None:
    bomb = png(12_000, 12_000)
    assert len(bomb) < 2_000_000
    response = await send(anna, form(bomb))
    assert (response.status_code, response.json()["code"]) == (413, "image_too_large")
    assert await kept(social) == NOTHING


async def test_an_upload_that_says_it_is_too_large_is_not_even_read(social: Any, anna: Person) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield form(b"begins")
        raise AssertionError("the rest was asked for")

    response = await send(anna, never(), **{"Content-Length": str(13 * 1024 * 1024)})
    assert (response.status_code, response.json()["code"]) == (413, "upload_too_large")


async def test_an_upload_is_cut_off_at_the_limit_whatever_it_says(social: Any, anna: Person) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield form(b"", end=b"")
        for _ in range(64):
            sent += 1
            yield b"\0" * 1024 * 1024

    response = await send(anna, endless())
    assert (response.status_code, response.json()["code"]) == (413, "upload_too_large")
    assert "12 MB" in response.json()["detail"]
    assert await kept(social) == NOTHING


async def test_a_truncated_upload_leaves_nothing(social: Any, anna: Person) -> None:
    response = await send(anna, form(png()[:500], end=b""))
    assert (response.status_code, response.json()["code"]) == (422, "upload_cut_off")
    assert await kept(social) == NOTHING


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("application/json", b"{}", "not_a_form"),
        ("multipart/form-data", b"", "not_a_form"),
        (f"multipart/form-data; boundary={'b' * 71}", b"", "not_a_form"),
        (FORM, form(png(), name="picture"), "file_missing"),
        (FORM, b"--y\r\n\r\nsomething else", "upload_cut_off"),
    ],
)
async def test_what_is_no_form_is_refused(social: Any, anna: Person, kind: str, body: bytes, code: str) -> None:
    response = await send(anna, body, kind)
    assert response.json()["code"] == code
    assert await kept(social) == NOTHING


async def test_an_essay_beside_the_picture_is_refused(social: Any, anna: Person) -> None:
    assert (await social.upload(anna, alt="x" * 501)).status_code == 422
    assert (await social.upload(anna, alt="x" * 20_000)).status_code == 413
    assert await kept(social) == NOTHING


async def test_a_picture_that_is_shown_nowhere_goes_after_a_day(social: Any, anna: Person) -> None:
    avatar, _forgotten = (await social.upload(anna)).json(), (await social.upload(anna)).json()
    changed = await anna.http.patch("me", json={"avatar_id": avatar["id"]})
    assert changed.status_code == 200, changed.text
    works, blobs = social.hub.works, social.hub.port(Blobs)
    social.hub.clock.advance(timedelta(hours=23))
    assert await service.sweep(works, blobs) == 0
    social.hub.clock.advance(timedelta(hours=2))
    assert await service.sweep(works, blobs) == len(_forgotten["sizes"])
    rows, files, _ = await kept(social)
    assert (rows, len(files)) == (1, len(avatar["sizes"]))
    shown = await social.hub.http().get(f"http://hub.test{changed.json()['avatar_url']}")
    assert shown.status_code == 200


async def test_strangers_upload_nothing(social: Any) -> None:
    response = await social.hub.http().post("media", files={"file": ("a.png", png())})
    assert response.status_code == 401
    assert await kept(social) == NOTHING


class FullDisk:
    """`Blobs` on a disk that takes so many files and no more."""

    def __init__(self, blobs: Any, room_for: int) -> None:
        self._blobs = blobs
        self._left = room_for

    def __getattr__(self, name: str) -> Any:
        return getattr(self._blobs, name)

    async def put(self, source: Path, *, kind: str, suffix: str) -> str:
        if not self._left:
            raise StorageFull("There is no room left for files on this hub. Nothing was stored.")
        self._left -= 1
        return str(await self._blobs.put(source, kind=kind, suffix=suffix))


@pytest.mark.parametrize("room_for", [0, 1, 2])
async def test_a_full_disk_leaves_no_half_of_a_picture(social: Any, anna: Person, room_for: int) -> None:
    social.hub.ports.provide(Blobs, FullDisk(social.hub.port(Blobs), room_for))
    response = await social.upload(anna, png(1600, 800))
    assert (response.status_code, response.json()["code"]) == (507, "storage_full")
    assert await kept(social) == NOTHING


async def test_a_disk_that_fills_while_the_upload_comes_in_is_said(
    social: Any, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("clubkit.http.uploads._Form._data", full)
    response = await social.upload(anna)
    assert (response.status_code, response.json()["code"]) == (507, "storage_full")
    assert await kept(social) == NOTHING


async def test_two_uploads_of_one_file_are_two_pictures(social: Any, anna: Person) -> None:
    first, second = (await social.upload(anna)).json(), (await social.upload(anna)).json()
    assert first["id"] != second["id"]
    assert {s["url"] for s in first["sizes"]}.isdisjoint(s["url"] for s in second["sizes"])
