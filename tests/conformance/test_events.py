"""Socket.IO v5: events, their acknowledgements, and binary among them."""

import pytest

from tests.conformance.raw import Raw, closed, each, hear

PLACED = '{"_placeholder":true,"num":%d}'


async def test_an_event_carries_any_number_of_arguments(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('42["message",1,"2",{"3":[false]},null]')
        assert list(each([await hear(websocket)])) == [["message-back", 1, "2", {"3": [False]}, None]]


@pytest.mark.parametrize(
    ("number", "namespace"), [("456", ""), ("0", ""), ("9007199254740991", ""), ("13", "/custom,")]
)
async def test_an_event_with_an_id_is_acknowledged_with_it(raw: Raw, number: str, namespace: str) -> None:
    async with raw.joined(namespace) as websocket:
        await websocket.send(f'42{namespace}{number}["message-with-ack",1,"2"]')
        assert await hear(websocket) == f'43{namespace}{number}[1,"2"]'


async def test_an_acknowledgement_may_be_empty_but_is_an_array(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('427["message-with-ack"]')
        assert await hear(websocket) == "437[]"


async def test_an_event_that_nobody_handles_is_no_violation(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('42["never-heard-of"]')
        await websocket.send('42["message","go on"]')
        assert await hear(websocket) == '42["message-back","go on"]'


@pytest.mark.parametrize(
    "packet",
    ["42", "42[]", "42{}", '42"message"', "42null", "42[1]", "42[null]", "42[[]]", '42["a"', "42abc", "4", "48", "4x"],
)
async def test_an_event_that_is_not_an_array_with_a_name_closes(raw: Raw, packet: str) -> None:
    async with raw.joined() as websocket:
        await websocket.send(packet)
        assert (await closed(websocket))[0] == 1002


@pytest.mark.parametrize("name", ["connect", "connect_error", "disconnect", "disconnecting"])
async def test_a_reserved_name_is_no_event(raw: Raw, name: str) -> None:
    async with raw.joined() as websocket:
        await websocket.send(f'42["{name}"]')
        assert (await closed(websocket))[0] == 1002


@pytest.mark.parametrize("packet", ["43[]", "431", '431{"a":1}', '431"a"'])
async def test_an_acknowledgement_needs_its_id_and_an_array(raw: Raw, packet: str) -> None:
    async with raw.joined() as websocket:
        await websocket.send(packet)
        assert (await closed(websocket))[0] == 1002


async def test_an_acknowledgement_of_nothing_is_let_pass(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('4399["never asked"]')
        await websocket.send('42["message","go on"]')
        assert await hear(websocket) == '42["message-back","go on"]'


async def test_a_refusal_from_a_client_closes(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send('44{"message":"no"}')
        assert (await closed(websocket))[0] == 1002


async def test_binary_parts_take_the_place_of_their_placeholders(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send(f'452-["message",{PLACED % 1},{{"deep":[{PLACED % 0}]}}]')
        await websocket.send(b"\x01")
        await websocket.send(b"\x02\x03")
        head = await hear(websocket)
        assert head == f'452-["message-back",{PLACED % 0},{{"deep":[{PLACED % 1}]}}]'
        assert [await hear(websocket), await hear(websocket)] == [b"\x02\x03", b"\x01"]


async def test_binary_may_be_acknowledged_with_binary(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send(f'451-789["message-with-ack",{PLACED % 0}]')
        await websocket.send(b"\x01\x02\x03")
        assert await hear(websocket) == f"461-789[{PLACED % 0}]"
        assert await hear(websocket) == b"\x01\x02\x03"


async def test_a_binary_event_in_a_namespace_names_it_after_its_count(raw: Raw) -> None:
    async with raw.joined("/custom,") as websocket:
        await websocket.send(f'451-/custom,["message",{PLACED % 0}]')
        await websocket.send(b"\x01")
        assert await hear(websocket) == f'451-/custom,["message-back",{PLACED % 0}]'
        assert await hear(websocket) == b"\x01"


@pytest.mark.parametrize("text", ['42["message"]', "41", "40"])
async def test_nothing_else_comes_between_a_binary_event_and_its_parts(raw: Raw, text: str) -> None:
    async with raw.joined() as websocket:
        await websocket.send(f'451-["message",{PLACED % 0}]')
        await websocket.send(text)
        assert (await closed(websocket))[0] == 1002


async def test_a_binary_part_of_nothing_closes(raw: Raw) -> None:
    async with raw.joined() as websocket:
        await websocket.send(b'2["message"]')
        assert (await closed(websocket))[0] == 1002


@pytest.mark.parametrize("number", ["1", "-1", '"0"', "0.5", "true", "null", "[]"])
async def test_a_placeholder_names_one_of_the_parts(raw: Raw, number: str) -> None:
    async with raw.joined() as websocket:
        await websocket.send(f'451-["message",{{"_placeholder":true,"num":{number}}}]')
        await websocket.send(b"\x01")
        assert (await closed(websocket))[0] == 1002


@pytest.mark.parametrize("packet", ['45["message"]', '45x-["message"]', '45-["message"]', '421-["message"]'])
async def test_attachments_are_counted_in_binary_packets_and_only_there(raw: Raw, packet: str) -> None:
    async with raw.joined() as websocket:
        await websocket.send(packet)
        assert (await closed(websocket))[0] == 1002
