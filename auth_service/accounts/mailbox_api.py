"""The mailbox page while developing: mails that would have been sent, for the app to show. Not there in production."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from auth_service.accounts.schemas import MailOut, MailSummary
from clubkit.errors import NotFound
from clubkit.http.dependencies import ports_of
from clubkit.http.paging import Page
from clubkit.mail.port import Mail, Mailbox
from clubkit.settings import Settings


class NoMailbox(NotFound):
    code = "not_found"

    def __init__(self) -> None:
        super().__init__("There is nothing at this address.")


def mailbox(request: Request) -> Mailbox:
    ports = ports_of(request)
    mail = ports[Mail]
    if ports[Settings].is_production or not isinstance(mail, Mailbox):
        raise NoMailbox
    return mail


DevMailbox = Annotated[Mailbox, Depends(mailbox)]
router = APIRouter(prefix="/dev/mail", tags=["auth"])


@router.get("")
async def list_mail(box: DevMailbox) -> Page[MailSummary]:
    """The last hundred, newest first."""
    return Page(data=[_summary(key, message) for key, message in await box.letters(100)])


@router.get("/{mail_id}")
async def read_mail(mail_id: Annotated[str, Path(max_length=200)], box: DevMailbox) -> MailOut:
    for key, message in await box.letters(100):
        if key == mail_id:
            return MailOut(
                **_summary(key, message).model_dump(), text=_body(message, "plain") or "", html=_body(message, "html")
            )
    raise NoMailbox


def _summary(key: str, message: EmailMessage) -> MailSummary:
    at = parsedate_to_datetime(message["Date"]) if message["Date"] else datetime.fromtimestamp(0, UTC)
    return MailSummary(id=key, to=str(message["To"]), subject=str(message["Subject"]), at=at.astimezone(UTC))


def _body(message: EmailMessage, kind: str) -> str | None:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else None
