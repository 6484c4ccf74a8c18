"""Which words of a hit to mark, and which piece of a long text to show."""

from clubkit.search.port import Span
from clubkit.search.words import resembles, words_with_spans

EXCERPT = 180
"""Characters of an excerpt, about two lines."""

# Marking is decoration: past this many words a long text is not worth the milliseconds.
_WORDS_LOOKED_AT = 1_500
_WORDS_COMPARED_LOOSELY = 200


def marks(text: str, typed: list[str], *, loosely: bool) -> tuple[Span, ...]:
    """Spans of the words that begin with, or (loosely) resemble, one of the typed words."""
    found: list[Span] = []
    most = _WORDS_COMPARED_LOOSELY if loosely else _WORDS_LOOKED_AT
    for count, (word, start, end) in enumerate(words_with_spans(text)):
        if count >= most:
            break
        if any(resembles(t, word) if loosely else word.startswith(t) for t in typed):
            found.append((start, end))
    return tuple(found)


def excerpt(text: str, typed: list[str], *, loosely: bool) -> tuple[str, tuple[Span, ...]]:
    """The piece of `text` around the first marked word, and the marks within it."""
    spans = marks(text, typed, loosely=loosely)
    start = _piece_start(text, spans[0][0]) if spans else 0
    end = min(len(text), start + EXCERPT)
    piece = text[start:end]
    inside = ((a - start, b - start) for a, b in spans if a >= start and b <= end)
    lead, tail = "… " if start else "", " …" if end < len(text) else ""
    return f"{lead}{piece}{tail}", tuple((a + len(lead), b + len(lead)) for a, b in inside)


def _piece_start(text: str, mark: int) -> int:
    """A word's beginning a third of an excerpt before the mark, or the text's own beginning."""
    if mark < EXCERPT * 2 // 3:
        return 0
    space = text.find(" ", mark - EXCERPT // 3, mark)
    return space + 1 if space >= 0 else mark
