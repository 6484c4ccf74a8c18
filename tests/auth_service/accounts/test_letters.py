"""The mails: plain words, one link, and nothing a form could smuggle in."""

from html.parser import HTMLParser

import pytest

from auth_service.accounts import letters
from clubkit.mail.port import Letter

BASE = "https://hub.example.org"
ALL = [
    letters.verify("anna@example.org", BASE, "tok_en-1"),
    letters.already_a_member("anna@example.org", BASE),
    letters.reset("anna@example.org", BASE, "tok_en-1"),
    letters.password_changed("anna@example.org", BASE),
]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]


def links(letter: Letter) -> list[str]:
    parser = Links()
    parser.feed(letter.html or "")
    return parser.found


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.subject)
def test_both_forms_of_a_mail_have_the_same_link(letter: Letter) -> None:
    [link] = links(letter)
    assert link.startswith(f"{BASE}/")
    assert link in letter.text


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.subject)
def test_a_mail_is_one_subject_line_to_one_reader(letter: Letter) -> None:
    assert letter.to == "anna@example.org"
    assert "\n" not in letter.subject
    assert letter.text.startswith("Hello,")


def test_the_links_lead_where_the_app_takes_them() -> None:
    assert [links(letter)[0].removeprefix(BASE) for letter in ALL] == [
        "/verify?token=tok_en-1", "/sign-in", "/reset?token=tok_en-1", "/reset",
    ]  # fmt: skip


def test_only_mails_with_a_link_that_does_something_say_how_long_it_does() -> None:
    assert ["24 hours" in letter.text for letter in ALL] == [True, False, False, False]
    assert ["one hour" in letter.text for letter in ALL] == [False, False, True, False]
