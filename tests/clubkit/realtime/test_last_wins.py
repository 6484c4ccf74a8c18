"""Hints that matter only as they are now: told at most once in a while, the last value of each key."""

import asyncio
from collections.abc import Mapping

from clubkit.realtime.last_wins import LastWins


class Told:
    def __init__(self) -> None:
        self.said: asyncio.Queue[tuple[str, dict[str, int]]] = asyncio.Queue()

    async def __call__(self, topic: str, values: Mapping[str, int]) -> None:
        if values.get("fail"):
            raise RuntimeError("boom")
        self.said.put_nowait((topic, dict(values)))

    async def next(self) -> tuple[str, dict[str, int]]:
        return await asyncio.wait_for(self.said.get(), 5)


async def test_the_first_is_told_at_once_and_the_rest_together() -> None:
    told = Told()
    hints = LastWins[int](told, every=0.05)
    for n in range(10):
        hints.put("room", "anna", n)
        hints.put("room", "ben", -n)
    hints.put("other", "anna", 1)
    assert [await told.next() for _ in range(3)] == [
        ("room", {"anna": 0}), ("other", {"anna": 1}), ("room", {"ben": -9, "anna": 9}),
    ]  # fmt: skip
    await asyncio.sleep(0.1)
    assert (told.said.empty(), hints._timer) == (True, None), "a quiet topic costs nothing"
    hints.put("room", "anna", 7)
    assert await told.next() == ("room", {"anna": 7})
    hints.close()


async def test_many_topics_take_their_turns_by_one_timer() -> None:
    told = Told()
    hints = LastWins[int](told, every=0.2)
    rooms = [f"room {number}" for number in range(50)]
    loop = asyncio.get_running_loop()
    first: dict[str, float] = {}
    for number, room in enumerate(rooms):
        first[room] = loop.time()
        hints.put(room, "anna", 1)
        hints.put(room, "anna", 2)
        if number % 10 == 0:
            await asyncio.sleep(0.01)
    assert {room: values["anna"] for room, values in [await told.next() for _ in rooms]} == dict.fromkeys(rooms, 1)
    for _ in rooms:
        room, values = await told.next()
        assert values == {"anna": 2}
        assert loop.time() - first.pop(room) >= 0.199
    hints.close()


async def test_what_fails_does_not_stop_what_follows() -> None:
    told = Told()
    hints = LastWins[int](told, every=0.01)
    hints.put("room", "fail", 1)
    hints.put("room", "anna", 1)
    assert await told.next() == ("room", {"anna": 1})
    hints.close()


async def test_what_was_not_told_at_the_end_is_dropped() -> None:
    told = Told()
    hints = LastWins[int](told, every=0.01)
    hints.put("room", "anna", 1)
    hints.put("room", "anna", 2)
    assert await told.next() == ("room", {"anna": 1})
    hints.close()
    await asyncio.sleep(0.05)
    assert told.said.empty()
