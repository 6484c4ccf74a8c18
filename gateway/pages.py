"""The web app, served by the hub: files with the right caching, the shell for every page, and security headers."""

import asyncio
import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.routing import Match, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SHELL = "index.html"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
COMPRESSIBLE = ("text/", "application/json", "application/javascript", "application/manifest+json", "image/svg+xml")
SMALLEST_TO_COMPRESS = 1000

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(self), payment=(), usb=()",
}


@dataclass(frozen=True)
class Page:
    """A file of the web app as it goes over the wire."""

    body: bytes
    compressed: bytes | None
    media_type: str
    etag: str
    caching: str


class Pages:
    """Files of `folder` by their path; the shell for any page a browser asks for that the server does not know.

    Files are kept in memory once read; a build while the hub runs is noticed by the file's time and size.
    """

    def __init__(self, app: ASGIApp, router: Router, folder: Path, *, https: bool) -> None:
        self._app = app
        self._router = router
        self._folder = folder.resolve()
        self._https = https
        self._kept: dict[tuple[str, int, int], Page] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
                if self._https:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        page = await self._page_for(scope)
        if page is None:
            return await self._app(scope, receive, answer)
        return await _respond(page, Headers(scope=scope))(scope, receive, answer)

    async def _page_for(self, scope: Scope) -> Page | None:
        if scope["method"] not in ("GET", "HEAD") or _is_for_machines(scope["path"]):
            return None
        if page := await asyncio.to_thread(self._read, scope["path"].lstrip("/") or SHELL):
            return page
        wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        if not wants_page or any(route.matches(scope)[0] is Match.FULL for route in self._router.routes):
            return None
        return await asyncio.to_thread(self._read, SHELL)

    def _read(self, name: str) -> Page | None:
        try:
            path = (self._folder / name).resolve()
            if not path.is_relative_to(self._folder) or not path.is_file():
                return None
        except (OSError, ValueError):  # a name no file can have
            return None
        state = path.stat()
        key = (name, state.st_mtime_ns, state.st_size)
        if key not in self._kept:
            self._kept[key] = _load(path, PurePosixPath(name))
        return self._kept[key]


def _is_for_machines(path: str) -> bool:
    return path.startswith(("/api/", "/socket.io", "/files/"))


def _load(path: Path, name: PurePosixPath) -> Page:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(name.name)[0] or "application/octet-stream"
    if name.suffix == ".webmanifest":
        media_type = "application/manifest+json"
    shrinks = media_type.startswith(COMPRESSIBLE) and len(body) >= SMALLEST_TO_COMPRESS
    return Page(
        body=body,
        compressed=gzip.compress(body, 9, mtime=0) if shrinks else None,
        media_type=media_type,
        etag=f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        caching=FOR_EVER if name.parts[0] == "assets" else ASK_FIRST,  # names under assets/ carry their hash
    )


def _respond(page: Page, asked: Headers) -> Response:
    headers = {"ETag": page.etag, "Cache-Control": page.caching}
    if page.media_type == "text/html":
        headers["Content-Security-Policy"] = POLICY
    if page.compressed is not None:
        headers["Vary"] = "Accept-Encoding"
    if page.etag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if page.compressed is not None and "gzip" in asked.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(page.compressed, headers=headers, media_type=page.media_type)
    return Response(page.body, headers=headers, media_type=page.media_type)
