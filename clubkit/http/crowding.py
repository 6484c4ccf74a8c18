"""More requests than can be answered soon: the ones too many are told at once, so that the others are served."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clubkit.errors import Unavailable
from clubkit.http.problems import problem_of, respond
from clubkit.observability.metrics import http_crowded

LARGE = 1024 * 1024
"""Bytes of a body from which on a request waits for its member's line more than for us: it is not counted."""


class Crowded(Unavailable):
    code = "hub_busy"

    def __init__(self) -> None:
        super().__init__("The hub has more to do than it can. Please try again in a moment.", retry_after=1)


class Crowd:
    """Lets `most` requests of the API wait for their answers at a time; health and pages always pass.

    Without a bound, a hub that gets more than it can do makes everybody wait until nobody does: each request is
    answered long after its member went away.
    """

    def __init__(self, app: ASGIApp, *, path: str, most: Callable[[], int]) -> None:
        self._app = app
        self._path = path
        self._most = most
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self._path) or _is_large(scope):
            return await self._app(scope, receive, send)
        if self._waiting >= self._most():
            http_crowded.inc()
            return await respond(problem_of(Crowded()))(scope, receive, send)
        self._waiting += 1
        answering = False

        def answers() -> None:
            nonlocal answering
            if not answering:
                answering = True
                self._waiting -= 1

        async def answer(message: Message) -> None:
            answers()  # from here on the member's line is what takes time
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            answers()


def _is_large(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"")
    return b"transfer-encoding" in headers or (length.isdigit() and int(length) >= LARGE)
