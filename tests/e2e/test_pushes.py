"""What a push service brings to a browser: the worker shows it, unless somebody looks at its room."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.asking import a_room, asking
from tests.e2e.conftest import NewMember
from tests.e2e.running_hub import RunningHub

SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({title, body, tag}) => [title, body, tag])"""
PATIENCE_S = 30


async def push_service(page: Page, origin: str) -> Callable[[dict[str, Any]], Any]:
    """Brings a message to the page's worker, as the browser does when its push service has one."""
    cdp = await page.context.new_cdp_session(page)
    registered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def on_registrations(news: dict[str, Any]) -> None:
        for each in news["registrations"]:
            if each["scopeURL"].startswith(origin) and not each["isDeleted"] and not registered.done():
                registered.set_result(each["registrationId"])

    cdp.on("ServiceWorker.workerRegistrationUpdated", on_registrations)
    await cdp.send("ServiceWorker.enable")
    await page.evaluate("async () => { await navigator.serviceWorker.ready }")
    async with asyncio.timeout(PATIENCE_S):
        registration = await registered

    async def deliver(message: dict[str, Any]) -> None:
        data = {"origin": origin, "registrationId": registration, "data": json.dumps(message)}
        await cdp.send("ServiceWorker.deliverPushMessage", data)

    return deliver


def a_push(origin: str, room: str, body: str) -> dict[str, Any]:
    navigate, tag = f"{origin}/chat/{room}", f"room:{room}"
    notification = {"title": "Pitch talk", "body": body, "navigate": navigate, "tag": tag}
    return {"web_push": 8030, "notification": notification, "app_badge": 1}


async def test_a_push_is_shown_unless_somebody_looks_at_its_room(new_member: NewMember, hub: RunningHub) -> None:
    mara = await new_member("Mara")
    await mara.context.grant_permissions(["notifications"], origin=hub.url)
    await mara.sign_in("mara@demo.club")
    async with asking(hub.url, "mara") as http:
        looked_at, other = await a_room(http, "Pitch talk"), await a_room(http, "Another talk")
    deliver = await push_service(mara.page, hub.url)
    await mara.open(f"/chat/{looked_at}")
    await expect(mara.page.get_by_role("heading", name="Pitch talk")).to_be_visible()
    await deliver(a_push(hub.url, looked_at, "she sees it herself"))
    await deliver(a_push(hub.url, other, "one"))
    await deliver(a_push(hub.url, other, "two"))
    shown: list[list[str]] = []
    async with asyncio.timeout(PATIENCE_S):
        while [body for _, body, _ in shown] != ["two"]:
            shown = await mara.page.evaluate(SHOWN)
            await asyncio.sleep(0.1)
    assert shown == [["Pitch talk", "two", f"room:{other}"]]


async def test_the_switch_for_this_device_says_what_the_browser_does(new_member: NewMember, hub: RunningHub) -> None:
    jonas = await new_member("Jonas")
    await jonas.sign_in("jonas@demo.club")
    await jonas.page.evaluate("async () => { await navigator.serviceWorker.ready }")
    await jonas.open("/settings?part=privacy")
    switch = jonas.page.get_by_role("switch", name="Tell me on this device")
    await expect(switch).not_to_be_checked()
    await switch.scroll_into_view_if_needed()
    await jonas.shoot("settings-notices")
