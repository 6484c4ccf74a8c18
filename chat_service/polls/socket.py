"""Polls over Socket.IO."""

from chat_service.messages.schemas import Receipt, Vote
from chat_service.polls import asking
from chat_service.polls.schemas import AskPoll, ClosePoll
from clubkit.cache.limits import Limits, Rate
from clubkit.realtime.sockets import SocketContext, Sockets

sockets = Sockets()

VOTE_RATE = Rate(30, per=10)
ASK_RATE = Rate(10, per=60)


@sockets.on("poll.ask", AskPoll)
async def ask(context: SocketContext, payload: AskPoll) -> Receipt:
    await context.ports[Limits].spend("poll.ask", f"{context.caller.member_id}:{payload.room}", ASK_RATE)
    return await asking.ask(context.work, context.caller, payload)


@sockets.on("poll.vote", Vote)
async def vote(context: SocketContext, payload: Vote) -> Receipt:
    """Her vote as it is now: it replaces an earlier one, and no option takes it back."""
    await context.ports[Limits].spend("poll.vote", f"{context.caller.member_id}:{payload.room}", VOTE_RATE)
    return await asking.vote(context.work, context.caller, payload)


@sockets.on("poll.close", ClosePoll)
async def close(context: SocketContext, payload: ClosePoll) -> Receipt:
    return await asking.close(context.work, context.caller, payload)
