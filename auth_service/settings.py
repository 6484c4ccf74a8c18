"""Auth's section of the settings."""

from pydantic import Field

from clubkit.settings import Section, section_config

LEAST_MEMORY_KIB = 19_456
"""What OWASP asks of Argon2id with two passes and one lane; production takes no less."""


class AuthSettings(Section):
    """`HUB_AUTH_…`"""

    model_config = section_config("auth")

    argon2_memory_kib: int = Field(32_768, ge=8, le=4_194_304, description="memory of one password hash")
    argon2_passes: int = Field(2, ge=1, le=20, description="passes over that memory; one hash should take 50-100 ms")
    hashes_at_once: int = Field(2, ge=1, le=64, description="password hashes computed side by side; the rest queue")
    limit_factor: float = Field(
        1.0, gt=0, le=10_000, description="multiplies every rate limit of auth, for a club house behind one address"
    )
