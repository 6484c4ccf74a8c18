"""The people of the demo world: a town's worth of members, none of them anybody real."""

from dataclasses import dataclass

TOWN = (57.7072, 11.9668)
"""Gothenburg, between the canal and the river."""


@dataclass(frozen=True)
class Person:
    """`east`, `north`: kilometres from the middle of town. `keen`: how often she answers and turns up, 0…1."""

    handle: str
    name: str
    hue: int
    bio: str
    east: float
    north: float
    keen: float

    @property
    def email(self) -> str:
        return f"{self.handle}@demo.club"

    @property
    def place(self) -> tuple[float, float]:
        """Latitude and longitude; one degree is 111.3 km north and 59.4 km east at this latitude."""
        return round(TOWN[0] + self.north / 111.3, 4), round(TOWN[1] + self.east / 59.4, 4)


PEOPLE: tuple[Person, ...] = (
    Person("mara", "Mara Aldén", 30, "Keeper with cold hands. Runs when nobody shoots at her, climbs when it rains, "
           "which is often. Mornings are for other people.", -1.2, 0.8, 0.86),
    Person("jonas", "Jonas Lind", 262, "Plays on the left, keeps the calendar, owns more bibs than shirts. Ask me "
           "about the bibs.", -2.4, 1.1, 0.92),
    Person("priya", "Priya Shah", 75, "Started Night Runners because the days were full. Two kids, one headlamp, no "
           "watch.", 0.6, 2.0, 0.9),
    Person("kwame", "Kwame Osei", 152, "Coaches the first team and the under-14s. Believes in short passes and long "
           "oranges.", -1.8, 1.4, 0.88),
    Person("tom", "Tom Hedberg", 105, "Second keeper, first to the sauna. The ankle is fine, thank you for asking.",
           1.9, -0.7, 0.7),
    Person("ines", "Inês Carvalho", 50, "Sets routes at the wall and apologises for none of them. From Porto, here "
           "for the granite.", -0.4, -2.3, 0.84),
    Person("yuki", "Yuki Tanabe", 340, "Physio by day. Will look at your knee, but buy me a coffee first.",
           2.2, 0.4, 0.72),
    Person("amina", "Amina Warsame", 10, "Point guard, nurse, reader of very long books. Sundays belong to hoops.",
           -3.9, 2.6, 0.78),
    Person("lars", "Lars Ekdahl", 215, "Forty years on the same river and still cannot predict the wind. Built two "
           "of our boats, sank one.", -4.1, -0.9, 0.8),
    Person("sofia", "Sofia Marchetti", 300, "Architect. Draws straight lines all week, runs crooked ones at night.",
           0.9, -1.1, 0.68),
    Person("diego", "Diego Fuentes", 130, "Central midfield, medium pace, maximum opinion. Makes the empanadas.",
           -2.9, 1.9, 0.74),
    Person("noor", "Noor El-Amin", 185, "Rapid rating going up, blitz rating going down. Teaches the Tuesday "
           "beginners.", 1.1, 1.2, 0.76),
    Person("hanna", "Hanna Bergqvist", 215, "Right back and treasurer. Yes, your fee is due. No, it was not the "
           "bank.", -1.5, 2.2, 0.83),
    Person("marek", "Marek Wójcik", 30, "Bow seat. Carpenter. If it creaks I probably made it.", -4.6, -1.4, 0.71),
    Person("leila", "Leila Farahani", 340, "Reads slab better than maps. Photographs everybody at the worst moment.",
           0.2, -2.6, 0.79),
    Person("oskar", "Oskar Nyman", 262, "Runs with the dog. The dog is called Paula and is faster.", 3.1, 1.5, 0.66),
    Person("chidi", "Chidi Eze", 10, "Brought the ball the first Sunday and has not been allowed to stop since.",
           -3.4, 3.1, 0.9),
    Person("freja", "Freja Holm", 130, "Under-14s parent, oranges department. Learning the offside rule, again.",
           -2.1, 0.6, 0.62),
    Person("tariq", "Tariq Mahmood", 50, "Striker. Scores from two metres, celebrates from thirty.", -3.0, 2.4, 0.73),
    Person("elin", "Elin Sandström", 185, "Cox with a loud voice and a small boat licence.", -3.7, -1.8, 0.77),
    Person("minh", "Minh Tran", 105, "Software, dumplings, heel hooks. In that order on weekdays.", 1.4, -0.2, 0.7),
    Person("ruth", "Ruth Abebe", 75, "Runs the corner table at Café Hörnet. Plays the Caro-Kann and will tell you "
           "why.", 0.8, 0.9, 0.85),
    Person("viktor", "Viktor Petrov", 152, "Retired tram driver. Never late, seldom in a hurry, always a pawn up.",
           2.7, 1.0, 0.8),
    Person("saga", "Saga Lundgren", 300, "Marathon in spring, injured in summer, wiser in autumn.", -0.7, 1.7, 0.81),
    Person("paulo", "Paulo Teixeira", 215, "Moved here for love, stayed for the indoor courts.", -2.2, 2.9, 0.69),
    Person("greta", "Greta Vogel", 50, "Left-handed, right-footed, upside down on most overhangs.", -0.1, -1.9, 0.75),
    Person("ahmed", "Ahmed Yıldız", 185, "Taxi nights, chess afternoons. Accepts every gambit on principle.",
           3.3, 2.3, 0.67),
    Person("lin", "Lin Xiaowen", 340, "Number 3 seat. Oceanographer, so technically this is also work.",
           -3.2, -0.6, 0.72),
    Person("ebba", "Ebba Rask", 105, "Wing, seventeen on a good day, thirty-four on the others.", -1.1, 0.3, 0.78),
    Person("kofi", "Kofi Mensah", 130, "Big man in a small gym. Sets screens, brings plantain.", -3.6, 3.3, 0.74),
    Person("nadia", "Nadia Haddad", 10, "Easy pace means easy pace. I will slow you down and you will thank me.",
           1.6, 0.1, 0.79),
    Person("erik", "Erik Blom", 262, "Groundsman of pitches 1 to 4. Please lift your feet.", -2.6, 1.6, 0.6),
    Person("zuzana", "Zuzana Králová", 300, "Translator. Endgames and slow cooking.", 0.5, 0.5, 0.71),
    Person("samir", "Samir Bakshi", 30, "New in town, bad at names, good at rebounds.", -1.9, 3.4, 0.64),
    Person("alma", "Alma Sjögren", 152, "Referee in training. Nineteen, one whistle, already deaf in the ear towards "
           "the bench.", -2.0, 1.0, 0.65),
    Person("henrik", "Henrik Dahl", 215, "Stroke seat. Up at five so that the rest of the day can be downhill.",
           -4.4, -2.1, 0.82),
    Person("ife", "Ifeoma Adeyemi", 75, "Climbs to think, thinks too much on the wall.", 0.7, -2.8, 0.73),
    Person("pilar", "Pilar Ortega", 340, "Came for one lap in March and now I own three headlamps.", 1.0, -0.9, 0.77),
    Person("bosse", "Bosse Karlsson", 30, "Kit man since 1987. The washing machine is older than the goalkeeper.",
           -2.3, 1.2, 0.84),
    Person("maya", "Maya Cohen", 185, "Statistician. I do not guess the results, I price them. I am ninth.",
           1.8, 0.7, 0.7),
    Person("dara", "Dara Sok", 50, "Beginner with confidence. Please spot me.", -0.6, -2.0, 0.68),
    Person("wilma", "Wilma Öberg", 130, "Captain. Shouts because I care. Also because of the wind.", -1.6, 1.5, 0.89),
)  # fmt: skip

