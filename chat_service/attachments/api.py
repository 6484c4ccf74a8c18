"""Files of messages over HTTP: sent up, handed out, taken back."""

from datetime import timedelta
from hashlib import blake2b
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import FileResponse
from pydantic import TypeAdapter

from chat_service.attachments import claiming, showing, taking
from chat_service.attachments.passes import Passes
from chat_service.attachments.schemas import StoredFile, Wish
from chat_service.messages.schemas import Alt, AttachmentOut
from chat_service.settings import AttachmentRules
from clubkit.blobs.port import Blobs
from clubkit.cache.limits import Limits, Rate
from clubkit.db.work import Works
from clubkit.http.dependencies import CurrentMember, Reading, Work, current_caller, ports_of
from clubkit.http.uploads import form_schema, received
from clubkit.ids import MemberId, RoomId
from clubkit.settings import Settings

router = APIRouter(tags=["chat"])

AttachmentRef = Annotated[str, Path(min_length=1, max_length=36)]
UPLOAD_RATE = Rate(60, per=600)
PASS_LIFETIME = timedelta(minutes=10)
"""Whoever asks every few minutes always has one, however old her access token is when she asks."""
COOKIE = "hub_files"
COOKIE_PATH = "/api/v1/rooms"
_ALT: TypeAdapter[str] = TypeAdapter(Alt)
_HEADERS = {
    # Asked for again each time, which costs a few bytes: who left the room is then told so.
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


async def reader(request: Request) -> MemberId:
    """Who asks for a file: by her token, or by the pass that her app was given."""
    ports = ports_of(request)
    if not request.headers.get("authorization") and (text := request.cookies.get(COOKIE)):
        member_id = ports[Passes].read(text, ports[Works].clock())
        if member_id is not None:
            return member_id
    return (await current_caller(request)).member_id


@router.put("/chat/pass", status_code=204)
async def take_file_pass(request: Request, response: Response, member: CurrentMember) -> None:
    """Lets this browser show files of the member's rooms for ten minutes at least; ask again before they are over."""
    ports = ports_of(request)
    settings, now = ports[Settings], ports[Works].clock()
    until = max(member.expires_at, now + PASS_LIFETIME)
    response.set_cookie(
        COOKIE,
        ports[Passes].write(member.member_id, until),
        max_age=int((until - now).total_seconds()),
        path=COOKIE_PATH,
        secure=settings.is_production or settings.base_url.startswith("https://"),
        httponly=True,
        samesite="strict",
    )


@router.delete("/chat/pass", status_code=204)
async def drop_file_pass(response: Response) -> None:
    """On signing out."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict")


@router.post(
    "/rooms/{room_id}/attachments",
    status_code=201,
    openapi_extra=form_schema("file", alt="what it shows, for who cannot see it"),
)
async def upload_attachment(
    room_id: RoomId, request: Request, member: CurrentMember,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=255)] = None,
) -> AttachmentOut:  # fmt: skip
    """Takes a file to be sent in a message of this room; `message.send` then names its id.

    Pictures are made anew without what the camera wrote in them, clips play in the page, anything else is handed on
    as a download.
    """
    ports = ports_of(request)
    works, blobs = ports[Works], ports[Blobs]
    if earlier := await taking.taken_before(works, member.member_id, room_id, idempotency_key):
        return earlier
    await ports[Limits].spend("chat.upload", member.member_id, UPLOAD_RATE)
    async with received(request, into=blobs.scratch(), limit=ports[AttachmentRules].limit) as upload:
        wish = Wish(upload.filename, _ALT.validate_python(upload.fields.get("alt", "")), idempotency_key)
        return await taking.take(works, blobs, member.member_id, room_id, upload.path, wish)


@router.delete("/rooms/{room_id}/attachments/{attachment_id}", status_code=204)
async def withdraw_attachment(room_id: RoomId, attachment_id: AttachmentRef, member: CurrentMember, work: Work) -> None:
    """Takes back an upload that is in no message yet."""
    await claiming.withdraw(work, member.member_id, room_id, attachment_id)


@router.get("/rooms/{room_id}/attachments/{attachment_id}/{variant}", response_class=FileResponse)
async def get_attachment(
    room_id: RoomId, attachment_id: AttachmentRef, variant: Annotated[str, Path(max_length=10)],
    member_id: Annotated[MemberId, Depends(reader)], work: Reading, request: Request,
) -> Response:  # fmt: skip
    """A file of a message, for who is in its room now. Takes ranges."""
    found = await showing.find(work, member_id, room_id, attachment_id, variant)
    etag = f'"{blake2b(found.key.encode(), digest_size=12).hexdigest()}"'  # the key itself is a secret
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag, **_HEADERS})
    path = await ports_of(request)[Blobs].path(found.key)
    return FileResponse(
        path, media_type=found.media_type, filename=found.name, headers={"ETag": etag, **_HEADERS},
        content_disposition_type=_disposition(found),
    )  # fmt: skip


def _disposition(found: StoredFile) -> str:
    """Only what we made, or know to be no page, opens in the browser; the rest is saved."""
    return "inline" if found.inline else "attachment"
