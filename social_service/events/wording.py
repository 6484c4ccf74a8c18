"""Rules and places in line, in plain words."""

from datetime import datetime

from social_service.events.rules import WEEKDAYS, Rule

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}


def summary(rule: Rule | None, starts: datetime) -> str:
    """What a plan means: "Every Tuesday and Thursday at 18:30, until 30 June 2027." """
    clock = f"at {starts:%H:%M}"
    if rule is None:
        return f"Once, on {day(starts)} {clock}."
    which = [_how_often(rule, starts), _months(rule, starts), clock]
    return f"{' '.join(filter(None, which))}, {_end(rule)}."


def day(local: datetime) -> str:
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def in_line(position: int) -> str:
    return "You are next in line." if position == 1 else f"You are {ordinal(position)} in line."


def listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def _how_often(rule: Rule, starts: datetime) -> str:
    unit = _UNITS[rule.freq]
    every = f"Every {unit}" if rule.interval == 1 else f"Every {rule.interval} {unit}s"
    days = _days(rule, starts)
    if rule.freq == "WEEKLY" and rule.interval == 1:
        return f"Every {days}"
    if rule.freq == "DAILY" and not days:
        return every
    return f"{every} on {days}" if days else every


def _days(rule: Rule, starts: datetime) -> str:
    named = [_weekday(part) for part in rule.get("BYDAY").split(",") if part]
    numbered = [_nth(int(part), "day") for part in rule.get("BYMONTHDAY").split(",") if part]
    parts = [listed(named), listed(numbered)]
    parts += [f"day {part} of the year" for part in rule.get("BYYEARDAY").split(",") if part]
    parts += [f"week {part}" for part in rule.get("BYWEEKNO").split(",") if part]
    words = ", if it is ".join(part for part in parts if part)
    if not words:
        words = _from_start(rule, starts)
    if picks := [_nth(int(part), "one") for part in rule.get("BYSETPOS").split(",") if part]:
        words = f"{listed(picks)} of {words}"
    return words


def _from_start(rule: Rule, starts: datetime) -> str:
    if rule.freq == "WEEKLY":
        return _DAYS[starts.weekday()]
    if rule.freq == "MONTHLY":
        return f"the {ordinal(starts.day)}"
    if rule.freq == "YEARLY":
        return f"the {ordinal(starts.day)}" if rule.get("BYMONTH") else f"{starts.day} {_MONTHS[starts.month - 1]}"
    return ""


def _weekday(part: str) -> str:
    number, name = part[:-2], _DAYS[WEEKDAYS.index(part[-2:])]
    return _nth(int(number), name) if number else name


def _nth(number: int, what: str) -> str:
    """the 2nd Tuesday, the last Friday, the 15th, the last day"""
    if number == -1:
        return f"the last {what}"
    if number < 0:
        return f"the {ordinal(-number)} last {what}"
    return f"the {ordinal(number)}" if what == "day" else f"the {ordinal(number)} {what}"


def _months(rule: Rule, starts: datetime) -> str:
    months = [_MONTHS[int(part) - 1] for part in rule.get("BYMONTH").split(",") if part]
    return f"in {listed(months)}" if months else ""


def _end(rule: Rule) -> str:
    if rule.count:
        return "once" if rule.count == 1 else f"{rule.count} times"
    if rule.until:
        return f"until {rule.until.day} {_MONTHS[rule.until.month - 1]} {rule.until.year}"
    return "until you stop it"
