"""Words as the search sees them: folded, without accents; and how far a typing error may go."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST_WORD = 40

_WORD = re.compile(r"\w[\w\u0300-\u036f]*")
_PLAIN_WORD = re.compile(r"\w+", re.ASCII)
_JOINED = re.compile(r"\w+(?:['’.\-]\w+)+")
_NOT_WORD = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart, though people type them without their stroke.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"})


def fold(text: str) -> str:
    """Lower case without accents or strokes: "Łódź" and "lodz" are the same."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_STROKES)


def words_with_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Each folded word with where it stands in the text as written."""
    for match in _WORD.finditer(text):
        word = _NOT_WORD.sub("", fold(match.group()))[:LONGEST_WORD]
        if word:
            yield word, match.start(), match.end()


def words(text: str) -> list[str]:
    if text.isascii():  # most texts are, and most of the time of a rebuild goes here
        bare = (word.replace("_", "")[:LONGEST_WORD] for word in _PLAIN_WORD.findall(text.lower()))
        return [word for word in bare if word]
    return [word for word, _, _ in words_with_spans(text)]


def title_words(title: str) -> list[str]:
    """The words of a title, and those written with a hyphen or apostrophe also as one ("obrien")."""
    joined = (_NOT_WORD.sub("", fold(match.group()))[:LONGEST_WORD] for match in _JOINED.finditer(title))
    return [*words(title), *(word for word in joined if word)]


def typos_allowed(word: str) -> int:
    """Wrong, missing, extra or swapped letters forgiven: none below 4 letters, 1 below 8, else 2."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


@lru_cache(maxsize=8192)
def resembles(typed: str, word: str) -> bool:
    """Whether `word`, or its beginning, is `typed` but for the allowed typing errors."""
    if word.startswith(typed):
        return True
    allowed = typos_allowed(typed)
    if not allowed or len(word) < len(typed) - allowed:
        return False
    return _distance_to_prefix(typed, word[: len(typed) + allowed]) <= allowed


def _distance_to_prefix(typed: str, word: str) -> int:
    """Least optimal-string-alignment distance from `typed` to any prefix of `word`."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row)
