"""What can be refused about keeping rooms."""

from clubkit.errors import Conflict, Flaw, Forbidden, Invalid, NotFound


class NotInClub(NotFound):
    code = "not_in_club"

    def __init__(self) -> None:
        super().__init__("There is no such club, or you are not in it.")


class NotYours(Forbidden):
    code = "not_your_room"

    def __init__(self) -> None:
        super().__init__("Only those who run this room, or the club's admins, may do that.")


class NotForThisKind(Conflict):
    code = "not_for_this_kind_of_room"

    def __init__(self, why: str) -> None:
        super().__init__(why)


class NotJoinable(Forbidden):
    code = "not_joinable"

    def __init__(self) -> None:
        super().__init__("Nobody joins this room on her own. Ask somebody in it to let you in.")


class Barred(Forbidden):
    code = "barred"

    def __init__(self) -> None:
        super().__init__("The moderators do not let this member in just now.")


class NotOfTheClub(Invalid):
    code = "not_of_the_club"

    def __init__(self) -> None:
        super().__init__(
            "Only members of the club can be in its rooms.",
            errors=[Flaw("/members", "Not a member of the club.", self.code)],
        )


class RoomFull(Conflict):
    code = "room_full"

    def __init__(self, most: int) -> None:
        super().__init__(f"A group talk has room for {most}. Make a room in a club for more.")


class TooManyRooms(Conflict):
    code = "too_many_rooms"

    def __init__(self, most: int) -> None:
        super().__init__(f"This club has {most} rooms. Close one before you open another.")


class TitleTaken(Conflict):
    code = "title_taken"

    def __init__(self) -> None:
        super().__init__("The club has a room of this name already.")


class ClubNeeded(Invalid):
    code = "club_needed"

    def __init__(self) -> None:
        super().__init__("A room needs its club.", errors=[Flaw("/club_id", "Say which club.", self.code)])


class TitleNeeded(Invalid):
    code = "title_needed"

    def __init__(self) -> None:
        super().__init__("A room needs a name.", errors=[Flaw("/title", "Give it a name.", self.code)])


class NotAMember(NotFound):
    code = "not_a_member"

    def __init__(self) -> None:
        super().__init__("That member is not in this room.")


class EventUnknown(NotFound):
    code = "event_unknown"

    def __init__(self) -> None:
        super().__init__("There is no such event, or its talk is only for those who said yes.")
