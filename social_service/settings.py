"""Social's section of the settings."""

from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from clubkit.settings import Section, section_config


class SocialSettings(Section):
    """`HUB_SOCIAL_…`"""

    model_config = section_config("social")

    zone: str = Field("UTC", description="the hub's own time zone (IANA name): its weeks begin there on Monday")

    @field_validator("zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is not a time zone; write it like Europe/Berlin")
        return zone

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
