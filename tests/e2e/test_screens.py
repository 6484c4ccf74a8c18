"""Every main screen on a phone and on a desk, by day and by night: nothing sticks out, nobody is shut out."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import ROOT, open_member
from tests.e2e.member import NARROW, WIDE, Member
from tests.e2e.running_hub import RunningHub
from tests.e2e.waiting import holds

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
STATES: list[tuple[tuple[int, int], Literal["light", "dark"]]] = [
    (WIDE, "light"), (WIDE, "dark"), (NARROW, "dark"), (NARROW, "light"),
]  # fmt: skip
LOOKED_AT_CLOSELY = ((WIDE, "light"), (NARROW, "dark"))
"""Both widths and both themes once: what the other two would add is not worth their time."""
SCREENS = {
    "home": "/", "home-following": "/?tab=following", "clubs": "/clubs", "club": "/c/riverside-fc", "chat": "/chat",
    "calendar": "/calendar", "calendar-month": "/calendar?view=month", "reels": "/reels", "picks": "/picks",
    "leaderboard": "/leaderboard", "search": "/search?q=night", "notifications": "/notifications",
    "profile": "/m/mara", "settings": "/settings", "schedule": "/schedule",
    "reported": "/reported",
}  # fmt: skip
FINDINGS = """async () => {
  const rules = { 'label-content-name-mismatch': { enabled: true } }
  const { violations } = await axe.run(document, { resultTypes: ['violations'], rules })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) =>
      `${html.slice(0, 160)} ${failureSummary.slice(0, 200)}`).join(' | ')}`)
}"""
AT_REST = """() => document.getAnimations().every((one) =>
  one.playState !== 'running' || one.effect.getComputedTiming().iterations === Infinity)"""
BELOW = """(() => {
  const talk = document.querySelector('[data-talk]')
  return talk.scrollHeight - talk.clientHeight - talk.scrollTop
})()"""
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def jonas(hub: RunningHub, browser: Browser, shots: Path) -> AsyncIterator[Member]:
    """Who sees all there is, because he runs a club."""
    member = await open_member(browser, hub.url, shots, "Jonas", *WIDE)
    await member.context.add_init_script(path=AXE)
    await member.sign_in("jonas@demo.club")
    yield member
    await member.context.close()


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_fits_and_shuts_nobody_out(jonas: Member, name: str) -> None:
    await jonas.open(SCREENS[name])
    await settled(jonas.page)
    assert await toured(jonas, name) == ""
    assert jonas.watch.wrong == []


async def test_an_event_and_a_room_fit_and_shut_nobody_out(jonas: Member) -> None:
    page = jonas.page
    await jonas.open("/calendar?view=agenda")
    await page.get_by_role("main").get_by_role("link", name="Tuesday training").first.click()
    await page.wait_for_url("**/e/*")
    await expect(page.get_by_role("group", name="Your answer to")).to_be_visible()
    found = await toured(jonas, "event-page")
    await jonas.open("/chat")
    await page.get_by_role("navigation", name="Rooms").get_by_role("link").first.click()
    await settled(page)
    await page.evaluate("document.querySelector('[data-talk]').scrollTop = 1e6")
    await page.wait_for_timeout(300)
    assert found + await toured(jonas, "room") == ""
    assert await page.evaluate(BELOW) < 1, "who reads the end of a talk loses it when the window changes"
    assert jonas.watch.wrong == []


@pytest.mark.parametrize("name", ["sign-in", "sign-up"])
async def test_the_door_fits_and_shuts_nobody_out(hub: RunningHub, browser: Browser, shots: Path, name: str) -> None:
    stranger = await open_member(browser, hub.url, shots, "A stranger", *WIDE)
    await stranger.context.add_init_script(path=AXE)
    await stranger.open(f"/{name}")
    await expect(stranger.page.get_by_role("heading", level=1)).to_be_visible()
    assert await toured(stranger, name) == ""
    assert stranger.watch.wrong == []
    await stranger.context.close()


async def settled(page: Page) -> None:
    """Nothing is loading any more, pictures in view included."""
    await expect(page.get_by_role("main")).to_be_visible()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    await holds(page, "[...document.images].every((one) => one.complete || one.loading === 'lazy')")


async def toured(member: Member, name: str) -> str:
    """What is wrong with the screen in one of its four states, line by line; a picture is taken of each."""
    wrong: list[str] = []
    for (width, height), theme in STATES:
        await member.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        await member.page.set_viewport_size({"width": width, "height": height})
        await member.page.wait_for_timeout(100)
        await holds(member.page, AT_REST)  # colours change softly; half-way they have no contrast
        state = f"{name} at {width} px, {theme}"
        if out := await member.page.evaluate(STICKS_OUT):
            wrong.append(f"{state}: {out} px stick out")
        if ((width, height), theme) in LOOKED_AT_CLOSELY:
            wrong += [f"{state}: {finding}" for finding in await member.page.evaluate(FINDINGS)]
        await member.page.screenshot(path=member.shots / f"{name}-{width}-{theme}.png", animations="disabled")
    return "\n".join(wrong)
