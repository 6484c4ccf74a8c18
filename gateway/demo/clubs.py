"""The clubs of the demo world, and who is in them."""

from dataclasses import dataclass

from clubkit.contracts.social import JoinPolicy


@dataclass(frozen=True)
class Club:
    """`members` in the order they came; the owner and the admins are not among them."""

    key: str
    name: str
    sport: str
    hue: int
    policy: JoinPolicy
    place: str
    lat: float
    lon: float
    about: str
    cover: str
    cover_alt: str
    owner: str
    admins: tuple[str, ...]
    members: tuple[str, ...]
    waiting: tuple[tuple[str, str], ...] = ()
    """Who asked to be let in and has no answer yet, with her note."""

    @property
    def everybody(self) -> tuple[str, ...]:
        return (self.owner, *self.admins, *self.members)


CLUBS: tuple[Club, ...] = (
    Club(
        "riverside", "Riverside FC", "Football", 152, "open", "Älvplan, Hisingen", 57.7189, 11.9295,
        "Two senior teams, one under-14s and a walking football group that takes no prisoners. We train on Tuesdays "
        "and Thursdays beside the river, so bring a second pair of socks. Everybody plays, everybody carries goals.",
        "floodlights", "Floodlights over a green pitch at night", "kwame", ("jonas", "hanna"),
        ("bosse", "wilma", "mara", "diego", "tariq", "tom", "erik", "ebba", "freja", "alma", "paulo", "samir",
         "yuki", "maya", "oskar"),
    ),
    Club(
        "night-runners", "Night Runners", "Running", 262, "open", "Old Harbour steps", 57.7099, 11.9561,
        "We meet when the town has been put to bed. Intervals on Tuesdays, a long talkative lap on Thursdays, never "
        "faster than the slowest headlamp. Nobody runs home alone.",
        "contours", "Contour lines in midnight blue", "priya", ("saga",),
        ("mara", "sofia", "oskar", "pilar", "nadia", "tom", "jonas", "elin", "ruth", "minh", "yuki", "henrik"),
    ),
    Club(
        "boulder", "Boulder Collective", "Climbing", 50, "request", "Kajen 7, the red warehouse", 57.7031, 11.9412,
        "A members' wall in an old coffee warehouse, run by the people who climb on it. We set on Sundays, brush on "
        "Mondays and argue about grades all week. Ask to join and come by for a shift: that is the interview.",
        "rings", "Rings like climbing holds in warm orange", "ines", ("greta",),
        ("leila", "mara", "minh", "ife", "dara", "sofia", "yuki", "lin", "zuzana"),
        (("samir", "I climbed in Pune for six years and I can hold a drill."),
         ("maya", "I promise not to calculate anything out loud.")),
    ),
    Club(
        "harbour", "Harbour Rowing", "Rowing", 215, "invite", "Boathouse 3, Klippan", 57.6912, 11.9069,
        "One eight, two fours and a scull called Patience. We row before work and before the ferries. New rowers come "
        "with somebody who rows already, because the boats are old and so are some of us.",
        "waves", "Waves in harbour blue", "lars", ("elin", "henrik"),
        ("marek", "lin", "hanna", "saga", "kofi", "erik", "pilar"),
    ),
    Club(
        "chess", "Corner Chess", "Chess", 75, "open", "Café Hörnet, Haga", 57.6989, 11.9571,
        "Eight boards by the window of Café Hörnet, a clock that runs slow and coffee that does not. Beginners on "
        "Tuesdays, serious evenings on Thursdays, blitz whenever two people are early.",
        "sash", "A diagonal sash in ochre", "ruth", ("noor",),
        ("viktor", "ahmed", "zuzana", "maya", "diego", "lars", "amina", "alma"),
    ),
    Club(
        "hoops", "Sunday Hoops", "Basketball", 10, "open", "Court 2, Backa sports hall", 57.7449, 11.9848,
        "Sundays at ten, five a side, winners stay on, losers make the coffee. All levels, one rule: you call your "
        "own fouls and you call them quietly.",
        "sash", "A diagonal sash in red", "chidi", ("amina",),
        ("kofi", "samir", "paulo", "jonas", "tariq", "ahmed", "ebba", "nadia", "wilma", "dara", "viktor"),
    ),
)  # fmt: skip

FOLLOWS: dict[str, tuple[str, ...]] = {
    "mara": ("kwame", "priya", "ines", "wilma", "leila", "jonas", "chidi", "noor"),
    "jonas": ("kwame", "mara", "bosse", "hanna", "amina", "tariq"),
}
"""Whom the people one signs in as follow. The others follow some of those they share a club with."""
