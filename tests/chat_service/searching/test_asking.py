"""What somebody types is read the way it was meant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chat_service.searching.asking import Asked, asked
from chat_service.searching.errors import NoSuchDay

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 14, 23, 30, tzinfo=UTC)  # already the fifteenth in Berlin


def ask(text: str) -> Asked:
    return asked(text, zone=BERLIN, now=NOW)


def day(year: int, month: int, day_of: int) -> datetime:
    return datetime(year, month, day_of, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "words", "rooms", "authors"),
    [
        ("late bus", "late bus", (), ()),
        ("in:general bus", "bus", ("general",), ()),
        ("bus in:#general", "bus", ("general",), ()),
        ('in:"First Team" from:@anna late bus', "late bus", ("First Team",), ("anna",)),
        ("FROM:me IN:a in:b", "", ("a", "b"), ("me",)),
        ("come in: please", "come in: please", (), ()),
        ("login:anna http://x/in:y", "login:anna http://x/in:y", (), ()),
        ('in:"" bus', "bus", (), ()),
        ("", "", (), ()),
    ],
)
def test_tokens_are_taken_out_of_the_words(
    text: str, words: str, rooms: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    found = ask(text)
    assert (found.words, found.rooms, found.authors) == (words, rooms, authors)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("before:2026-03-10", None, day(2026, 3, 10)),
        ("after:2026-03-10", day(2026, 3, 11), None),
        ("on:2026-03-29", day(2026, 3, 29), day(2026, 3, 30)),  # the day with 23 hours
        ("on:2026-02", day(2026, 2, 1), day(2026, 3, 1)),
        ("after:2025", day(2026, 1, 1), None),
        ("on:today", day(2026, 3, 15), day(2026, 3, 16)),
        ("on:yesterday", day(2026, 3, 14), day(2026, 3, 15)),
        ("after:2026-01 after:2026-02-20 before:2026-12", day(2026, 2, 21), day(2026, 12, 1)),
    ],
)
def test_days_are_days_of_the_members_zone(text: str, since: datetime | None, until: datetime | None) -> None:
    found = ask(text)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    "text", ["before:tomorrow", "after:2026-13", "on:2026-02-30", "on:14.3.2026", "before:0000", "after:9999-12-31"]
)
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(NoSuchDay):
        ask(text)
