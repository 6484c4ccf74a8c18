"""Pictures over HTTP."""

from fastapi import APIRouter, Request
from pydantic import TypeAdapter

from clubkit.blobs.port import Blobs
from clubkit.cache.limits import Limits, Rate
from clubkit.db.work import Works
from clubkit.http.dependencies import CurrentMember, ports_of
from clubkit.http.uploads import form_schema, received
from social_service.media import service
from social_service.media.schemas import Alt, Picture

router = APIRouter(prefix="/media", tags=["social"])

LIMIT = 12 * 1024 * 1024
UPLOAD_RATE = Rate(60, per=600)
_ALT: TypeAdapter[str] = TypeAdapter(Alt)


@router.post("", status_code=201, openapi_extra=form_schema("file", alt="what the picture shows"))
async def upload_picture(request: Request, member: CurrentMember) -> Picture:
    """Takes a JPEG, PNG, WebP or GIF of at most 12 MB; answers it in several sizes, without its metadata."""
    ports = ports_of(request)
    await ports[Limits].spend("media.upload", member.member_id, UPLOAD_RATE)
    blobs = ports[Blobs]
    async with received(request, into=blobs.scratch(), limit=LIMIT) as upload:
        alt = _ALT.validate_python(upload.fields.get("alt", ""))
        return await service.take(ports[Works], blobs, member, upload.path, alt)
