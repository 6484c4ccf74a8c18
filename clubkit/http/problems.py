"""RFC 9457: every error, ours and the framework's, leaves as application/problem+json; sockets carry the same body."""

from typing import Any

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException

from clubkit.cache.errors import REDIS_AWAY, CacheAway
from clubkit.errors import Outcome
from clubkit.http.sentences import sentence_of
from clubkit.observability.tracing import trace_id

log = structlog.get_logger("http")

PROBLEM_TYPE = "https://clubholohub.dev/problems/"
MEDIA_TYPE = "application/problem+json"


class FlawOut(BaseModel):
    pointer: str = Field(description="JSON pointer into the body, or the parameter's name")
    detail: str
    code: str


class Problem(BaseModel):
    """The one shape of every error."""

    type: str
    title: str
    status: int
    detail: str = Field(description="a sentence a member can read")
    code: str
    errors: list[FlawOut] = []
    trace_id: str = ""
    retry_after: float | None = None


def problem_of(outcome: Outcome) -> Problem:
    return Problem(
        type=PROBLEM_TYPE + outcome.code,
        title=outcome.title,
        status=outcome.status,
        detail=outcome.detail,
        code=outcome.code,
        errors=[FlawOut(pointer=f.pointer, detail=f.detail, code=f.code) for f in outcome.errors],
        trace_id=trace_id.get(),
        retry_after=outcome.retry_after,
    )


def problem_of_validation(errors: list[Any], *, skip: int = 0) -> Problem:
    """What is wrong with input that did not parse. `skip` drops leading location parts ("body")."""
    flaws = [
        FlawOut(pointer=_pointer(e["loc"][skip:]), detail=sentence_of(e), code=str(e["type"])) for e in errors[:20]
    ]
    return Problem(
        type=PROBLEM_TYPE + "invalid",
        title="Something in there is not right",
        status=422,
        detail=flaws[0].detail if len(flaws) == 1 else f"{len(flaws)} things need another look.",
        code="invalid",
        errors=flaws,
        trace_id=trace_id.get(),
    )


def unexpected() -> Problem:
    return Problem(
        type=PROBLEM_TYPE + "internal",
        title="Our mistake",
        status=500,
        detail="Something went wrong on our side. Nothing was changed. Please try again.",
        code="internal",
        trace_id=trace_id.get(),
    )


def install_problem_handlers(app: FastAPI) -> None:
    @app.exception_handler(Outcome)
    async def outcome(_request: Request, exc: Outcome) -> Response:
        return respond(problem_of(exc))

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, exc: RequestValidationError) -> Response:
        errors = list(exc.errors())
        if any(e["type"] == "json_invalid" for e in errors):
            return respond(
                Problem(
                    type=PROBLEM_TYPE + "malformed", title="Not JSON", status=400, code="malformed",
                    detail="The request body is not valid JSON.", trace_id=trace_id.get(),
                )
            )  # fmt: skip
        return respond(problem_of_validation(errors, skip=1))

    @app.exception_handler(ValidationError)
    async def invalid_value(_request: Request, exc: ValidationError) -> Response:
        return respond(problem_of_validation(list(exc.errors(include_url=False))))

    @app.exception_handler(HTTPException)
    async def framework(_request: Request, exc: HTTPException) -> Response:
        return respond(_framework_problem(exc), headers=dict(exc.headers or {}))

    async def redis_away(request: Request, exc: Exception) -> Response:
        log.warning("redis is away", path=request.url.path, error=repr(exc))
        return respond(problem_of(CacheAway()))

    for kind in REDIS_AWAY:
        app.exception_handler(kind)(redis_away)

    @app.exception_handler(Exception)
    async def surprise(request: Request, exc: Exception) -> Response:
        log.error("unexpected", path=request.url.path, exc_info=exc)
        return respond(unexpected())


def respond(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    headers = dict(headers or {})
    if problem.retry_after is not None:
        headers["Retry-After"] = str(max(1, round(problem.retry_after)))
    if problem.status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    body = orjson.dumps(problem.model_dump(exclude_none=True))
    return Response(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


_FRAMEWORK = {
    404: ("not_found", "Not found", "There is nothing at this address."),
    405: ("method_not_allowed", "Not that way", "This address does not take that method."),
    413: ("too_large", "Too large", "That is more than we accept."),
}


def _framework_problem(exc: HTTPException) -> Problem:
    code, title, detail = _FRAMEWORK.get(exc.status_code, ("refused", "That did not work", str(exc.detail)))
    return Problem(
        type=PROBLEM_TYPE + code,
        title=title,
        status=exc.status_code,
        detail=detail,
        code=code,
        trace_id=trace_id.get(),
    )


def _pointer(location: tuple[Any, ...]) -> str:
    return "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in location) if location else ""
