"""The recommender's section of the settings."""

from clubkit.settings import Section, section_config


class RecommenderSettings(Section):
    """`HUB_RECOMMENDER_…`"""

    model_config = section_config("recommender")

    sequence: bool = True
    """Train the sequence model where torch is installed. Without it the hub ranks with what is left, and says so."""
    keep_versions: int = 5
