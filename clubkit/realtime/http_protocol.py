"""HTTP as uvicorn serves it (`http=`), which leaves nothing behind where a WebSocket takes over."""

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class HttpProtocol(HttpToolsProtocol):
    """The stock one and its parser hold each other: twenty objects for the collector, of each socket that comes."""

    parser: Any
    flow: Any

    def handle_websocket_upgrade(self) -> None:
        super().handle_websocket_upgrade()
        self.parser = self.flow = None
