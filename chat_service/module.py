"""Chat, as the composition root sees it."""

from pathlib import Path

from chat_service.messages import api as messages_api, socket as messages_socket
from chat_service.messages.store import MessageStore
from chat_service.messages.store_sql import SqlMessageStore
from chat_service.rooms import handlers as rooms_handlers
from chat_service.rooms.store import RoomHeads
from chat_service.tables import Base
from clubkit.module import Module

MODULE = Module(
    name="chat_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[messages_api.router],
    sockets=[messages_socket.sockets],
    consumers=[rooms_handlers.consumer],
    stores={MessageStore: SqlMessageStore, RoomHeads: SqlMessageStore},
)
