"""Auth, as the composition root sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from auth_service.accounts import api as accounts_api
from auth_service.accounts import handlers as accounts_handlers
from auth_service.accounts import jobs as accounts_jobs
from auth_service.accounts import mailbox_api
from auth_service.accounts.passwords import Passwords
from auth_service.sessions import api as sessions_api
from auth_service.sessions.refresh_tokens import RefreshTokens
from auth_service.sessions.store import SessionStore
from auth_service.sessions.store_redis import RedisSessionStore
from auth_service.settings import AuthSettings
from auth_service.tables import Base
from auth_service.tokens import api as tokens_api
from auth_service.tokens import jobs as tokens_jobs
from auth_service.tokens.service import SigningKeys
from clubkit.cache import Redis
from clubkit.db.work import Works
from clubkit.identity import TokenVerifier
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.tokens import JwtVerifier


@asynccontextmanager
async def ready_to_sign(ports: Ports) -> AsyncIterator[None]:
    """There is a signing key before the first request; no hashing thread is left behind."""
    await ports[SigningKeys].prepare()
    try:
        yield
    finally:
        ports[Passwords].close()


def _passwords(settings: Settings, ports: Ports) -> Passwords:
    return Passwords(ports[AuthSettings], is_production=settings.is_production)


def _verifier(_settings: Settings, ports: Ports) -> JwtVerifier:
    return JwtVerifier(ports[SigningKeys].find, ports[Works].clock)


MODULE = Module(
    name="auth_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[accounts_api.router, sessions_api.router, mailbox_api.router],
    root_routers=[tokens_api.root_router],
    consumers=[accounts_handlers.consumer],
    jobs=[*accounts_jobs.JOBS, *tokens_jobs.JOBS],
    recurring=[*accounts_jobs.RECURRING, *tokens_jobs.RECURRING],
    provides={
        AuthSettings: lambda settings, _ports: settings.section(AuthSettings),
        Passwords: _passwords,
        RefreshTokens: lambda settings, _ports: RefreshTokens(settings.secret),
        SessionStore: lambda _settings, ports: RedisSessionStore(ports[Redis]),
        SigningKeys: lambda settings, ports: SigningKeys(ports[Works], settings.secret),
        TokenVerifier: _verifier,
    },
    open=ready_to_sign,
)
