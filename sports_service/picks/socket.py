"""Following results over Socket.IO: `fixture.settled` goes to everyone who asked."""

from clubkit.contracts.base import Contract
from clubkit.realtime.sockets import SocketContext, Sockets
from sports_service.catalogue.service import FIXTURES_CHANNEL

sockets = Sockets()


class FollowFixtures(Contract):
    """Nothing to say: results are the same for all."""


@sockets.on("fixtures.follow", FollowFixtures, needs="nothing")
async def follow(context: SocketContext, payload: FollowFixtures) -> None:
    await context.connection.enter(FIXTURES_CHANNEL)


@sockets.on("fixtures.unfollow", FollowFixtures, needs="nothing")
async def unfollow(context: SocketContext, payload: FollowFixtures) -> None:
    await context.connection.leave(FIXTURES_CHANNEL)
