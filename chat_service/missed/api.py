"""Mails about what was missed: wanted or not, in the app and by the link in each of them."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from chat_service.missed import choosing
from chat_service.missed.schemas import MailChoice
from clubkit.http.dependencies import CurrentMember, Reading, Work

router = APIRouter(prefix="/chat/mail", tags=["chat"])

Token = Annotated[str, Query(min_length=1, max_length=200)]
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><body style="font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem">
<h1>{title}</h1>{body}</body></html>"""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@router.get("")
async def get_mail_choice(member: CurrentMember, work: Reading) -> MailChoice:
    return await choosing.choice(work, member.member_id)


@router.put("")
async def choose_mail(wish: MailChoice, member: CurrentMember, work: Work) -> MailChoice:
    return await choosing.choose(work, member.member_id, wish)


@router.get("/off", response_class=HTMLResponse)
async def show_mail_off(token: Token, work: Reading) -> HTMLResponse:
    """The page behind the link in a mail. It asks once more, for mail programs follow links on their own."""
    choosing.whose(work, token)
    button = '<button style="font:inherit;padding:.6rem 1rem">Send me no more of these</button>'
    return _page("Mails about messages you missed", f'<form method="post">{button}</form>')


@router.post("/off", response_class=HTMLResponse)
async def turn_mail_off(token: Token, work: Work) -> HTMLResponse:
    """Turns them off, for the page and for the button that mail programs show (RFC 8058)."""
    await choosing.turn_off(work, token)
    return _page("That was the last one", "<p>You can turn these mails on again in the settings of the app.</p>")


def _page(title: str, body: str) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=title, body=body), headers=_HEADERS)
