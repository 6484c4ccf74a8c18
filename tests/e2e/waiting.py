"""Waiting for what a page computes."""

from typing import Any

from playwright.async_api import Page

from tests.waiting import until

PATIENCE_SECONDS = 20


async def holds(page: Page, expression: str, about: Any = None) -> None:
    """Returns once this JavaScript says so; raises TimeoutError.

    It is asked anew each time: what `Page.wait_for_function` evaluates later by itself, the page's policy forbids.
    """
    await until(lambda: page.evaluate(expression, about), patience=PATIENCE_SECONDS)
