"""A member at a window: what she sees is found by its role and name, as she and a screen reader find it."""

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.e2e.watching import Watch

PASSWORD = "clubhouse-demo"
WIDE, NARROW = (1440, 900), (390, 844)


@dataclass
class Member:
    """One browser context with its first window."""

    context: BrowserContext
    page: Page
    watch: Watch
    url: str
    shots: Path

    async def open(self, path: str) -> None:
        await self.page.goto(f"{self.url}{path}")

    async def another_window(self, path: str) -> Page:
        page = await self.context.new_page()
        await page.goto(f"{self.url}{path}")
        return page

    async def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """From the door to home."""
        await self.open("/sign-in")
        await self.page.get_by_label("Email").fill(email)
        await self.page.get_by_label("Password", exact=True).fill(password)
        await self.page.get_by_role("button", name="Sign in").click()
        await expect(self.page.get_by_role("feed")).to_be_visible()

    def place(self, name: str) -> Locator:
        """A link of the rail."""
        return self.page.get_by_role("navigation", name="Places and clubs").get_by_role("link", name=name)

    async def shoot(self, name: str, page: Page | None = None) -> None:
        """A picture at each of the two widths."""
        page = page or self.page
        for width, height in (NARROW, WIDE):
            await page.set_viewport_size({"width": width, "height": height})
            await page.wait_for_timeout(150)  # pictures are for people: let a transition end
            await page.screenshot(path=self.shots / f"{name}-{width}.png", animations="disabled")
