"""What a stranger does in her first minutes at a hub, with another member at the next window."""

import asyncio
from random import randrange
from typing import Any

from playwright.async_api import Locator, Page, Response, expect

from tests.e2e.conftest import NewMember
from tests.e2e.member import Member

CLUB = "Riverside FC"


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Messages")


async def into_the_room(member: Member, title: str) -> Locator:
    """Opens a room from the list; what she writes into."""
    await member.open("/chat")
    await member.page.get_by_role("navigation", name="Rooms").get_by_role("link", name=title).first.click()
    composer = member.page.get_by_role("textbox", name=f"Message to {title}")
    await expect(composer).to_be_visible()
    await expect(member.page.get_by_role("main").get_by_text("Live", exact=True)).to_be_visible()
    return composer


async def test_two_members_talk_and_what_was_written_without_a_network_arrives_once(
    both: tuple[Member, Member],
) -> None:
    mara, jonas = both
    bib = f"bib {randrange(1000, 10_000)}"
    marys, his = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))

    await asyncio.gather(
        his.press_sequentially(f"Who has {bib}?", delay=150),
        expect(mara.page.get_by_text("Jonas is typing")).to_be_visible(),
    )
    await his.press("Enter")
    await expect(log(jonas.page).get_by_text(f"Who has {bib}?")).to_be_visible()
    await expect(log(mara.page).get_by_text(f"Who has {bib}?")).to_be_visible()
    await expect(log(jonas.page).get_by_text("sending")).to_have_count(0)

    await marys.fill(f"In my boot, {bib} and all the others")
    await marys.press("Enter")
    await expect(log(jonas.page).get_by_text(f"{bib} and all the others")).to_be_visible()

    with mara.watch.forgiving():
        await mara.context.set_offline(True)
        await marys.fill(f"Written in the tunnel, {bib}")
        await marys.press("Enter")
        await expect(log(mara.page).get_by_text(f"Written in the tunnel, {bib}")).to_be_visible()
        await expect(log(mara.page).get_by_text("sending")).to_be_visible()
        await expect(mara.page.get_by_role("main").get_by_text("1 waiting")).to_be_visible()
        await mara.shoot("chat-offline")
        await his.fill(f"Bring {bib} to the north gate")
        await his.press("Enter")
        await expect(log(jonas.page).get_by_text(f"Bring {bib} to the north gate")).to_be_visible()
        await expect(log(jonas.page).get_by_text(f"Written in the tunnel, {bib}")).to_have_count(0)
        await mara.context.set_offline(False)
        await expect(log(mara.page).get_by_text(f"Bring {bib} to the north gate")).to_be_visible()
        await expect(log(mara.page).get_by_text("sending")).to_have_count(0)

    await expect(log(jonas.page).get_by_text(f"Written in the tunnel, {bib}")).to_have_count(1)
    await mara.page.reload()
    await expect(log(mara.page).get_by_text(f"Written in the tunnel, {bib}")).to_have_count(1)
    await jonas.shoot("chat")


async def test_an_admin_plans_a_weekly_event_and_a_member_hears_of_it_and_answers(
    both: tuple[Member, Member],
) -> None:
    mara, jonas = both
    unread = mara.place("Notifications")
    await jonas.open("/schedule")
    form = jonas.page.get_by_role("main")
    await form.get_by_role("textbox", name="What", exact=True).fill("Keeper school")
    await form.get_by_role("textbox", name="Where").fill("Pitch 4, Älvplan")
    await form.get_by_label("Repeats").select_option(label="Weekly")
    await expect(form.get_by_role("button", name="Leave out")).to_have_count(6)
    await jonas.shoot("schedule")
    await form.get_by_role("button", name="Put it in the calendar").click()
    await expect(jonas.page.get_by_role("heading", name="Keeper school", level=1)).to_be_visible()

    await expect(unread).to_contain_text("unread")
    await mara.open("/notifications")
    await expect(mara.page.get_by_role("main").get_by_text("Keeper school").first).to_be_visible()
    await mara.shoot("notifications-new-event")
    await mara.open("/calendar")
    await expect(mara.page.get_by_role("main").get_by_role("link", name="Keeper school").first).to_be_visible()
    await mara.page.go_back()
    await mara.page.get_by_role("main").get_by_role("link", name="Keeper school").first.click()
    await expect(mara.page.get_by_role("heading", name="Keeper school", level=1)).to_be_visible()
    answers = mara.page.get_by_role("group", name="Your answer to Keeper school")
    going = answers.get_by_role("button", name="Going", exact=True)
    await going.click()
    await expect(going).to_have_attribute("aria-pressed", "true")
    await mara.shoot("event")
    await jonas.page.reload()
    coming = jonas.page.get_by_role("complementary").get_by_role("link", name="Mara Aldén")
    await expect(coming).to_be_visible()


