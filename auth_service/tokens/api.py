"""The public keys, where everybody looks for them (outside /api/v1)."""

from typing import Annotated

from fastapi import APIRouter, Response

from auth_service.tokens.schemas import Jwks
from auth_service.tokens.service import SigningKeys
from clubkit.http.dependencies import port

root_router = APIRouter(tags=["auth"])


@root_router.get("/.well-known/jwks.json")
async def public_keys(response: Response, keys: Annotated[SigningKeys, port(SigningKeys)]) -> Jwks:
    """The keys that access tokens are signed with."""
    response.headers["Cache-Control"] = "public, max-age=300"
    return await keys.published()
