"""A room by keyboard alone, and as a screen reader is told of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pytest_asyncio
from httpx import AsyncClient
from playwright.async_api import Locator, Page, expect

from tests.e2e.asking import a_room, asking, id_of
from tests.e2e.conftest import NewMember
from tests.e2e.member import Member
from tests.e2e.running_hub import RunningHub
from tests.e2e.test_chat import message, tag
from tests.e2e.test_journey import CLUB, into_the_room, log

LINES = 40
"""More than fit a window: what is far off is drawn only when somebody goes there."""
MOST_TABS = 12
"""Past the buttons on the way."""


@dataclass
class Desk:
    """Jonas at a keyboard, in a room of his in which Mara said something and he answered, by turns."""

    jonas: Member
    title: str

    @property
    def page(self) -> Page:
        return self.jonas.page

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name=f"Message to {self.title}")

    def line(self, n: int) -> Locator:
        return message(self.page, f"Line {n:02} of {LINES}.")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def to_the_messages(self) -> None:
        """From the field, as who has no mouse gets there."""
        await by_tab(self.page, log(self.page).locator("article:focus"), "Shift+Tab")


async def by_tab(page: Page, there: Locator, key: str = "Tab") -> None:
    """Goes on until it has the focus."""
    for _ in range(MOST_TABS):
        await page.keyboard.press(key)
        if await there.and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"{there} is not reached by {key}.")


@pytest_asyncio.fixture(loop_scope="session")
async def desk(new_member: NewMember, hub: RunningHub) -> Desk:
    title = f"Kit room, {tag()}"
    async with asking(hub.url, "jonas") as his, asking(hub.url, "mara") as hers:
        room = await a_room(his, title, await id_of(hub.url, "mara"))
        for n in range(1, LINES + 1):
            said = {"client_id": str(uuid4()), "body": f"Line {n:02} of {LINES}."}
            answer = await (hers if n % 2 else his).post(f"/rooms/{room}/messages", json=said)
            assert answer.status_code == 201, answer.text
    jonas = await new_member("Jonas")
    await jonas.sign_in("jonas@demo.club")
    await jonas.open(f"/chat/{room}")
    desk = Desk(jonas, title)
    await expect(desk.field).to_be_focused()
    await expect(desk.line(LINES)).to_be_visible()
    return desk


async def test_the_messages_are_walked_by_arrows_and_read_in_the_order_of_the_talk(desk: Desk) -> None:
    await desk.to_the_messages()
    await expect(desk.line(LINES)).to_be_focused()
    await desk.press("ArrowUp", "ArrowUp")
    await expect(desk.line(LINES - 2)).to_be_focused()
    await desk.press("ArrowDown")
    await expect(desk.line(LINES - 1)).to_be_focused()
    await desk.press("Home")
    await expect(desk.line(1)).to_be_focused()
    await expect(desk.line(1)).to_be_in_viewport()
    await desk.press("ArrowDown")
    await expect(desk.line(2)).to_be_focused()
    assert await heard(desk.page) == sorted(await heard(desk.page)), "also with one that is kept far from the others"
    await desk.press("End")
    await expect(desk.line(LINES)).to_be_focused()
    await expect(desk.line(LINES)).to_be_in_viewport()
    words = await heard(desk.page)
    assert words == sorted(words)
    assert len(words) > 5


async def heard(page: Page) -> list[str]:
    """What a screen reader finds among the messages, from above."""
    tree = await log(page).aria_snapshot()
    return [line.strip() for line in tree.splitlines() if f"of {LINES}." in line]


async def test_a_message_is_answered_edited_reacted_to_pinned_and_deleted_by_single_keys(desk: Desk) -> None:
    page, own, answer = desk.page, desk.line(LINES), f"As you say, {tag()}"
    await desk.to_the_messages()
    await desk.press("ArrowUp", "r")
    await expect(desk.field).to_be_focused()
    await page.keyboard.type(answer)
    await desk.press("Enter")
    quoted = message(page, answer).get_by_role("button", name="Go to the message by Mara")
    await expect(quoted).to_be_visible()

    await desk.to_the_messages()
    await desk.press("End", "ArrowUp")
    await expect(own).to_be_focused()
    await desk.press("e")
    await expect(desk.field).to_have_value(f"Line {LINES} of {LINES}.")
    await page.keyboard.type(" Nearly.")
    await desk.press("Enter")
    await expect(own).to_contain_text("Nearly.")
    await expect(own.get_by_role("button", name="edited")).to_be_visible()

    await desk.to_the_messages()
    await desk.press("End", "ArrowUp", "a")
    picker = page.get_by_role("dialog", name="React")
    await expect(picker.get_by_role("textbox", name="Find an emoji")).to_be_focused()
    await page.keyboard.type("thumbs up")
    await desk.press("Enter")
    await expect(picker).to_have_count(0)
    await expect(own.get_by_role("button", name="👍, 1 member: You")).to_be_visible()

    await expect(own).to_be_focused()
    await desk.press("p")
    await expect(own.get_by_text("Pinned")).to_be_visible()
    await desk.press("p")
    await expect(own.get_by_text("Pinned")).to_have_count(0)

    await desk.press("Delete")
    asked = page.get_by_role("dialog", name="Delete this message?")
    await expect(asked).to_be_visible()
    await desk.press("Escape")
    await expect(asked).to_have_count(0)
    await expect(own).to_be_focused()
    await desk.press("Delete")
    await expect(asked).to_be_visible()
    await by_tab(page, asked.get_by_role("button", name="Delete"))
    await desk.press("Enter")
    await expect(asked).to_have_count(0)
    gone = log(page).get_by_role("article").filter(has_text="Jonas Lind deleted this message")
    await expect(gone).to_be_focused()
    await desk.press("ArrowUp", "ArrowUp")
    await expect(desk.line(LINES - 2)).to_be_focused()


async def test_keys_lead_around_the_room_and_are_listed(desk: Desk) -> None:
    page, keys = desk.page, desk.page.get_by_role("region", name="Keys in chat")
    await desk.to_the_messages()
    await desk.press("ArrowUp", "?")
    await expect(keys).to_be_focused()
    await expect(keys.get_by_text("Open its thread")).to_be_visible()
    await desk.press("Escape")
    await expect(keys).to_have_count(0)
    await expect(desk.line(LINES - 1)).to_be_focused()

    await desk.press("t")
    thread = page.get_by_role("region", name="Thread")
    await expect(thread.get_by_role("textbox", name="Answer in the thread")).to_be_focused()
    await desk.press("Escape")
    await expect(thread).to_have_count(0)
    await expect(desk.line(LINES - 1)).to_be_focused()

    await desk.press("c")
    await expect(desk.field).to_be_focused()
    await page.keyboard.type("m")
    await expect(desk.field).to_have_value("m")
    await desk.press("Backspace")
    await desk.to_the_messages()
    await desk.press("]")
    await expect(page.get_by_role("heading", name=desk.title)).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Message to")).to_be_focused()
    await desk.to_the_messages()
    await desk.press("[")
    await expect(page.get_by_role("heading", name=desk.title)).to_be_visible()


async def test_who_has_read_the_last_message_is_said_under_the_talk(desk: Desk, new_member: NewMember) -> None:
    mara = await new_member("Mara")
    await mara.sign_in("mara@demo.club")
    await desk.page.keyboard.type("Keys are in the blue box.")
    await desk.press("Enter")
    await expect(message(desk.page, "Keys are in the blue box.")).to_be_visible()
    seen = desk.page.get_by_text("Seen by Mara")
    await expect(seen).to_have_count(0)
    await mara.open(desk.page.url.removeprefix(mara.url))
    await expect(message(mara.page, "Keys are in the blue box.")).to_be_visible()
    await expect(seen).to_have_count(1)


async def test_a_day_is_gone_to_by_its_date_and_the_messages_are_walked_from_there(
    new_member: NewMember, hub: RunningHub
) -> None:
    mara = await new_member("Mara")
    await mara.sign_in("mara@demo.club")
    await into_the_room(mara, CLUB)
    page = mara.page
    async with asking(hub.url, "mara") as hers:
        said = (await hers.get(f"/rooms/{page.url.rsplit('/', 1)[-1]}/messages")).json()["messages"]
    days = [datetime.fromisoformat(each["at"]).date() for each in said]
    day = days[0] if days[0] == days[-1] else next(each for each in days if each != days[0])
    first = said[days.index(day)]

    await page.get_by_role("button", name="More about this room").press("Enter")
    await page.get_by_role("menuitem", name="Go to a day").press("Enter")
    sheet = page.get_by_role("dialog", name="Go to a day")
    await expect(sheet).to_be_visible()
    await by_tab(page, sheet.get_by_role("textbox"))
    await page.keyboard.type(f"{day:%-d %b %Y}")
    await page.keyboard.press("Enter")
    await expect(sheet.get_by_role("button", name="Go there")).to_be_enabled()
    await by_tab(page, sheet.get_by_role("button", name="Go there"))
    await page.keyboard.press("Enter")
    await expect(sheet).to_have_count(0)
    found = log(page).locator(f"[data-message='{first['id']}']")
    await expect(found).to_be_in_viewport()
    await page.keyboard.press("m")
    await expect(found).to_be_focused()


async def test_what_the_hub_refused_is_sent_by_its_button_once_nothing_is_against_it(
    new_member: NewMember, hub: RunningHub
) -> None:
    mara = await new_member("Mara")
    await mara.sign_in("mara@demo.club")
    field = await into_the_room(mara, CLUB)
    term = f"shinpad{tag()[-5:]}"
    async with asking(hub.url, "jonas") as his:
        club = next(each["id"] for each in (await his.get("/me")).json()["clubs"] if each["name"] == CLUB)
        await block(his, club, term)
        await field.press_sequentially(f"Who has my {term}?")
        await field.press("Enter")
        refused = log(mara.page).get_by_role("alert")
        again = refused.get_by_role("button", name="Try again")
        await expect(again).to_be_visible()
        await block(his, club)
        await again.press("Enter")
    await expect(refused).to_have_count(0)
    sent = message(mara.page, term)
    await expect(sent).to_have_count(1)
    await expect(log(mara.page).get_by_text("sending")).to_have_count(0)
    await mara.page.reload()
    await expect(sent).to_have_count(1)


async def block(runs_it: AsyncClient, club: str, *terms: str) -> None:
    answer = await runs_it.put(f"/rooms/of-club/{club}/blocked-terms", json={"terms": terms})
    assert answer.status_code == 200, answer.text
