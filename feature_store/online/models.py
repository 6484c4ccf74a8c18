"""The online features of one member."""

from dataclasses import dataclass
from datetime import datetime

from clubkit.contracts.features import Recent
from feature_store.definitions.schemas import Decayed


@dataclass(frozen=True, slots=True)
class MemberFeatures:
    counters: dict[str, Decayed]
    sequence: tuple[Recent, ...]
    """Oldest first."""
    last_at: datetime | None
