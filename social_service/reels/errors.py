"""What can be refused about reels (why a clip is no video: `media_errors`)."""

from clubkit.errors import Flaw, Forbidden, Invalid, NotFound, TooLarge


class ReelNotFound(NotFound):
    code = "reel_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such reel, or it is not for you.")


class NotYourReel(Forbidden):
    code = "not_your_reel"

    def __init__(self) -> None:
        super().__init__("Only who made this reel may change it.")


class BadCaptions(Invalid):
    code = "bad_captions"

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(detail, errors=[Flaw("", f"Line {line}: {detail}", self.code)])


class CaptionsTooLarge(TooLarge):
    code = "captions_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"These captions are too large. Up to {limit // 1024} kB is fine.")
