"""`hub seed`: two months of a small club world, through the same rules, uploads and log as everybody's.

Running it again does nothing more; a run that was stopped goes on where it stopped.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import select

from auth_service.accounts.admin import NewMember, create_admin, create_members
from clubkit.clock import Clock, utc_now
from clubkit.db.models import JobRow
from clubkit.db.work import UnitOfWork, Works
from clubkit.errors import Forbidden, Outcome
from clubkit.identity import Caller
from clubkit.ids import JobId, MemberId, new_id
from clubkit.jobs.port import Job, JobRun
from clubkit.ports import Ports
from clubkit.settings import Settings
from gateway.demo import script_clubs, script_feed, script_reels, script_rooms, script_season, script_talk
from gateway.demo.clubs import CLUBS
from gateway.demo.people import OPERATOR, PEOPLE, PICKING
from gateway.demo.reels import CLIPS
from gateway.demo.settling import Settling
from gateway.demo.stage import Act, Chronicle, Stage, play
from gateway.demo.studio import FULL_SIZE, Sizes, Studio
from gateway.demo.when import HOME
from social_service.people import service as people
from sports_service.ingest.demo import load_demo
from sports_service.picks.demo import backdate_demo_picks

PASSWORD = "clubhouse-demo"  # noqa: S105  printed for everybody to use; refused in production unless asked for
CHAPTERS = (timedelta(days=21), timedelta(days=8), timedelta(days=3), timedelta(hours=30), timedelta(0))
"""How long ago each chapter ended. The log is read at the end of each, with the clock of that moment."""
TRAIN = "recommender.train"
PICKING_BEGINS = 2
"""After which chapter the fixtures come in, with a month of picks behind them."""
BACK_THEN = timedelta(days=335)

Told = Callable[[int], None]
Report = Callable[[str, int], Told]
"""Begins a stage of so many steps; the answer is told how many more are done."""


class NotInProduction(Forbidden):
    code = "demo_in_production"

    def __init__(self) -> None:
        super().__init__(
            "The demo world opens accounts with a password everybody knows. In production it is only made with "
            "--yes-demo-accounts."
        )


@dataclass(frozen=True)
class Making:
    """What a world is made with."""

    ports: Ports
    settle: Settling
    pool: Executor
    report: Report
    jobs: Sequence[Job] = ()
    hub_runs: bool = False
    sizes: Sizes = FULL_SIZE
    seed: int = 7
    tzid: str = HOME
    clock: Clock = utc_now


def check_allowed(settings: Settings, *, yes_demo_accounts: bool) -> None:
    """Raises NotInProduction."""
    if settings.is_production and not yes_demo_accounts:
        raise NotInProduction


async def seed(making: Making) -> bool:
    """Makes the demo world, or the rest of it. False when there was nothing left to do."""
    works = making.ports[Works]
    chronicle = Chronicle(works)
    await chronicle.load()
    if "done" in chronicle:
        return False
    if "begun" not in chronicle:
        async with works.open() as work:
            await chronicle.note(work, "begun", at=making.clock().isoformat(), tzid=making.tzid)
    begun = datetime.fromisoformat(chronicle["begun"]["at"])
    stage = Stage(making.ports, begun, making.seed, chronicle["begun"]["tzid"], things=chronicle.things())
    try:
        await _tell(making, stage, chronicle)
    except BaseExceptionGroup as several:
        if refused := several.subgroup(Outcome):
            raise _first(refused) from several
        raise
    return True


def _first(group: BaseException) -> BaseException:
    """What went wrong first, out of groups in groups."""
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group


async def _tell(making: Making, stage: Stage, chronicle: Chronicle) -> None:
    studio = Studio(stage, chronicle, making.pool, making.sizes, works_apart=making.hub_runs)
    await _cast(stage, chronicle, making.report("Members", len(PEOPLE) + 1))
    painting = making.report("Pictures", len(CLUBS) + len(script_feed.pictures()))
    filming = making.report("Reels", making.sizes.clips)
    async with asyncio.TaskGroup() as group:
        painted = group.create_task(studio.paint_all(painting))
        await _set_up(making, stage, chronicle)
        filmed = group.create_task(studio.film_all(filming))
        await painted
        await _live(making, stage, chronicle, filmed)
    await _finish(making, stage, chronicle)


async def _cast(stage: Stage, chronicle: Chronicle, told: Told) -> None:
    works = stage.works_at(stage.begun - BACK_THEN)
    ids = await create_members(works, [NewMember(p.email, p.name, p.handle) for p in PEOPLE], PASSWORD)
    if "operator" not in chronicle:
        await create_admin(works, *OPERATOR, PASSWORD)
        async with works.open() as work:
            await chronicle.note(work, "operator")
    for person, member_id in zip(PEOPLE, ids, strict=True):
        stage.cast[person.handle] = _caller(member_id, person.handle, person.name, stage.begun)
    told(len(PEOPLE) + 1)


def _caller(member_id: MemberId, handle: str, name: str, begun: datetime) -> Caller:
    return Caller(member_id, handle, name, "demo", begun + timedelta(days=1))


async def _set_up(making: Making, stage: Stage, chronicle: Chronicle) -> None:
    acts = list(script_clubs.setting_up(stage))
    await play(stage, chronicle, "clubs", acts, making.report("Clubs", len(acts)))
    await making.settle(stage.begun - timedelta(days=45))


async def _live(making: Making, stage: Stage, chronicle: Chronicle, filmed: Awaitable[None]) -> None:
    acts = _story(stage)
    told = making.report("Two months of club life", len(acts))
    for number, (since, until) in enumerate(zip((BACK_THEN, *CHAPTERS), CHAPTERS, strict=False)):
        span = [act for act in acts if stage.begun - since < act.at <= stage.begun - until]
        await play(stage, chronicle, f"life/{number}", span, told)
        if until:
            await making.settle(stage.begun - until)
        if number == PICKING_BEGINS:
            await _picks(making, stage, stage.begun - until)
    await filmed
    shown = {f"reel:{clip.key}" for clip in CLIPS[: making.sizes.clips]}
    watching = list(script_reels.watching(stage, shown))
    await play(stage, chronicle, "reels", watching, making.report("Watching reels", len(watching)))


def _story(stage: Stage) -> list[Act]:
    begun = stage.begun
    acts = [script_clubs.cover(begun - timedelta(days=44), club) for club in CLUBS]
    acts += script_feed.feed(stage)
    acts += script_season.season(stage)
    acts += script_talk.talk(stage)
    acts += script_rooms.more_rooms(stage)
    acts += script_talk.reading_the_news(stage, begun - CHAPTERS[-2] + timedelta(seconds=1))
    acts += script_clubs.asking_to_join(stage)
    return acts


async def _picks(making: Making, stage: Stage, at: datetime) -> None:
    told = making.report("Fixtures and picks", 3)
    works = stage.works_at(at)
    await load_demo(works, now=at)
    told(1)
    habits = {stage.cast[handle].member_id: habit for handle, habit in PICKING.items()}
    await backdate_demo_picks(works, list(habits), seed=stage.seed, habits=habits)
    told(1)
    await load_demo(stage.works_at(stage.begun), now=stage.begun)
    told(1)


async def _finish(making: Making, stage: Stage, chronicle: Chronicle) -> None:
    told = making.report("Reading it all", 3)
    await making.settle(making.clock())
    told(1)
    works = making.ports[Works]
    if not making.hub_runs:
        flush = next(job for job in making.jobs if job.name == "features.flush")
        await flush.run(JobRun(JobId(new_id()), making.ports, _quietly))
    told(1)
    async with works.open() as work:
        if making.hub_runs:
            work.schedule("features.flush")
        await _train_soon(work)
        await chronicle.note(work, "done")
    told(1)


async def _train_soon(work: UnitOfWork) -> None:
    """In the place of today's regular training, so that a new hub does not train twice as it opens."""
    regular = f"every:{TRAIN}:{int(work.now.timestamp() // timedelta(days=1).total_seconds())}"
    planned = await work.session.scalar(select(JobRow.id).where(JobRow.unique_key == regular))
    work.schedule(TRAIN, due_at=work.now + timedelta(seconds=20), unique_key=None if planned else regular)


State = Literal["done", "begun", "nobody here", "others here"]


async def state_of(works: Works) -> State:
    """How far the demo world is on this hub, and where there is none: whether anybody else is here."""
    chronicle = Chronicle(works)
    await chronicle.load()
    if "begun" in chronicle:
        return "done" if "done" in chronicle else "begun"
    async with works.reading() as work:
        return "others here" if await people.all_after(work, "", 1) else "nobody here"


async def _quietly(done: float, stage: str = "") -> None:
    """The seed has a progress bar of its own."""
