"""Blocked terms: matched over what letters mean, not over how they are written.

Folding (Unicode TR 15 and the casefold of TR 21) takes compatibility forms, case, accents and invisible characters
away, so that full-width letters, mathematical letters or a zero-width space do not slip through. A term matches
whole words; one that begins or ends with `*` goes on there.
"""

import re
import unicodedata
from functools import lru_cache

MOST_TERMS = 500
_INVISIBLE = ("Cf", "Me", "Cc")
_ACCENTS = 200
"""Combining classes from here on are marks above or below a letter; lower ones are part of how scripts spell."""
_SPACES = re.compile(r"\s+")
_LOOKALIKES = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """What is left of a text when only its letters, digits, signs and single spaces count."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    spaced = _SPACES.sub(" ", apart)
    seen = "".join(c for c in unicodedata.normalize("NFKD", spaced) if _counts(c))
    return _SPACES.sub(" ", seen.translate(_LOOKALIKES)).strip()  # a mark that stood alone leaves its space behind


def _counts(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE and unicodedata.combining(character) < _ACCENTS


def kept(terms: list[str]) -> str:
    """A club's terms as its rooms hold them: folded, one a line, each once."""
    lines = {folded(term) for term in terms}
    return "\n".join(sorted(line for line in lines if line.strip("* ")))


def found(blocked: str, body: str) -> str | None:
    """The first of the blocked terms that the text holds."""
    if not blocked:
        return None
    match = _pattern(blocked).search(folded(body))
    return match.group().strip() if match else None


@lru_cache(maxsize=512)
def _pattern(blocked: str) -> re.Pattern[str]:
    # Longest first, so that a sentence names the whole term and not a part that is a term too.
    terms = sorted(blocked.splitlines(), key=len, reverse=True)
    return re.compile("|".join(_one(term) for term in terms))


def _one(term: str) -> str:
    before = r"\w*" if term.startswith("*") else r"(?<!\w)"
    behind = r"\w*" if term.endswith("*") else r"(?!\w)"
    return f"{before}{re.escape(term.strip('*'))}{behind}"
