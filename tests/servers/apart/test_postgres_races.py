"""Where SQLite has one writer, PostgreSQL has many: what must happen once happens once, whoever is first."""

import asyncio
import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from chat_service.messages.models import EntryRow
from chat_service.module import MODULE as CHAT
from clubkit.contracts.social import MembershipChanged
from clubkit.db.models import JobRow, OutboxRow
from clubkit.errors import Unavailable
from clubkit.ids import ClubId, new_id
from clubkit.jobs.port import Every, Job, JobRun
from clubkit.jobs.running import Dispatcher
from clubkit.testing.hub import Person, TestHub
from social_service.module import MODULE as SOCIAL

pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]


@pytest.fixture(scope="session")
def server(servers: Any) -> str:
    return str(servers.postgres())


async def once_more(call: Any) -> Any:
    """What an app does: a 503 says that somebody else was first, so it asks again."""
    for _ in range(50):
        answer = await call()
        if answer.status_code != 503:
            return answer
        await asyncio.sleep(0.01)
    raise AssertionError(answer.text)


async def test_fifty_answers_for_ten_seats_give_ten_seats_and_a_line_of_forty(make_hub: Any, server: str) -> None:
    hub: TestHub = await make_hub(SOCIAL, postgres=server)
    owner = await hub.member("Anna")
    club = (await owner.http.post("clubs", json={"name": "Riverside", "sport": "football", "hue": 152})).json()
    starts = (hub.clock() + timedelta(days=2)).replace(second=0, microsecond=0, tzinfo=None)
    planned = await owner.http.post(
        f"clubs/{club['id']}/events",
        json={"title": "Finals", "starts_local": starts.isoformat(), "tzid": "UTC", "capacity": 10,
              "visibility": "public"},
    )  # fmt: skip
    event = planned.json()["events"][0]["id"]
    members = [await hub.member(f"Member {number}") for number in range(50)]

    async def answer(member: Person, word: str) -> Any:
        return await once_more(lambda: member.http.put(f"events/{event}/answer", json={"answer": word}))

    answers = await asyncio.gather(*(answer(member, "yes") for member in members))
    assert Counter(a.status_code for a in answers) == {200: 50}
    page = (await owner.http.get(f"events/{event}")).json()
    assert (page["going"], page["waiting"]) == (10, 40)
    standings = Counter(a.json()["my_answer"]["standing"] for a in answers)
    assert standings == {"going": 10, "waiting": 40}

    leaving = [m for m, a in zip(members, answers, strict=True) if a.json()["my_answer"]["standing"] == "going"][:7]
    await asyncio.gather(*(answer(member, "no") for member in leaving))
    page = (await owner.http.get(f"events/{event}")).json()
    assert (page["going"], page["waiting"]) == (10, 33), "each freed seat went on once"


async def test_one_client_id_sent_twenty_times_at_once_is_one_message(make_hub: Any, server: str) -> None:
    hub: TestHub = await make_hub(CHAT, postgres=server)
    anna, club = await hub.member("Anna"), ClubId(new_id())
    await hub.publish(
        MembershipChanged(club_id=club, member_id=anna.id, role="owner", version=1, club_name="Runners", club_hue=152)
    )
    await hub.settle()
    room = (await anna.http.get("rooms")).json()["data"][0]["id"]
    message = {"client_id": new_id(), "body": "Who takes the bibs?"}
    path = f"rooms/{room}/messages"
    same = [once_more(lambda: anna.http.post(path, json=message)) for _ in range(20)]
    others = [
        once_more(lambda n=n: anna.http.post(path, json={"client_id": new_id(), "body": f"{n}"})) for n in range(20)
    ]
    answers = await asyncio.gather(*(one for pair in zip(same, others, strict=True) for one in pair))
    assert Counter(a.status_code for a in answers) == {201: 40}
    assert len({a.json()["id"] for a in answers[::2]}) == 1
    async with hub.works.reading() as work:
        seqs = sorted(await work.session.scalars(select(EntryRow.seq)))
    assert seqs == list(range(1, 22)), "dense, and each message once"


async def test_dispatchers_side_by_side_claim_a_job_once_and_plan_a_recurring_one_once(
    make_hub: Any, server: str
) -> None:
    hub: TestHub = await make_hub(CHAT, postgres=server)

    async def nothing(run: JobRun, **_: Any) -> None: ...

    jobs = {job.name: job for job in (Job("test.once", nothing), Job("test.daily", nothing))}
    sent: list[str] = []

    async def send(job_id: str, _queue: str) -> None:
        sent.append(job_id)

    async with hub.works.open() as work:
        for _ in range(60):
            work.schedule("test.once")
    every = [Every("test.daily", timedelta(days=1))]
    dispatchers = [Dispatcher(hub.works, jobs, every, send) for _ in range(6)]
    for _ in range(5):
        await asyncio.gather(*(dispatcher.tick() for dispatcher in dispatchers))
    async with hub.works.reading() as work:
        planned = await work.session.scalar(select(func.count()).where(JobRow.name == "test.daily"))
    assert planned == 1
    assert len(sent) == len(set(sent)) == 61


async def test_two_who_write_the_same_at_once_are_told_to_try_again_and_nothing_breaks(
    make_hub: Any, server: str
) -> None:
    hub: TestHub = await make_hub(CHAT, postgres=server)
    job_id, gate = new_id(), asyncio.Barrier(2)

    async def write() -> str:
        try:
            async with hub.works.open() as work:
                await gate.wait()
                row = JobRow(id=job_id, name="x", arguments={}, created_at=work.now, due_at=work.now)
                work.session.add(row)
        except Unavailable as refused:
            return refused.code
        return "stored"

    assert sorted(await asyncio.gather(write(), write())) == ["collided", "stored"]


async def test_what_one_member_does_on_many_devices_at_once_she_has_done_once(make_hub: Any, server: str) -> None:
    hub: TestHub = await make_hub(SOCIAL, postgres=server)
    owner, ben = await hub.member("Anna"), await hub.member("Ben")
    club = (await owner.http.post("clubs", json={"name": "Riverside", "sport": "football", "hue": 152})).json()

    async def at_once(*request: Any, **more: Any) -> None:
        answers = await asyncio.gather(*(once_more(lambda: ben.http.request(*request, **more)) for _ in range(12)))
        assert {answer.status_code for answer in answers} <= {200, 204}, Counter(a.status_code for a in answers)

    await at_once("POST", f"clubs/{club['id']}/join", json={})
    post = (await owner.http.post("posts", json={"text": "Great match", "club_id": club["id"]})).json()
    await at_once("PUT", f"posts/{post['id']}/reaction", json={"reaction": "like"})
    await at_once("PUT", f"people/{owner.id}/follow")
    async with hub.works.reading() as work:
        query = select(OutboxRow.type, OutboxRow.payload).where(OutboxRow.key.in_([ben.id, club["id"]]))
        told = Counter(
            (kind, json.loads(payload).get("action"))
            for kind, payload in await work.session.execute(query)
            if json.loads(payload).get("member_id") == ben.id
        )
    assert told["MembershipChanged.v1", None] == 1
    assert (told["MemberInteracted.v1", "join"], told["MemberInteracted.v1", "like"]) == (1, 1)
    assert (await owner.http.get(f"posts/{post['id']}")).json()["reactions"] == {"like": 1}