OPERATOR = ("admin@demo.club", "Edda Falk")
PERSONA, CLUB_ADMIN = "mara", "jonas"
LIVELY = (
    "wilma", "kwame", "bosse", "ebba", "priya", "saga", "pilar", "ines", "greta", "leila", "chidi", "amina",
)  # fmt: skip
"""Who goes about her day while one watches: at least three in each of the persona's clubs, to talk among themselves."""
PICKING: dict[str, tuple[float, float]] = {
    "mara": (0.72, 0.34), "jonas": (0.8, 0.33), "bosse": (0.85, 0.36), "maya": (0.9, 0.1), "wilma": (0.6, 0.2),
    "kwame": (0.5, 0.25), "diego": (0.7, 0.05), "tariq": (0.35, 0.1), "priya": (0.45, 0.22), "samir": (0.4, 0.12),
    "hanna": (0.55, 0.18), "ines": (0.45, 0.2), "minh": (0.5, 0.15), "leila": (0.3, 0.25), "greta": (0.35, 0.1),
    "dara": (0.3, 0.05), "saga": (0.35, 0.22), "tom": (0.5, 0.14), "ebba": (0.42, 0.2), "yuki": (0.3, 0.15),
    "alma": (0.62, 0.16),
}  # fmt: skip
"""Who picks matches: how many of them, and how often with a nose for it."""
