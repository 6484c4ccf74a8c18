"""The twelve hues of the house, in degrees of OKLCH. The app holds every pairing of them to 4.5:1."""

from typing import Annotated

from pydantic import AfterValidator, Field

HUES = (10, 30, 50, 75, 105, 130, 152, 185, 215, 262, 300, 340)


def _one_of_twelve(hue: int) -> int:
    if hue not in HUES:
        raise ValueError(f"Choose one of the twelve hues: {', '.join(map(str, HUES))}.")
    return hue


Hue = Annotated[int, AfterValidator(_one_of_twelve), Field(json_schema_extra={"enum": list(HUES)})]


def hue_of(text: str) -> int:
    """The hue somebody has before choosing one: the same text always has the same (FNV-1a)."""
    mark = 0x811C9DC5
    for letter in text:
        mark = ((mark ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return HUES[mark % len(HUES)]
