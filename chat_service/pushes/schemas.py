"""The wire shapes of pushes: what a browser subscribes with, and what it is told."""

from typing import Annotated, Literal

from pydantic import Field

from clubkit.contracts.base import Contract

Key = Annotated[str, Field(min_length=16, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
"""base64url, without padding."""
Endpoint = Annotated[str, Field(min_length=10, max_length=1_000)]


class SubscriptionKeys(Contract):
    p256dh: Key
    auth: Key


class Subscription(Contract):
    """A browser's `PushSubscription`."""

    endpoint: Endpoint
    keys: SubscriptionKeys


class MovedSubscription(Contract):
    """A browser was given another subscription in place of one. auth: the old one's, which nobody else knows."""

    old: Endpoint
    auth: Key
    now: Subscription


class PushHere(Contract):
    """key: the hub's public key, for `pushManager.subscribe`. on: whether the device of this session is told."""

    key: str
    on: bool


class PushNotification(Contract):
    title: str
    body: str
    navigate: str
    tag: str


class PushPayload(Contract):
    """A declarative push message: browsers that know it show it by themselves, for others the worker does."""

    web_push: Literal[8030] = 8030
    notification: PushNotification
    app_badge: int
