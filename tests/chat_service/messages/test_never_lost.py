"""Whatever the network does and whichever process dies: at last every app has what the store has, all that was
acknowledged is there once, and nothing is in another order than it was written in."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from chat_service.messages.schemas import SendMessage
from chat_service.messages.store import MessageStore, Span
from tests.chat_service.unreliable import ROOM, App, World, compose, make_template

WHO = st.integers(0, 2)
PROCESS = st.integers(0, 1)
SEED = st.integers(0, 2**16)


class Unreliable(RuleBasedStateMachine):
    """Each step is something that happens in the world; the end is when the network is fine again."""

    folder: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.own = TemporaryDirectory(dir=self.folder)
        self.world = World(Path(self.own.name), self.folder / "template.sqlite3")
        self.run_(self.world.begin())

    def run_(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(step)

    def app(self, who: int) -> App:
        return self.world.apps[who]

    @initialize(seed=SEED)
    def the_room_has_a_past(self, seed: int) -> None:
        self.members_talk(seed, 40)

    @rule(seed=SEED, steps=st.integers(5, 25))
    def members_go_on(self, seed: int, steps: int) -> None:
        self.members_talk(seed, steps)

    def members_talk(self, seed: int, steps: int) -> None:
        """They write and read; some of what is sent to them is late, doubled or lost."""
        dice = Random(seed)
        for _ in range(steps):
            self.run_(self.something(self.app(dice.randrange(3)), dice.randrange(2), dice))

    async def something(self, app: App, process: int, dice: Random) -> None:
        match dice.randrange(20):
            case 0 | 1 | 2 | 3 | 4 | 5 | 6:
                compose(app, dice)
                await self.world.submit(app, process, ack_arrives=dice.random() < 0.8)
            case 7:
                await self.world.heartbeat(app, process)
            case 8 | 9:
                await self.world.fill_gaps(app, process, dice.randint(1, 5))
            case 10:
                older = await self.world.page(app, process, before=dice.randint(1, 60))
                app.coming.append(("older", older))
            case 11 if app.client.resets:
                await self.world.open_anew(app, process)
            case 12 if not app.is_connected:
                await self.world.connect(app, process)
            case _:
                self.frames(app, dice)

    def frames(self, app: App, dice: Random) -> None:
        """What is on its way arrives, in order but for accidents."""
        for _ in range(min(len(app.coming), dice.randint(1, 9))):
            fate = dice.random()
            if fate < 0.06:
                app.coming.pop(0)
            else:
                app.take(dice.randrange(len(app.coming)) if fate < 0.12 else 0, again=fate > 0.94)

    @rule(who=WHO, process=PROCESS, seed=SEED, dies=st.sampled_from(["before", "after"]))
    def a_process_dies_while_it_writes(self, who: int, process: int, seed: int, dies: str) -> None:
        compose(self.app(who), Random(seed))
        self.run_(self.world.submit(self.app(who), process, dies=dies))

    @rule(process=PROCESS)
    def a_process_dies(self, process: int) -> None:
        self.world.kill(process)

    @rule(who=WHO)
    def an_app_goes_away(self, who: int) -> None:
        self.app(who).is_connected = False
        self.app(who).coming.clear()

    @rule(who=WHO, process=PROCESS)
    def an_app_comes_back(self, who: int, process: int) -> None:
        self.run_(self.world.connect(self.app(who), process))

    @rule(who=WHO, process=PROCESS)
    def an_app_starts_anew(self, who: int, process: int) -> None:
        self.run_(self.world.open_anew(self.app(who), process))

    @precondition(lambda self: self.world.truncations < 2)
    @rule(process=PROCESS, seed=SEED)
    def old_messages_are_taken_away(self, process: int, seed: int) -> None:
        self.run_(self.world.truncate(process, Random(seed)))

    def teardown(self) -> None:
        try:
            self.run_(self.all_is_well())
        finally:
            self.run_(self.world.end())
            self.runner.close()
            self.own.cleanup()

    async def all_is_well(self) -> None:
        for app in self.world.apps:
            await self.world.settle(app)
        for app in self.world.apps:  # what the others sent while they settled
            await self.world.settle(app)
        truth = await self.world.truth()
        for app in self.world.apps:
            assert app.client.timeline(ROOM) == truth, "an app came to something else than the store"
            applied = app.client.room(ROOM).applied
            assert applied == list(range(applied[0], applied[-1] + 1)) if applied else True
        await self.nothing_is_lost_or_doubled()

    async def nothing_is_lost_or_doubled(self) -> None:
        async with self.world.processes[0].reading() as work:
            store = work.port(MessageStore)
            head = (await store.heads([ROOM]))[ROOM]
            entries = await store.entries({ROOM: Span(head.floor_seq - 1, head.seq)})
            for (author, client_id), receipt in self.world.acknowledged.items():
                stored = await store.written_before(ROOM, author, client_id)
                assert stored is not None, "an acknowledged write is lost"
                assert (stored.id, stored.seq, stored.at) == (receipt.id, receipt.seq, receipt.at)
        assert [entry.seq for entry in entries] == list(range(head.floor_seq, head.seq + 1))
        for app in self.world.apps:
            sends = [w.receipt.seq for w in app.done if isinstance(w.ask, SendMessage) and w.receipt]
            assert sends == sorted(set(sends)), "an author's messages are in another order than she wrote them"
        written = {(entry.author.id, entry.client_id) for entry in entries if entry.kind != "notice"}
        assert written <= set(self.world.acknowledged), "something is stored that nobody wrote, or twice"


def test_at_last_every_app_has_what_the_store_has(tmp_path: Path) -> None:
    asyncio.run(make_template(tmp_path / "template.sqlite3"))
    Unreliable.folder = tmp_path
    machine = Unreliable.TestCase()
    machine.settings = settings(
        max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    machine.runTest()
