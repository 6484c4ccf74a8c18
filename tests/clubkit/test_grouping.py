"""Group commit: who comes while others are at work goes with the next group, in order, with an answer of her own."""

import asyncio
from collections.abc import Sequence

import pytest

from clubkit.db.grouping import Groups


class Work:
    """Does wishes when it is let; answers each with itself, and refuses negative ones."""

    def __init__(self) -> None:
        self.done: list[list[int]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = False

    async def __call__(self, wishes: Sequence[int]) -> Sequence[int | Exception]:
        await self.gate.wait()
        if self.fails:
            raise ConnectionError
        self.done.append(list(wishes))
        return [ValueError(wish) if wish < 0 else wish for wish in wishes]


async def waiting(groups: Groups[int, int], *wishes: int) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(groups.ask(wish)) for wish in wishes]
    await asyncio.sleep(0)
    return tasks


async def test_a_lone_wish_is_done_at_once() -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=8)
    assert await groups.ask(1) == 1
    assert await groups.ask(2) == 2
    assert work.done == [[1], [2]]


async def test_those_who_come_meanwhile_go_together_in_the_order_in_which_they_came() -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=8)
    work.gate.clear()
    tasks = await waiting(groups, *range(6))
    work.gate.set()
    assert await asyncio.gather(*tasks) == list(range(6))
    assert work.done == [[0], [1, 2, 3, 4, 5]]


async def test_a_group_has_its_bound() -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=2)
    work.gate.clear()
    tasks = await waiting(groups, *range(6))
    work.gate.set()
    await asyncio.gather(*tasks)
    assert work.done == [[0], [1, 2], [3, 4], [5]]


async def test_who_is_refused_is_refused_alone() -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=8)
    work.gate.clear()
    tasks = await waiting(groups, 0, 1, -2, 3)
    work.gate.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [int, int, ValueError, int]


async def test_a_failure_is_heard_by_the_whole_group_and_by_nobody_after_it() -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=8)
    work.gate.clear()
    work.fails = True
    tasks = await waiting(groups, 0, 1, 2)
    work.gate.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [ConnectionError] * 3
    work.fails = False
    assert await groups.ask(3) == 3


async def test_when_the_one_who_leads_is_cancelled_the_others_are_done_without_her() -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=8)
    work.gate.clear()
    first, second = await waiting(groups, 0, 1)
    first.cancel()
    await asyncio.sleep(0)
    third, fourth = await waiting(groups, 2, 3)
    second.cancel()  # she leads now
    await asyncio.sleep(0)
    work.gate.set()
    assert await asyncio.gather(third, fourth) == [2, 3]
    assert first.cancelled()
    assert second.cancelled()
    assert [wish for group in work.done for wish in group] == [2, 3]


async def test_a_group_whose_leader_is_cancelled_at_work_keeps_its_place_in_the_line() -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=3)
    work.gate.clear()
    tasks = await waiting(groups, 0, 1, 2, 3, 4)
    tasks[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # 1 leads 2 and 3
    tasks[1].cancel()
    await asyncio.sleep(0)
    work.gate.set()
    assert await asyncio.gather(*tasks[2:]) == [2, 3, 4]
    assert work.done == [[2, 3, 4]]


@pytest.mark.parametrize("who", range(5))
async def test_whoever_is_cancelled_the_rest_are_answered(who: int) -> None:
    work = Work()
    groups: Groups[int, int] = Groups(work, most=2)
    work.gate.clear()
    tasks = await waiting(groups, *range(5))
    tasks[who].cancel()
    work.gate.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [answer for answer in answers if isinstance(answer, int)] == [each for each in range(5) if each != who]
    assert await groups.ask(9) == 9
