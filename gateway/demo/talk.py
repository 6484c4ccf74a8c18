"""What is said in the rooms of the demo world."""

from dataclasses import dataclass

RECENT = "recent"


@dataclass(frozen=True)
class Talk:
    """A stretch of talk in a club's room or between two people.

    room: a club's key, or "a+b" for a direct talk. day: days ago, as `when.days_ago` has it, with the `clock` it
    begins at; or RECENT with how many minutes ago it began. lines: (who, seconds after the line before, words).
    """

    room: str
    day: int | str
    clock: str | int
    lines: tuple[tuple[str, int, str], ...]


ROOMS: tuple[Talk, ...] = (
    Talk("riverside", 6, "19:04", (
        ("kwame", 0, "Evening all. Short one tonight, legs are still in Eriksberg"),
        ("tariq", 80, "mine are fine, I only ran two metres"),
        ("wilma", 35, "we know. everybody knows. my grandmother knows"),
        ("bosse", 140, "Whoever took the big bag home, bring it back. It has the pump in it."),
        ("diego", 60, "which big bag"),
        ("bosse", 25, "The big one."),
        ("diego", 20, "oh no"),
        ("jonas", 90, "Minutes from the board: new nets are ordered, Hanna said yes before we finished asking"),
        ("hanna", 45, "I said yes because you were about to ask for a bus."),
    )),
    Talk("riverside", 4, "12:11", (
        ("freja", 0, "oranges for Saturday: 40 enough?"),
        ("kwame", 300, "For the team, yes. For Bosse, no"),
        ("bosse", 90, "Forty-five."),
        ("ebba", 600, "is anybody driving from Majorna on Saturday? I have one seat's worth of knees"),
        ("paulo", 200, "me, quarter past twelve outside the bakery"),
        ("ebba", 30, "of course it is outside the bakery"),
    )),
    Talk("riverside", 2, "20:42", (
        ("mara", 0, "Did my gloves end up in anybody's bag? The grey ones, they smell like a harbour"),
        ("tom", 70, "we can all smell them from here"),
        ("tom", 8, "they are in mine. bringing them tomorrow"),
        ("mara", 40, "You are a good second keeper and a better first one"),
        ("yuki", 120, "Tom, ankle, honestly: how is it"),
        ("tom", 60, "fine"),
        ("yuki", 15, "scale of one to ten"),
        ("tom", 90, "four. maybe five on stairs"),
        ("yuki", 20, "then it is not fine. come by on Monday"),
    )),
    Talk("riverside", 1, "17:20", (
        ("jonas", 0, "Squad for Saturday is up in the calendar, please answer there and not here"),
        ("samir", 50, "I can come!"),
        ("jonas", 15, "there, Samir"),
        ("samir", 40, "sorry, done"),
        ("alma", 300, "can I run the line?"),
        ("kwame", 60, "Alma, you can run whatever you like"),
        ("wilma", 95, "Hillcrest at home. last time they parked on my bike"),
        ("erik", 180, "They also parked on my grass."),
    )),
    Talk("riverside", RECENT, 74, (
        ("kwame", 0, "Pitch 2 is waterlogged. We move to pitch 4, same time. Your phone should know already"),
        ("erik", 150, "It is not waterlogged. It is thinking."),
        ("hanna", 320, "Do we have a second keeper for Saturday? Tom should rest that ankle"),
        ("tom", 45, "Tom is right here"),
        ("hanna", 20, "And Tom should rest that ankle."),
        ("jonas", 240, "Mara could. One place left on the squad, it is in the calendar"),
        ("bosse", 400, "I have washed the big gloves. Twice."),
        ("wilma", 110, "@mara say yes before I do it for you"),
    )),
    Talk("night-runners", 5, "21:58", (
        ("nadia", 0, "Home and dry. Well, home"),
        ("oskar", 130, "Paula is asleep on my feet, send food"),
        ("sofia", 70, "what pace was that last kilometre"),
        ("saga", 25, "conversational"),
        ("sofia", 15, "nobody was conversing"),
        ("saga", 40, "I was conversing with my lungs"),
    )),
    Talk("night-runners", 3, "18:30", (
        ("priya", 0, "Tonight's question: clockwise or against the geese?"),
        ("elin", 60, "against. they respect courage"),
        ("minh", 80, "they do not. I have a bruise"),
        ("pilar", 45, "I have a whistle"),
        ("priya", 50, "Clockwise it is."),
        ("mara", 600, "Coming late, training runs till eight. Start without me, I know where the geese are"),
    )),
    Talk("night-runners", 1, "19:15", (
        ("priya", 0, "Headlamps charged? Last time we were nine people and four lamps"),
        ("tom", 40, "mine is from 2003 and runs on a battery the size of a brick"),
        ("pilar", 35, "I have three spare ones. Do not ask why"),
        ("jonas", 90, "why"),
        ("pilar", 20, "they were on offer, and I was sad"),
        ("ruth", 200, "Is the Lantern Loop suitable for somebody who sits in a café eleven hours a day?"),
        ("nadia", 45, "It is suitable for exactly you. Slow group, next to me"),
        ("ruth", 30, "Then I have answered yes before I can think about it."),
    )),
    Talk("night-runners", RECENT, 205, (
        ("saga", 0, "Fourteen going for the Lantern Loop. There is room for six more"),
        ("yuki", 240, "I will sweep at the back and pretend it is a choice"),
        ("priya", 600, "Wind turns west later, so out along the quay and home through the park"),
        ("oskar", 95, "Paula says she prefers the park. There are sandwiches in the park"),
        ("sofia", 310, "Mara, are you in? I owe you a soup"),
    )),
    Talk("boulder", 7, "10:20", (
        ("greta", 0, "Brushing today, four people please, payment in cake ends"),
        ("dara", 90, "I accept all cake ends"),
        ("lin", 400, "On the boat till nine, then yes"),
        ("ines", 150, "Also: whoever moved the black hold on six, it was there for a reason"),
        ("minh", 60, "the reason was cruelty"),
        ("ines", 20, "That is a reason."),
    )),
    Talk("boulder", 4, "20:05", (
        ("leila", 0, "Ife did the dyno. On film. From the good side"),
        ("ife", 120, "please tell me you did not film the first nine tries"),
        ("leila", 30, "I filmed the first nine tries"),
        ("mara", 70, "We need a premiere with popcorn"),
        ("zuzana", 180, "I bring the popcorn. It is the only thing I do dynamically"),
    )),
    Talk("boulder", 1, "18:45", (
        ("ines", 0, "Set night is full: ten drills, ten pairs of hands, and a line outside"),
        ("sofia", 60, "who is first in line?"),
        ("ines", 25, "Mara. She brings her own gloves, the brave thing"),
        ("mara", 200, "If anybody's drill calls in sick, I live eight minutes away"),
        ("dara", 90, "my drill has a slight cough"),
    )),
    Talk("boulder", RECENT, 330, (
        ("greta", 0, "Route setting stays as planned. The big volume goes up first, so come strong"),
        ("minh", 500, "define strong"),
        ("greta", 45, "two people and no jokes"),
        ("yuki", 260, "one out of two, then"),
    )),
    Talk("harbour", 2, "05:12", (
        ("henrik", 0, "Eight of nine answered. Marek, are you a yes or a dream?"),
        ("marek", 420, "a yes. just slow at thumbs before six"),
        ("elin", 60, "Fog till seven. Lights on the boat please, not on the cox"),
        ("lars", 200, "Fog is only water that has not made up its mind."),
        ("kofi", 90, "Lars it is five in the morning"),
        ("lars", 30, "Yes. The best hour."),
    )),
    Talk("harbour", 1, "16:30", (
        ("lin", 0, "Tide table for the month is in the boathouse. In colour, because I care"),
        ("hanna", 300, "And the invoice for the colour printing is in my hand, because I care too"),
        ("saga", 120, "seven o'clock stretching instead of six o'clock rowing, anybody?"),
        ("henrik", 40, "no"),
        ("saga", 10, "worth asking"),
    )),
    Talk("chess", 3, "23:20", (
        ("ruth", 0, "Pairings for Thursday: whoever sits down first. As ever."),
        ("ahmed", 60, "then I sit down on Wednesday"),
        ("viktor", 180, "I have been sitting since Monday."),
        ("maya", 90, "your win rate when seated first is 41 percent, Viktor"),
        ("viktor", 120, "I come for the coffee."),
    )),
    Talk("chess", 1, "11:05", (
        ("noor", 0, "Simul: nine of twenty boards are taken. I am not frightened yet"),
        ("zuzana", 200, "I have been reading up on your Sicilian"),
        ("noor", 30, "which one"),
        ("zuzana", 15, "now you are frightened"),
        ("lars", 400, "Is it true that a draw gets cake?"),
        ("ruth", 60, "A draw gets a slice. A win gets to choose."),
    )),
    Talk("hoops", 5, "12:50", (
        ("chidi", 0, "Great run today. Who has the second ball?"),
        ("kofi", 120, "it went home with Paulo"),
        ("paulo", 60, "it followed me"),
        ("amina", 90, "Three on three: six teams so far, hat is half full"),
    )),
    Talk("hoops", 2, "19:33", (
        ("samir", 0, "what do I wear for three on three? is there a colour?"),
        ("chidi", 45, "whatever you can be found in"),
        ("ebba", 60, "I have a spare shirt with a duck on it"),
        ("samir", 20, "I will take the duck"),
        ("kofi", 300, "Grill is confirmed. I need somebody who can say no to me about quantities"),
        ("amina", 50, "No."),
        ("kofi", 15, "that was fast"),
    )),
)  # fmt: skip

