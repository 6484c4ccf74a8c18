"""What is reported in a talk without a club: who runs the hub is told, and settles it on a page of hers."""

import asyncio
from uuid import uuid4

from playwright.async_api import expect

from tests.e2e.asking import asking, id_of
from tests.e2e.conftest import NewMember
from tests.e2e.running_hub import RunningHub
from tests.e2e.test_chat import from_menu, message, tag
from tests.e2e.test_journey import log


async def test_what_is_reported_in_a_direct_talk_reaches_who_runs_the_hub_and_goes_by_her_hand(
    new_member: NewMember, hub: RunningHub
) -> None:
    number = tag()
    async with asking(hub.url, "priya") as hers:
        room = (await hers.post("/rooms/direct", json={"member_id": await id_of(hub.url, "mara")})).json()["id"]
        said = {"client_id": str(uuid4()), "body": f"Buy my boots, {number}"}
        assert (await hers.post(f"/rooms/{room}/messages", json=said)).status_code == 201
    mara, edda = await new_member("Mara"), await new_member("Edda")
    await asyncio.gather(mara.sign_in("mara@demo.club"), edda.sign_in("admin@demo.club"))
    await mara.open(f"/chat/{room}")
    await from_menu(mara.page, number, "Report")
    sheet = mara.page.get_by_role("dialog", name="Report this message?")
    await expect(sheet.get_by_text("Those who run this hub see it with your reason.")).to_be_visible()
    await sheet.get_by_role("textbox", name="In your own words").fill("Every day.")
    await sheet.get_by_role("button", name="Report").click()
    await expect(mara.page.get_by_text("Thank you. Those who run this hub will look at it.")).to_be_visible()

    await expect(edda.place("Notifications").get_by_text("unread")).to_be_visible()
    await edda.open("/notifications")
    told = edda.page.get_by_role("link", name="Something said in a talk without a club was reported")
    await told.first.click()
    await expect(edda.page.get_by_role("heading", name="Reported", level=1)).to_be_visible()
    line = edda.page.get_by_role("main").get_by_role("listitem").filter(has_text=number)
    await expect(line.get_by_text("Every day.")).to_be_visible()
    await edda.shoot("reported")
    await line.get_by_role("button", name="Delete message").click()
    await expect(line).to_have_count(0)
    await expect(log(mara.page).get_by_text("A moderator deleted this message").last).to_be_visible()
    await expect(message(mara.page, number)).to_have_count(0)
