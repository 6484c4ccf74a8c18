"""What the recommender tells connected apps."""

from clubkit.realtime.sockets import Sockets
from recommender.online.schemas import FeedChanged

sockets = Sockets()
sockets.tells("feed.changed", FeedChanged)
