"""An event as it travels, made once for everybody who gets it."""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic_core import to_json

from clubkit.realtime import frames

MESSAGE_EVENT = b"42"
"""An Engine.IO message that is a Socket.IO event."""


def event_text(event: str, *arguments: Any, namespace: str = "/") -> bytes:
    """The packet of an event, as a poll or a WebSocket message carries it.

    Raises TypeError for what JSON has no way of saying, bytes for one.
    """
    where = b"" if namespace == "/" else namespace.encode() + b","
    said = b",".join([orjson.dumps(event), *map(_json, arguments)])
    return b"".join((MESSAGE_EVENT, where, b"[", said, b"]"))


def event_frame(event: str, payload: BaseModel | Mapping[str, Any]) -> bytes:
    """The same in its WebSocket frame: no server masks, so every socket takes the very same bytes."""
    return frames.text_frame(event_text(event, payload))


def _json(value: Any) -> bytes:
    return to_json(value) if isinstance(value, BaseModel) else orjson.dumps(value, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be said in JSON")
