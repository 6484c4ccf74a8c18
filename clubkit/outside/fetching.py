"""Asking what a member named, from a process that also reaches the hub's own network.

The host is resolved here, every address it has must be public, and the connection goes to the very address that was
looked at: a name that changes its mind between the look and the call leads nowhere else. Each redirect is a new look.
No cookies, no proxies, no credentials; bounded time, bounded bytes, bounded redirects.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from socket import SOCK_STREAM, gaierror
from types import TracebackType
from typing import Self, cast

import httpx

from clubkit.outside.addresses import is_public
from clubkit.outside.errors import Forbidden, NotReached

AGENT = "ClubHoloHub-LinkPreview/1.0"
SENDER = "ClubHoloHub/1.0"
SECONDS = 6.0
"""For all of it: names, redirects, bytes."""
MOST_REDIRECTS = 3
LONGEST_URL = 2_000
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_TIMEOUT = {"connect": 3.0, "read": 3.0, "write": 3.0, "pool": 3.0}

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Host and port to numeric addresses, the preferred one first. Raises OSError."""


@dataclass(frozen=True)
class Fetched:
    """url: where it was found in the end. cut: there was more than the limit."""

    url: str
    media_type: str
    charset: str | None
    body: bytes
    cut: bool


async def system_resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class Outside:
    """Use as a context: `async with Outside() as outside`. `trusted`: a host:port that is let through, for tests."""

    def __init__(self, *, trusted: str = "", resolve: Resolve = system_resolve, seconds: float = SECONDS) -> None:
        self._trusted = trusted
        self._resolve = resolve
        self._seconds = seconds
        self._transport = httpx.AsyncHTTPTransport(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)

    async def get(self, url: str, *, limit: int, accept: str) -> Fetched:
        """What is at `url`, its first `limit` bytes at most. Raises Forbidden, NotReached."""
        with _named():
            async with asyncio.timeout(self._seconds):
                return await self._followed(_parsed(url), limit, accept)

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> int:
        """Sends `content` there and answers the status; a redirect is one too. Raises Forbidden, NotReached."""
        with _named():
            async with asyncio.timeout(self._seconds):
                request = await self._request("POST", _parsed(url), {"User-Agent": SENDER, **headers}, content)
                response = await self._transport.handle_async_request(request)
                await response.aclose()
                return response.status_code

    async def _followed(self, url: httpx.URL, limit: int, accept: str) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            wanted = {"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "identity"}
            request = await self._request("GET", url, wanted)
            response = await self._transport.handle_async_request(request)
            try:
                if response.status_code not in _REDIRECTS:
                    return await _read(url, response, limit)
                url = _parsed(str(url.join(response.headers.get("location", ""))))
            finally:
                await response.aclose()
        raise NotReached("It leads on and on.")

    async def _request(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], content: bytes | None = None
    ) -> httpx.Request:
        address = await self._checked(url)
        # To the address that was looked at; the certificate is checked for the name.
        return httpx.Request(
            method, url.copy_with(host=address, fragment=None), content=content,
            headers={"Host": url.netloc.decode(), **headers, "Connection": "close"},
            extensions={"timeout": _TIMEOUT, "sni_hostname": url.host},
        )  # fmt: skip

    async def _checked(self, url: httpx.URL) -> str:
        port = url.port or _PORTS[url.scheme]
        trusted = bool(self._trusted) and f"{url.host}:{port}" == self._trusted
        if port != _PORTS[url.scheme] and not trusted:
            raise Forbidden("Only the usual ports are asked.")
        try:
            addresses = await self._resolve(url.host, port)
        except (gaierror, UnicodeError) as unknown:
            raise NotReached("There is no such host.") from unknown
        if not addresses:
            raise NotReached("There is no such host.")
        # One that is not public condemns them all: which one is called must not be a matter of luck.
        if not trusted and not all(is_public(address) for address in addresses):
            raise Forbidden("This address is not the public's.")
        return addresses[0]


@contextmanager
def _named() -> Iterator[None]:
    """Whatever keeps it from answering has one name."""
    try:
        yield
    except TimeoutError as late:
        raise NotReached("It took too long.") from late
    except (httpx.HTTPError, httpx.InvalidURL, OSError, zlib.error) as failure:
        raise NotReached("It did not answer.") from failure


def _parsed(text: str) -> httpx.URL:
    if len(text) > LONGEST_URL:
        raise Forbidden("This address is too long.")
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError, ValueError) as bad:
        raise Forbidden("This is no address.") from bad
    if url.scheme not in _PORTS or not url.host or url.userinfo:
        raise Forbidden("Only plain addresses of the web are asked.")
    return url


async def _read(url: httpx.URL, response: httpx.Response, limit: int) -> Fetched:
    if response.status_code != 200:
        raise NotReached(f"It answered {response.status_code}.")
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    body = bytearray()
    cut = False
    async for piece in _plain(response, limit):
        body += piece
        if len(body) > limit:
            cut = True
            break
    charset = rest.partition("charset=")[2].strip("\"' ;").split(";")[0] or None
    return Fetched(str(url), kind.strip().lower(), charset, bytes(body[:limit]), cut)


async def _plain(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """The bytes of the answer, unpacked a bounded piece at a time where the server packed them all the same."""
    how = response.headers.get("content-encoding", "identity").strip().lower()
    stream = cast("httpx.AsyncByteStream", response.stream)
    if how in {"", "identity"}:
        async for piece in stream:
            yield piece
        return
    if how not in {"gzip", "x-gzip", "deflate"}:
        raise NotReached("It answered in an encoding that was not asked for.")
    unpack = zlib.decompressobj(wbits=47)
    async for piece in stream:
        yield unpack.decompress(piece, limit + 1)
        if unpack.eof or unpack.unconsumed_tail:
            return
