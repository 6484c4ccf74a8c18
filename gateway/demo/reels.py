"""The reels of the demo world."""

from dataclasses import dataclass

from clubkit.contracts.social import Visibility


@dataclass(frozen=True)
class Clip:
    """`scene` is one of `art_reels.REELS`. `days`: ago, as `when.days_ago` has it. `liked`: how well it goes down."""

    key: str
    scene: str
    club: str
    author: str
    caption: str
    days: int | str
    clock: str
    seconds: float
    liked: float
    visibility: Visibility = "public"


CLIPS: tuple[Clip, ...] = (
    Clip("corner-routine", "goal", "riverside", "tariq",
         "Corner routine, near post. We have practised this for six weeks and it worked once. Here is the once.",
         2, "21:12", 4.2, 0.8),
    Clip("bridge-lamps", "headlamps", "night-runners", "pilar",
         "Fourteen headlamps over the bridge. The one that wobbles is mine.", "FR2", "23:05", 4.2, 0.7),
    Clip("dyno", "ascent", "boulder", "leila", "Dyno of the week. Watch Ife decide, then regret, then fly.", 4,
         "20:31", 4.2, 0.75),
    Clip("swish", "swish", "hoops", "kofi", "No rim, no backboard, no witnesses, so I filmed it.", "SU", "12:20", 4.2,
         0.65),
    Clip("catch", "stroke", "harbour", "elin", "Twelve strokes of the eight at ten past six. Sound on for the catch.",
         "SA", "07:02", 4.2, 0.6),
    Clip("blitz-finish", "blitz", "chess", "noor", "Four seconds on my clock, three on Viktor's. Guess who blinked.",
         "TH", "21:55", 4.2, 0.6),
    Clip("derby-winners", "winners", "riverside", "wilma", "What 2–1 in the ninety-second minute looks like.", "SA2",
         "18:05", 4.2, 0.85),
)  # fmt: skip
