"""Reactions: one per member, counted right whatever happens at once."""

import asyncio
from datetime import timedelta
from typing import Any

from clubkit.contracts.interactions import MemberInteracted
from clubkit.testing.hub import Person


async def react(who: Person, post: dict[str, Any], reaction: str = "like", **more: Any) -> dict[str, Any]:
    response = await who.http.put(f"posts/{post['id']}/reaction", json={"reaction": reaction} | more)
    assert response.status_code == 200, response.text
    return dict(response.json())


async def test_a_reaction_counts_once_however_often_it_is_sent(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    await react(ben, post)
    answer = await react(ben, post)
    assert (answer["reactions"], answer["my_reaction"]) == ({"like": 1}, "like")
    likes = [f for f in await social.told(MemberInteracted) if f.action == "like"]
    assert len(likes) == 1


async def test_another_reaction_replaces_the_first(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    await react(ben, post)
    assert (await react(ben, post, "cheer"))["reactions"] == {"cheer": 1}
    card = await social.get(ben, f"posts/{post['id']}")
    assert (card["reactions"], card["my_reaction"]) == ({"cheer": 1}, "cheer")
    assert [f.action for f in await social.told(MemberInteracted)] == ["like"]


async def test_taking_back_what_is_not_there_changes_nothing(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    await react(ben, post)
    for _ in range(2):
        answer = (await ben.http.delete(f"posts/{post['id']}/reaction")).json()
        assert (answer["reactions"], answer["my_reaction"]) == ({}, None)
    assert [f.action for f in await social.told(MemberInteracted)] == ["like", "unlike"]


async def test_thirty_at_once_are_thirty(social: Any, anna: Person) -> None:
    post = await social.post(anna)
    crowd = [social.hub.person(f"m{n}", f"m{n}", f"Member {n}") for n in range(30)]
    await asyncio.gather(*(react(who, post, "love" if n % 3 else "like") for n, who in enumerate(crowd)))
    assert (await social.get(anna, f"posts/{post['id']}"))["reactions"] == {"like": 10, "love": 20}


async def test_where_it_came_from_goes_along(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    await react(ben, post, surface="for_you", rank_id="rank-7")
    (like,) = await social.told(MemberInteracted)
    assert (like.surface, like.rank_id, like.kind, like.item_id) == ("for_you", "rank-7", "post", post["id"])


async def test_who_reacted_is_listed_newest_first(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    post = await social.post(anna)
    for who in (ben, cleo, anna):
        social.hub.clock.advance(timedelta(seconds=1))
        await react(who, post)
    first = await social.get(ben, f"posts/{post['id']}/reactions", limit=2)
    rest = await social.get(ben, f"posts/{post['id']}/reactions", limit=2, cursor=first["page"]["next"])
    assert [r["person"]["name"] for r in first["data"] + rest["data"]] == ["Anna Berg", "Cleo Marsh", "Ben Okafor"]


async def test_unknown_reactions_and_posts_are_refused(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    wrong = await ben.http.put(f"posts/{post['id']}/reaction", json={"reaction": "meh"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/reaction")
    assert (await ben.http.put("posts/none/reaction", json={})).json()["code"] == "post_not_found"
    hidden = await social.post(anna, club_id=(await social.found(anna))["id"])
    assert (await ben.http.put(f"posts/{hidden['id']}/reaction", json={})).status_code == 404


async def test_the_club_sees_counts_move(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    post = await social.post(anna, club_id=club["id"])
    async with social.hub.listening() as url, social.hub.socket(url, anna) as socket:
        heard: asyncio.Queue[Any] = asyncio.Queue()
        socket.on("post.counts", heard.put)
        await react(ben, post, "wow")
        assert await asyncio.wait_for(heard.get(), 5) == {
            "post_id": post["id"], "reactions": {"wow": 1}, "comments": 0,
        }  # fmt: skip
