"""A crowd that asks at once is answered by one look, never with something older than the asking."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager

import pytest

from clubkit.db import together as module
from clubkit.db.together import MOST_ASKERS, Together


class Shop:
    """Notes who looks; nobody is answered while the door is shut."""

    def __init__(self) -> None:
        self.looks: list[list[str]] = []
        self.price = 1
        self.door = asyncio.Event()
        self.door.set()
        self.opened = 0

    @asynccontextmanager
    async def opening(self) -> AsyncIterator["Shop"]:
        self.opened += 1
        yield self

    async def looked_at(self) -> None:
        while not self.looks:  # noqa: ASYNC110
            await asyncio.sleep(0)


async def prices(shop: Shop, keys: Collection[str]) -> Mapping[str, int]:
    shop.looks.append(sorted(keys))
    price = shop.price
    await shop.door.wait()
    return dict.fromkeys(keys, price)


async def names(_shop: Shop, keys: Collection[str]) -> Mapping[str, str]:
    return {key: key.upper() for key in keys}


async def broken(_shop: Shop, _keys: Collection[str]) -> Mapping[str, str]:
    raise LookupError("gone")


@pytest.fixture
async def shop() -> Shop:
    return Shop()


@pytest.fixture
async def together(shop: Shop) -> Together[Shop]:
    return Together(shop.opening)


async def test_those_who_ask_in_one_moment_are_answered_by_one_look(shop: Shop, together: Together[Shop]) -> None:
    asked = [together.ask(prices, [key]) for key in ("ball", "net", "ball")]
    *first, named = await asyncio.gather(*asked, together.ask(names, ["ball"]))
    assert ([each["ball"] for each in first], named) == ([1, 1, 1], {"ball": "BALL"})
    assert (shop.looks, shop.opened) == ([["ball", "net"]], 1)


async def test_no_answer_is_older_than_its_asking(shop: Shop, together: Together[Shop]) -> None:
    shop.door.clear()
    first = asyncio.create_task(together.ask(prices, ["ball"]))
    await shop.looked_at()
    shop.price = 2
    later = asyncio.create_task(together.ask(prices, ["ball"]))
    await asyncio.sleep(0)
    shop.door.set()
    assert ((await first)["ball"], (await later)["ball"]) == (1, 2)


async def test_who_asks_in_a_quiet_moment_does_not_wait(
    shop: Shop, together: Together[Shop], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GATHER_SECONDS", 3600)
    async with asyncio.timeout(10):
        await together.ask(prices, ["ball"])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await together.ask(prices, ["net"])
    assert shop.looks == [["ball"]]


async def test_who_goes_while_others_wait_takes_nothing_from_them(shop: Shop, together: Together[Shop]) -> None:
    shop.door.clear()
    goes, stays = (asyncio.create_task(together.ask(prices, [key])) for key in ("ball", "net"))
    await shop.looked_at()
    goes.cancel()
    shop.door.set()
    assert (await stays)["net"] == 1
    assert (await together.ask(prices, ["shirt"]))["shirt"] == 1


async def test_a_look_that_fails_is_told_to_all_in_it_and_to_nobody_after(shop: Shop, together: Together[Shop]) -> None:
    failures = await asyncio.gather(*(together.ask(broken, [key]) for key in "ab"), return_exceptions=True)
    assert [type(each) for each in failures] == [LookupError, LookupError]
    assert (await together.ask(prices, ["ball"]))["ball"] == 1


async def test_one_look_is_bounded(shop: Shop, together: Together[Shop]) -> None:
    await asyncio.gather(*(together.ask(prices, [f"{n}"]) for n in range(MOST_ASKERS + 1)))
    assert [len(look) for look in shop.looks] == [MOST_ASKERS, 1]
