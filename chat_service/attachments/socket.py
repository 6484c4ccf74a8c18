"""What sockets are told of files."""

from chat_service.attachments.schemas import AttachmentReady
from clubkit.realtime.sockets import Sockets

sockets = Sockets()
sockets.tells("attachment.ready", AttachmentReady)
