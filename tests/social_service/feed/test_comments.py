"""Comments: a thread of one level, counted, edited, taken down."""

from datetime import timedelta
from typing import Any

import pytest

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import CommentWritten
from clubkit.testing.hub import Person
from tests.social_service.counting import queries_of


async def comment(social: Any, who: Person, post: dict[str, Any], text: str, parent: Any = None) -> dict[str, Any]:
    social.hub.clock.advance(timedelta(seconds=1))
    wish = {"text": text, "parent_id": parent["id"] if parent else None}
    response = await who.http.post(f"posts/{post['id']}/comments", json=wish)
    assert response.status_code == 201, response.text
    return dict(response.json())


async def texts(social: Any, who: Person, post: dict[str, Any], **query: Any) -> list[str]:
    return [c["text"] for c in (await social.get(who, f"posts/{post['id']}/comments", **query))["data"]]


async def test_comments_stand_oldest_first_and_are_counted(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    await comment(social, ben, post, "Well *done*")
    await comment(social, anna, post, "Thanks")
    page = (await social.get(ben, f"posts/{post['id']}/comments"))["data"]
    assert [(c["author"]["name"], c["html"]) for c in page] == [
        ("Ben Okafor", "<p>Well <em>done</em></p>"), ("Anna Berg", "<p>Thanks</p>"),
    ]  # fmt: skip
    assert (await social.get(ben, f"posts/{post['id']}"))["comments"] == 2


async def test_replies_stand_below_their_comment_never_deeper(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    top = await comment(social, ben, post, "top")
    reply = await comment(social, anna, post, "reply", top)
    deeper = await comment(social, ben, post, "reply to the reply", reply)
    assert (reply["parent_id"], deeper["parent_id"]) == (top["id"], top["id"])
    (shown,) = (await social.get(anna, f"posts/{post['id']}/comments"))["data"]
    assert [r["text"] for r in shown["replies"]] == ["reply", "reply to the reply"]


async def test_a_long_thread_shows_its_beginning_and_says_how_much_more(social: Any, anna: Person) -> None:
    post = await social.post(anna)
    top = await comment(social, anna, post, "top")
    for n in range(5):
        await comment(social, anna, post, f"reply {n}", top)
    (shown,) = (await social.get(anna, f"posts/{post['id']}/comments"))["data"]
    assert ([r["text"] for r in shown["replies"]], shown["more_replies"]) == (["reply 0", "reply 1", "reply 2"], 2)
    assert await texts(social, anna, post, parent=top["id"]) == [f"reply {n}" for n in range(5)]


async def test_comments_come_page_by_page(social: Any, anna: Person) -> None:
    post = await social.post(anna)
    for n in range(5):
        await comment(social, anna, post, f"{n}")
    first = await social.get(anna, f"posts/{post['id']}/comments", limit=3)
    rest = await social.get(anna, f"posts/{post['id']}/comments", limit=3, cursor=first["page"]["next"])
    assert [c["text"] for c in first["data"] + rest["data"]] == ["0", "1", "2", "3", "4"]
    assert rest["page"]["next"] is None


async def test_the_queries_do_not_grow_with_the_comments(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    costs = []
    for many in (1, 6):
        for n in range(many):
            top = await comment(social, ben, post, f"top {n}")
            await comment(social, anna, post, "reply", top)
        async with queries_of(social.hub) as queries:
            await social.get(anna, f"posts/{post['id']}/comments")
        costs.append(len(queries))
    assert costs[0] == costs[1]


async def test_a_comment_is_edited_by_who_wrote_it(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna)
    made = await comment(social, ben, post, "teh best")
    edited = await ben.http.patch(f"comments/{made['id']}", json={"text": "the best"})
    assert (edited.json()["text"], edited.json()["edited_at"] is not None) == ("the best", True)
    refused = await anna.http.patch(f"comments/{made['id']}", json={"text": "the worst"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")


async def test_a_removed_comment_is_gone_and_one_with_replies_leaves_a_gap(
    social: Any, anna: Person, ben: Person
) -> None:
    post = await social.post(anna)
    lonely, top = await comment(social, ben, post, "lonely"), await comment(social, ben, post, "top")
    await comment(social, anna, post, "reply", top)
    for made in (lonely, top):
        assert (await ben.http.delete(f"comments/{made['id']}")).status_code == 204
    (gap,) = (await social.get(anna, f"posts/{post['id']}/comments"))["data"]
    assert (gap["removed"], gap["text"], gap["author"], len(gap["replies"])) == (True, "", None, 1)
    assert (await social.get(anna, f"posts/{post['id']}"))["comments"] == 1
    assert (await ben.http.delete(f"comments/{top['id']}")).json()["code"] == "comment_not_found"


async def test_a_removed_reply_is_counted_off_its_thread(social: Any, anna: Person) -> None:
    post = await social.post(anna)
    top = await comment(social, anna, post, "top")
    replies = [await comment(social, anna, post, f"{n}", top) for n in range(4)]
    await anna.http.delete(f"comments/{replies[0]['id']}")
    (shown,) = (await social.get(anna, f"posts/{post['id']}/comments"))["data"]
    assert (len(shown["replies"]), shown["more_replies"]) == (3, 0)


async def test_who_runs_the_club_takes_comments_down(social: Any, anna: Person, ben: Person, cleo: Person) -> None:
    club = await social.found(anna)
    for who in (ben, cleo):
        await social.join(who, club)
    post = await social.post(ben, club_id=club["id"])
    made = await comment(social, cleo, post, "rude")
    assert (await ben.http.delete(f"comments/{made['id']}")).json()["code"] == "not_yours_to_remove"
    assert (await anna.http.delete(f"comments/{made['id']}")).status_code == 204


async def test_a_comment_needs_a_post_one_may_see(social: Any, anna: Person, ben: Person) -> None:
    post = await social.post(anna, club_id=(await social.found(anna))["id"])
    refused = await ben.http.post(f"posts/{post['id']}/comments", json={"text": "let me in"})
    assert (refused.status_code, refused.json()["code"]) == (404, "post_not_found")
    made = await comment(social, anna, post, "inside")
    assert (await ben.http.patch(f"comments/{made['id']}", json={"text": "x"})).status_code == 404


async def test_a_reply_needs_a_comment_of_the_same_post(social: Any, anna: Person) -> None:
    post, other = await social.post(anna), await social.post(anna)
    made = await comment(social, anna, other, "elsewhere")
    wish = {"text": "lost", "parent_id": made["id"]}
    refused = await anna.http.post(f"posts/{post['id']}/comments", json=wish)
    assert (refused.status_code, refused.json()["code"]) == (404, "comment_not_found")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001])
async def test_a_comment_says_something_and_not_too_much(social: Any, anna: Person, text: str) -> None:
    post = await social.post(anna)
    response = await anna.http.post(f"posts/{post['id']}/comments", json={"text": text})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/text")


async def test_a_comment_is_told_to_who_keeps_count_and_who_notifies(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    post = await social.post(anna, club_id=club["id"])
    wish = {"text": "hm", "surface": "for_you", "rank_id": "rank-1"}
    await ben.http.post(f"posts/{post['id']}/comments", json=wish)
    acted = (await social.told(MemberInteracted))[-1]
    assert (acted.kind, acted.action, acted.surface, acted.rank_id, acted.club_id) == (
        "post", "comment", "for_you", "rank-1", club["id"],
    )  # fmt: skip
    (written,) = await social.told(CommentWritten)
    assert (written.post_author_id, written.author_name, written.preview) == (anna.id, "Ben Okafor", "hm")
