"""The README's pictures, taken from a running hub: `python -m tools.screenshots http://127.0.0.1:8000`.

Signs in to the demo world as Mara and takes her home page by day and a club's talk by night. Wants a Chromium, and a
font with emoji for the demo's talk (Debian: fonts-noto-color-emoji).
"""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
WINDOW: ViewportSize = {"width": 1440, "height": 960}
EMAIL, PASSWORD = "mara@demo.club", "clubhouse-demo"


def main(url: str) -> None:
    chromium = subprocess.run([ROOT / "tools" / "chromium.sh"], capture_output=True, text=True, check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.stdout.strip(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=WINDOW, locale="en-GB", reduced_motion="reduce")
        enter(page, url)
        shoot(page, "home")
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.goto(f"{url}/chat")
        page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Night Runners").click()
        expect(page.get_by_role("log")).to_be_visible()
        settle(page)
        shoot(page, "chat")
        browser.close()


def enter(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("feed")).to_be_visible(timeout=60_000)
    settle(page)


def settle(page: Page) -> None:
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)


def shoot(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB").save(path, optimize=True)
    print(f"  {path.relative_to(ROOT)}, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
