"""What moderators do, as it is seen at once by who looks on and by whom it concerns."""

import asyncio
from dataclasses import dataclass
from random import randrange
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.e2e.asking import a_room, asking, id_of
from tests.e2e.conftest import NewMember
from tests.e2e.member import Member
from tests.e2e.running_hub import RunningHub
from tests.e2e.test_chat import from_menu, message, say, tag
from tests.e2e.test_journey import log


@dataclass
class Three:
    """A room of Jonas, who moderates it, with Mara and Priya, and each one's window on it."""

    title: str
    jonas: Member
    mara: Member
    priya: Member

    def field(self, member: Member) -> Locator:
        return member.page.get_by_role("textbox", name=f"Message to {self.title}")


@pytest_asyncio.fixture(loop_scope="session")
async def three(new_member: NewMember, hub: RunningHub) -> Three:
    title = f"Away days, {tag()}"
    async with asking(hub.url, "jonas") as jonas:
        others = await asyncio.gather(id_of(hub.url, "mara"), id_of(hub.url, "priya"))
        room = await a_room(jonas, title, *others)
    members = [await new_member(name) for name in ("Jonas", "Mara", "Priya")]
    for member in members:
        await member.sign_in(f"{member.watch.who.lower()}@demo.club")
        await member.open(f"/chat/{room}")
    three = Three(title, *members)
    for member in members:
        await expect(three.field(member)).to_be_visible()
    return three


async def about_the_room(page: Page) -> Locator:
    await page.get_by_role("main").get_by_role("button", name="More about this room").click()
    await page.get_by_role("menuitem", name="About this room").click()
    return page.get_by_role("region", name="About")


async def against_mara(three: Three, about: Locator, measure: str, length: str = "A day") -> None:
    page = three.jonas.page
    await about.get_by_role("button", name="More about Mara Aldén").click()
    await page.get_by_role("menuitem", name=measure).click()
    why = page.get_by_role("dialog")
    await why.get_by_role("combobox", name="For how long").select_option(length)
    await why.get_by_role("textbox", name="Why").fill("It was the third time.")
    await why.get_by_role("button", name=measure).click()
    await expect(why).to_have_count(0)


async def test_what_is_reported_is_deleted_by_a_moderator_and_everybody_sees_it_go(three: Three) -> None:
    number = tag()
    await say(three.field(three.mara), f"Buy my boots, {number}")
    await expect(message(three.priya.page, number)).to_be_visible()
    await from_menu(three.priya.page, number, "Report")
    report = three.priya.page.get_by_role("dialog", name="Report this message?")
    await report.get_by_role("textbox", name="In your own words").fill("Again.")
    await report.get_by_role("button", name="Report").click()
    await expect(three.priya.page.get_by_text("Thank you. The moderators will look at it.")).to_be_visible()

    about = await about_the_room(three.jonas.page)
    line = about.get_by_role("listitem").filter(has_text=number)
    await expect(line.get_by_text("Again.")).to_be_visible()
    await three.jonas.shoot("chat-reports")
    await line.get_by_role("button", name="Delete message").click()
    for member in (three.priya, three.mara):
        await expect(log(member.page).get_by_text("A moderator deleted this message")).to_be_visible()
        await expect(log(member.page).get_by_text(number)).to_have_count(0)
    await expect(line).to_have_count(0)


async def test_who_is_silenced_reads_on_and_who_is_barred_is_out_at_once(three: Three) -> None:
    about = await about_the_room(three.jonas.page)
    await against_mara(three, about, "Silence")
    await expect(three.mara.page.get_by_text("You can read, but not write here until")).to_be_visible()
    await expect(three.field(three.mara)).to_have_count(0)
    await expect(log(three.priya.page).get_by_text("Jonas Lind silenced Mara Aldén")).to_be_visible()
    number = tag()
    await say(three.field(three.priya), f"Quiet now, {number}")
    await expect(message(three.mara.page, number)).to_be_visible()
    await three.mara.shoot("chat-silenced")

    await against_mara(three, about, "Bar from this room")
    await expect(three.mara.page.get_by_text("This room is not here")).to_be_visible()
    rooms = three.mara.page.get_by_role("navigation", name="Rooms")
    await expect(rooms.get_by_role("link", name=three.title)).to_have_count(0)
    await three.mara.shoot("chat-barred")
    await expect(log(three.priya.page).get_by_text("Jonas Lind barred Mara Aldén from this room")).to_be_visible()
    await three.priya.page.reload()
    told = log(three.priya.page)
    await expect(told.get_by_text("Jonas Lind silenced Mara Aldén")).to_be_visible()
    await expect(told.get_by_text("Jonas Lind barred Mara Aldén from this room")).to_be_visible()
    await three.priya.shoot("chat-notices")


