"""What people wrote in the demo world, with its pictures and what the others said to it."""

from dataclasses import dataclass

from clubkit.contracts.social import Visibility


@dataclass(frozen=True)
class Shot:
    """A picture to be painted: a scene of `art.SCENES`, and what it shows."""

    scene: str
    seed: int
    alt: str


@dataclass(frozen=True)
class Words:
    """One post. Without a club it stands on her own page, for everybody.

    `days`: ago, as `when.days_ago` has it. `warmth`: how many of the club react, 0…1.
    `said`: (who, minutes later, what); a text that begins with ">" replies to the comment before it.
    """

    club: str | None
    author: str
    days: int | str
    clock: str
    text: str
    shots: tuple[Shot, ...] = ()
    said: tuple[tuple[str, int, str], ...] = ()
    warmth: float = 0.5
    announce: bool = False
    visibility: Visibility | None = None


RIVERSIDE: tuple[Words, ...] = (
    Words("riverside", "kwame", 0, "07:40",
          "Under-14s held on for a 2–2 in the rain. Proudest I have been of a draw. They asked for extra training "
          "afterwards, so I went home and looked for mine.",
          (Shot("rainy_pitch", 3, "A rain-soaked pitch with puddles along the near touchline and a lone ball"),),
          (("freja", 12, "Mine has been asleep since four in the afternoon. In her shin pads."),
           ("bosse", 30, "Fourteen shirts, fourteen colours of brown. The machine says thank you."),
           ("wilma", 41, "That second goal was better than anything we did all month."),
           ("diego", 55, "> Speak for yourself, captain."),
           ("mara", 70, "The little keeper punched everything. I have never been so happy to be replaced.")), 0.85),
    Words("riverside", "jonas", 1, "12:15",
          "Squad for Saturday is open. **One place left**, and we still need a driver with room for two goals and a "
          "Bosse.\n\n- meet 13:15\n- kick-off 14:00\n- both shirts, please, we have been over this",
          (), (("tariq", 8, "I have room for a Bosse but not for the goals."),
               ("bosse", 20, "Then I shall carry the goals.")), 0.45, announce=True),
    Words("riverside", "hanna", 3, "20:10",
          "Treasurer speaking. Thirty-one of you have paid, which is thirty-one more than last year on this day. You "
          "know who the others are, and so do I.",
          (), (("samir", 15, "Paid. Sorry. I thought the reminder was a newsletter."),
               ("hanna", 21, "> It is a newsletter. It is just about you.")), 0.5),
    Words("riverside", "wilma", "SA2", "18:20",
          "Derby is ours. 2–1, ninety-second minute, Tariq from two metres as foretold. The bus sang, the driver "
          "sang, I have no voice. Thank you.",
          (Shot("pitch_at_dusk", 11, "Evening light over the pitch just after the final whistle"),
           Shot("line_up", 4, "The whole team lined up arm in arm in front of the goal")),
          (("tariq", 4, "Two metres is a long way in a derby."),
           ("yuki", 18, "Everybody who fell on that pile: ice, tonight, twenty minutes."),
           ("mara", 33, "I saw none of it, I was lying on the other goal line with my eyes shut."),
           ("erik", 60, "You will all come and put the divots back.")), 0.95),
    Words("riverside", "erik", 13, "08:05",
          "Pitch 2 rests until Thursday. It is not shut, it is *recovering*. Walk round it like you would round a "
          "sleeping child.",
          (Shot("pitch_at_dusk", 27, "Pitch 2 roped off, freshly seeded, in the low sun"),),
          (("jonas", 25, "Calendar is changed, training moves to pitch 4."),), 0.55),
    Words("riverside", "bosse", 20, "16:45",
          "Found this behind the dryer. Cup of 1994, second place. We have never looked for it, which says something.",
          (Shot("trophy_shelf", 6, "A shelf of old cups, one of them dusted a moment ago"),),
          (("kwame", 10, "I was on the bench. I have been waiting to come on ever since."),
           ("diego", 22, "It goes on the shelf next to the good kettle."),), 0.7),
    Words("riverside", "ebba", 27, "21:30",
          "Changing room playlist is open for suggestions. Not you, Diego.",
          (Shot("changing_room", 9, "Shirts on their pegs in an empty changing room"),),
          (("diego", 3, "One accordion. One."), ("ebba", 5, "> That is what you said last time."),), 0.5),
)  # fmt: skip

