"""The rules of wanting to be told on a device."""

import hmac

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from chat_service.pushes.errors import BadPushKeys, NoSuchSubscription, StrangePushService
from chat_service.pushes.keys import VapidKey, from_base64url
from chat_service.pushes.schemas import MovedSubscription, PushHere, Subscription, SubscriptionKeys
from chat_service.pushes.store import PushStore
from chat_service.settings import PushRules
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId

MOST_DEVICES = 10
"""Of one member; the one that has not been heard of for longest gives way."""
BROWSERS_OWN = frozenset(
    {"fcm.googleapis.com", "updates.push.services.mozilla.com", "push.apple.com", "notify.windows.com"}
)
"""The push services of Chrome and its kin, Firefox, Safari and Edge; theirs are also the hosts below."""


async def here(work: UnitOfWork, caller: Caller) -> PushHere:
    row = await PushStore(work).device(caller.session_id)
    return PushHere(key=work.ports[VapidKey].public, on=row is not None and row.member_id == caller.member_id)


async def subscribe(work: UnitOfWork, caller: Caller, wish: Subscription) -> PushHere:
    """Has the device of this session told. Raises StrangePushService, BadPushKeys."""
    await _put(work, caller.session_id, caller.member_id, wish)
    await PushStore(work).keep_newest(caller.member_id, MOST_DEVICES)
    return PushHere(key=work.ports[VapidKey].public, on=True)


async def unsubscribe(work: UnitOfWork, session_id: str) -> None:
    await PushStore(work).forget(session_id)


async def move(work: UnitOfWork, moved: MovedSubscription) -> None:
    """By the browser itself, which is signed in nowhere. Raises NoSuchSubscription, and what `subscribe` does."""
    row = await PushStore(work).by_endpoint(moved.old)
    # The push service knows the address as well, but not the secret.
    if row is None or not hmac.compare_digest(row.auth, _secret(moved.auth)):
        raise NoSuchSubscription
    await _put(work, row.session_id, MemberId(row.member_id), moved.now)


async def _put(work: UnitOfWork, session_id: str, member_id: MemberId, wish: Subscription) -> None:
    endpoint = known_endpoint(wish.endpoint, work.ports[PushRules])
    point, secret = _keys(wish.keys)
    await PushStore(work).put(session_id, member_id, endpoint, point, secret)


def known_endpoint(text: str, rules: PushRules) -> str:
    """The address, where it is one of a push service that we know. Raises StrangePushService."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise StrangePushService from None
    trusted = bool(rules.trusted) and f"{url.host}:{url.port}" == rules.trusted
    is_plain = url.scheme == "https" and url.port is None and not url.userinfo
    hosts = BROWSERS_OWN | rules.hosts
    if not trusted and not (is_plain and any(url.host == host or url.host.endswith(f".{host}") for host in hosts)):
        raise StrangePushService
    return str(url)


def _keys(keys: SubscriptionKeys) -> tuple[bytes, bytes]:
    """The device's point on P-256 and its secret of 16 bytes. Raises BadPushKeys."""
    try:
        point = from_base64url(keys.p256dh)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise BadPushKeys from None
    secret = _secret(keys.auth)
    if len(point) != 65 or len(secret) != 16:
        raise BadPushKeys
    return point, secret


def _secret(text: str) -> bytes:
    try:
        return from_base64url(text)
    except ValueError:
        raise BadPushKeys from None