async def test_who_runs_the_room_and_who_runs_its_club_set_its_rules(three: Three) -> None:
    about, page = await about_the_room(three.jonas.page), three.jonas.page
    await about.get_by_role("combobox", name="Messages are kept").select_option("For 90 days")
    await page.get_by_role("dialog").get_by_role("button", name="Take out older messages").click()
    await expect(log(three.priya.page).get_by_text("Messages here are kept for 90 days")).to_be_visible()
    await about.get_by_role("textbox", name="Name it writes under").scroll_into_view_if_needed()
    await three.jonas.shoot("chat-rules")

    hers = await about_the_room(three.priya.page)
    terms, save_terms = hers.get_by_role("textbox", name="Blocked terms"), hers.get_by_role("button", name="Save terms")
    term = f"muppet{randrange(10_000, 100_000)}"
    await terms.fill(term)
    await save_terms.click()
    await expect(save_terms).to_have_count(0)
    await say(three.field(three.mara), f"What a {term.upper()}")
    refused = log(three.mara.page).get_by_role("alert").filter(has_text=f"does not want “{term}” in its rooms")
    await expect(refused).to_be_visible()
    await refused.get_by_role("button", name="Discard").click()
    await three.priya.shoot("chat-blocked-terms")
    await terms.fill("")
    await save_terms.click()
    await expect(save_terms).to_have_count(0)


async def test_who_is_barred_for_a_while_is_seen_and_let_back_in(three: Three) -> None:
    about, page = await about_the_room(three.jonas.page), three.jonas.page
    await against_mara(three, about, "Bar from this room", "An hour")
    await expect(three.mara.page.get_by_text("This room is not here")).to_be_visible()
    barred = about.get_by_role("region", name="Barred")
    await expect(barred.get_by_text("Until")).to_be_visible()
    await three.jonas.shoot("chat-barred-list")

    await barred.get_by_role("button", name="Let back in: Mara Aldén").click()
    why = page.get_by_role("dialog")
    await why.get_by_role("textbox", name="Why").fill("She said sorry.")
    await why.get_by_role("button", name="Let back in").click()
    await expect(barred.get_by_text("Nobody is barred.")).to_be_visible()
    await expect(three.field(three.mara)).to_be_visible()

    await about.get_by_role("button", name="Show what moderators did").click()
    record = page.get_by_role("dialog", name="What moderators did").get_by_role("listitem")
    await expect(record.filter(has_text="Jonas Lind let Mara Aldén back in")).to_contain_text("She said sorry.")
    await expect(record.filter(has_text="Jonas Lind barred Mara Aldén")).to_contain_text("It was the third time.")
    await three.jonas.shoot("chat-moderation-log")


async def test_who_made_a_group_runs_it_lets_a_program_in_and_takes_it_along(
    new_member: NewMember, hub: RunningHub
) -> None:
    title = f"Lift share, {tag()}"
    async with asking(hub.url, "jonas") as http:
        wish = {
            "kind": "group",
            "title": title,
            "members": [await id_of(hub.url, "mara"), await id_of(hub.url, "priya")],
        }
        room = (await http.post("/rooms", json=wish, headers={"Idempotency-Key": str(uuid4())})).json()["id"]
        jonas = await new_member("Jonas")
        await jonas.sign_in("jonas@demo.club")
        await jonas.open(f"/chat/{room}")
        about = await about_the_room(jonas.page)

        await about.get_by_role("textbox", name="Name it writes under").fill("Ferry times")
        await about.get_by_role("button", name="Add webhook").click()
        address = await about.get_by_role("textbox", name="Address of Ferry times").input_value()
        said = await http.post(address, json={"text": "The 17:40 is late"})
        assert said.status_code == 200, said.text
    await expect(message(jonas.page, "The 17:40 is late")).to_be_visible()
    await jonas.page.emulate_media(color_scheme="dark")
    await jonas.shoot("chat-group-dark")

    async with jonas.page.expect_download() as download:
        await about.get_by_role("button", name="Save as file").click()
    kept = (await (await download.value).path()).read_text()
    assert "The 17:40 is late" in kept
    await about.get_by_role("button", name="More about Mara Aldén").click()
    await jonas.page.get_by_role("menuitem", name="Take out of the room").click()
    await expect(log(jonas.page).get_by_text("Jonas Lind took Mara Aldén out")).to_be_visible()
