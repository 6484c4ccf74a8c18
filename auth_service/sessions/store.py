"""What sessions need from wherever they are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from auth_service.sessions.models import Session
from clubkit.ids import MemberId


class SessionStore(Protocol):
    """Sessions by id and by member. A record forgets itself after `keep`."""

    async def add(self, session: Session, *, keep: timedelta) -> None: ...

    async def get(self, session_id: str) -> Session | None: ...

    async def replace(self, session: Session, *, keep: timedelta) -> bool:
        """Puts the next version in place of the one before; False when somebody else changed or removed it first."""
        ...

    async def remove(self, session: Session) -> bool:
        """False when it was gone already."""
        ...

    async def of(self, member_id: MemberId, *, now: datetime) -> Sequence[Session]:
        """A member's sessions, last used first."""
        ...
