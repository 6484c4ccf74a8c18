"""The smaller rooms of the demo world: who made them, who is in them, what is said, asked and pinned there."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Line:
    """Somebody says something (or a command), so many hours ago. likes: (who, emoji)."""

    who: str
    hours: float
    words: str
    likes: tuple[tuple[str, str], ...] = ()
    votes: tuple[tuple[str, int], ...] = ()
    """(who, which answer), when it is a poll."""
    pinned_by: str = ""


@dataclass(frozen=True)
class MoreRoom:
    """`club`: its key; none for a group."""

    key: str
    kind: Literal["public", "private", "team", "group"]
    club: str
    title: str
    topic: str
    owner: str
    members: tuple[str, ...]
    days: float
    lines: tuple[Line, ...] = field(default=())


MORE_ROOMS: tuple[MoreRoom, ...] = (
    MoreRoom(
        "lifts", "public", "riverside", "Lifts and ferries", "Who drives, who fits, who forgot. Ferry at 11:40.",
        "jonas", ("wilma", "diego", "mara", "paulo", "ebba", "tariq", "bosse", "samir"), 12, (
            Line("jonas", 170, "Away days live here from now on, so the big room can go back to arguing about bibs"),
            Line("wilma", 169.8, "the bibs will follow us", (("jonas", "😂"), ("mara", "😂"), ("ebba", "😂"))),
            Line("ebba", 122, "for Lindholmen: I have a car with three seats and one opinion about the radio"),
            Line("paulo", 121.5, "I have a van with no radio at all", (("ebba", "❤️"), ("diego", "👍"))),
            Line(
                "jonas", 27,
                '/poll "How do we get to Lindholmen?" "Ferry at 11:40" "By bike" "Paulo\'s van" --for 9d',
                votes=(("wilma", 0), ("diego", 2), ("ebba", 0), ("tariq", 0), ("samir", 2), ("bosse", 1)),
                pinned_by="jonas",
            ),
            Line("bosse", 26.4, "By bike. It is eleven minutes.", (("jonas", "👏"),)),
            Line("diego", 26.2, "eleven minutes downhill, Bosse"),
            Line("wilma", 2.1, "@mara you have not voted and I know you are reading this"),
        ),
    ),
    MoreRoom(
        "first-team", "team", "riverside", "First team", "Squad, times, kit. Short, please.", "kwame",
        ("jonas", "wilma", "diego", "tariq", "ebba", "hanna", "mara", "tom", "paulo", "samir"), 14, (
            Line("kwame", 99, "Squad rule for the autumn: who answers by Thursday plays before who answers on Friday"),
            Line("tariq", 98.7, "and who answers on Saturday?", (("diego", "😂"),)),
            Line("kwame", 98.6, "carries the goals", (("tariq", "😢"), ("wilma", "👏"), ("hanna", "👏"))),
            Line("kwame", 25, "/event Hillcrest", (("jonas", "👍"), ("wilma", "👍"), ("tom", "👍")), pinned_by="kwame"),
            Line("tom", 5.5, "/me tests the ankle on the stairs"),
            Line("hanna", 5.2, "Tom.", (("mara", "😂"), ("kwame", "👍"))),
        ),
    ),
    MoreRoom(
        "board", "private", "riverside", "Board", "Money, keys, neighbours", "kwame", ("jonas", "hanna"), 15, (
            Line("hanna", 140, "Fees: 41 of 52 are in. The other eleven have excellent excuses"),
            Line("jonas", 139.5, "Erik asks for a new mower. He wrote \"please\", so it is serious"),
            Line("kwame", 24, '/poll "A new mower this season?" "Yes" "Next season" "Repair the old one once more"',
                 votes=(("hanna", 2), ("jonas", 0))),
        ),
    ),
    MoreRoom(
        "gloves", "group", "", "Glove committee", "", "mara", ("tom", "wilma"), 6, (
            Line("mara", 76, "Emergency meeting: the grey gloves smell again"),
            Line("tom", 75.9, "they never stopped", (("wilma", "😂"), ("mara", "😢"))),
            Line("wilma", 75.5, "/shrug buy new ones?"),
            Line("tom", 1.2, "I hung them on the fence. The fence has complained"),
        ),
    ),
    MoreRoom(
        "routes", "public", "night-runners", "Routes worth a detour", "Draw it, name it, warn us about the geese",
        "priya", ("saga", "sofia", "mara", "elin", "minh", "pilar"), 10, (
            Line("priya", 92, "Rule of this room: a route needs a name and a snack at the end"),
            Line("elin", 91, "The Spiral: up the water tower, twice round, a bun", (("saga", "❤️"), ("minh", "🔥"))),
            Line("minh", 90.6, "the stairs alone are a snack"),
            Line("saga", 23, "/event Lantern Loop", (("pilar", "👍"), ("sofia", "👍")), pinned_by="priya"),
            Line("pilar", 4.4, "I have charged the spare headlamps. All three. They like being asked"),
        ),
    ),
)  # fmt: skip

TIPS = Line("diego", 20.0, "/pick", (("wilma", "🔥"), ("tom", "👍")))
"""Said in Riverside's own room, when there is a match to pick."""
EVENT_TALK = ("lantern-loop", (
    Line("priya", 18, "This is the talk of everybody who said yes. Bring a lamp, a layer and somebody slower than you"),
    Line("ruth", 17.5, "I am the somebody slower", (("nadia", "❤️"), ("priya", "❤️"))),
    Line("tom", 3.1, "is the brick lamp allowed on the bridge? it has a weight limit"),
))  # fmt: skip
"""An event's key, and what is said in its talk."""
LOUD = ("Weather desk", 215, (
    Line("", 28, "Wind west 6 m/s, gusts 11. Pitch 2 takes on water after 15:00."),
    Line("", 4, "Rain stops at 12:40. Pitch 4 stays playable."),
))  # fmt: skip
"""A webhook of Riverside's first team: its name, its hue, and what came by it."""
