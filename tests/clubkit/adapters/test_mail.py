"""The maildir of a hub in development: letters come whole and newest first, however many write and read at once."""

import asyncio
import mailbox
from pathlib import Path

import pytest

from clubkit.adapters.mail import MaildirMail
from clubkit.mail.port import Letter


def letter(number: int) -> Letter:
    return Letter(to=f"member{number}@example.org", subject=f"Letter {number}", text=f"Hello {number}\n")


async def test_letters_are_read_newest_first(tmp_path: Path) -> None:
    mail = MaildirMail(tmp_path / "mail", "hub@example.org")
    for number in range(3):
        await mail.send(letter(number))
    assert [message["Subject"] for _, message in await mail.letters(2)] == ["Letter 2", "Letter 1"]


@pytest.mark.parametrize("made", [[], ["tmp"], ["tmp", "new"]])
async def test_a_folder_that_somebody_is_just_making_is_no_failure(tmp_path: Path, made: list[str]) -> None:
    (tmp_path / "mail").mkdir()
    for part in made:
        (tmp_path / "mail" / part).mkdir()
    mail = MaildirMail(tmp_path / "mail", "hub@example.org")
    assert await mail.letters() == []
    await mail.send(letter(1))
    assert len(await mail.letters()) == 1


async def test_the_first_letters_of_many_at_once_all_arrive(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "mail"
    mails = [MaildirMail(folder, "hub@example.org") for _ in range(40)]
    await asyncio.gather(*(mail.send(letter(number)) for number, mail in enumerate(mails)))
    assert len(await mails[0].letters()) == 40
    assert len(mailbox.Maildir(folder, create=False)) == 40
