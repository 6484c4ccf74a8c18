"""What can be refused about rooms."""

from clubkit.errors import Invalid, NotFound


class RoomNotFound(NotFound):
    """Also for a room that exists but is not the asker's to see: the two must look the same."""

    code = "room_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such room, or you are not in it.")


class TalkingToYourself(Invalid):
    code = "talking_to_yourself"

    def __init__(self) -> None:
        super().__init__("A direct talk needs somebody else.")


class NobodyThere(NotFound):
    code = "nobody_there"

    def __init__(self) -> None:
        super().__init__("There is nobody by that id on this hub.")