DIRECT: tuple[Talk, ...] = (
    Talk("jonas+mara", 3, "21:40", (
        ("jonas", 0, "do you have five minutes for a bib question"),
        ("mara", 120, "I always have five minutes for a bib question"),
        ("jonas", 40, "orange or yellow"),
        ("mara", 15, "which ones smell less"),
        ("jonas", 30, "yellow"),
        ("mara", 8, "then yellow"),
    )),
    Talk("jonas+mara", RECENT, 66, (
        ("jonas", 0, "can you take the bibs on Saturday? and the squad has one place left, it is yours if you want it"),
        ("jonas", 95, "no pressure. some pressure"),
    )),
    Talk("mara+priya", 2, "22:30", (
        ("priya", 0, "You ran well tonight, considering you had already stopped eleven shots"),
        ("mara", 90, "Fourteen. Who is counting"),
        ("priya", 30, "You are, clearly"),
        ("priya", 200, "Would you lead the slow group on the Lantern Loop? Nadia has one, it is the other slow one"),
        ("mara", 1500, "Let me see if I get off training in time. Ask me again tomorrow?"),
    )),
    Talk("mara+priya", RECENT, 150, (("priya", 0, "It is tomorrow. I am asking again"),)),
    Talk("leila+mara", 4, "23:02", (
        ("leila", 0, "I have a picture of you falling off number three. It is beautiful"),
        ("mara", 60, "Is it also flattering"),
        ("leila", 20, "It is also beautiful"),
        ("mara", 45, "Send it to my enemies then"),
    )),
    Talk("mara+yuki", 9, "17:45", (
        ("mara", 0, "Shoulder again. Left one. It makes a sound like a door"),
        ("yuki", 240, "Does it hurt or does it only talk?"),
        ("mara", 40, "It talks"),
        ("yuki", 30, "Then let it talk. Monday, half past four, and stop diving left"),
    )),
    Talk("hanna+jonas", 1, "09:10", (
        ("hanna", 0, "Receipt for the corner flags, please"),
        ("jonas", 600, "which corner flags"),
        ("hanna", 20, "the ones on the corners"),
    )),
    Talk("jonas+kwame", 1, "22:12", (
        ("kwame", 0, "Do I start Samir on Saturday or do I let him settle in?"),
        ("jonas", 200, "Start him. He answered in the wrong place within a minute, that is commitment"),
        ("kwame", 50, "Fair point."),
    )),
)  # fmt: skip

READ_UNTIL_HOURS = {"mara": 3.6, "jonas": 0.9}
"""Up to how long ago the people one signs in as have read; the others have read everything."""
