"""What the clubs of the demo world do: weekly trainings, and dates of their own."""

from dataclasses import dataclass

from clubkit.contracts.social import Visibility


@dataclass(frozen=True)
class Weekly:
    """A training by rule, from `first_week` weeks ago on. `draw`: how much it draws people, 0…1."""

    key: str
    club: str
    host: str
    title: str
    text: str
    place: str
    where: tuple[float, float]
    weekday: str
    clock: str
    minutes: int
    draw: float
    capacity: int | None = None
    visibility: Visibility = "club"
    first_week: int = 5


@dataclass(frozen=True)
class Once:
    """One date: so many days from today, or the first `weekday` from then on, or a past day as `when.days_ago` has it.

    `planned`: days ago. `going`: who says yes, in order; beyond `capacity` they wait in line.
    """

    key: str
    club: str
    host: str
    title: str
    text: str
    place: str
    where: tuple[float, float]
    days: int | str
    clock: str
    minutes: int
    planned: int
    going: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    weekday: str | None = None
    capacity: int | None = None
    guests: bool = False
    visibility: Visibility = "club"
    reminders: tuple[int, ...] = (24 * 60, 120)


PITCH = (57.7189, 11.9295)
STEPS = (57.7099, 11.9561)
WAREHOUSE = (57.7031, 11.9412)
BOATHOUSE = (57.6912, 11.9069)
CAFE = (57.6989, 11.9571)
COURT = (57.7449, 11.9848)

WEEKLY: tuple[Weekly, ...] = (
    Weekly("riverside-tue", "riverside", "kwame", "Tuesday training",
           "Rondos, then finishing, then the small-sided game you actually came for. Bring both shirts.",
           "Älvplan, pitch 4", PITCH, "TU", "18:30", 90, 0.85, capacity=22),
    Weekly("riverside-thu", "riverside", "jonas", "Thursday: set pieces and sprints",
           "Corners, near post and far. Sprints at the end, not at the start, because we are not monsters.",
           "Älvplan, pitch 2", PITCH, "TH", "18:30", 90, 0.65, capacity=22),
    Weekly("intervals", "night-runners", "saga", "Tuesday intervals",
           "Six times three minutes along the quay, one minute of talking in between. Any pace, same clock.",
           "Old Harbour steps", STEPS, "TU", "20:15", 60, 0.6, visibility="public"),
    Weekly("long-lap", "night-runners", "priya", "The long talkative lap",
           "Ten kilometres at the speed of gossip. We stop on the bridge for the lights.",
           "Old Harbour steps", STEPS, "TH", "20:30", 75, 0.7, visibility="public"),
    Weekly("wall-wednesday", "boulder", "greta", "Technique Wednesday",
           "One movement a week, taken apart and put together again. Feet first, pride last.",
           "Kajen 7, upstairs", WAREHOUSE, "WE", "18:00", 120, 0.75, capacity=12),
    Weekly("dawn-eight", "harbour", "henrik", "The eight, before the ferries",
           "On the water at six sharp. If you are late the boat is longer than the run along the bank.",
           "Boathouse 3, Klippan", BOATHOUSE, "SA", "06:00", 105, 0.9, capacity=9),
    Weekly("thursday-boards", "chess", "ruth", "Thursday boards",
           "Two long games, paired by whoever sits down first. Coffee is on the one who blunders earliest.",
           "Café Hörnet", CAFE, "TH", "19:00", 180, 0.7, capacity=16, visibility="public"),
    Weekly("sunday-hoops", "hoops", "chidi", "Sunday hoops",
           "Five a side to eleven, winners stay on. Come at ten, play by ten past.",
           "Court 2, Backa sports hall", COURT, "SU", "10:00", 120, 0.8, capacity=20, visibility="public"),
)  # fmt: skip

