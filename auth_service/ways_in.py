"""What the HTTP ways into auth share."""

from typing import Annotated

from fastapi import Depends, Request, Response

from auth_service.sessions import ending
from auth_service.sessions.devices import device_of
from auth_service.sessions.schemas import Device
from clubkit.db.work import Works
from clubkit.http.dependencies import CurrentMember, port
from clubkit.identity import Caller

AllWorks = Annotated[Works, port(Works)]
"""These routes hash passwords and talk to Redis, so they open short units of work themselves (decision 0010)."""


def this_device(request: Request) -> Device:
    return device_of(request.headers.get("user-agent", ""), request.client.host if request.client else "")


ThisDevice = Annotated[Device, Depends(this_device)]


async def open_session(caller: CurrentMember, works: AllWorks) -> Caller:
    await ending.must_be_open(works, caller.member_id, caller.session_id)
    return caller


InOpenSession = Annotated[Caller, Depends(open_session)]
"""The caller, whose session was not ended in the minutes since the token was signed."""


def not_stored(response: Response) -> None:
    """Nothing auth answers may be kept by a browser or a proxy."""
    response.headers["Cache-Control"] = "no-store"
