"""Files by their unguessable key, with ranges (for video) and a year of caching: a key's bytes never change."""

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import FileResponse

from clubkit.blobs.port import Blobs
from clubkit.http.dependencies import port

router = APIRouter(include_in_schema=False)

_TYPES = {
    ".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png", ".avif": "image/avif",
    ".mp4": "video/mp4", ".vtt": "text/vtt",
}  # fmt: skip


@router.get("/files/{key}")
async def file(key: str, blobs: Annotated[Blobs, port(Blobs)]) -> FileResponse:
    path = await blobs.path(key)
    headers = {"Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=_TYPES.get(path.suffix, "application/octet-stream"), headers=headers)
