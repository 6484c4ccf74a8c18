"""What a process needs before it can serve, asked anew at each look: `/readyz` and whoever waits at a start."""

import asyncio
from collections.abc import Awaitable, Callable

Check = Callable[[], Awaitable[object]]
"""Raises when what it asks is away."""
PATIENCE_SECONDS = 2.0


class Readiness:
    """Adapters and modules add what they cannot do without; what is optional stays out and degrades its feature."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def needs(self, name: str, check: Check) -> None:
        self._checks[name] = check

    async def missing(self) -> dict[str, str]:
        """What is away now, by name, and why. All are asked at once."""
        answers = await asyncio.gather(*(_why_not(check) for check in self._checks.values()))
        return {name: why for name, why in zip(self._checks, answers, strict=True) if why}


async def _why_not(check: Check) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await check()
    except TimeoutError:
        return "does not answer"
    except Exception as failure:  # noqa: BLE001  whatever is wrong is what we report
        return str(failure) or type(failure).__name__
    return ""
