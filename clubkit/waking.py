"""Waiting for an event or for a time, whichever comes first."""

import asyncio


async def rung(event: asyncio.Event, within: float) -> bool:
    """Whether the event was set within so many seconds.

    A cancellation always ends it. `asyncio.wait_for` may lose one that comes in the same moment as the event (Python
    3.11), and a loop that should have ended then runs for ever; so ruff does not let it in.
    """
    try:
        async with asyncio.timeout(within):
            await event.wait()
    except TimeoutError:
        return event.is_set()
    return True
