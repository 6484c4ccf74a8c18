"""What `hub doctor` says of the servers and the other services that a hub in many processes stands on."""

import httpx
from sqlalchemy import make_url

from clubkit.settings import Settings
from gateway.findings import Finding, Level
from gateway.waiting import address_of, reach

OTHERS_SECONDS = 3.0


async def event_log(settings: Settings) -> Finding:
    if settings.log_url:
        return await _reached(settings.log_url, "The log", "bad", "Start Kafka, or mend HUB_LOG_URL.")
    if make_url(settings.sql_url).get_backend_name() == "sqlite":
        return Finding("good", "The outbox table is the log.")
    return Finding(
        "bad",
        "PostgreSQL cannot be the log: its ids do not follow its commits.",
        "Set HUB_LOG_URL=kafka://host:port, and run `hub migrate` and `hub relay`.",
    )


async def search(settings: Settings) -> Finding:
    if not settings.search_url:
        return Finding("good", "The search index lies in the data directory.")
    return await _reached(settings.search_url, "Search", "warning", "Until it answers, the app says it is away.")


async def messages(settings: Settings) -> Finding:
    if not settings.messages_url:
        return Finding("good", "Messages lie beside the other tables.")
    return await _reached(settings.messages_url, "The store of messages", "bad", "Start it, or mend HUB_MESSAGES_URL.")


async def auth_keys(settings: Settings) -> Finding:
    if not settings.auth_url:
        return Finding("good", "Sign-ins are verified by auth in the same process.")
    return await _answers(
        f"{settings.auth_url}/.well-known/jwks.json", "Auth's keys", "bad", "Start `hub serve auth_service` there."
    )


async def recommender(settings: Settings) -> Finding:
    if not settings.recommender_url:
        return Finding("good", "Rankings are made in the same process, where the recommender is.")
    return await _answers(
        f"{settings.recommender_url}/readyz", "The recommender", "warning",
        "Until `hub serve recommender` is ready there, feeds come newest first and say so.",
    )  # fmt: skip


def shared_redis(settings: Settings) -> Finding:
    if settings.redis_url or make_url(settings.sql_url).get_backend_name() == "sqlite":
        return Finding("good", "All processes share one Redis.")
    return Finding(
        "warning", "Processes on other machines would not share the embedded Valkey.", "Set HUB_REDIS_URL=redis://…"
    )


async def _reached(url: str, what: str, level: Level, mend: str) -> Finding:
    try:
        await reach(url)
    except (OSError, TimeoutError) as failure:
        reason = str(failure) or "no answer"
        return Finding(level, f"{what} cannot be reached at {address_of(url)} ({reason}).", mend)
    return Finding("good", f"{what} can be reached at {address_of(url)}.")


async def _answers(url: str, what: str, level: Level, mend: str) -> Finding:
    try:
        async with httpx.AsyncClient(timeout=OTHERS_SECONDS) as client:
            (await client.get(url)).raise_for_status()
    except httpx.HTTPError as failure:
        return Finding(level, f"{what}: {failure or type(failure).__name__}", mend)
    return Finding("good", f"{what}: {url} answers.")
