"""Throwing away every signing key: after the hub's secret has changed, or was seen by somebody."""

from auth_service.tokens.store import SigningKeyStore
from clubkit.db.work import Works


async def forget_keys(works: Works) -> int:
    """Answers how many there were. The next auth process to start makes one under the secret of then.

    What the old keys signed verifies nowhere from then on, so everybody signs in again.
    """
    async with works.open() as work:
        store = SigningKeyStore(work)
        known = await store.all()
        await store.drop([key.generation for key in known])
    return len(known)
