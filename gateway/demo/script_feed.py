"""Posting, commenting and reacting."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import get_args
from uuid import NAMESPACE_URL, uuid5

from clubkit.contracts.interactions import ItemKind
from clubkit.db.work import UnitOfWork
from clubkit.ids import PostId
from gateway.demo.clubs import CLUBS
from gateway.demo.people import PEOPLE
from gateway.demo.posts import POSTS, Shot, Words
from gateway.demo.stage import Act, Stage
from social_service.feed import commenting, posting, reacting, signals
from social_service.feed.feed_schemas import Signal
from social_service.feed.schemas import NewComment, NewPost, PostPicture, React, Reaction

HUES = {person.handle: person.hue for person in PEOPLE} | {club.key: club.hue for club in CLUBS}
MEMBERS = {club.key: club.everybody for club in CLUBS}
EVERYBODY = tuple(person.handle for person in PEOPLE)
KEEN = {person.handle: person.keen for person in PEOPLE}
REACTIONS: tuple[Reaction, ...] = get_args(Reaction)
USUAL = (10, 5, 5, 5, 1, 0)
LATEST = timedelta(minutes=95)
"""A post of this morning is at least this old, however early the hub is started: its comments are there too."""


def feed(stage: Stage) -> Iterator[Act]:
    when = stage.when
    for number, words in enumerate(POSTS):
        name = f"post:{number}"
        written = min(when.at(-when.days_ago(words.days), words.clock), stage.begun - LATEST)
        yield _post(written, name, words)
        yield from _comments(stage, name, words, written)
        yield from _reactions(stage, name, words, written)


def pictures() -> list[tuple[str, Shot, str, int]]:
    """Every picture that posts show: its name, the shot, whose it is, in which hue."""
    return [
        (f"picture:{number}:{place}", shot, words.author, HUES[words.club or words.author])
        for number, words in enumerate(POSTS)
        for place, shot in enumerate(words.shots)
    ]


def look(at: datetime, handle: str, seen: Iterable[tuple[ItemKind, str, str | None, float]]) -> Act:
    """Somebody looks at things: (kind, the thing's name, club, seconds)."""

    async def do(work: UnitOfWork, stage: Stage) -> None:
        batch = [
            Signal(
                view_id=str(uuid5(NAMESPACE_URL, f"{stage.begun}:{at}:{handle}:{name}")), kind=kind,
                item_id=stage.things[name], ms_visible=round(seconds * 1000),
                ms_played=round(seconds * 1000) if kind == "reel" else None, loops=2 if kind == "reel" else None,
                club_id=stage.club(club) if club else None, surface="reels" if kind == "reel" else "for_you",
            )
            for kind, name, club, seconds in seen
        ]  # fmt: skip
        await signals.take(work, stage.cast[handle], batch)

    return Act(at, do)


def _post(at: datetime, name: str, words: Words) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        media = tuple(
            PostPicture(media_id=stage.things[name.replace("post", "picture") + f":{place}"], alt=shot.alt)
            for place, shot in enumerate(words.shots)
        )
        new = NewPost(
            text=words.text, club_id=stage.club(words.club) if words.club else None, media=media,
            visibility=words.visibility, announce=words.announce,
        )  # fmt: skip
        stage.things[name] = await posting.post(work, stage.cast[words.author], new)
        await work.session.flush()

    return Act(at, do)


def _comments(stage: Stage, name: str, words: Words, written: datetime) -> Iterator[Act]:
    before = ""
    for place, (who, minutes, text) in enumerate(words.said):
        mine = f"{name.replace('post', 'comment')}:{place}"
        at = min(written + timedelta(minutes=minutes), stage.begun - timedelta(minutes=1))
        yield _comment(at, name, who, text.removeprefix("> "), mine, before if text.startswith("> ") else None)
        before = mine


def _comment(at: datetime, post: str, who: str, text: str, name: str, parent: str | None) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        new = NewComment(text=text, parent_id=stage.things[parent] if parent else None)
        made = await commenting.comment(work, stage.cast[who], PostId(stage.things[post]), new)
        stage.things[name] = made.id
        await work.session.flush()

    return Act(at, do)


def _reactions(stage: Stage, name: str, words: Words, written: datetime) -> Iterator[Act]:
    dice = stage.dice("reactions", name)
    near = MEMBERS[words.club] if words.club else EVERYBODY[::3]
    far = [h for h in EVERYBODY if h not in near] if words.visibility == "public" else []
    for handle in (*near, *far):
        chance = words.warmth * KEEN[handle] * (1.0 if handle in near else 0.2)
        at = written + timedelta(minutes=dice.expovariate(1 / 200))
        reaction = dice.choices(REACTIONS, USUAL)[0]
        if dice.random() < chance and handle != words.author and at < stage.begun:
            yield _reaction(at, name, handle, reaction)


def _reaction(at: datetime, post: str, who: str, reaction: Reaction) -> Act:
    async def do(work: UnitOfWork, stage: Stage) -> None:
        await reacting.react(work, stage.cast[who], PostId(stage.things[post]), React(reaction=reaction))

    return Act(at, do)
