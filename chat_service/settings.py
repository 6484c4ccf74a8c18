"""Chat's section of the settings."""

from clubkit.settings import Section, section_config


class ChatSettings(Section):
    """`HUB_CHAT_…`"""

    model_config = section_config("chat")

    mongo_url: str = ""
    """mongodb://… keeps messages in MongoDB; empty: beside the other tables."""
