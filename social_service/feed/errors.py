"""What can be refused in the feed."""

from clubkit.errors import Flaw, Forbidden, Invalid, NotFound


class PostNotFound(NotFound):
    """Also for a post that is not the asker's to see: the two must look the same."""

    code = "post_not_found"

    def __init__(self) -> None:
        super().__init__("This post is not there any more, or it is not for you to see.")


class CommentNotFound(NotFound):
    code = "comment_not_found"

    def __init__(self) -> None:
        super().__init__("This comment is not there any more.")


class NotYours(Forbidden):
    code = "not_yours"

    def __init__(self) -> None:
        super().__init__("Only who wrote it can change it.")


class NotYoursToRemove(Forbidden):
    code = "not_yours_to_remove"

    def __init__(self) -> None:
        super().__init__("Only who wrote it, or who runs the club, can take it down.")


class NothingLeft(Invalid):
    code = "nothing_left"

    def __init__(self) -> None:
        flaw = Flaw("/text", "Write something, or take the post down.", self.code)
        super().__init__("Nothing would be left of this post.", errors=[flaw])
