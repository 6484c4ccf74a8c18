"""A member's sockets listen to her clubs."""

from clubkit.db.work import Works
from clubkit.realtime.sockets import SocketContext, Sockets
from clubkit.realtime.wire import club_channel
from social_service.clubs import service

sockets = Sockets()


@sockets.on_connect
async def listen_to_clubs(context: SocketContext) -> None:
    async with context.ports[Works].reading() as work:
        viewer = await service.viewer(work, context.caller.member_id)
    for club_id in viewer.clubs:
        await context.connection.enter(club_channel(club_id))
