"""A simulated member at the hub's public door: signed in over HTTP, connected over Socket.IO, like any app."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import socketio

from clubkit.clock import Clock, utc_now
from clubkit.errors import Forbidden, Unavailable
from clubkit.ids import new_id

CALL_SECONDS = 15.0
RENEW_AFTER = 0.6
"""Of a token's life: an app renews before it must."""


class Refused(Forbidden):
    """The hub said no, in its own words."""

    code = "refused"


class Away(Unavailable):
    code = "away"

    def __init__(self) -> None:
        super().__init__("The hub does not answer just now.")


class Visitor:
    """One member. Every method raises Away while the hub is gone, Refused when it says no."""

    def __init__(self, base_url: str, email: str, name: str, password: str, *, clock: Clock = utc_now) -> None:
        self.name = name
        self.clock = clock
        self.member_id = ""
        self._base_url = base_url.rstrip("/")
        self._credentials = {"email": email, "password": password}
        self._http = httpx.AsyncClient(base_url=f"{self._base_url}/api/v1", timeout=CALL_SECONDS)
        self._token, self._renew_at = "", datetime.min.replace(tzinfo=UTC)
        self._signing_in = asyncio.Lock()
        # It would reconnect by itself, but with the token it had.
        self.socket: Any = socketio.AsyncClient(reconnection=False, handle_sigint=False)

    async def be_connected(self) -> None:
        """Signs in and connects, unless that is so already."""
        if self.socket.connected:
            return
        token = await self._fresh_token()
        try:
            await self.socket.connect(self._base_url, auth={"token": token}, transports=["websocket"], wait_timeout=10)
        except (socketio.exceptions.SocketIOError, ValueError, OSError) as gone:
            await self.socket.disconnect()
            raise Away from gone

    async def leave(self) -> None:
        with contextlib.suppress(Exception):  # going anyway
            await self.socket.disconnect()
        with contextlib.suppress(Exception):
            await self._http.post("auth/sign-out", headers=self._proof())
        await self._http.aclose()

    async def get(self, path: str, **query: Any) -> Any:
        return await self._call("GET", path, params=query)

    async def put(self, path: str, body: Any) -> Any:
        return await self._call("PUT", path, json=body)

    async def post(self, path: str, body: Any) -> Any:
        return await self._call("POST", path, json=body, headers={"Idempotency-Key": new_id()})

    async def emit(self, event: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Sends over the socket and waits for the acknowledgement."""
        await self.be_connected()
        await self._renew_socket()
        try:
            answer: dict[str, Any] = await self.socket.call(event, payload, timeout=CALL_SECONDS)
        except (socketio.exceptions.SocketIOError, TimeoutError) as gone:
            raise Away from gone
        if not answer.get("ok"):
            raise Refused(answer["problem"]["detail"])
        return answer

    async def _call(self, method: str, path: str, **how: Any) -> Any:
        token = await self._fresh_token()
        headers = {"Authorization": f"Bearer {token}"} | how.pop("headers", {})
        answer = await self._send(method, path, headers=headers, **how)
        if answer.status_code == httpx.codes.UNAUTHORIZED:  # the hub's keys changed, or our session ended
            self._token = ""
            headers["Authorization"] = f"Bearer {await self._fresh_token()}"
            answer = await self._send(method, path, headers=headers, **how)
        return read(answer)

    async def _send(self, method: str, path: str, **how: Any) -> httpx.Response:
        try:
            return await self._http.request(method, path, **how)
        except httpx.TransportError as gone:
            raise Away from gone

    async def _fresh_token(self) -> str:
        async with self._signing_in:
            if self._token and self.clock() < self._renew_at:
                return self._token
            answer = await self._send("POST", "auth/refresh", headers=self._proof()) if self._token else None
            if answer is None or answer.is_client_error:
                answer = await self._send("POST", "auth/sign-in", json=self._credentials)
            signed_in = read(answer)
            self._token, self.member_id = signed_in["access_token"], signed_in["member"]["id"]
            self._renew_at = self.clock() + timedelta(seconds=signed_in["expires_in"] * RENEW_AFTER)
            return self._token

    async def _renew_socket(self) -> None:
        """Gives the open socket the new token when there is one."""
        before = self._token
        if await self._fresh_token() != before and self.socket.connected:
            with contextlib.suppress(socketio.exceptions.SocketIOError, TimeoutError):
                await self.socket.call("auth.renew", {"token": self._token}, timeout=CALL_SECONDS)

    def _proof(self) -> dict[str, str]:
        return {"X-CSRF-Token": self._http.cookies.get("csrf") or ""}


def read(answer: httpx.Response) -> Any:
    """The body of a good answer. Raises Away for a hub that is starting or stopping, else Refused."""
    if answer.is_success:
        return answer.json() if answer.content else None
    if answer.is_server_error:
        raise Away
    try:
        raise Refused(str(answer.json()["detail"]))
    except (ValueError, KeyError):
        raise Refused(f"{answer.status_code} {answer.reason_phrase}") from None
