"""Every route has a home behind the edge, and what uploads may weigh there fits what the services take."""

import json
import re
from pathlib import Path

import pytest

from chat_service.settings import MEGABYTE, ChatSettings
from clubkit.http.uploads import OVERHEAD
from clubkit.media import clips as reels_media
from gateway.embedded import SERVICES
from social_service.media import api as media_api
from tools import edge_routes

EDGE = Path("gateway/edge")
LARGEST_ATTACHMENT = (
    next(m.le for m in ChatSettings.model_fields["attachment_mb"].metadata if hasattr(m, "le")) * MEGABYTE
)
OPENAPI = json.loads(Path("docs/contracts/openapi.json").read_text())
PATHS = sorted(OPENAPI["paths"])
UPLOADS = sorted(
    path for path, verbs in OPENAPI["paths"].items() for verb in verbs.values()
    if "multipart/form-data" in verb.get("requestBody", {}).get("content", {})
)  # fmt: skip


def home(path: str) -> str:
    """The service that the edge's map names for a path, read as nginx reads it."""
    lines = re.findall(r'^  "~(.+)" (\w+);$', (EDGE / "routes.conf").read_text(), re.MULTILINE)
    return next((service for pattern, service in lines if re.search(pattern, path)), "")


def owner(template: str) -> str:
    return next(service for path, service in edge_routes.declared() if path == template)


def test_the_map_is_what_the_services_declare() -> None:
    assert (EDGE / "routes.conf").read_text() == edge_routes.text()


@pytest.mark.parametrize("template", PATHS)
def test_a_route_of_the_contract_reaches_the_service_that_declares_it(template: str) -> None:
    path = re.sub(r"\{[^}]+\}", "0190b3a4-a-b", template)
    assert home(path) == owner(template)


def test_every_service_with_routes_has_an_address_in_the_edge() -> None:
    template = (EDGE / "nginx.conf.template").read_text()
    for module in SERVICES:
        assert re.search(rf"^    {module.name}\s+\$\{{EDGE_[A-Z]+\}};$", template, re.MULTILINE), module.name


def test_a_path_of_nobody_has_no_home() -> None:
    assert home("/api/v1/nowhere") == ""
    assert home("/api/v1/clubsandwich") == ""
    assert home("/internal/rankings") == ""


@pytest.mark.parametrize("template", UPLOADS)
def test_an_upload_has_a_location_of_its_own(template: str) -> None:
    assert cap(re.sub(r"\{[^}]+\}", "riverside", template)) > 2 * 1024 * 1024


def test_the_services_say_no_before_the_edge_does() -> None:
    assert cap("/api/v1/media") >= media_api.LIMIT + OVERHEAD
    assert cap("/api/v1/rooms/0190b3a4/attachments") >= LARGEST_ATTACHMENT + OVERHEAD
    assert cap("/api/v1/reels") >= reels_media.MAX_BYTES + OVERHEAD


def cap(path: str) -> int:
    """The largest body that the location of this path lets through."""
    template = (EDGE / "nginx.conf.template").read_text()
    locations = re.findall(r"location (=|~)? ?(\S+) \{\n\s+client_max_body_size (\d+)m;", template)
    for how, pattern, megabytes in locations:
        if (how == "=" and path == pattern) or (how == "~" and re.search(pattern, path)):
            return int(megabytes) * 1024 * 1024
    return 2 * 1024 * 1024
