"""Why a picture is refused."""

from clubkit.errors import Flaw, Invalid


class PictureNotFound(Invalid):
    """Also for somebody else's picture: the two must look the same."""

    code = "picture_not_found"

    def __init__(self, pointer: str = "/media") -> None:
        super().__init__(
            "One of the pictures is not there any more. Please add it again.",
            errors=[Flaw(pointer, "Not a picture you uploaded.", self.code)],
        )
