"""Documents for bench/search: many, quickly, and always the same."""

import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

from clubkit.search.port import Document

KINDS = ("person", "post", "reel", "event", "club")
SHARES = (20, 60, 10, 8, 2)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
SYLLABLES = [a + b for a in "bcdfghjklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]
CLUBS = 500


class World:
    """A language of 30,000 words, a few of them on everybody's lips, and things named and told in it."""

    def __init__(self, seed: int = 7) -> None:
        self._rng = random.Random(seed)
        self.words = list(dict.fromkeys(self._word() for _ in range(40_000)))[:30_000]
        self._phrases = [self.some(10) for _ in range(50_000)]

    def document(self, number: int) -> Document:
        rng = self._rng
        club = f"c{rng.randrange(CLUBS)}"
        return Document(
            kind=rng.choices(KINDS, SHARES)[0],
            id=f"d{number}",
            title=self.some(rng.choice((2, 3, 4))),
            text=f"{rng.choice(self._phrases)} {rng.choice(self._phrases)} {rng.choice(self._phrases)}",
            version=1,
            readers=frozenset({"public" if rng.random() < 0.5 else f"club:{club}"}),
            at=NOW - timedelta(hours=rng.randrange(10_000)),
            club_id=None,
            author_id=f"m{rng.randrange(20_000)}",
            hue=200,
            popularity=rng.paretovariate(1),
            card={"author": f"m{number % 20_000}"},
        )

    async def documents(self, count: int) -> AsyncIterator[Document]:
        for number in range(count):
            yield self.document(number)

    def some(self, count: int) -> str:
        return " ".join(self.common() for _ in range(count))

    def common(self) -> str:
        """A word as often as people use it: the first ones far more than the last."""
        return self.words[int(len(self.words) * self._rng.random() ** 3)]

    def typing(self, people: int) -> Iterator[str]:
        """What a search field holds after each key: one word, or one and the beginning of another."""
        for _ in range(people):
            text = self.common() if self._rng.random() < 0.6 else f"{self.common()} {self.common()[:3]}"
            for length in range(1, len(text) + 1):
                if text[:length].strip() == text[:length]:
                    yield text[:length]

    def questions(self, count: int) -> Iterator[str]:
        """Full searches of one to three words; every fifth with two letters swapped."""
        for number in range(count):
            words = [self.common() for _ in range(self._rng.choice((1, 2, 2, 3)))]
            if number % 5 == 0 and len(words[0]) > 4:
                words[0] = f"{words[0][0]}{words[0][2]}{words[0][1]}{words[0][3:]}"
            yield " ".join(words)

    def _word(self) -> str:
        return "".join(self._rng.choices(SYLLABLES, k=self._rng.choice((2, 2, 3, 3, 4))))
