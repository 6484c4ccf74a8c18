"""A FastAPI application for one or many modules: routes, problems, health, metrics, request ids."""

import time
from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, Response
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clubkit.http.crowding import Crowd
from clubkit.http.files import router as files
from clubkit.http.problems import Problem, install_problem_handlers
from clubkit.module import Module
from clubkit.observability.metrics import http_seconds
from clubkit.observability.tracing import entered, trace_id
from clubkit.ports import Ports
from clubkit.readiness import Readiness
from clubkit.settings import Settings

log = structlog.get_logger("http")

API = "/api/v1"
TITLE = "ClubHoloHub"


class Api(FastAPI):
    """Names the one shape of every error in its OpenAPI document, so that each answer can refer to it."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        document.setdefault("components", {}).setdefault("schemas", {}).update(_problem_schemas())
        return document


def _problem_schemas() -> dict[str, Any]:
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**problem.pop("$defs"), "Problem": problem}


def create_api(modules: Sequence[Module], ports: Ports, lifespan: Any = None, *, version: str = "0.1.0") -> FastAPI:
    """The HTTP side of these modules. `lifespan` fills `ports`."""
    app = Api(
        title=TITLE,
        version=version,
        openapi_url=f"{API}/openapi.json",
        docs_url=f"{API}/docs",
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        responses=_PROBLEMS,
    )
    app.state.ports = ports
    install_problem_handlers(app)
    app.include_router(_health(ports))
    app.include_router(files)
    for module in modules:
        for router in module.routers:
            app.include_router(router, prefix=API)
        for router in module.root_routers:
            app.include_router(router)
    app.add_middleware(Crowd, path=f"{API}/", most=lambda: ports[Settings].http_at_once)
    app.add_middleware(RequestContext)
    return app


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {
        "description": what,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for code, what in (("4XX", "A refusal, explained"), ("5XX", "Our failure"))
} | {422: {"description": "Input that does not parse", "content": {"application/problem+json": {}}}}


def _operation_id(route: APIRoute) -> str:
    tag = str(route.tags[0]) if route.tags else "hub"
    return f"{tag}_{route.name}"


def _health(ports: Ports) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz")
    async def readyz(response: Response) -> dict[str, Any]:
        waiting = await ports[Readiness].missing()
        response.status_code = 503 if waiting else 200
        return {"status": "waiting" if waiting else "ready", "waiting_for": waiting}

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


class RequestContext:
    """Gives each request an id, times it by route, and tells the app our clock."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = dict(scope["headers"])
        cause = _printable(headers.get(b"traceparent")) or _printable(headers.get(b"x-request-id"))
        started = time.perf_counter()
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", trace_id.get().encode()),
                    (b"x-now", str(time.time_ns() // 1_000_000).encode()),
                ]
            await send(message)

        with entered(scope["method"], cause=cause) as span:
            try:
                await self._app(scope, receive, answer)
            finally:
                name = getattr(scope.get("route"), "path", "unmatched")
                http_seconds.labels(scope["method"], name, status).observe(time.perf_counter() - started)
                span.name(f"{scope['method']} {name}")
                span.note("http.response.status_code", status)


def _printable(header: bytes | None) -> str:
    value = (header or b"").decode("ascii", "ignore")[:64]
    return value if value.isprintable() else ""
