"""Waiting for what a page computes."""

import asyncio
from typing import Any

from playwright.async_api import Page

PATIENCE_SECONDS = 20


async def holds(page: Page, expression: str, about: Any = None) -> None:
    """Returns once this JavaScript says so; raises TimeoutError.

    It is asked anew each time: what `Page.wait_for_function` evaluates later by itself, the page's policy forbids.
    """
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await page.evaluate(expression, about):  # noqa: ASYNC110  a page has no event for it
            await asyncio.sleep(0.05)
