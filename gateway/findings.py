"""What a look at the hub came to."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["good", "warning", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `mend` says what to do when it is not good."""

    level: Level
    what: str
    mend: str = ""
