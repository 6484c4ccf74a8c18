"""Posts: written, read, edited with a history, taken down; seen by those they are for."""

from typing import Any

from clubkit.testing.hub import Person


async def test_what_anna_posts_in_her_club_ben_reads_there(social: Any, anna: Person, ben: Person) -> None:
    club = await social.found(anna)
    await social.join(ben, club)
    post = await social.post(anna, "Under-14s held on for a **2-2**.", club_id=club["id"])
    assert post["html"] == "<p>Under-14s held on for a <strong>2-2</strong>.</p>"
    seen = await social.get(ben, f"posts/{post['id']}")
    assert (seen["author"]["name"], seen["club"]["name"], seen["may_edit"]) == ("Anna Berg", "Riverside FC", False)