def order(item: dict[str, Any]) -> str:
    """Which thing an item of the feed is."""
    kind = item["type"]
    return str(item["fixture_id"] if kind == "pick" else item[kind]["id"])


def is_for_you(response: Response) -> bool:
    return "/api/v1/feed?tab=for-you" in response.url


async def test_a_liked_reel_changes_what_is_for_her_and_she_sees_why(new_member: NewMember) -> None:
    mara = await new_member("Mara")
    async with mara.page.expect_response(is_for_you) as first:
        await mara.sign_in("mara@demo.club")
    before = await (await first.value).json()

    reels = await mara.another_window("/reels")
    like = reels.get_by_role("listitem", name="Reel 1").get_by_role("button", name="Like", exact=True)
    await expect(like).to_be_visible()
    new_for_her = mara.page.get_by_role("button", name="New for you")
    await expect(new_for_her).to_have_count(0)
    await like.click()
    await expect(new_for_her).to_be_visible()
    await expect(reels.get_by_role("button", name="Take the like back").first).to_be_visible()
    await mara.shoot("reels", reels)

    async with mara.page.expect_response(is_for_you) as second:
        await new_for_her.click()
    after = await (await second.value).json()
    assert [order(item) for item in after["data"]] != [order(item) for item in before["data"]]
    await expect(new_for_her).to_have_count(0)
    reasons = [item["reason"]["text"] for item in after["data"] if item["reason"]]
    assert reasons
    await expect(mara.page.get_by_role("feed").get_by_text(reasons[0]).first).to_be_visible()
    await mara.shoot("home-for-you")


async def test_the_palette_finds_a_club_by_the_start_of_its_name(new_member: NewMember) -> None:
    mara = await new_member("Mara")
    await mara.sign_in("mara@demo.club")
    await mara.page.keyboard.press("Control+k")
    palette = mara.page.get_by_role("dialog", name="Search")
    await palette.get_by_role("combobox").fill("corner ch")
    await expect(palette.get_by_role("option", name="Corner Chess").first).to_be_visible()
    await mara.shoot("palette")
    await palette.get_by_role("option", name="Corner Chess").first.click()
    await expect(mara.page.get_by_role("heading", name="Corner Chess", level=1)).to_be_visible()


async def test_a_pick_is_kept_until_kick_off(new_member: NewMember) -> None:
    jonas = await new_member("Jonas")
    await jonas.sign_in("jonas@demo.club")
    await jonas.open("/picks")
    matches = jonas.page.get_by_role("main").get_by_role("group", name="Your pick for")
    match = matches.filter(has=jonas.page.locator("button:enabled[aria-pressed=false]")).first
    name = await match.get_attribute("aria-label")
    assert name
    draw = jonas.page.get_by_role("group", name=name).get_by_role("button", name="Draw").first
    was = await draw.get_attribute("aria-pressed")
    await draw.click()
    now = "false" if was == "true" else "true"
    await expect(draw).to_have_attribute("aria-pressed", now)
    await jonas.page.reload()
    await expect(draw).to_have_attribute("aria-pressed", now)
    await jonas.shoot("picks")


async def test_a_stranger_comes_in_by_the_letter_and_joins_a_club(new_member: NewMember) -> None:
    stranger = await new_member("A stranger")
    page = stranger.page
    await stranger.open("/")
    await page.get_by_role("link", name="Join the hub").click()
    await page.get_by_label("Name", exact=True).fill("Nell Brandt")
    await page.get_by_label("Email").fill("nell@example.org")
    await page.get_by_label("Password", exact=True).fill("a quiet corner table")
    await stranger.shoot("sign-up")
    await page.get_by_role("button", name="Join", exact=True).click()
    await page.get_by_role("link", name="development mailbox").click()
    await page.get_by_role("link", name="Open the link").first.click()
    await page.get_by_role("link", name="Find your people").click()

    await page.get_by_role("main").get_by_role("link", name="Corner Chess").click()
    await page.get_by_role("main").get_by_role("button", name="Join", exact=True).click()
    await expect(
        page.get_by_role("navigation", name="Places and clubs").get_by_role("link", name="Corner Chess")
    ).to_be_visible()
    await stranger.shoot("club-joined")
    composer = await into_the_room(stranger, "Corner Chess")
    await composer.fill("Is the table by the window free?")
    await composer.press("Enter")
    await expect(log(page).get_by_text("Is the table by the window free?")).to_be_visible()
    await expect(log(page).get_by_text("sending")).to_have_count(0)
