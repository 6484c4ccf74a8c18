"""What is wrong with a value, in words a member can read, from how the parser names it."""

from collections.abc import Callable, Mapping
from typing import Any

Context = Mapping[str, Any]

_SAY: Mapping[str, Callable[[Context], str]] = {
    "missing": lambda _: "This is needed.",
    "string_too_short": lambda c: _at_least(c["min_length"], "character"),
    "string_too_long": lambda c: _at_most(c["max_length"], "character"),
    "too_short": lambda c: _at_least(c["min_length"], "entry"),
    "too_long": lambda c: _at_most(c["max_length"], "entry"),
    "string_type": lambda _: "This should be text.",
    "string_pattern_mismatch": lambda _: "This is not written in the form we know.",
    "int_type": lambda _: "This should be a whole number.",
    "int_parsing": lambda _: "This should be a whole number.",
    "int_from_float": lambda _: "This should be a whole number.",
    "float_type": lambda _: "This should be a number.",
    "float_parsing": lambda _: "This should be a number.",
    "finite_number": lambda _: "This should be a number.",
    "bool_type": lambda _: "This should be yes or no.",
    "bool_parsing": lambda _: "This should be yes or no.",
    "greater_than_equal": lambda c: f"This should be {c['ge']} or more.",
    "greater_than": lambda c: f"This should be more than {c['gt']}.",
    "less_than_equal": lambda c: f"This should be {c['le']} or less.",
    "less_than": lambda c: f"This should be less than {c['lt']}.",
    "literal_error": lambda c: f"This should be {c['expected']}.",
    "enum": lambda c: f"This should be {c['expected']}.",
    "extra_forbidden": lambda _: "There is no place for this here.",
    "timezone_aware": lambda _: "This time should say its zone, as in 2026-05-05T18:30:00Z.",
    "timezone_naive": lambda _: "This time should be the wall time, without a zone.",
}
_BY_START: Mapping[str, str] = {
    "datetime_": "This should be a date and a time, as in 2026-05-05T18:30:00.",
    "date_": "This should be a date, as in 2026-05-05.",
    "list_type": "This should be a list.",
    "dict_type": "This should be an object with named parts.",
    "model_": "This should be an object with named parts.",
}


def sentence_of(error: Mapping[str, Any]) -> str:
    """One sentence for one of pydantic's errors (`type`, `msg`, `ctx`); its own words where we have none."""
    kind = str(error["type"])
    if say := _SAY.get(kind):
        return say(error.get("ctx") or {})
    for start, sentence in _BY_START.items():
        if kind.startswith(start):
            return sentence
    return _tidy(str(error["msg"]))


def _at_least(number: int, thing: str) -> str:
    if number == 1:
        return "This cannot be empty."
    return f"This needs at least {number} {_plural(thing)}."


def _at_most(number: int, thing: str) -> str:
    return f"This can have {number} {_plural(thing) if number != 1 else thing} at most."


def _plural(thing: str) -> str:
    return "entries" if thing == "entry" else f"{thing}s"


def _tidy(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "?", "!")) else ".")
