"""Chat, as the composition root sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from chat_service.attachments import api as attachments_api
from chat_service.attachments import handlers as attachments_handlers
from chat_service.attachments import jobs as attachments_jobs
from chat_service.attachments import socket as attachments_socket
from chat_service.attachments.passes import Passes
from chat_service.commands import api as commands_api
from chat_service.commands import taking as commands
from chat_service.happenings import handlers as happenings_handlers
from chat_service.hooks import api as hooks_api
from chat_service.messages import api as messages_api
from chat_service.messages import socket as messages_socket
from chat_service.messages.ring import Ring
from chat_service.messages.sends_socket import Sends
from chat_service.messages.store import MessageStore
from chat_service.messages.store_mongo import MongoMessageStore, RoomTurns
from chat_service.messages.store_mongo_pending import PendingMessages
from chat_service.messages.store_mongo_shape import COLLECTION, INDEXES
from chat_service.messages.store_sql import SqlMessageStore
from chat_service.missed import api as missed_api
from chat_service.missed import handlers as missed_handlers
from chat_service.missed import jobs as missed_jobs
from chat_service.missed.links import OffLinks
from chat_service.moderation import api as moderation_api
from chat_service.polls import socket as polls_socket
from chat_service.presence import socket as presence_socket
from chat_service.presence.murmuring import Murmur, sharing
from chat_service.presence.store import PresenceStore
from chat_service.presence.store_redis import RedisPresence
from chat_service.previews import handlers as previews_handlers
from chat_service.previews import jobs as previews_jobs
from chat_service.pushes import api as pushes_api
from chat_service.pushes import handlers as pushes_handlers
from chat_service.pushes import jobs as pushes_jobs
from chat_service.pushes.keys import VapidKey
from chat_service.retention import api as retention_api
from chat_service.retention import jobs as retention_jobs
from chat_service.rooms import api as rooms_api
from chat_service.rooms import handlers as rooms_handlers
from chat_service.rooms import managing_api, managing_socket
from chat_service.rooms import socket as rooms_socket
from chat_service.rooms.models import PersonRow, RoomMemberRow, RoomRow
from chat_service.searching import api as searching_api
from chat_service.searching import handlers as searching_handlers
from chat_service.searching import jobs as searching_jobs
from chat_service.searching.index import MessageIndex
from chat_service.searching.opening import HEALING
from chat_service.settings import (
    AttachmentRules,
    MailRules,
    PreviewRules,
    PushRules,
    WriteRates,
    attachment_rules,
    mail_rules,
    preview_rules,
    push_rules,
    write_rates,
)
from chat_service.tables import Base
from clubkit.cache import Redis
from clubkit.db.work import UnitOfWork, Works
from clubkit.documents.port import Documents
from clubkit.log.pending import PendingSources
from clubkit.log.read_model import Kept, ReadModel
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.realtime.wire import Wire
from clubkit.search.healing import kept_whole
from clubkit.settings import Settings


def message_store(work: UnitOfWork) -> MessageStore:
    """In the document database where there is one, else beside the other tables."""
    return MongoMessageStore(work) if work.ports.get(Documents) else SqlMessageStore(work)


def room_turns(_settings: Settings, ports: Ports) -> RoomTurns:
    """The turns of this process; and where messages carry their own facts, the relay is told to look there."""
    documents, sources = ports.get(Documents), ports.get(PendingSources)
    if documents and sources:
        sources.add(PendingMessages(documents, ports[Works].clock))
    return RoomTurns()


async def messages_answer(ports: Ports) -> None:
    """Nothing is served before the messages' indexes stand: the first to write must not wait for them.

    Raises DocumentsAway.
    """
    if documents := ports.get(Documents):
        await documents.ping()
        await documents.collection(COLLECTION).ensure(INDEXES)


# Direct talks, and how far a member has read, are chat's own truth; the rest follows from social's facts.
MEMBERSHIP = ReadModel(
    "chat.membership",
    rooms_handlers.consumer,
    tables=[
        Kept(RoomRow, derived=["kind", "club_id", "title", "hue"], only="t.kind = 'club'"),
        Kept(
            RoomMemberRow,
            derived=["role", "gone", "version"],
            # A row without a version is chat's own: of somebody who was barred before she ever came.
            only="t.version > 0 AND t.room_id IN (SELECT id FROM {live}.chat_rooms WHERE kind = 'club')",
        ),
        Kept(PersonRow),
    ],
)


@asynccontextmanager
async def opened(ports: Ports) -> AsyncIterator[None]:
    """Who is here is shared while it serves, and the index of messages is kept whole."""
    async with sharing(ports), kept_whole(ports, HEALING):
        yield


MODULE = Module(
    name="chat_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[
        managing_api.router,
        moderation_api.router,
        rooms_api.router,
        commands_api.router,
        hooks_api.router,
        retention_api.router,
        messages_api.router,
        attachments_api.router,
        searching_api.router,
        missed_api.router,
        pushes_api.router,
    ],
    sockets=[
        presence_socket.sockets,
        managing_socket.sockets,
        rooms_socket.sockets,
        messages_socket.sockets,
        polls_socket.sockets,
        attachments_socket.sockets,
    ],
    provides={
        PresenceStore: lambda _settings, ports: RedisPresence(ports[Redis]),
        Murmur: lambda _settings, ports: Murmur(ports[Wire]),
        RoomTurns: room_turns,
        Sends: lambda _settings, ports: Sends(ports, commands.send),
        Ring: lambda _settings, _ports: Ring(),
        WriteRates: lambda settings, _ports: write_rates(settings),
        AttachmentRules: lambda settings, _ports: attachment_rules(settings),
        PreviewRules: lambda settings, _ports: preview_rules(settings),
        MailRules: lambda settings, _ports: mail_rules(settings),
        PushRules: lambda settings, _ports: push_rules(settings),
        VapidKey: lambda settings, _ports: VapidKey(settings.secret),
        OffLinks: lambda settings, _ports: OffLinks(settings.secret),
        Passes: lambda settings, _ports: Passes(settings.secret),
    },
    jobs=[
        *retention_jobs.JOBS,
        *attachments_jobs.JOBS,
        *previews_jobs.JOBS,
        searching_jobs.REINDEX,
        *missed_jobs.JOBS,
        *pushes_jobs.JOBS,
    ],
    recurring=[
        *retention_jobs.RECURRING,
        *attachments_jobs.RECURRING,
        *previews_jobs.RECURRING,
        *missed_jobs.RECURRING,
    ],
    consumers=[
        rooms_handlers.consumer,
        happenings_handlers.consumer,
        attachments_handlers.consumer,
        previews_handlers.consumer,
        searching_handlers.consumer,
        missed_handlers.consumer,
        pushes_handlers.consumer,
    ],
    read_models=[
        MEMBERSHIP,
        ReadModel("chat.search", searching_handlers.consumer, job=searching_jobs.REINDEX.name),
    ],
    indexes={MessageIndex: "messages"},
    stores={MessageStore: message_store},
    open=opened,
    ready=messages_answer,
)
