"""Two members in one room: what one does to a message the other sees, wherever it is and whatever it carries."""

import asyncio
from random import randrange
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.e2e.asking import a_room, asking
from tests.e2e.conftest import NewMember
from tests.e2e.member import Member
from tests.e2e.running_hub import RunningHub
from tests.e2e.test_journey import into_the_room, log

CLUB = "Riverside FC"
LATE_PARTS_MS = 2000
"""Menus and panels are fetched a moment after the room, so that they are there without a network."""
SETTLED_MS = 600
"""For a list to measure what it has just drawn."""
PLACE = """(words) => [...document.querySelectorAll('[data-message]')]
  .find((one) => one.textContent.includes(words))?.getBoundingClientRect().top"""

NO_WEBSOCKETS = """
globalThis.WebSocket = class {
  constructor() { setTimeout(() => this.onerror?.(new Event('error'))) }
  close() {}
}"""
"""As behind a proxy that lets none through."""


def tag() -> str:
    return f"number {randrange(10_000, 100_000)}"


def message(page: Page, words: str) -> Locator:
    return log(page).get_by_role("article").filter(has_text=words)


async def say(field: Locator, words: str) -> None:
    await field.fill(words)
    await field.press("Enter")


async def from_menu(page: Page, words: str, item: str) -> None:
    """What hangs behind the dots of the message that said it; an answer that quotes it comes later."""
    one = message(page, words).first
    await one.hover()
    await one.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name=item, exact=True).click()


async def test_a_message_is_answered_edited_reacted_to_and_deleted_and_both_see_it(both: tuple[Member, Member]) -> None:
    mara, jonas = both
    hers, his = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number = tag()
    await say(hers, f"Bibs to pitch 3, {number}")
    await expect(message(jonas.page, number)).to_be_visible()

    await message(jonas.page, number).hover()
    await message(jonas.page, number).get_by_role("button", name="React").first.click()
    picker = jonas.page.get_by_role("dialog", name="React")
    await picker.get_by_role("textbox", name="Find an emoji").fill("thumbs")
    await picker.get_by_role("button", name="yes thumbs up good").click()
    reaction = message(mara.page, number).get_by_role("button", name="👍, 1 member: Jonas")
    await expect(reaction).to_be_visible()
    await reaction.click()
    await expect(message(jonas.page, number).get_by_role("button", name="👍, 2 members")).to_be_visible()

    await hers.press("ArrowUp")
    await hers.fill(f"Bibs to pitch 4, {number}")
    await hers.press("Enter")
    await expect(message(jonas.page, f"pitch 4, {number}")).to_be_visible()
    await message(jonas.page, number).get_by_role("button", name="edited").click()
    history = jonas.page.get_by_role("dialog", name="How it was edited")
    await expect(history.get_by_text(f"Bibs to pitch 3, {number}")).to_be_visible()
    await jonas.page.keyboard.press("Escape")

    await message(jonas.page, number).hover()
    await message(jonas.page, number).get_by_role("button", name="Reply", exact=True).click()
    answer = tag()
    await say(his, f"On my way, {answer}")
    await expect(message(mara.page, answer).get_by_role("button", name="Go to the message by Mara")).to_be_visible()
    await mara.shoot("chat-answered")

    await from_menu(mara.page, f"Bibs to pitch 4, {number}", "Delete")
    await mara.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await expect(log(jonas.page).get_by_text(f"Bibs to pitch 4, {number}")).to_have_count(0)
    await expect(log(jonas.page).get_by_text("Mara Aldén deleted this message").last).to_be_visible()
    await expect(message(jonas.page, answer).get_by_text("A deleted message")).to_be_visible()


async def test_a_thread_is_held_beside_the_talk_and_counted_in_it(both: tuple[Member, Member]) -> None:
    mara, jonas = both
    hers, _ = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number, answer = tag(), tag()
    await say(hers, f"Who drives on Saturday, {number}")
    await message(jonas.page, number).hover()
    await message(jonas.page, number).get_by_role("button", name="Reply in a thread").click()
    thread = jonas.page.get_by_role("region", name="Thread")
    field = thread.get_by_role("textbox", name="Answer in the thread")
    await say(field, f"I can, {answer}")
    await expect(thread.get_by_text(f"I can, {answer}")).to_be_visible()
    await expect(log(jonas.page).get_by_text(f"I can, {answer}")).to_have_count(0)

    await message(mara.page, number).get_by_role("button", name="1 answer").click()
    hers_beside = mara.page.get_by_role("region", name="Thread")
    await expect(hers_beside.get_by_text(f"I can, {answer}")).to_be_visible()
    await mara.shoot("chat-thread")
    await mara.page.go_back()
    await expect(hers_beside).to_have_count(0)


