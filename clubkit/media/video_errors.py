"""Why a clip is refused."""

from clubkit.errors import TooLarge, Unavailable, Unsupported


class NotAVideo(Unsupported):
    code = "not_a_video"

    def __init__(self, detail: str = "This file is not a video we can read. MP4, MOV and WebM work.") -> None:
        super().__init__(detail)


class TooLong(Unsupported):
    code = "video_too_long"

    def __init__(self, seconds: float, limit: float) -> None:
        super().__init__(f"This clip runs {seconds:.0f} seconds. There is room for {limit:.0f}.")


class VideoTooLarge(TooLarge):
    code = "video_too_large"

    def __init__(self, limit: str) -> None:
        """limit: in words, such as "200 MB" or "4096 × 4096 pixels"."""
        super().__init__(f"This clip is too large. Up to {limit} is fine.")


class Truncated(Unsupported):
    code = "video_truncated"

    def __init__(self) -> None:
        super().__init__("The end of this clip is missing. The upload may have stopped early; please send it again.")


class BrokenVideo(Unsupported):
    code = "video_broken"

    def __init__(self) -> None:
        super().__init__("This clip is damaged and cannot be played. Does it play on your own device?")


class CannotEncode(Unavailable):
    """The media library of this server was built without an H.264 encoder; see docs/decisions."""

    code = "cannot_encode"

    def __init__(self) -> None:
        super().__init__("This server cannot prepare videos. Its admin has been told.")
