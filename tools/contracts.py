"""Writes the contracts of the hub from its code, or checks that the committed ones are still true.

docs/contracts/openapi.json   HTTP (OpenAPI 3.1)
docs/contracts/asyncapi.json  Socket.IO events (AsyncAPI 3.0)
docs/contracts/facts.json     the log (JSON Schema per fact and version)
"""

import json
import sys
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel

from clubkit.contracts.base import Fact
from clubkit.realtime.leaving import Leaving
from clubkit.realtime.line import Resync
from clubkit.realtime.server import Renew
from clubkit.settings import Settings
from gateway.embedded import SERVICES, create_app

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "contracts"


def openapi() -> dict[str, Any]:
    """With the shapes of sockets too, which the web app has its types from as well."""
    document = create_app(Settings.load(environment="test")).api.openapi()
    shapes = document["components"]["schemas"]
    document["components"]["schemas"] = asyncapi()["components"]["schemas"] | shapes
    return document


def facts() -> dict[str, Any]:
    described = {}
    for name, kind in sorted(Fact.known.items()):
        described[name] = {"topic": kind.topic, "key": kind.key_field, "schema": kind.model_json_schema()}
    return {"facts": described}


def asyncapi() -> dict[str, Any]:
    """Each socket event is a channel; what the app sends is acknowledged with the reply or a problem."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for module in SERVICES:
        for domain in module.sockets:
            for event, answer in domain.answers.items():
                reply = get_type_hints(answer.handler).get("return")
                _describe(channels, operations, schemas, event, answer.payload, "receive", reply)
            for event, payload in domain.told.items():
                _describe(channels, operations, schemas, event, payload, "send", None)
    _describe(channels, operations, schemas, "auth.renew", Renew, "receive", None)
    _describe(channels, operations, schemas, "resync", Resync, "send", None)
    _describe(channels, operations, schemas, "server.leaving", Leaving, "send", None)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "ClubHoloHub sockets",
            "version": "1",
            "description": "Socket.IO v5 on /socket.io. CONNECT auth: {token, cursors}. "
            "Every ack is {ok: true, …reply} or {ok: false, problem}.",
        },
        "channels": channels,
        "operations": operations,
        "components": {"schemas": schemas},
    }


def _describe(
    channels: dict[str, Any],
    operations: dict[str, Any],
    schemas: dict[str, Any],
    event: str,
    payload: type[BaseModel],
    action: str,
    reply: Any,
) -> None:
    messages = {payload.__name__: {"payload": _schema(schemas, payload)}}
    operation: dict[str, Any] = {"action": action, "channel": {"$ref": f"#/channels/{event}"}}
    if isinstance(reply, type) and issubclass(reply, BaseModel):
        messages[reply.__name__] = {"payload": _schema(schemas, reply)}
        operation["reply"] = {"messages": [{"$ref": f"#/channels/{event}/messages/{reply.__name__}"}]}
    known = channels.setdefault(event, {"address": event, "messages": {}})
    known["messages"] |= messages
    operations[f"{action}:{event}"] = operation


def _schema(schemas: dict[str, Any], kind: type[BaseModel]) -> dict[str, str]:
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= schema.pop("$defs", {})
    schemas[kind.__name__] = schema
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def rendered() -> dict[Path, str]:
    made = {"openapi.json": openapi(), "asyncapi.json": asyncapi(), "facts.json": facts()}
    return {FOLDER / name: json.dumps(value, indent=1, sort_keys=True) + "\n" for name, value in made.items()}


def main(verb: str) -> int:
    if verb == "write":
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path, text in rendered().items():
            path.write_text(text)
        return 0
    stale = [path.name for path, text in rendered().items() if not path.exists() or path.read_text() != text]
    if stale:
        print(f"docs/contracts is behind the code: {', '.join(stale)}. Run `make contracts` and commit what changes.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
