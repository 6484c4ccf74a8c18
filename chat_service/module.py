"""Chat, as the composition root sees it."""

from pathlib import Path

from chat_service.messages import api as messages_api
from chat_service.messages import socket as messages_socket
from chat_service.messages.store import MessageStore
from chat_service.messages.store_sql import SqlMessageStore
from chat_service.presence import socket as presence_socket
from chat_service.presence.store import PresenceStore
from chat_service.presence.store_redis import RedisPresence
from chat_service.rooms import api as rooms_api
from chat_service.rooms import handlers as rooms_handlers
from chat_service.rooms import socket as rooms_socket
from chat_service.rooms.store import RoomHeads
from chat_service.tables import Base
from clubkit.cache import Redis
from clubkit.module import Module

MODULE = Module(
    name="chat_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[rooms_api.router, messages_api.router],
    sockets=[presence_socket.sockets, rooms_socket.sockets, messages_socket.sockets],
    provides={PresenceStore: lambda _settings, ports: RedisPresence(ports[Redis])},
    consumers=[rooms_handlers.consumer],
    stores={MessageStore: SqlMessageStore, RoomHeads: SqlMessageStore},
)
