"""What crosses between services: closed, frozen values, and facts in the past tense."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

from clubkit.clock import utc_now
from clubkit.ids import FactId, new_id


class Contract(BaseModel):
    """A wire shape. Unknown fields are refused, so a typo is an error and not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _fresh_fact_id() -> FactId:
    return FactId(new_id())


class Fact(Contract):
    """Something that happened, as it goes through the log.

    A subclass names its topic, version and partition key: records with one key keep their order. `keep` says how long
    the log holds it where that is not for good: only for facts that nothing is ever built anew from. `urgent`: a member
    waits for what comes of it, so it leaves at once and not with others of the same moment.
    It carries all a reader in another service needs; nobody calls back.
    """

    topic: ClassVar[str]
    schema_version: ClassVar[int]
    key_field: ClassVar[str]
    keep: ClassVar[timedelta | None]
    urgent: ClassVar[bool]
    known: ClassVar[dict[str, type["Fact"]]] = {}

    fact_id: FactId = Field(default_factory=_fresh_fact_id)
    at: datetime = Field(default_factory=utc_now, description="when it happened, UTC")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        version = kwargs.pop("version", 1)
        cls.topic = f"{kwargs.pop('topic')}.v{version}"
        cls.key_field = kwargs.pop("key")
        cls.keep = kwargs.pop("keep", None)
        cls.urgent = kwargs.pop("urgent", False)
        cls.schema_version = version
        super().__pydantic_init_subclass__(**kwargs)
        Fact.known[cls.type_name()] = cls

    def __init_subclass__(cls, **_: Any) -> None:
        super().__init_subclass__()

    @classmethod
    def type_name(cls) -> str:
        """The stable name on the wire, for example `ReelLiked.v1`."""
        return f"{cls.__name__}.v{cls.schema_version}"

    @property
    def key(self) -> str:
        return str(getattr(self, self.key_field))

    @classmethod
    def read(cls, type_name: str, payload: bytes | str) -> Self:
        """The fact a record holds. Raises KeyError for an unknown type, ValidationError for a bad payload."""
        kind = Fact.known[type_name]
        return kind.model_validate_json(payload)  # type: ignore[return-value]