RUNNERS: tuple[Words, ...] = (
    Words("night-runners", "priya", "TH", "22:05",
          "Twelve of us tonight and nobody got lost, which is a club record. The geese have been informed.",
          (Shot("night_run", 5, "A line of runners with headlamps along the dark quay"),),
          (("nadia", 9, "Easy pace means easy pace and I saw you, Saga."),
           ("saga", 14, "> That was easy. It was downhill. In my heart."),
           ("pilar", 20, "Spare headlamps: still three. Come and get lit."),), 0.8, visibility="public"),
    Words("night-runners", "saga", 5, "06:50",
          "Week three of the plan: *run slower*. I have never found anything so hard. Anybody for the slow group on "
          "Thursday, so that I have somebody to hide behind?",
          (), (("nadia", 30, "Welcome. We have been waiting for you."), ("mara", 44, "I am slow without a plan."),),
          0.6),
    Words("night-runners", "oskar", 9, "19:15",
          "Paula ran eleven kilometres and then stole a sandwich from a stranger. We are both very sorry and one of us "
          "is lying.",
          (Shot("trail", 8, "A forest trail in late light, the dog somewhere ahead"),),
          (("sofia", 6, "Paula for captain."), ("elin", 12, "What was on the sandwich?"),
           ("oskar", 15, "> Shrimp. She knows what she wants."),), 0.85, visibility="public"),
    Words("night-runners", "pilar", "FR2", "23:10",
          "Both bridges. Fourteen kilometres. Soup. If you had told me in March I would have laughed and sat down.",
          (Shot("night_run", 21, "Headlamps crossing the bridge with the harbour lights behind"),
           Shot("route_map", 3, "The route drawn over the river: out by one bridge, home by the other")),
          (("priya", 7, "You led the second half. I have witnesses."), ("mara", 16, "The soup was the better half."),),
          0.8, visibility="public"),
    Words("night-runners", "sofia", 22, "20:40",
          "I drew the new loop. It is 8.02 km, and no, I am not going to move the tree.",
          (Shot("route_map", 14, "A map of the new eight kilometre loop through the park"),),
          (("priya", 11, "This is going on the wall."),
           ("minh", 26, "0.02 km of extra value."),), 0.6, visibility="public"),
)  # fmt: skip

BOULDER: tuple[Words, ...] = (
    Words("boulder", "ines", 2, "17:25",
          "New on the steep side: seven problems, pink to black. Number five is called *Patience* and it is not about "
          "the climbing.",
          (Shot("climbing_wall", 12, "The steep wall freshly set with a rainbow of holds"),),
          (("greta", 13, "Number five is about the foot. The left one. You are welcome."),
           ("dara", 19, "I fell off number one. Is there a number zero?"),
           ("ines", 24, "> There is now. It has your name on it."),
           ("leila", 50, "I have pictures of the falling.")), 0.85),
    Words("boulder", "leila", 6, "21:00",
          "Three tries, two skins, one top. Minh found a heel hook where no heel should be.",
          (Shot("climbing_wall", 33, "A climber hanging by one heel under the overhang"),),
          (("minh", 8, "It was resting there. I merely joined it."),), 0.75, visibility="public"),
    Words("boulder", "greta", 10, "09:30",
          "Brushing rota for the month is on the door. If your name is not on it you were not there when we made it, "
          "so it now is.",
          (), (("ife", 21, "I brush to think."), ("yuki", 33, "I think to avoid brushing."),), 0.4),
    Words("boulder", "dara", "SU3", "18:10",
          "Last place in the comp, which means the cake is mine. I would like to thank gravity.",
          (Shot("cake", 7, "A cake with a climbing hold on top and one slice already gone"),),
          (("ines", 5, "Never has a cake been so thoroughly earned."),
           ("mara", 9, "I let go on purpose for that cake and still came eighth."),),
          0.9),
    Words("boulder", "ife", 25, "20:20",
          "A quiet evening, four people, rain on the roof. The wall sounds different when nobody is talking about it.",
          (Shot("climbing_wall", 48, "The empty hall in warm evening light"),),
          (("lin", 40, "This is exactly why I come."),), 0.6),
)  # fmt: skip

