"""What a new password must be: long enough, not one's own name, not one everybody uses."""

import re
from functools import cache
from itertools import product

from auth_service.accounts.errors import PasswordRefused
from auth_service.accounts.schemas import LONGEST_PASSWORD, SHORTEST_PASSWORD

_WORDS = (
    "password", "passwort", "letmein", "welcome", "willkommen", "sunshine", "princess", "football", "fussball",
    "baseball", "basketball", "handball", "volleyball", "hockey", "tennis", "soccer", "superman", "batman", "monkey",
    "dragon", "master", "shadow", "michael", "jordan", "charlie", "iloveyou", "trustno", "whatever", "freedom",
    "starwars", "computer", "internet", "secret", "changeme", "default", "admin", "administrator", "qwerty", "qwertz",
    "azerty", "asdfgh", "clubholohub", "sports", "member", "training", "liverpool", "arsenal", "chelsea", "barcelona",
    "bayern",
)  # fmt: skip
_TAILS = (
    "", "1", "12", "123", "1234", "12345", "123456", "01", "007", "2023", "2024", "2025", "2026", "2027", "!", "1!",
)  # fmt: skip
_WALKS = ("1234567890", "0987654321", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
          "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6z", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qazwsxedcrfv")  # fmt: skip
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_FEWEST_CHARACTERS = 5


def check_new_password(password: str, *, name: str, email: str, pointer: str = "/password") -> None:
    """Raises PasswordRefused with the one thing to change first."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise PasswordRefused(f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.", pointer)
    plain = _plain(password)
    if plain in {_plain(name), _plain(email), _plain(email.partition("@")[0])}:
        raise PasswordRefused("Your name or address is the first thing somebody would try.", pointer)
    if len(set(password)) < _FEWEST_CHARACTERS or is_common(password):
        raise PasswordRefused("Many people use this one. Three or four unrelated words are good.", pointer)


def is_common(password: str) -> bool:
    """Whether it is a word everybody takes, with the usual tail or letters as digits, or a walk over the keyboard."""
    lowered = password.casefold()
    spelt = lowered.translate(_LEET)
    said_twice = {each[: len(each) // 2] for each in (lowered, spelt) if each == each[: len(each) // 2] * 2}
    if not _common().isdisjoint({lowered, spelt, *said_twice}):
        return True
    return _is_repeated(lowered) or _is_walk(lowered)


@cache
def _common() -> frozenset[str]:
    """Some 1,600 passwords, each also as it reads with its digits as letters."""
    plain = {start + word + tail for start, word, tail in product(("", "my"), _WORDS, _TAILS)}
    return frozenset(plain | {each.translate(_LEET) for each in plain})


def _is_repeated(text: str) -> bool:
    """`abcabcabcabc`, `123412341234`: a short piece said again and again."""
    return re.fullmatch(r"(.{1,5}?)\1{2,}", text, re.DOTALL) is not None


def _is_walk(text: str) -> bool:
    """Most of it runs along a row of the keyboard, the alphabet or the digits."""
    return any(text in walk * 3 or text.startswith(walk) or text[:SHORTEST_PASSWORD] in walk * 2 for walk in _WALKS)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
