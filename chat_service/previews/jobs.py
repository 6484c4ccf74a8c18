"""Looking at linked pages, as a job: a message never waits for a page."""

from datetime import timedelta

from chat_service.messages import previewing, service
from chat_service.previews import finding
from chat_service.previews.links import links_in
from chat_service.previews.store import PreviewStore
from chat_service.settings import PreviewRules
from clubkit.blobs.port import Blobs
from clubkit.ids import MessageId, RoomId
from clubkit.jobs.port import Every, Job, JobRun
from clubkit.outside.fetching import Outside
from clubkit.settings import Settings

PREVIEW = "chat.preview_links"
FORGET = "chat.forget_previews"


async def preview(run: JobRun, *, room_id: str, message_id: str) -> None:
    """Adds what the linked pages say of themselves to a message, as it stands when they are looked at."""
    rules = run.ports[PreviewRules]
    message_ref = MessageId(message_id)
    async with run.works.reading() as work:
        message = (await service.messages_now(work, [message_ref])).get(message_ref)
    if message is None or message.deleted_at or not rules.enabled:
        return
    links = links_in(message.body, own=run.ports[Settings].base_url)
    async with Outside(trusted=rules.trusted) as outside:
        found = await finding.find(run.works, run.ports[Blobs], outside, links)
    if found != message.previews:
        async with run.works.open() as work:
            await previewing.show_previews(work, RoomId(room_id), message_ref, found, edits=message.edits)


async def forget(run: JobRun) -> dict[str, int]:
    """Pages that nobody linked to for a while."""
    async with run.works.open() as work:
        return {"forgotten": await PreviewStore(work).forget_old()}


# One try: a page that was not reached is no failure, and what is worth another look is asked for by another message.
JOBS = (Job(PREVIEW, preview, time_limit=timedelta(minutes=1), attempts=2), Job(FORGET, forget))
RECURRING = (Every(FORGET, timedelta(days=1)),)
