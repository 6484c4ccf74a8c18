"""What can be refused about leaderboards."""

from clubkit.errors import NotFound


class ClubNotVisible(NotFound):
    """Also for a club that exists but is not the asker's: the two must look the same."""

    code = "club_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such club, or you are not in it.")
