"""What can be refused about clubs."""

from collections.abc import Mapping

from clubkit.errors import Conflict, Flaw, Forbidden, Gone, Invalid, NotFound

REFUSALS: Mapping[str, str] = {
    "post": "Only members of this club can post in it.",
    "announce": "Only those who run this club can make announcements.",
    "schedule": "Only those who run this club can schedule events.",
    "publish_reels": "Only members of this club can publish reels in it.",
    "moderate": "Only those who run this club can take down what others wrote.",
    "invite": "Only those who run this club can invite others.",
    "admit": "Only those who run this club can answer requests to join.",
    "remove_members": "Only those who run this club can remove members.",
    "edit_club": "Only those who run this club can change it.",
    "assign_roles": "Only an owner of this club can change roles.",
    "close_club": "Only an owner of this club can close it.",
}
"""By capability."""


class ClubNotFound(NotFound):
    code = "club_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such club.")


class NotAllowedInClub(Forbidden):
    code = "not_allowed_in_club"

    def __init__(self, capability: str) -> None:
        super().__init__(REFUSALS[capability])


class MembersOnly(Forbidden):
    code = "members_only"

    def __init__(self) -> None:
        super().__init__("Only members of this club can see that.")


class NotInClub(NotFound):
    code = "not_in_club"

    def __init__(self) -> None:
        super().__init__("This person is not a member of the club.")


class NoRequest(NotFound):
    code = "no_request"

    def __init__(self) -> None:
        super().__init__("There is no open request of this person. Somebody else may have answered it.")


class LastOwner(Conflict):
    code = "last_owner"

    def __init__(self) -> None:
        super().__init__("A club needs an owner. Make somebody else an owner first, or close the club.")


class RankTooHigh(Forbidden):
    code = "rank_too_high"

    def __init__(self) -> None:
        super().__init__("You cannot decide over somebody with that role.")


class InviteNeeded(Forbidden):
    code = "invite_needed"

    def __init__(self) -> None:
        super().__init__("This club takes new members by invitation only.")


class InviteOver(Gone):
    """Unknown, expired, used up and revoked look the same: a guesser learns nothing."""

    code = "invite_over"

    def __init__(self) -> None:
        super().__init__("This invitation is no longer valid. Ask the club for a new one.")


class HalfAPlace(Invalid):
    code = "half_a_place"

    def __init__(self) -> None:
        flaws = [Flaw("/lat", "Give both, or neither.", self.code), Flaw("/lon", "Give both, or neither.", self.code)]
        super().__init__("A place on the map needs a latitude and a longitude.", errors=flaws)
