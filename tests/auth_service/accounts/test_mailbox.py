"""The mailbox page: there while developing, and nowhere else."""

from datetime import timedelta
from typing import Any

import pytest

from auth_service.module import MODULE
from clubkit.errors import Unavailable
from clubkit.mail.port import Mail
from clubkit.settings import Settings


async def test_mails_are_listed_newest_first_and_read(door: Any) -> None:
    await door.register("Anna", "anna@example.org")
    await door.register("Ben", "ben@example.org")
    http = door.hub.http()
    listed = (await http.get("dev/mail")).json()["data"]
    assert [letter["to"] for letter in listed] == ["ben@example.org", "anna@example.org"]
    letter = (await http.get(f"dev/mail/{listed[0]['id']}")).json()
    assert letter["subject"] == "Confirm your address"
    assert f"{door.hub.settings.base_url}/verify?token=" in letter["text"]
    assert f"{door.hub.settings.base_url}/verify?token=" in letter["html"]
    assert letter.keys() == {"id", "to", "subject", "at", "text", "html"}


async def test_an_empty_mailbox_is_an_empty_list(door: Any) -> None:
    assert (await door.hub.http().get("dev/mail")).json()["data"] == []


async def test_a_mail_that_is_not_there_is_not_found(door: Any) -> None:
    assert (await door.hub.http().get("dev/mail/nothing")).status_code == 404
    assert (await door.hub.http().get("dev/mail/..%2F..%2Fhub.sqlite3")).status_code == 404


@pytest.mark.parametrize(
    "settings",
    [{"mail_url": "smtp://127.0.0.1:1"}],
)
async def test_with_a_mail_server_there_is_no_mailbox(make_hub: Any, settings: Any) -> None:
    hub = await make_hub(MODULE, own_tokens=False, **settings)
    for path in ("dev/mail", "dev/mail/x"):
        assert (await hub.http().get(path)).status_code == 404


async def test_in_production_there_is_no_mailbox(door: Any) -> None:
    production = Settings.load(environment="production", data_dir=door.hub.settings.data_dir, secret_key="x" * 32)
    door.hub.ports.provide(Settings, production)
    response = await door.hub.http().get("dev/mail")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


async def test_a_mail_that_cannot_be_sent_is_tried_again_with_a_new_link(door: Any) -> None:
    real = door.hub.port(Mail)

    class Down:
        async def send(self, letter: Any) -> None:
            raise Unavailable("The mail could not be sent just now. We will try again.")

    door.hub.ports.provide(Mail, Down())
    await door.browser().post(
        "auth/register", {"name": "Anna", "email": "anna@example.org", "password": "correct horse battery"}
    )
    await door.hub.run_jobs()
    door.hub.ports.provide(Mail, real)
    door.hub.clock.advance(timedelta(hours=1))
    await door.hub.run_jobs()
    assert (await door.browser().verify(await door.link("anna@example.org", "Confirm your address"))).status_code == 200
