"""The wire shapes of mails about what was missed."""

from clubkit.contracts.base import Contract


class MailChoice(Contract):
    """Whether a mail tells of mentions and direct messages that were not read in time."""

    wanted: bool
