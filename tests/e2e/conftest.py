"""One hub with its demo world for all journeys, one Chromium, and a window for everyone who asks."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.e2e.member import WIDE, Member
from tests.e2e.running_hub import RunningHub, running_hub
from tests.e2e.watching import Watch

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = os.environ.get("E2E") == "required" or os.environ.get("CI") == "true"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
PATIENCE_MS = 30_000
"""For what a quiet machine shows at once. A member's wait is measured by the benches, not here."""

NewMember = Callable[..., Awaitable[Member]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(600))
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def missing(what: str) -> None:
    """Says what is not there: a failure where browser tests are required, else a reason to skip them."""
    (pytest.fail if REQUIRED else pytest.skip)(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    asked = subprocess.run([ROOT / "tools" / "chromium.sh"], capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        missing("No Chromium was found (Debian: sudo apt install chromium; or CHROMIUM=/path).")
    return asked.stdout.strip()


@pytest.fixture(scope="session")
def web_dist() -> Path:
    folder = Path(os.environ.get("HUB_WEB_DIST") or ROOT / "web" / "dist")
    if not (folder / "index.html").is_file():
        missing("The web app is not built (make web).")
    return folder


@pytest.fixture(scope="session")
def hub(chromium: str, web_dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """HUB_E2E_URL names one that runs already, to try things quickly; its demo world is then no longer untouched."""
    del chromium  # without it there is nothing to start a hub for
    if url := os.environ.get("HUB_E2E_URL"):
        yield RunningHub(url, Path(os.devnull))
        return
    with running_hub(tmp_path_factory.mktemp("e2e"), web_dist) as running:
        yield running


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where pictures go: HUB_E2E_SHOTS, or `shots/`, which git does not see. Emptied at the start."""
    folder = Path(os.environ.get("HUB_E2E_SHOTS") or ROOT / "shots")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_member(hub: RunningHub, browser: Browser, shots: Path) -> AsyncIterator[NewMember]:
    """`mara = await new_member("Mara")`: a browser of her own. At the end nothing may have gone wrong in it."""
    members: list[Member] = []

    async def open_one(who: str, width: int = WIDE[0], height: int = WIDE[1]) -> Member:
        members.append(await open_member(browser, hub.url, shots, who, width, height))
        return members[-1]

    yield open_one
    for member in members:
        await member.context.close()
    assert [fault for member in members for fault in member.watch.wrong] == []


@pytest_asyncio.fixture(loop_scope="session")
async def both(new_member: NewMember) -> tuple[Member, Member]:
    """Mara, a member of three clubs, and Jonas, who runs one of them; each in a browser of their own."""
    mara, jonas = await new_member("Mara"), await new_member("Jonas")
    await asyncio.gather(mara.sign_in("mara@demo.club"), jonas.sign_in("jonas@demo.club"))
    return mara, jonas


async def open_member(browser: Browser, url: str, shots: Path, who: str, width: int, height: int) -> Member:
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="en-GB",
        reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(who)
    await watch.follow(context)
    return Member(context, await context.new_page(), watch, url, shots)
