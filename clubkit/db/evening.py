"""Lists for `IN (…)`, of few lengths."""

from collections.abc import Iterable, Sequence
from typing import Any


def evened(values: Iterable[Any]) -> Sequence[Any]:
    """The values, the last one repeated up to a power of two: so a database meets few statements, and knows them."""
    listed = list(values)
    size = 1 << (len(listed) - 1).bit_length()
    return listed + listed[-1:] * (size - len(listed))
