"""How topics are made, and under which name this process reads."""

from pydantic import Field

from clubkit.settings import Section, section_config


class LogSettings(Section):
    model_config = section_config("log")

    partitions: int = Field(
        6, ge=1, le=200, description="partitions of each new topic; a topic that exists keeps its own"
    )
    replication: int = Field(-1, ge=-1, le=9, description="copies of each record; -1: as the brokers are set up")
    instance: str = Field(
        "", pattern=r"^[A-Za-z0-9._-]{0,100}$",
        description="a name that this process keeps over restarts (a StatefulSet's pod), to keep its partitions too",
    )  # fmt: skip
