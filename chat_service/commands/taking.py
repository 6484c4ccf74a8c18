"""What a member sends may be a command: a slash and a name. Two slashes say that it is not."""

from chat_service.commands import cards, parsing
from chat_service.commands.errors import UnknownCommand
from chat_service.commands.registry import COMMANDS, Ask, Command
from chat_service.commands.schemas import Suggestion
from chat_service.messages import posting, sending
from chat_service.messages.schemas import Receipt, SendMessage
from chat_service.rooms import service as rooms
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import RoomId


async def send(work: UnitOfWork, sender: Caller, message: SendMessage) -> Receipt:
    """Sends a message, or does what the command says. Raises UnknownCommand, CommandNeeds, and what sending raises."""
    body = message.body.strip()
    if body.startswith("//"):
        return await sending.send_message(work, sender, message.model_copy(update={"body": body[1:]}))
    typed = parsing.command(body) if not message.attachments else None
    if typed is None:
        return await sending.send_message(work, sender, message)
    command = COMMANDS.get(typed.name)
    if command is None:
        raise UnknownCommand(typed.name)
    if earlier := await _done(work, sender, message, command, body):
        return earlier
    return await command.run(Ask(work, sender, message, typed.rest))


async def suggest(work: UnitOfWork, member: Caller, room_id: RoomId, text: str) -> list[Suggestion]:
    """What could be meant by what is typed so far. Raises RoomNotFound."""
    await rooms.standing(work, room_id, member.member_id)
    typed = parsing.command(text)
    if typed is None or typed.name not in COMMANDS or not text[len(typed.name) + 1 :]:
        begun = text.lstrip("/").strip().lower()
        return [_offer(command) for command in COMMANDS.values() if command.name.startswith(begun)]
    if typed.name == "event":
        return [
            Suggestion(
                insert=f"/event {event.id}", title=event.title, complete=True,
                detail=f"{event.starts_at:%a %d %b %H:%M} UTC · {event.club_name}",
            )
            for event in await cards.events(work, member.member_id, room_id, typed.rest)
        ]  # fmt: skip
    if typed.name == "pick":
        return [
            Suggestion(
                insert=f"/pick {match.id}", title=f"{match.home} – {match.away}", complete=True,
                detail=f"{match.kickoff_at:%a %d %b %H:%M} UTC · {match.league}",
            )
            for match in await cards.fixtures(work, typed.rest)
        ]  # fmt: skip
    return [_offer(COMMANDS[typed.name])]


def _offer(command: Command) -> Suggestion:
    return Suggestion(
        insert=f"/{command.name} ", title=command.usage, detail=command.summary, complete=command.name == "shrug"
    )


async def _done(work: UnitOfWork, sender: Caller, message: SendMessage, command: Command, body: str) -> Receipt | None:
    """What it left when it was done before, whatever it would find now. Raises RoomNotFound."""
    author = sending.author_of(sender)
    said = body if command.leaves == "message" else ""
    earlier = await posting.done_before(work, message.room, author, message.client_id, command.leaves, said)
    if earlier is None:
        await rooms.standing(work, message.room, sender.member_id)
    return earlier
