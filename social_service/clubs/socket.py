"""A member's sockets listen to her clubs."""

from clubkit.db.work import Works
from clubkit.realtime.sockets import SocketContext, Sockets
from clubkit.realtime.wire import club_channel
from social_service.clubs import service

sockets = Sockets()


@sockets.on_connect
async def listen_to_clubs(context: SocketContext) -> None:
    member_id = context.caller.member_id
    clubs = await context.ports[Works].together(service.clubs_of_each, (member_id,))
    for club_id in clubs[member_id]:
        await context.connection.enter(club_channel(club_id))
