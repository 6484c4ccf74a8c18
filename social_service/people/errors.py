"""What can be refused about people."""

from clubkit.errors import Flaw, Invalid, NotFound


class PersonNotFound(NotFound):
    code = "person_not_found"

    def __init__(self) -> None:
        super().__init__("There is nobody by that name on this hub.")


class FollowingYourself(Invalid):
    code = "following_yourself"

    def __init__(self) -> None:
        super().__init__("You already see everything you post yourself.")


class HalfAPlace(Invalid):
    code = "half_a_place"

    def __init__(self) -> None:
        flaws = [Flaw("/lat", "Give both, or neither.", self.code), Flaw("/lon", "Give both, or neither.", self.code)]
        super().__init__("A place needs a latitude and a longitude.", errors=flaws)
