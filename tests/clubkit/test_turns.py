"""Writers take turns: one at a time, those somebody waits for first, and nobody waits for ever."""

import asyncio
from contextlib import suppress

import pytest

from clubkit.db import turns
from clubkit.db.turns import Turns


class Desk:
    """Notes who had a turn, in order."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.served: list[str] = []
        self.inside = 0

    async def serve(self, name: str, *, patient: bool = False) -> None:
        async with self.turns.turn(patient=patient):
            self.inside += 1
            assert self.inside == 1
            await asyncio.sleep(0)
            self.served.append(name)
            self.inside -= 1


async def queued(desk: Desk, *names: str) -> list[asyncio.Task[None]]:
    """In this order; names in capitals are in a hurry."""
    tasks = []
    for name in names:
        tasks.append(asyncio.create_task(desk.serve(name, patient=name.islower())))
        await asyncio.sleep(0)
    return tasks


async def test_who_is_in_a_hurry_goes_before_who_can_wait() -> None:
    desk = Desk()
    async with desk.turns.turn():
        tasks = await queued(desk, "a", "b", "C", "D")
    await asyncio.gather(*tasks)
    assert desk.served == ["C", "D", "a", "b"]


async def test_who_waited_long_enough_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT", -1.0)
    desk = Desk()
    async with desk.turns.turn():
        tasks = await queued(desk, "C", "a", "D", "b")
    await asyncio.gather(*tasks)
    assert desk.served == ["a", "b", "C", "D"]


async def test_who_gives_up_in_line_holds_nobody_up() -> None:
    desk = Desk()
    async with desk.turns.turn():
        tasks = await queued(desk, "A", "B", "C")
        tasks[1].cancel()
        await asyncio.sleep(0)
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks)
    await asyncio.gather(tasks[0], tasks[2])
    assert desk.served == ["A", "C"]


async def test_a_turn_that_comes_with_a_cancellation_is_passed_on() -> None:
    desk = Desk()
    async with desk.turns.turn():
        tasks = await queued(desk, "A", "B")
    tasks[0].cancel()  # it was just given the turn and has not run yet
    await asyncio.wait(tasks)
    assert desk.served == ["B"]
    await desk.serve("C")
    assert desk.served == ["B", "C"]


async def test_a_failure_inside_gives_the_turn_back() -> None:
    desk = Desk()
    with pytest.raises(RuntimeError):
        async with desk.turns.turn():
            raise RuntimeError
    await asyncio.wait_for(desk.serve("A"), 1)
