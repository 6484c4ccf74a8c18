"""Chat's section of the settings."""

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr

from pydantic import Field

from clubkit.cache.limits import Rate
from clubkit.settings import Section, Settings, section_config

MEGABYTE = 1024 * 1024


class ChatSettings(Section):
    """`HUB_CHAT_…`"""

    model_config = section_config("chat")

    attachment_mb: int = Field(50, ge=1, le=200, description="the largest file that can be sent in a message, in MB")
    sends_per_10s: int = Field(
        20, ge=1, le=100_000, description="messages that a member may send to one room within ten seconds"
    )
    changes_per_10s: int = Field(
        40, ge=1, le=100_000, description="edits, reactions, pins, votes and deletions of a member within ten seconds"
    )
    previews: bool = Field(True, description="look at linked pages and show what they say of themselves")
    preview_targets_trusted_for_tests: str = Field(
        "", description="host:port of a page on this machine that previews may look at; refused in production"
    )
    missed_mail_minutes: int = Field(
        15, ge=1, le=1440, description="how long a mention or direct message waits to be read before a mail tells of it"
    )
    push_seconds: int = Field(
        30, ge=0, le=3600, description="how long it waits before the member's devices are told, where she wants that"
    )
    push_hosts: str = Field(
        "", description="hosts of push services besides the browsers' own, with commas between: push.example"
    )
    push_target_trusted_for_tests: str = Field(
        "", description="host:port of a push service on this machine; refused in production"
    )


@dataclass(frozen=True)
class WriteRates:
    """How much a member may write at once."""

    sends: Rate
    """Messages to one room."""
    posts: Rate
    """The same over HTTP, for what has no socket and comes in bursts: as many in the long run, more at once."""
    changes: Rate
    """Edits, deletions, reactions, pins and votes, over all rooms."""


def write_rates(settings: Settings) -> WriteRates:
    chat = settings.section(ChatSettings)
    sends, changes = chat.sends_per_10s, chat.changes_per_10s
    return WriteRates(Rate(sends, per=10), Rate(sends * 10, per=100), Rate(changes, per=10))


@dataclass(frozen=True)
class AttachmentRules:
    """What may be sent in a message."""

    limit: int
    """Bytes of one file."""


@dataclass(frozen=True)
class PreviewRules:
    """Whether linked pages are looked at, and which of this machine's own may be."""

    enabled: bool = True
    trusted: str = ""


@dataclass(frozen=True)
class MailRules:
    """When a mail tells of what was not read."""

    minutes: int = 15


@dataclass(frozen=True)
class PushRules:
    """When devices are told of what was not read, and by whom that may be brought to them."""

    wait: timedelta = timedelta(seconds=30)
    hosts: frozenset[str] = frozenset()
    """Besides those of the browsers."""
    trusted: str = ""
    contact: str = "mailto:hub@localhost"
    """Whom a push service turns to when something is wrong with what we send."""


def attachment_rules(settings: Settings) -> AttachmentRules:
    return AttachmentRules(settings.section(ChatSettings).attachment_mb * MEGABYTE)


def preview_rules(settings: Settings) -> PreviewRules:
    """Raises ValueError when production is told to trust a page of its own machine."""
    chat = settings.section(ChatSettings)
    if chat.preview_targets_trusted_for_tests and settings.is_production:
        raise ValueError("HUB_CHAT_PREVIEW_TARGETS_TRUSTED_FOR_TESTS is for tests: it opens the hub's own network")
    return PreviewRules(chat.previews, chat.preview_targets_trusted_for_tests)


def mail_rules(settings: Settings) -> MailRules:
    return MailRules(settings.section(ChatSettings).missed_mail_minutes)


def push_rules(settings: Settings) -> PushRules:
    """Raises ValueError when production is told to trust a push service of its own machine."""
    chat = settings.section(ChatSettings)
    if chat.push_target_trusted_for_tests and settings.is_production:
        raise ValueError("HUB_CHAT_PUSH_TARGET_TRUSTED_FOR_TESTS is for tests: it opens the hub's own network")
    hosts = frozenset(host.strip().lower() for host in chat.push_hosts.split(",")) - {""}
    public = settings.base_url.startswith("https://")
    contact = settings.base_url if public else f"mailto:{parseaddr(settings.mail_from)[1]}"
    return PushRules(timedelta(seconds=chat.push_seconds), hosts, chat.push_target_trusted_for_tests, contact)
