"""Social's section of the settings."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from clubkit.settings import Section, section_config


@dataclass(frozen=True)
class RankBudget:
    """How long a list may wait for the ranker; after that it comes newest first, and says so."""

    seconds: float


class SocialSettings(Section):
    """`HUB_SOCIAL_…`"""

    model_config = section_config("social")

    zone: str = Field("UTC", description="the hub's own time zone (IANA name): its weeks begin there on Monday")
    rank_budget_ms: int = Field(
        400,
        ge=1,
        le=10_000,
        description="how long a list waits for the ranker before it comes newest first; 80 suits a ranker over HTTP",
    )

    @field_validator("zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is not a time zone; write it like Europe/Berlin")
        return zone

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def rank_budget(self) -> RankBudget:
        return RankBudget(self.rank_budget_ms / 1000)