OTHERS: tuple[Words, ...] = (
    Words("harbour", "lars", "SA", "08:20",
          "Flat as a plate this morning. Twenty minutes of it, then the first ferry. Worth the alarm clock.",
          (Shot("rowing", 7, "The eight on still water with the sun coming up behind the cranes"),),
          (("henrik", 10, "Rate 24, no splash from five. I said nothing, but I noticed."),
           ("marek", 17, "Five heard you not saying it."),
           ("elin", 26, "I could hear myself think. Will not happen again.")), 0.85, visibility="public"),
    Words("harbour", "marek", 11, "19:30",
          "Patience has a new seat. It does not creak. I shall miss the creak.",
          (), (("lars", 12, "So will I. It told me when I was late."),), 0.6),
    Words("harbour", "elin", "SU4", "17:10",
          "Second in the regatta by the length of a sandwich. We have protested against the sandwich.",
          (Shot("rowing", 19, "Two eights side by side near the finish"),),
          (("lin", 9, "The tide was with them. I measured."),
           ("kofi", 15, "I was the sandwich.")), 0.8, visibility="public"),
    Words("chess", "ruth", "TH", "23:15",
          "Viktor against Ahmed, move 61, king and pawn against king. The café had shut, so the owner sat down and "
          "watched. Draw. Nobody has ever been so tired of three pieces.",
          (Shot("chess", 9, "A chessboard late at night with three pieces left"),),
          (("viktor", 20, "I was winning until I was not."), ("ahmed", 25, "I was losing until I was not."),
           ("maya", 40, "The engine says you both had it."),), 0.8, visibility="public"),
    Words("chess", "noor", "TU", "20:30",
          "Tuesday beginners are eleven now. One asked whether the horse may go home early. I said yes, twice to the "
          "side and once forward.",
          (Shot("clubhouse_table", 5, "A long table with boards, clocks and coffee cups"),),
          (("zuzana", 14, "I am stealing that."), ("alma", 22, "It was me. I asked.")), 0.75, visibility="public"),
    Words("chess", "zuzana", 16, "15:20",
          "Rain, so we played the other kind. Amina owns four railways and shows no mercy.",
          (Shot("board_game", 4, "A board game in full swing, seen from above"),),
          (("amina", 6, "Mercy is not in the rules. I looked."),), 0.6),
    Words("hoops", "chidi", "SU", "13:05",
          "Twenty came, five balls, one whistle nobody used. Kofi sets screens like a wardrobe. See you Sunday.",
          (Shot("hoop", 8, "A hoop against the high windows of the sports hall"),),
          (("kofi", 5, "An antique wardrobe. Oak."), ("amina", 12, "I ran into the wardrobe. Twice."),
           ("samir", 30, "First time, best Sunday so far. Thank you for calling your own fouls."),), 0.85,
          visibility="public"),
    Words("hoops", "amina", 13, "20:00",
          "Night shift, then hoops, then sleep. In that order, never the other one.",
          (), (("chidi", 10, "You hit four threes asleep."),), 0.6, visibility="public"),
    Words("hoops", "kofi", "SU3", "12:40",
          "Somebody left a left shoe, size 44. I do not ask how you got home.",
          (Shot("changing_room", 17, "One lonely shoe under the bench"),), (("paulo", 8, "Slowly."),), 0.8),
    Words(None, "mara", 1, "19:40",
          "Three clubs, one pair of clean socks. Tomorrow is going to be decided by the washing machine.",
          (), (("jonas", 9, "Bosse takes private customers."),
               ("priya", 15, "Running does not need clean socks. That is the beauty of it.")),
          0.5),
    Words(None, "yuki", 17, "12:00",
          "Public service: if it hurts when you do that, do it less, and then come and see me. Mondays, the little "
          "room behind the gym.",
          (), (("tom", 7, "The ankle sends its love."),), 0.6),
    Words(None, "maya", 9, "10:10",
          "After nine rounds of picks: the model is ahead of the mean, behind the median and well behind Bosse, who "
          "picks by the colour of the shirts.",
          (), (("bosse", 18, "Blue was good this week."), ("jonas", 30, "I follow Bosse now.")), 0.7),
)  # fmt: skip

POSTS: tuple[Words, ...] = RIVERSIDE + RUNNERS + BOULDER + OTHERS
