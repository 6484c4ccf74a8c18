"""What a process answers before it can serve: it is alive, it is not ready and why, and it counts."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from clubkit.errors import Unavailable
from clubkit.http.problems import problem_of, respond

Missing = Callable[[], Awaitable[Mapping[str, str]]]
"""What an open process is short of now, by name."""
Say = Callable[[str], None]
RETRY_SECONDS = 2.0


class Entrance:
    """An ASGI application before, and perhaps beside, the real one.

    Until `open`, it says what the process waits for and turns everybody else away with a 503; from then on it hands
    everything to `inside`. Without an inside (`hub consume`, `hub work`) it goes on answering for the process's health.
    """

    def __init__(self, missing: Missing, inside: ASGIApp | None = None) -> None:
        self.waiting: Mapping[str, str] = {"start": "has only just begun"}
        self._missing = missing
        self._inside = inside
        self._is_open = False

    def wait_for(self, waiting: Mapping[str, str], say: Say) -> None:
        """What is away, by name, and why; said where it is news."""
        if waiting != self.waiting:
            for name, why in waiting.items():
                say(f"Waiting for {name}: {why}")
        self.waiting = waiting

    def open(self) -> None:
        self.waiting = {}
        self._is_open = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_open and self._inside is not None:
            await self._inside(scope, receive, send)
        elif scope["type"] == "http":
            await (await self._answer(scope["path"]))(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1013})  # try again later

    async def _answer(self, path: str) -> Response:
        match path:
            case "/healthz":
                return _json({"status": "alive"})
            case "/readyz":
                waiting = await self._missing() if self._is_open else self.waiting
                status = {"status": "waiting" if waiting else "ready", "waiting_for": waiting}
                return _json(status, 503 if waiting else 200)
            case "/metrics":
                return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
        away = Unavailable("The hub is starting. Please try again in a moment.", retry_after=RETRY_SECONDS)
        return respond(problem_of(away))


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status_code=status, media_type="application/json")
