"""What linked pages say of themselves comes behind the message; nobody waits for it, and nothing else is asked."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from chat_service.messages import deleting, editing
from chat_service.messages.schemas import DeleteMessage, EditMessage
from chat_service.previews import handlers
from chat_service.previews.store import PreviewStore
from chat_service.settings import PreviewRules, preview_rules
from clubkit.ids import new_id
from clubkit.log.port import EventLog
from clubkit.log.running import take_next
from clubkit.settings import Settings
from clubkit.testing.hub import Person
from tests.chat_service.conftest import Chat
from tests.clubkit.outside.pages import Pages, a_site, answered, redirected


def a_page(title: str, *, image: str = "") -> Any:
    meta = f'<meta property="og:image" content="{image}">' if image else ""
    return answered(f'<head><title>{title}</title><meta name=description content="By the river">{meta}'.encode())


def a_picture(width: int = 1200) -> Any:
    file = BytesIO()
    Image.new("RGB", (width, 600), "#336699").save(file, "PNG")
    return answered(file.getvalue(), Content_Type="image/png")


@pytest.fixture
async def site(chat: Chat) -> AsyncIterator[Pages]:
    """A page on this machine that this hub is told to trust, as only tests may."""
    async with a_site() as site:
        chat.hub.ports.provide(PreviewRules, PreviewRules(trusted=site.place))
        yield site


async def message(chat: Chat, who: Person) -> dict[str, Any]:
    page = (await who.http.get(f"rooms/{chat.room}/messages")).json()
    newest: dict[str, Any] = page["messages"][-1]
    return newest


async def looked(chat: Chat) -> None:
    await chat.hub.settle(jobs=True)


async def test_a_preview_comes_behind_its_message(chat: Chat, anna: Person, ben: Person, site: Pages) -> None:
    site.pages |= {"/a": a_page("Riverside", image="/crest.png"), "/crest.png": a_picture()}
    link = site.url("/a")
    sent = await chat.say(anna, f"see {link}")
    assert (await message(chat, ben))["previews"] == []
    await looked(chat)
    shown = await message(chat, ben)
    [preview] = shown["previews"]
    assert (preview["url"], preview["title"], preview["description"]) == (link, "Riverside", "By the river")
    picture = await chat.hub.http().get(f"http://hub.test{preview['image_url']}")
    assert Image.open(BytesIO(picture.content)).size == (640, 320)
    events = (await ben.http.get(f"rooms/{chat.room}/events", params={"epoch": 1, "after": sent["seq"]})).json()
    told = [event for event in events["events"] if event["kind"] == "previewed"]
    assert [(event["target"], event["previews"]) for event in told] == [(sent["id"], [preview])]


async def test_a_page_is_looked_at_once_for_many_messages(chat: Chat, anna: Person, ben: Person, site: Pages) -> None:
    site.pages["/a"] = a_page("Riverside")
    for who in (anna, ben):
        await chat.say(who, site.url("/a"))
        await looked(chat)
        assert (await message(chat, who))["previews"][0]["title"] == "Riverside"
    assert len(site.asked) == 1
    chat.hub.clock.advance(timedelta(days=8))
    await chat.say(anna, site.url("/a"))
    await looked(chat)
    assert len(site.asked) == 2


async def test_a_page_that_is_away_is_left_alone_and_nothing_is_shown(chat: Chat, anna: Person, site: Pages) -> None:
    for _ in range(3):
        await chat.say(anna, site.url("/away"))
        await looked(chat)
    assert len(site.asked) == 1
    assert (await message(chat, anna))["previews"] == []
    assert await chat.hub.run_jobs() == []


@pytest.mark.parametrize("inside", ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"])
async def test_the_hubs_own_network_has_no_preview(chat: Chat, anna: Person, site: Pages, inside: str) -> None:
    site.pages |= {"/way-in": redirected(inside), "/trap": a_page("Trap", image=inside + "secret.png")}
    await chat.say(anna, f"{inside} {site.url('/way-in')} {site.url('/trap')}")
    await looked(chat)
    [preview] = (await message(chat, anna))["previews"]
    assert (preview["title"], preview["image_url"]) == ("Trap", None)


async def test_a_link_at_the_end_of_a_long_message_is_seen(chat: Chat, anna: Person, site: Pages) -> None:
    site.pages["/a"] = a_page("Riverside")
    await chat.say(anna, "word " * 100 + site.url("/a"))
    await looked(chat)
    assert [each["title"] for each in (await message(chat, anna))["previews"]] == ["Riverside"]


async def test_a_message_without_a_link_is_neither_read_again_nor_noted(
    chat: Chat, anna: Person, site: Pages, statements: Any
) -> None:
    await chat.say(anna, "see you at nine")
    await chat.hub.relay()
    group = handlers.consumer
    async with chat.hub.port(EventLog).reader(group.group, group.topics) as reader:
        with statements() as seen:
            assert await take_next(group, reader, chat.hub.works)
    assert [each for each in seen if "chat_entries" in each or "kit_inbox" in each] == []


async def test_what_is_no_page_has_no_preview(chat: Chat, anna: Person, site: Pages) -> None:
    site.pages |= {"/pdf": answered(b"%PDF <title>no</title>", Content_Type="application/pdf"), "/pic": a_picture()}
    await chat.say(anna, f"{site.url('/pdf')} {site.url('/pic')}")
    await looked(chat)
    assert (await message(chat, anna))["previews"] == []


async def test_an_edit_changes_what_is_shown(chat: Chat, anna: Person, site: Pages) -> None:
    site.pages |= {"/a": a_page("First"), "/b": a_page("Second")}
    sent = await chat.say(anna, site.url("/a"))
    await looked(chat)
    for body, titles in ((site.url("/b"), ["Second"]), ("no link any more", [])):
        wish = EditMessage(room=chat.room, client_id=new_id(), target=sent["id"], body=body)
        async with chat.hub.works.open() as work:
            await editing.edit_message(work, anna.caller, wish)
        await looked(chat)
        assert [each["title"] for each in (await message(chat, anna))["previews"]] == titles


async def test_a_message_that_was_deleted_meanwhile_gets_none(chat: Chat, anna: Person, site: Pages) -> None:
    site.pages["/a"] = a_page("Riverside")
    sent = await chat.say(anna, site.url("/a"))
    await chat.hub.settle()
    wish = DeleteMessage(room=chat.room, client_id=new_id(), target=sent["id"])
    async with chat.hub.works.open() as work:
        await deleting.delete_message(work, anna.caller, wish)
    await looked(chat)
    assert (await message(chat, anna))["previews"] == []
    assert site.asked == []


async def test_a_hub_that_wants_none_asks_nothing(chat: Chat, anna: Person, site: Pages) -> None:
    chat.hub.ports.provide(PreviewRules, PreviewRules(enabled=False, trusted=site.place))
    await chat.say(anna, site.url("/a"))
    await looked(chat)
    assert site.asked == []


async def test_production_trusts_no_page_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_CHAT_PREVIEW_TARGETS_TRUSTED_FOR_TESTS", "127.0.0.1:6379")
    assert preview_rules(Settings.load(environment="test")).trusted == "127.0.0.1:6379"
    with pytest.raises(ValueError, match="for tests"):
        preview_rules(Settings.load(environment="production"))


async def test_what_would_be_looked_at_anew_is_forgotten_and_messages_keep_what_they_show(
    chat: Chat, anna: Person, ben: Person, site: Pages
) -> None:
    site.pages["/old"] = a_page("Long ago")
    await chat.say(anna, f"see {site.url('/old')}")
    await looked(chat)
    for days, gone in ((6, 0), (2, 1)):
        chat.hub.clock.advance(timedelta(days=days))
        async with chat.hub.works.open() as work:
            assert await PreviewStore(work).forget_old() == gone
    assert [each["title"] for each in (await message(chat, ben))["previews"]] == ["Long ago"]