async def test_a_poll_is_asked_by_a_command_and_counts_at_once(both: tuple[Member, Member]) -> None:
    mara, jonas = both
    hers, _ = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number = tag()
    await say(hers, f"/poll Which day, {number}? | Tuesday | Thursday")
    poll = jonas.page.get_by_role("group", name=f"Which day, {number}?")
    thursday = poll.get_by_role("button", name="Thursday")
    await thursday.click()
    await expect(thursday).to_have_attribute("aria-pressed", "true")
    hers_now = mara.page.get_by_role("group", name=f"Which day, {number}?").get_by_role("button", name="Thursday")
    await expect(hers_now).to_contain_text("1 vote")
    await mara.shoot("chat-poll")


async def test_who_reads_further_up_is_not_moved_by_what_comes(both: tuple[Member, Member]) -> None:
    mara, jonas = both
    hers, his = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number = tag()
    for n in range(14):
        await say(hers, f"Line {n} of a long talk, {number}")
    await expect(log(jonas.page).get_by_text(f"Line 13 of a long talk, {number}")).to_be_visible()
    await jonas.page.mouse.move(700, 400)
    await jonas.page.mouse.wheel(0, -700)
    await expect(jonas.page.get_by_role("button", name="To the newest")).to_be_visible()
    await jonas.page.wait_for_timeout(SETTLED_MS)
    words = await log(jonas.page).get_by_role("article").nth(3).inner_text()
    before = await jonas.page.evaluate(PLACE, words.splitlines()[-1])
    last = tag()
    await say(hers, f"And one more, {last}")
    await expect(jonas.page.get_by_role("button", name="1 new message")).to_be_visible()
    assert await jonas.page.evaluate(PLACE, words.splitlines()[-1]) == before
    await jonas.page.get_by_role("button", name="1 new message").click()
    await expect(message(jonas.page, last)).to_be_visible()
    await expect(his).to_be_visible()


LENGTHS = (1, 2, 40, 7, 90, 3)
STRAYS = """async ([by, ms]) => {
  const talk = document.querySelector('[data-talk]')
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  talk.scrollBy(0, by)
  for (let n = 0; n < 3; n++) await frame()
  const { top, bottom } = talk.getBoundingClientRect()
  const inView = [...document.querySelectorAll('[data-message]')].filter((one) => {
    const place = one.getBoundingClientRect()
    return place.top > top && place.top < bottom
  })
  const chosen = inView[Math.floor(inView.length / 2)]
  const before = chosen.getBoundingClientRect().top
  let strays = 0
  for (const end = performance.now() + ms; performance.now() < end; await frame())
    strays = Math.max(strays, chosen.isConnected ? Math.abs(chosen.getBoundingClientRect().top - before) : Infinity)
  return [strays, talk.scrollTop]
}"""
"""Scrolls by so much, and watches frame by frame how far a message in view strays from where it is then."""
WATCHED_MS = 500


async def a_long_talk(url: str, messages: int) -> str:
    """A room of Jonas alone with so many messages of all lengths; its id."""
    async with asking(url, "jonas") as jonas:
        room = await a_room(jonas, f"A long talk, {tag()}")
        path = f"/rooms/{room}/messages"
        for n in range(1, messages + 1):
            body = f"Message {n}. {'word ' * LENGTHS[n % len(LENGTHS)]}"
            answer = await jonas.post(path, json={"client_id": str(uuid4()), "body": body})
            assert answer.status_code == 201, answer.text
        return room


async def test_older_pages_come_in_front_without_a_jump(new_member: NewMember, hub: RunningHub) -> None:
    jonas = await new_member("Jonas")
    await jonas.sign_in("jonas@demo.club")
    await jonas.open(f"/chat/{await a_long_talk(hub.url, 130)}")
    page = jonas.page
    await expect(log(page).get_by_text("Message 130.")).to_be_visible()
    for _ in range(60):
        strays, top = await page.evaluate(STRAYS, [-600, WATCHED_MS])
        assert strays <= 1, "what is on screen stays where it is while older messages are read"
        if top == 0:
            break
    await expect(log(page).get_by_text("Message 1.", exact=False).first).to_be_visible()

    await page.goto(f"{page.url.split('?')[0]}?at=60")
    await expect(log(page).get_by_text("Message 59.")).to_be_visible()
    await page.get_by_role("button", name="To the newest").click()
    await expect(log(page).get_by_text("Message 130.")).to_be_visible()


