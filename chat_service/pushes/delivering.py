"""The rules of bringing a push to its device: sealed for it alone (RFC 8291), to its push service (RFC 8030)."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

import http_ece
import structlog
from cryptography.hazmat.primitives.asymmetric import ec
from prometheus_client import Counter

from chat_service.pushes.composing import compose
from chat_service.pushes.errors import PushServiceAway
from chat_service.pushes.keys import VapidKey, base64url
from chat_service.pushes.schemas import PushPayload
from chat_service.pushes.store import PushStore
from chat_service.settings import PushRules
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, MessageId, RoomId
from clubkit.outside.errors import Forbidden, NotReached
from clubkit.outside.fetching import Outside

TTL_SECONDS = 24 * 3600
"""How long a push service keeps it for a device that is off."""

Outcome = Literal["sent", "gone", "later", "unreached", "refused"]
pushes = Counter("hub_chat_pushes_total", "Pushes handed to push services, by what came of it", ["outcome"])
log = structlog.get_logger("chat.pushes")


@dataclass(frozen=True)
class Letter:
    """A push, ready to leave. device: the session it belongs to."""

    device: str
    endpoint: str
    headers: dict[str, str]
    content: bytes


async def prepare(work: UnitOfWork, device: str, room_id: RoomId, message_id: MessageId, seq: int) -> Letter | None:
    """None once there is nothing to tell, or nobody to be told."""
    row = await PushStore(work).device(device)
    if row is None:
        return None
    payload = await compose(work, MemberId(row.member_id), room_id, message_id, seq)
    if payload is None:
        return None
    where = urlsplit(row.endpoint)
    contact = work.ports[PushRules].contact
    headers = {
        "Authorization": work.ports[VapidKey].authorization(
            f"{where.scheme}://{where.netloc}", contact=contact, now=work.now
        ),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(TTL_SECONDS),
        "Urgency": "high",
        "Topic": topic_of(room_id),
    }
    if (where.hostname or "").endswith(".notify.windows.com"):
        headers["X-WNS-Type"] = "wns/raw"  # Edge's service refuses what does not say so
    return Letter(device, row.endpoint, headers, sealed(payload, row.p256dh, row.auth))


async def deliver(works: Works, outside: Outside, letter: Letter) -> Outcome:
    """What came of it; a subscription that has ended is forgotten. Raises PushServiceAway: again, later."""
    outcome, why = await _handed_over(outside, letter)
    pushes.labels(outcome).inc()
    if outcome in {"later", "unreached"}:
        raise PushServiceAway(why)
    if outcome == "gone":
        async with works.open() as work:
            await PushStore(work).forget(letter.device, letter.endpoint)
    if outcome == "refused":
        log.warning("a push service refused", host=urlsplit(letter.endpoint).hostname, why=why)
    return outcome


async def _handed_over(outside: Outside, letter: Letter) -> tuple[Outcome, str]:
    try:
        status = await outside.post(letter.endpoint, letter.content, letter.headers)
    except Forbidden as forbidden:
        return "refused", forbidden.detail
    except NotReached as away:
        return "unreached", away.detail
    return outcome_of(status), f"it answered {status}."


def outcome_of(status: int) -> Outcome:
    if 200 <= status < 300:
        return "sent"
    if status in {404, 410}:
        return "gone"
    return "later" if status == 429 or status >= 500 else "refused"


def topic_of(room_id: RoomId) -> str:
    """At most 32 characters of base64url, and nothing that tells a push service which room it is."""
    return base64url(sha256(b"push topic:" + room_id.encode()).digest()[:24])


def sealed(payload: PushPayload, p256dh: bytes, auth: bytes) -> bytes:
    """For the device alone: under a key that is made for this once."""
    once = ec.generate_private_key(ec.SECP256R1())
    plain = payload.model_dump_json().encode()
    content: bytes = http_ece.encrypt(plain, private_key=once, dh=p256dh, auth_secret=auth, version="aes128gcm")
    return content
