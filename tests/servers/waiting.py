"""Waiting for what no event tells."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable


async def until(holds: Callable[[], bool | Awaitable[bool]]) -> None:
    """Returns when it holds; the test's own timeout ends a wait in vain."""
    while True:
        answer = holds()
        if await answer if isawaitable(answer) else answer:
            return
        await asyncio.sleep(0.01)
