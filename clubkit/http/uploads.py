"""Uploads: one file of a multipart form, written to disk as it arrives, with a hard cap and nothing left behind.

The framework's own form parser spools whatever comes before a route can say no; this one stops at the cap.
"""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from clubkit.errors import Flaw, Invalid, StorageFull, TooLarge, Unsupported
from clubkit.ids import new_id

FIELD_BYTES = 16 * 1024
OVERHEAD = 64 * 1024
"""What a form may weigh beyond its file: boundaries, headers, the other fields."""


class UploadTooLarge(TooLarge):
    code = "upload_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"This file is too large. Up to {limit // 1024 // 1024} MB is fine.")


class NotAForm(Unsupported):
    code = "not_a_form"

    def __init__(self) -> None:
        super().__init__("Send the file as a form (multipart/form-data).")


class FileMissing(Invalid):
    code = "file_missing"

    def __init__(self, name: str) -> None:
        super().__init__("There is no file in this upload.", errors=[Flaw(f"/{name}", "Choose a file.", self.code)])


class UploadCutOff(Invalid):
    code = "upload_cut_off"

    def __init__(self) -> None:
        super().__init__("The upload stopped half-way. Nothing was kept; please try again.")


@dataclass(frozen=True)
class Upload:
    """A file in scratch and the form's other fields. The file is deleted when the block ends, unless moved away."""

    path: Path
    size: int
    filename: str
    content_type: str
    fields: Mapping[str, str]


@asynccontextmanager
async def received(request: Request, *, into: Path, limit: int, name: str = "file") -> AsyncIterator[Upload]:
    """The upload in field `name`, at most `limit` bytes, as a file under `into` while the block lasts.

    Raises NotAForm, UploadTooLarge, FileMissing, UploadCutOff, StorageFull.
    """
    boundary = _boundary(request)
    if int(request.headers.get("content-length") or 0) > limit + OVERHEAD:
        raise UploadTooLarge(limit)
    path = into / f"{new_id()}.part"
    form = _Form(name, path, limit)
    try:
        await _read(request, form, boundary)
        yield form.upload()
    except OSError as failure:
        if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull("There is no room left for files on this hub. Nothing was stored.") from failure
        raise
    finally:
        form.close()
        with suppress(FileNotFoundError):
            path.unlink()


def form_schema(name: str = "file", **fields: str) -> dict[str, Any]:
    """The OpenAPI description of such a form: `openapi_extra=form_schema(alt="what the picture shows")`."""
    properties: dict[str, Any] = {name: {"type": "string", "format": "binary"}}
    properties |= {key: {"type": "string", "description": text} for key, text in fields.items()}
    schema = {"type": "object", "properties": properties, "required": [name]}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 1 <= len(boundary) <= 70:
        raise NotAForm
    return boundary


async def _read(request: Request, form: "_Form", boundary: bytes) -> None:
    parser = MultipartParser(boundary, form.callbacks())  # type: ignore[arg-type]
    try:
        async for chunk in request.stream():
            # Parsing is cheap; the write inside may wait for the disk, so it leaves the loop.
            await asyncio.to_thread(parser.write, chunk)
        parser.finalize()
    except (FormParserError, ClientDisconnect) as broken:
        raise UploadCutOff from broken
    if not form.ended:
        raise UploadCutOff


@dataclass
class _Form:
    """Collects the parts of one form as the parser announces them."""

    name: str
    path: Path
    limit: int
    fields: dict[str, str] = field(default_factory=dict)
    ended: bool = False
    size: int = 0
    filename: str = ""
    content_type: str = ""
    _file: IO[bytes] | None = None
    _seen_file: bool = False
    _headers: dict[bytes, bytes] = field(default_factory=dict)
    _header: tuple[bytes, bytes] = (b"", b"")
    _part: str = ""
    _text: bytearray = field(default_factory=bytearray)
    _total: int = 0

    def callbacks(self) -> dict[str, Any]:
        return {
            "on_part_begin": self._begin, "on_header_field": self._header_field, "on_header_value": self._header_value,
            "on_header_end": self._header_end, "on_headers_finished": self._headers_done, "on_part_data": self._data,
            "on_part_end": self._part_end, "on_end": self._end,
        }  # fmt: skip

    def upload(self) -> Upload:
        if not self._seen_file or not self.size:
            raise FileMissing(self.name)
        return Upload(self.path, self.size, self.filename, self.content_type, self.fields)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._headers, self._header, self._part, self._text = {}, (b"", b""), "", bytearray()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + data[start:end], b"")

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + data[start:end])

    def _header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = (b"", b"")

    def _headers_done(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._part = options.get(b"name", b"").decode("utf-8", "replace")[:80]
        if self._part == self.name and not self._seen_file:
            self._seen_file = True
            self.filename = options.get(b"filename", b"").decode("utf-8", "replace")[:200]
            self.content_type = self._headers.get(b"content-type", b"").decode("latin-1")[:100]
            self._file = os.fdopen(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self.size += end - start
            if self.size > self.limit:
                raise UploadTooLarge(self.limit)
            self._file.write(data[start:end])
            return
        self._total += end - start
        if self._total > FIELD_BYTES:
            raise UploadTooLarge(self.limit)
        self._text += data[start:end]

    def _part_end(self) -> None:
        if self._file is not None:
            self.close()
        elif self._part:
            self.fields[self._part] = self._text.decode("utf-8", "replace")

    def _end(self) -> None:
        self.ended = True
