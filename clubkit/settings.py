"""One typed, frozen settings object: environment first, then `hub.toml`, then defaults.

A URL's scheme picks the adapter (see `clubkit.wiring`); an empty URL is the embedded default under `data_dir`.
Services add their own frozen sections: `settings.section(ChatSettings)` reads `HUB_CHAT_…` and `[chat]`.
"""

import contextlib
import os
import secrets
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

SETTINGS_FILE = "hub.toml"


def settings_file() -> dict[str, Any]:
    """The tables of `hub.toml` or of the file that HUB_CONFIG names; none without one. Raises TOMLDecodeError."""
    path = Path(os.environ.get("HUB_CONFIG", SETTINGS_FILE))
    return tomllib.loads(path.read_text()) if path.is_file() else {}


def table_name(kind: type[BaseSettings]) -> str:
    """The table of the settings file that a section is read from: `HUB_CHAT_…` is `[chat]`, `HUB_…` is `[hub]`."""
    prefix = str(kind.model_config.get("env_prefix", ""))
    return prefix.removeprefix("HUB_").rstrip("_").lower() or "hub"


class Section(BaseSettings):
    """A service's own settings. Subclasses set `model_config = section_config("chat")`."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        table = settings_file().get(table_name(settings_cls), {})
        return (init_settings, env_settings, InitSettingsSource(settings_cls, init_kwargs=table))


S = TypeVar("S", bound=Section)


def section_config(name: str) -> SettingsConfigDict:
    return SettingsConfigDict(
        env_prefix=f"HUB_{name.upper()}_",
        frozen=True,
        extra="forbid",
    )


class Settings(Section):
    """What the hub needs to know before it can start. `hub doctor` explains each."""

    model_config = section_config("hub") | SettingsConfigDict(env_prefix="HUB_")

    environment: Literal["development", "production", "test"] = Field(
        "development",
        description="production refuses generated secrets, the mailbox page and plain-HTTP cookies",
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on")
    public_url: str = Field("", description="how members reach the hub; empty: http://host:port")
    data_dir: Path = Field(Path("data"), description="everything the embedded hub keeps")
    database_url: str = Field("", description="sqlite+aiosqlite:///… or postgresql+asyncpg://…")
    database_pool: int = Field(
        10,
        ge=1,
        le=500,
        description="connections this process keeps to a PostgreSQL server, and as many more when busy",
    )
    redis_url: str = Field("", description="redis://… ; empty: an embedded Valkey child process")
    log_url: str = Field("", description="kafka://… ; empty: the outbox table is the log")
    search_url: str = Field("", description="https://… of Elasticsearch; empty: a local index")
    messages_url: str = Field("", description="mongodb://… for chat's messages; empty: beside the other tables")
    blobs_url: str = Field(
        "",
        description="must be empty: files lie under data_dir, which all processes see; object stores are refused",
    )
    mail_url: str = Field("", description="smtp://user:password@host:port ; empty: a maildir to open in the app")
    mail_from: str = Field("ClubHoloHub <hub@localhost>", description="sender of every mail")
    auth_url: str = Field("", description="http://… of auth for a process that serves without it: where its keys are")
    recommender_url: str = Field(
        "", description="http://… of the recommender for a process that serves without it; empty: newest first"
    )
    ranking_budget_ms: int = Field(
        80, ge=1, le=10_000, description="how long a ranking by recommender_url may take; after that, newest first"
    )
    health_port: int | None = Field(
        None,
        ge=0,
        le=65535,
        description="port of /healthz, /readyz and /metrics of processes that answer no members (consume, work, relay)",
    )
    http_at_once: int = Field(
        200,
        ge=1,
        description="requests of one process that may wait for an answer; who comes then is told to retry",
    )
    jobs_elsewhere: str = Field(
        "", description="recurring jobs that something else starts, with commas between: recommender.train"
    )
    secret_key: SecretStr | None = Field(None, description="signs cursors and links; empty: made once in data_dir")
    sqlite_synchronous: Literal["full", "normal"] = Field(
        "full", description="full: an answered write survives a power cut; normal: only a crash"
    )
    traces_url: str = Field("", description="http://… of an OpenTelemetry collector (OTLP over HTTP); empty: no traces")
    traces_share: float = Field(1.0, ge=0, le=1, description="share of the traces that is kept; the same everywhere")
    log_format: Literal["auto", "json", "console"] = Field("auto", description="auto: console on a terminal")
    web_dist: Path = Field(
        Path(__file__).resolve().parent.parent / "web" / "dist", description="the built single-page app"
    )

    @field_validator("blobs_url")
    @classmethod
    def _files_are_on_disk(cls, url: str) -> str:
        if url:
            scheme = url.partition(":")[0]
            raise ValueError(
                f"HUB_BLOBS_URL is {scheme}:…, and this version keeps files on disk only: leave it empty, and put "
                "HUB_DATA_DIR on a volume that all processes see"
            )
        return url

    @classmethod
    def load(cls, **overrides: object) -> "Settings":
        return cls(**overrides)  # type: ignore[arg-type]

    def section(self, kind: type[S]) -> S:
        """A service's section, read from the same environment and file."""
        return kind()

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def base_url(self) -> str:
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def sql_url(self) -> str:
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'hub.sqlite3'}"

    @cached_property
    def secret(self) -> bytes:
        """The signing secret; generated once (0600) where none is given outside production."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        if self.is_production and self.database_url:
            raise ValueError("HUB_SECRET_KEY must be set when the hub runs apart in production")
        return read_or_make_secret(self.data_dir / "secret.key")


def read_or_make_secret(path: Path) -> bytes:
    """The 256-bit secret kept at `path` (0600), made on first use; two racing processes read the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
        with contextlib.suppress(FileExistsError):  # whole or not at all: the other process won
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()
