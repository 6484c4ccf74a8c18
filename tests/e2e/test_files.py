"""Files in a room: on their way up, described, arrived, tried again."""

import asyncio
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from PIL import Image
from playwright.async_api import Locator, Page, Route, expect

from tests.e2e.member import Member
from tests.e2e.test_chat import CLUB, message, tag
from tests.e2e.test_journey import into_the_room
from tests.e2e.waiting import holds

UPLOADS = "**/api/v1/rooms/*/attachments"


def picture() -> dict[str, object]:
    """A pitch by evening."""
    rows = np.linspace(0, 1, 600)[:, None, None]
    pixels = (1 - rows) * np.array([250, 190, 120]) + rows * np.array([40, 120, 70])
    buffer = BytesIO()
    Image.fromarray(np.broadcast_to(pixels, (600, 900, 3)).astype(np.uint8)).save(buffer, "PNG")
    return {"name": "pitch.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def clip(folder: Path) -> dict[str, object]:
    """Two seconds that a browser plays."""
    path = folder / "goal.webm"
    with av.open(str(path), "w", format="webm") as out:
        stream = out.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for n in range(20):
            pixels = np.full((180, 320, 3), (30, 60 + 8 * n, 90), np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode(None))
    return {"name": "goal.webm", "mimeType": "video/webm", "buffer": path.read_bytes()}


async def attach(page: Page, *files: dict[str, object]) -> Locator:
    """Chooses files for the message that is being written; their list above the field."""
    await page.locator("input[type=file]").first.set_input_files(list(files))  # type: ignore[arg-type]
    waiting = page.get_by_role("list", name="Files to send")
    await expect(waiting.get_by_role("listitem")).to_have_count(len(files))
    return waiting


async def test_a_picture_with_its_description_and_a_file_arrive_with_their_message(both: tuple[Member, Member]) -> None:
    mara, jonas = both
    hers, _ = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number = tag()
    plan: dict[str, object] = {"name": "line-up.txt", "mimeType": "text/plain", "buffer": b"1 Priya\n2 Tom\n"}
    waiting = await attach(mara.page, picture(), plan)
    alt = waiting.get_by_role("textbox", name="What pitch.png shows, for who cannot see it")
    await expect(alt).to_have_attribute("placeholder", "Add a description")
    await mara.shoot("chat-attaching")
    await alt.fill(f"The pitch at sunset, {number}")
    await alt.press("Enter")
    await expect(hers).to_be_focused()
    await hers.fill(f"The pitch as it is, {number}")
    await expect(mara.page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    await hers.press("Enter")
    arrived = message(jonas.page, f"as it is, {number}")
    await expect(arrived.get_by_role("link", name="line-up.txt")).to_be_visible()
    shown = arrived.get_by_role("button", name=f"The pitch at sunset, {number}")
    picture_ = shown.locator("img")
    await expect(picture_).to_be_visible()
    await holds(jonas.page, "(one) => one.complete && one.naturalWidth > 0", await picture_.element_handle())
    await expect(waiting).to_have_count(0)
    await jonas.shoot("chat-files")
    await shown.click()
    viewer = jonas.page.get_by_role("dialog")
    await expect(viewer.get_by_role("img", name=f"The pitch at sunset, {number}")).to_be_visible()
    await jonas.shoot("chat-picture")
    await jonas.page.keyboard.press("Escape")


async def test_a_clip_is_sent_and_played(both: tuple[Member, Member], tmp_path: Path) -> None:
    mara, jonas = both
    hers, _ = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number = tag()
    await attach(mara.page, clip(tmp_path))
    await hers.fill(f"The goal, {number}")
    await expect(mara.page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    await hers.press("Enter")
    arrived = message(jonas.page, f"The goal, {number}")
    await arrived.get_by_role("button", name="Play goal").click()
    await expect(arrived.locator("video")).to_be_visible()
    playing = await arrived.locator("video").element_handle()
    await holds(jonas.page, "(one) => one.currentTime > 0 && one.videoWidth > 0", playing)
    await jonas.shoot("chat-clip")


async def test_an_upload_that_fails_says_so_and_is_tried_again(both: tuple[Member, Member]) -> None:
    mara, jonas = both
    hers, _ = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number = tag()

    async def cut(route: Route) -> None:
        await route.abort("connectionreset")

    with mara.watch.forgiving():
        await mara.page.route(UPLOADS, cut)
        waiting = await attach(mara.page, picture())
        await expect(waiting.get_by_role("alert")).to_be_visible()
        await mara.shoot("chat-upload-failed")
        await hers.fill(f"Once more, {number}")
        await expect(mara.page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
        await mara.page.unroute(UPLOADS)
        await waiting.get_by_role("button", name="Try pitch.png again").click()
        await expect(mara.page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    await hers.press("Enter")
    await expect(message(jonas.page, f"Once more, {number}").get_by_role("button", name="Picture 1")).to_be_visible()