ONCE: tuple[Once, ...] = (
    Once("hillcrest", "riverside", "kwame", "Home match v. Hillcrest",
         "Meet at 13:15, kick-off at 14:00. They press high and tire early, so the first twenty minutes are for "
         "patience. Bosse has the kit, Freja has the oranges.",
         "Älvplan, pitch 4", PITCH, 2, "14:00", 120, 9,
         ("wilma", "jonas", "diego", "tariq", "ebba", "hanna", "bosse", "erik", "paulo", "kwame", "samir", "tom",
          "alma", "oskar", "maya"), ("yuki",), ("freja",), weekday="SA", capacity=16, guests=True),
    Once("waffles", "riverside", "hanna", "Kit wash and waffles",
         "The machine takes three hours and so does the batter. Come for one, leave smelling of the other. We also "
         "need four people who can sew on a badge.",
         "The clubhouse", PITCH, 1, "18:00", 150, 6,
         ("bosse", "freja", "wilma", "kwame", "ebba", "alma", "diego", "jonas", "erik", "hanna", "mara"), ("tom",),
         ("tariq",), capacity=12),
    Once("away-lindholm", "riverside", "kwame", "Away at Lindholmen",
         "Ferry at 11:40 from the pier, everybody on the same one this time please.",
         "Lindholmens IP", (57.7068, 11.9381), 9, "13:00", 150, 3,
         ("wilma", "jonas", "diego", "tariq", "hanna"), ("ebba", "paulo"), weekday="SA", capacity=16),
    Once("lantern-loop", "night-runners", "priya", "Lantern Loop, 8 km by headlamp",
         "Along the quay, over the bridge, through the park where the geese live. Slow group and not-so-slow group. "
         "Pilar brings three spare headlamps, because of course she does.",
         "Old Harbour steps", STEPS, 4, "20:00", 75, 8,
         ("priya", "jonas", "tom", "pilar", "nadia", "sofia", "saga", "oskar", "elin", "minh", "ruth", "henrik",
          "yuki", "wilma"), ("lars",), capacity=20, visibility="public"),
    Once("fika-5k", "night-runners", "saga", "Five easy and a cinnamon bun",
         "Nadia pace, which is a real pace. The bun is at kilometre five and not before.",
         "Slottsskogen, the pond", (57.6857, 11.9426), 7, "09:30", 90, 4,
         ("nadia", "pilar", "ruth", "sofia"), ("saga", "oskar"), weekday="SU", guests=True, visibility="public"),
    Once("set-night", "boulder", "ines", "Route setting night",
         "We strip the slab and fill it again before midnight. Ten pairs of hands, no more: there are ten drills.",
         "Kajen 7, the red warehouse", WAREHOUSE, 3, "18:00", 240, 10,
         ("ines", "greta", "leila", "minh", "ife", "dara", "sofia", "lin", "zuzana", "yuki", "mara"), (), (),
         capacity=10),
    Once("granite-day", "boulder", "ines", "A day on real rock",
         "Utby if it is dry, pancakes at mine if it is not. Pads and cars still wanted.",
         "Utby boulders", (57.7333, 12.0702), 12, "09:00", 420, 1,
         ("leila", "ines", "minh", "greta"), ("ife", "sofia"), weekday="SU", capacity=14, guests=True),
    Once("learn-to-row", "harbour", "lars", "Sit in a boat for the first time",
         "Two hours in the wide four with Lars, who has only ever lost one beginner, and found him again. Friends of "
         "members are welcome.",
         "Boathouse 3, Klippan", BOATHOUSE, 6, "16:30", 120, 7,
         ("lars", "elin", "lin", "marek", "hanna"), ("pilar",), capacity=8, guests=True, visibility="public"),
    Once("simul", "chess", "noor", "Noor against everybody",
         "Twenty boards, one Noor. Anybody who draws gets cake, anybody who wins chooses the cake.",
         "Café Hörnet, both rooms", CAFE, 5, "18:30", 180, 9,
         ("noor", "ruth", "viktor", "ahmed", "zuzana", "maya", "diego", "amina", "lars"), ("alma",), capacity=20,
         guests=True, visibility="public"),
    Once("three-on-three", "hoops", "amina", "Three on three, all afternoon",
         "Teams are drawn out of Chidi's hat. Twelve teams, short games, long lunch. Kofi grills.",
         "The outdoor courts, Backa", (57.7462, 11.9801), 8, "12:00", 300, 5,
         ("amina", "chidi", "kofi", "jonas", "paulo", "ebba", "wilma"), ("samir", "tariq"), weekday="SU",
         capacity=36, guests=True, visibility="public"),
    # Behind us: what the talk, the posts and the badges remember.
    Once("derby", "riverside", "kwame", "Derby at Eriksberg", "Kick-off 15:00. Loud is allowed.", "Eriksbergs IP",
         (57.7022, 11.9145), "SA2", "15:00", 120, 24,
         ("wilma", "jonas", "diego", "tariq", "ebba", "hanna", "bosse", "paulo", "tom", "mara", "kwame", "samir"),
         ("yuki",), capacity=16),
    Once("bridge-run", "night-runners", "priya", "Both bridges, one night", "Fourteen kilometres and soup.",
         "Old Harbour steps", STEPS, "FR2", "20:00", 120, 26,
         ("priya", "mara", "saga", "pilar", "nadia", "oskar", "elin", "jonas", "sofia"),
         visibility="public"),
    Once("club-comp", "boulder", "ines", "The friendly and not at all serious comp",
         "Ten problems, three hours, a cake for last place.", "Kajen 7, the red warehouse", WAREHOUSE,
         "SU3", "13:00", 240, 30,
         ("ines", "greta", "leila", "mara", "minh", "ife", "dara", "yuki"), capacity=30),
    Once("regatta", "harbour", "lars", "Harbour regatta", "Three races, one picnic, no swimming this year.",
         "Klippan pier", BOATHOUSE, "SU4", "10:00", 300, 34,
         ("lars", "elin", "henrik", "marek", "lin", "saga", "kofi")),
)  # fmt: skip
