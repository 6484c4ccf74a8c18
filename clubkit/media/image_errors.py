"""Why a picture is refused."""

from clubkit.errors import TooLarge, Unsupported


class NotAnImage(Unsupported):
    code = "not_an_image"

    def __init__(self) -> None:
        super().__init__("This file is not a picture we can read. JPEG, PNG, WebP and GIF work.")


class ImageTooLarge(TooLarge):
    code = "image_too_large"

    def __init__(self, what: str) -> None:
        """what: the limit in words, such as "15 MB" or "50 megapixels"."""
        super().__init__(f"This picture is too large. Up to {what} is fine.")


class BrokenImage(Unsupported):
    code = "broken_image"

    def __init__(self) -> None:
        super().__init__("This picture is damaged or was cut off on the way. Please try it again.")
