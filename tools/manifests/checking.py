"""All checks, in one list of sentences."""

from collections.abc import Sequence

from tools.manifests import policies, references, schemas
from tools.manifests.rendering import Manifest


def flaws(manifests: Sequence[Manifest]) -> list[str]:
    """What is wrong, each with the manifest it is wrong in. Later checks need what the schemas promise."""
    return list(schemas.flaws(manifests)) or [*policies.flaws(manifests), *references.flaws(manifests)]
