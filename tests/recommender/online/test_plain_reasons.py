"""Where nothing stands out, the reason still says only what is true."""

from typing import Any

from clubkit.testing.hub import Person


async def test_an_only_event_is_not_called_popular(world: Any, anna: Person) -> None:
    await world.publish(world.event("Frost Loop", world.runners, days=60))
    [item] = (await world.rank(anna, "event")).items
    assert item.reason.text == "From Night Runners"


async def test_an_only_event_of_her_own_club_says_so(world: Any, anna: Person) -> None:
    await world.publish(world.event("Frost Loop", world.runners, days=60))
    await world.join(anna, world.runners)
    [item] = (await world.rank(anna, "event")).items
    assert item.reason.text == "In your club Night Runners"


async def test_an_only_event_soon_says_so(world: Any, anna: Person) -> None:
    await world.publish(world.event("Frost Loop", world.runners, days=2))
    [item] = (await world.rank(anna, "event")).items
    assert item.reason.text == "Coming up soon"
