"""The two cookies of a session: one the app cannot read and one it must, and the checks that go with them."""

import hmac
from urllib.parse import urlsplit

from fastapi import Request, Response

from auth_service.sessions.errors import CsrfRefused, SessionOver
from auth_service.sessions.models import IDLE
from auth_service.sessions.refresh_tokens import RefreshTokens
from auth_service.sessions.schemas import Grant
from clubkit.http.dependencies import ports_of
from clubkit.settings import Settings

CSRF, CSRF_HEADER = "csrf", "x-csrf-token"


def is_secure(settings: Settings) -> bool:
    """False only while developing over plain HTTP, where browsers refuse Secure cookies (decision 0011)."""
    return settings.is_production or settings.base_url.startswith("https://")


def refresh_cookie(settings: Settings) -> str:
    return "__Host-hub_refresh" if is_secure(settings) else "hub_refresh"


def put(request: Request, response: Response, grant: Grant) -> None:
    settings, tokens = ports_of(request)[Settings], ports_of(request)[RefreshTokens]
    age, secure = int(IDLE.total_seconds()), is_secure(settings)
    response.set_cookie(
        refresh_cookie(settings),
        grant.refresh_token,
        max_age=age,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )
    csrf = tokens.csrf(grant.session_id)
    response.set_cookie(CSRF, csrf, max_age=age, path="/", secure=secure, httponly=False, samesite="lax")


def clear(request: Request, response: Response) -> None:
    settings = ports_of(request)[Settings]
    secure = is_secure(settings)
    response.delete_cookie(refresh_cookie(settings), path="/", secure=secure, httponly=True, samesite="lax")
    response.delete_cookie(CSRF, path="/", secure=secure, samesite="lax")


def shown(request: Request) -> tuple[str, bytes]:
    """Session id and token of the request's refresh cookie. Raises SessionOver, or CsrfRefused without its proof."""
    ports = ports_of(request)
    tokens = ports[RefreshTokens]
    read = tokens.read(request.cookies.get(refresh_cookie(ports[Settings]), ""))
    if read is None:
        raise SessionOver
    expected = tokens.csrf(read[0]).encode()
    for proof in (request.cookies.get(CSRF, ""), request.headers.get(CSRF_HEADER, "")):
        if not hmac.compare_digest(proof.encode(), expected):
            raise CsrfRefused
    return read


def check_origin(request: Request) -> None:
    """Refuses what a browser says comes from another site. Raises CsrfRefused.

    A browser always names the origin of a cross-site POST; what names none is no browser, and no victim's.
    """
    origin = request.headers.get("origin")
    if origin is None:
        if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            raise CsrfRefused
        return
    host = urlsplit(origin).netloc
    if origin not in own_origins(ports_of(request)[Settings]) and (not host or host != request.headers.get("host")):
        raise CsrfRefused


def own_origins(settings: Settings) -> set[str]:
    """Where the app is served from: the hub itself, and the development server beside it."""
    own = {settings.base_url}
    if settings.environment == "development":
        own |= {f"http://{host}:{port}" for host in ("localhost", "127.0.0.1") for port in (settings.port, 5173)}
    return own
