"""How far a room goes, as rooms and messages both know it."""

from clubkit.contracts.base import Contract


class RoomHead(Contract):
    """seq, nth: of the newest entry. floor: where history begins, and how many messages were taken out before it.

    That of a room in which nothing happened yet, if nothing is said.
    """

    seq: int = 0
    nth: int = 0
    epoch: int = 1
    floor_seq: int = 1
    floor_nth: int = 0
