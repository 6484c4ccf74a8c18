"""What a member sees of her own features."""

from datetime import datetime

from clubkit.contracts.base import Contract
from clubkit.contracts.features import Recent


class MyFeatures(Contract):
    """Everything the recommender knows a member by. Sums are as of now."""

    counters: dict[str, float]
    sequence: tuple[Recent, ...]
    last_at: datetime | None
