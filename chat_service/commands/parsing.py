"""What a member typed behind a slash, in parts."""

import re
from dataclasses import dataclass
from datetime import timedelta

_COMMAND = re.compile(r"/([a-z][a-z0-9_-]{0,30})(?:\s+|$)(.*)", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]+)[\"“”„]")
_MULTIPLE = re.compile(r"(?:^|\s)--(?:multiple|multi)(?=\s|$)")
_FOR = re.compile(r"(?:^|\s)--for[ =](\d{1,4})\s*([mhd])(?=\s|$)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Typed:
    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class PollText:
    """parts: the question, then the answers."""

    parts: tuple[str, ...]
    multiple: bool
    lasts: timedelta | None


def command(body: str) -> Typed | None:
    """None for what is no command: a path like `/etc/hosts`, or a lone slash."""
    match = _COMMAND.fullmatch(body)
    return Typed(match.group(1).lower(), match.group(2).strip()) if match else None


def poll(text: str) -> PollText:
    """`"Question?" "Yes" "No"`, or the same between bars, or one on each line; `--multiple`, `--for 2d`."""
    lasts = None
    if match := _FOR.search(text):
        lasts = timedelta(**{_UNITS[match.group(2)]: int(match.group(1))})
    multiple = bool(_MULTIPLE.search(text))
    words = _MULTIPLE.sub(" ", _FOR.sub(" ", text)).strip()
    parts = _QUOTED.findall(words) or (words.split("\n") if "\n" in words else words.split("|"))
    return PollText(tuple(part.strip() for part in parts if part.strip()), multiple, lasts)
