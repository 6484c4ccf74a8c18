"""Mail: a maildir to open in the app while developing, SMTP otherwise."""

import asyncio
import mailbox
import re
import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from clubkit.errors import Unavailable
from clubkit.mail.port import Letter


def compose(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="clubholohub.local")
    for name, value in letter.headers.items():
        message[name] = value
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


class MaildirMail:
    """Keeps each letter as a file; `letters()` reads them back, newest first, for the mailbox page."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, letter: Letter) -> None:
        message = compose(letter, self._sender)
        await asyncio.to_thread(lambda: self._open().add(message.as_bytes()))

    async def letters(self, limit: int = 100) -> list[tuple[str, EmailMessage]]:
        return await asyncio.to_thread(self._read, limit)

    def _open(self) -> mailbox.Maildir:
        for part in (
            "tmp",
            "new",
            "cur",
        ):  # by ourselves: two who make the first letter at once are one too many for it
            (self._folder / part).mkdir(parents=True, exist_ok=True)
        return mailbox.Maildir(self._folder, create=False)

    def _read(self, limit: int) -> list[tuple[str, EmailMessage]]:
        box = self._open()
        newest = sorted(box.keys(), key=_arrival, reverse=True)[:limit]
        return [(key, _parse(box.get_bytes(key))) for key in newest]


class SmtpMail:
    """smtp:// (STARTTLS where offered) or smtps://; user, password, host and port from the URL."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    async def send(self, letter: Letter) -> None:
        try:
            await asyncio.to_thread(self._deliver, compose(letter, self._sender))
        except (OSError, smtplib.SMTPException) as failure:
            raise Unavailable("The mail could not be sent just now. We will try again.") from failure

    def _deliver(self, message: EmailMessage) -> None:
        kind = smtplib.SMTP_SSL if self._url.scheme == "smtps" else smtplib.SMTP
        with kind(self._url.hostname or "localhost", self._url.port or 0, timeout=15) as server:
            if kind is smtplib.SMTP and server.has_extn("starttls"):
                server.starttls()
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(message)


def _parse(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


_KEY = re.compile(r"(\d+)\.M(\d+)P\d+Q(\d+)")


def _arrival(key: str) -> tuple[int, ...]:
    """Seconds, microseconds, count within the process: `mailbox` writes them without leading zeros."""
    found = _KEY.match(key)
    return tuple(int(part) for part in found.groups()) if found else (0, 0, 0)
