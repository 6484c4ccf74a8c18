"""Routes that only the hub's own processes may call. The edge routes nothing under /internal."""

import hashlib
import hmac

from fastapi import Depends, Request

from clubkit.errors import Forbidden
from clubkit.http.dependencies import ports_of
from clubkit.settings import Settings

SCHEME = "Hub"


def internal_token(settings: Settings) -> str:
    """What every process that has the hub's secret can say, and nobody else."""
    return hmac.new(settings.secret, b"clubholohub internal calls", hashlib.sha256).hexdigest()


def internal_headers(settings: Settings) -> dict[str, str]:
    return {"Authorization": f"{SCHEME} {internal_token(settings)}", "Content-Type": "application/json"}


def _require_internal(request: Request) -> None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    known = internal_token(ports_of(request)[Settings])
    if scheme != SCHEME or not hmac.compare_digest(token.encode(), known.encode()):
        raise Forbidden("This address is for the hub's own processes.")


InternalOnly = Depends(_require_internal)
