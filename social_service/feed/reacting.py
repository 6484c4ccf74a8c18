"""The rules of reactions: one per member and post, set and taken back as often as she likes."""

from clubkit.contracts.interactions import Action, MemberInteracted, Surface
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, PostId, RankId
from clubkit.realtime.wire import Wire, club_channel
from social_service.clubs import service as clubs
from social_service.feed.errors import PostNotFound
from social_service.feed.models import Place, PostRow
from social_service.feed.schemas import PostCounts, React, Reacted, Reactor
from social_service.feed.store import PostStore, ReactionStore
from social_service.people import service as people

Next = tuple[object, str] | None


async def react(work: UnitOfWork, caller: Caller, post_id: PostId, wish: React) -> Reacted:
    """Sets the member's reaction. The first one counts as a like in the log. Raises PostNotFound."""
    row = await _locked(work, caller, post_id)
    store = ReactionStore(work)
    before = (await store.mine(caller.member_id, [post_id])).get(post_id)
    if before != wish.reaction:
        await store.put(post_id, caller.member_id, wish.reaction)
        await _count(work, row)
    if before is None:
        work.publish(_fact(work, row, caller, "like", wish.surface, wish.rank_id))
    return Reacted(**dict(counts(row)), my_reaction=wish.reaction)


async def take_back(work: UnitOfWork, caller: Caller, post_id: PostId) -> Reacted:
    """Raises PostNotFound."""
    row = await _locked(work, caller, post_id)
    store = ReactionStore(work)
    if post_id in await store.mine(caller.member_id, [post_id]):
        await store.take_back(post_id, caller.member_id)
        await _count(work, row)
        work.publish(_fact(work, row, caller, "unlike", "club", None))
    return Reacted(**dict(counts(row)), my_reaction=None)


async def reactors(
    work: UnitOfWork, caller: Caller, post_id: PostId, before: Place | None, limit: int
) -> tuple[list[Reactor], Next]:
    """Who reacted, newest first. Raises PostNotFound."""
    viewer = await clubs.viewer(work, caller.member_id)
    if await PostStore(work).one(post_id, viewer) is None:
        raise PostNotFound
    rows = await ReactionStore(work).page(post_id, before, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    names = await people.briefs(work, [row.member_id for row in rows])
    shown = [Reactor(person=names[MemberId(row.member_id)], reaction=row.reaction, at=row.at) for row in rows]
    return shown, (rows[-1].at, rows[-1].member_id) if more else None


def counts(row: PostRow) -> PostCounts:
    return PostCounts(post_id=PostId(row.id), reactions=row.reactions, comments=row.comments)


def push_counts(work: UnitOfWork, row: PostRow) -> None:
    """Tells whoever has the post on screen; a post outside clubs has no channel of its own."""
    if row.club_id is None:
        return
    wire, now, channel = work.port(Wire), counts(row), club_channel(ClubId(row.club_id))
    work.after_commit(lambda: wire.emit("post.counts", now, to=channel))


async def _count(work: UnitOfWork, row: PostRow) -> None:
    """Counted anew from the rows under the post's lock: it can be late, but never wrong."""
    row.reactions = await ReactionStore(work).counts(row.id)
    push_counts(work, row)


async def _locked(work: UnitOfWork, caller: Caller, post_id: PostId) -> PostRow:
    viewer = await clubs.viewer(work, caller.member_id)
    row = await PostStore(work).one(post_id, viewer, lock=True)
    if row is None:
        raise PostNotFound
    return row


def _fact(
    work: UnitOfWork, row: PostRow, caller: Caller, action: Action, surface: Surface, rank_id: RankId | None
) -> MemberInteracted:
    return MemberInteracted(
        member_id=caller.member_id, kind="post", item_id=row.id, action=action, surface=surface, rank_id=rank_id,
        club_id=ClubId(row.club_id) if row.club_id else None, at=work.now,
    )  # fmt: skip