async def test_what_was_begun_waits_on_her_other_window(new_member: NewMember) -> None:
    mara = await new_member("Mara")
    await mara.sign_in("mara@demo.club")
    field = await into_the_room(mara, CLUB)
    words = f"Half a thought, {tag()}"
    async with mara.page.expect_response(lambda response: "/draft" in response.url):
        await field.fill(words)
    other = await mara.another_window("/chat")
    await other.get_by_role("navigation", name="Rooms").get_by_role("link", name=CLUB).first.click()
    there = other.get_by_role("textbox", name=f"Message to {CLUB}")
    await expect(there).to_have_value(words)
    await there.fill("")
    await expect(field).to_have_value("")


async def test_words_are_found_in_the_room_and_lead_to_their_place(both: tuple[Member, Member]) -> None:
    mara, jonas = both
    hers, _ = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    number = tag()
    await say(hers, f"The corner flags are in the blue shed, {number}")
    await expect(message(jonas.page, number)).to_be_visible()
    await jonas.page.keyboard.press("Control+f")
    found = jonas.page.get_by_role("region", name="Search")
    await found.get_by_role("searchbox", name="Words in this room").fill(number.replace("number ", ""))
    hit = found.get_by_role("button").filter(has_text="blue shed")
    for _ in range(20):  # an index follows its room by a moment
        if await hit.count():
            break
        await found.get_by_role("searchbox").press("End")
        await found.get_by_role("searchbox").press_sequentially(" ", delay=400)
    await expect(hit.locator("mark").first).to_be_visible()
    await hit.click()
    await expect(message(jonas.page, number)).to_be_in_viewport()
    await jonas.shoot("chat-search")


async def test_what_is_changed_without_a_network_is_seen_at_once_and_done_when_it_is_back(
    both: tuple[Member, Member],
) -> None:
    mara, jonas = both
    hers, his = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    mine, yours = tag(), tag()
    await say(hers, f"Kick-off at two, {mine}")
    await say(his, f"Is the pitch free, {yours}?")
    await expect(message(mara.page, yours)).to_be_visible()
    await expect(log(mara.page).get_by_text("sending")).to_have_count(0)
    await mara.page.wait_for_timeout(LATE_PARTS_MS)
    await mara.page.wait_for_load_state("networkidle")
    with mara.watch.forgiving():
        await mara.context.set_offline(True)
        await hers.press("ArrowUp")
        await hers.fill(f"Kick-off at three, {mine}")
        await hers.press("Enter")
        await from_menu(mara.page, yours, "Pin")
        await expect(message(mara.page, f"at three, {mine}")).to_be_visible()
        await expect(message(mara.page, yours).get_by_text("Pinned")).to_be_visible()
        await expect(mara.page.get_by_role("main").get_by_text("2 waiting")).to_be_visible()
        await expect(message(jonas.page, f"at two, {mine}")).to_be_visible()
        await mara.context.set_offline(False)
        await expect(mara.page.get_by_role("main").get_by_text("Live", exact=True)).to_be_visible()
    await expect(message(jonas.page, f"at three, {mine}")).to_be_visible()
    await expect(message(jonas.page, yours).get_by_text("Pinned")).to_be_visible()
    await jonas.page.get_by_role("button", name="Pinned messages").click()
    pins = jonas.page.get_by_role("region", name="Pinned")
    await expect(pins.get_by_text(f"Is the pitch free, {yours}?")).to_be_visible()


async def test_where_no_websocket_comes_through_the_talk_goes_on(new_member: NewMember) -> None:
    mara, jonas = await new_member("Mara"), await new_member("Jonas")
    await mara.context.add_init_script(NO_WEBSOCKETS)
    await asyncio.gather(mara.sign_in("mara@demo.club"), jonas.sign_in("jonas@demo.club"))
    hers, his = await asyncio.gather(into_the_room(mara, CLUB), into_the_room(jonas, CLUB))
    asked, answered = tag(), tag()
    await say(hers, f"Who has the key, {asked}?")
    await expect(message(jonas.page, asked)).to_be_visible()
    await say(his, f"Under the stone, {answered}")
    await expect(message(mara.page, answered)).to_be_visible()
