"""Waiting for what no event tells."""

import asyncio
from collections.abc import Callable
from inspect import isawaitable

PATIENCE_SECONDS = 100
"""Less than a test has by itself: the end of that does not say what was waited for."""


async def until(holds: Callable[[], object], *, patience: float = PATIENCE_SECONDS) -> None:
    """Returns when it holds, asked again and again; raises TimeoutError. holds: plain, or a coroutine function."""
    async with asyncio.timeout(patience):
        while True:
            answer = holds()
            if await answer if isawaitable(answer) else answer:
                return
            await asyncio.sleep(0.01)
