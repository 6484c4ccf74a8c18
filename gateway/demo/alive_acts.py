"""What simulated members do by themselves: look around as the app would, then do one thing."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from gateway.demo.alive_client import Visitor
from gateway.demo.alive_lines import COMMENTS, POSTS

Did = str | None
"""What was done, in words for the table; None when there was nothing to do."""
Deed = Callable[[Visitor, Random], Awaitable[Did]]
REACTIONS = ("like", "like", "love", "cheer", "laugh", "wow")
SOON = timedelta(days=9)


async def react(who: Visitor, dice: Random) -> Did:
    posts = [post for post in await _others_posts(who) if not post["my_reaction"]]
    if not posts:
        return None
    post, reaction = dice.choice(posts[:6]), dice.choice(REACTIONS)
    await who.put(f"posts/{post['id']}/reaction", {"reaction": reaction, "surface": "following"})
    return f"reacts with {reaction} to {post['author']['name']}: {_short(post['text'])}"


async def comment(who: Visitor, dice: Random) -> Did:
    posts = await _others_posts(who)
    if not posts:
        return None
    post = dice.choice(posts[:5])
    said = await who.get(f"posts/{post['id']}/comments", limit=100)
    known = {one["text"] for one in said["data"]}
    fresh = [words for words in COMMENTS if words not in known]
    if not fresh or any((one["author"] or {}).get("id") == who.member_id for one in said["data"]):
        return None
    words = dice.choice(fresh)
    await who.post(f"posts/{post['id']}/comments", {"text": words, "surface": "following"})
    return f"comments on {post['author']['name']}: {words}"


async def post(who: Visitor, dice: Random) -> Did:
    """Each line once, whoever says it."""
    clubs = [club for club in (await who.get("clubs"))["data"] if club["my_state"] == "member"]
    dice.shuffle(clubs)
    for club in clubs:
        known = {one["text"] for one in (await who.get(f"clubs/{club['slug']}/posts", limit=100))["data"]}
        fresh = [words for words in POSTS.get(club["slug"], ()) if words not in known]
        if fresh:
            words = dice.choice(fresh)
            await who.post("posts", {"text": words, "club_id": club["id"]})
            return f"posts in {club['name']}: {_short(words)}"
    return None


async def answer(who: Visitor, dice: Random) -> Did:
    now = who.clock()
    span = {"from": now.isoformat(), "to": (now + SOON).isoformat()}
    events = [e for e in (await who.get("events", **span))["data"] if not e["my_answer"] and e["status"] == "scheduled"]
    if not events:
        return None
    event = dice.choice(events[:8])
    said = dice.choices(("yes", "maybe", "no"), (6, 2, 1))[0]
    taken = await who.put(f"events/{event['id']}/answer", {"answer": said, "surface": "calendar"})
    return f"answers {said} to {event['title']}: {taken['message']}"


async def watch(who: Visitor, dice: Random) -> Did:
    """Opens reels, stays for a while, and likes what is good."""
    feed = (await who.get("reels/feed", limit=10))["data"]
    if not feed:
        return None
    reel = dice.choice(feed)
    seconds = reel["duration_s"] * dice.uniform(0.3, 2.2)
    seen = {
        "view_id": str(uuid4()), "kind": "reel", "item_id": reel["id"], "ms_visible": round(seconds * 1000),
        "ms_played": round(seconds * 1000), "loops": int(seconds / reel["duration_s"]), "club_id": reel["club"]["id"],
        "surface": "reels", "rank_id": reel["rank_id"],
    }  # fmt: skip
    await who.post("signals", {"signals": [seen]})
    if reel["liked"] or dice.random() < 0.4:
        return f"watches {reel['author']['name']}: {_short(reel['caption'])}"
    await who.put(f"reels/{reel['id']}/like", {"surface": "reels", "rank_id": reel["rank_id"]})
    return f"likes the reel of {reel['author']['name']}: {_short(reel['caption'])}"


async def pick(who: Visitor, dice: Random) -> Did:
    now = who.clock()
    span = {"from": now.isoformat(), "to": (now + SOON).isoformat()}
    fixtures = (await who.get("fixtures", picked="false", limit=20, **span))["data"]
    left = [f for f in fixtures if not f["locked"] and f["status"] == "scheduled"]
    if not left:
        return None
    fixture, choice = dice.choice(left), dice.choices(("1", "X", "2"), (45, 25, 30))[0]
    await who.put(f"fixtures/{fixture['id']}/pick", {"choice": choice})
    return f"picks {choice} for {fixture['home']['name']} v. {fixture['away']['name']}"


DEEDS: tuple[tuple[Deed, float], ...] = (
    (react, 5), (watch, 4), (answer, 2.5), (pick, 2), (comment, 1.5), (post, 0.4)
)  # fmt: skip


async def do_something(who: Visitor, dice: Random) -> Did:
    """One deed; when there is nothing to do for it, another."""
    deeds, weights = zip(*DEEDS, strict=True)
    for deed in dice.choices(deeds, weights, k=3):
        did: Did = await deed(who, dice)
        if did:
            return did
    return None


async def _others_posts(who: Visitor) -> list[dict[str, Any]]:
    feed = await who.get("feed", tab="clubs", limit=30)
    posts = [item["post"] for item in feed["data"] if item["type"] == "post"]
    return [post for post in posts if post["author"]["id"] != who.member_id]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57].rstrip()}…"
