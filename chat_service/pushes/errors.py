"""What can be refused about pushes, and what keeps them from leaving."""

from clubkit.errors import Invalid, NotFound, Unavailable


class StrangePushService(Invalid):
    code = "strange_push_service"

    def __init__(self) -> None:
        super().__init__("This hub does not know the push service of your browser. Its operator can allow it.")


class BadPushKeys(Invalid):
    code = "bad_push_keys"

    def __init__(self) -> None:
        super().__init__("Your browser sent keys that are none. Switch it off and on again.")


class NoSuchSubscription(NotFound):
    code = "no_such_subscription"

    def __init__(self) -> None:
        super().__init__("There is no such subscription. Switch it on again in the settings of the app.")


class PushServiceAway(Unavailable):
    code = "push_service_away"

    def __init__(self, why: str) -> None:
        super().__init__(f"The push service could not take it: {why}")
