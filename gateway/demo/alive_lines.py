"""What simulated members say while one watches. {a}, {b}… are those who happen to talk; {name} whom they answer."""

Exchange = tuple[tuple[str, str], ...]

ANYWHERE: tuple[Exchange, ...] = (
    (("a", "has anybody seen a blue water bottle with a dent"), ("b", "they all have dents"),
     ("a", "this one has character")),
    (("a", "I am early for once. where is everybody"), ("b", "where we always are when you are early: not there")),
    (("a", "quick one: who has the key"), ("b", "I thought you had the key"), ("c", "I have the key"),
     ("a", "of course you have the key")),
    (("a", "weather looks fine until half past six"), ("b", "and after half past six?"), ("a", "character building")),
    (("a", "cake left over from yesterday, first come first served"), ("b", "coming"), ("c", "running"),
     ("a", "walking is fine, it is only cake")),
    (("a", "thank you all for last time, I slept like a stone"), ("b", "you also moved like one"),
     ("a", "fair. next time a faster stone")),
    (("a", "my phone says I walked 21,000 steps today"), ("b", "mine says I should charge it")),
    (("a", "who wants to share a lift on the weekend"), ("b", "me, if I may choose the music"),
     ("a", "then I take the bus"), ("b", "fine, silence it is")),
)  # fmt: skip

IN_CLUB: dict[str, tuple[Exchange, ...]] = {
    "riverside-fc": (
        (("a", "who has the match ball from last time?"), ("b", "it is drying on my radiator"),
         ("a", "as every ball should")),
        (("a", "pitch 4 is perfect today, I just drove by"), ("b", "do not tell anybody, they will want to use it")),
        (("a", "corner drill again tonight?"), ("b", "until it works twice"), ("c", "so until summer")),
        (("a", "I washed the bibs with a red sock"), ("b", "and?"), ("a", "we are a pink team now"),
         ("c", "pink is fast")),
    ),
    "night-runners": (
        (("a", "which way round tonight?"), ("b", "with the wind first"),
         ("c", "we say that every time and then there are two winds")),
        (("a", "charging headlamps, sending courage"), ("b", "send batteries instead")),
        (("a", "saw an owl on the bridge lap!"), ("b", "was it faster than us"), ("a", "it was sitting"),
         ("b", "so yes")),
    ),
    "boulder-collective": (
        (("a", "the green one by the window: knee or no knee?"), ("b", "no knee"), ("c", "every knee you have")),
        (("a", "topped the pink traverse"), ("b", "on camera?"), ("a", "in spirit")),
        (("a", "who took the big brush"), ("b", "the big brush chose somebody else")),
    ),
    "harbour-rowing": (
        (("a", "water is glass this morning"), ("b", "I am on my way"), ("c", "I can see you from the boathouse, run")),
        (("a", "rigger on three is tight now"), ("b", "you are a hero with a spanner")),
    ),
    "corner-chess": (
        (("a", "one board free by the window"), ("b", "two minutes"), ("a", "on your clock")),
        (("a", "I lost to a twelve-year-old online"), ("b", "which opening"), ("a", "hers")),
        (("a", "coffee is on, first move is free"), ("b", "black for me"), ("a", "the coffee or the pieces"),
         ("b", "both")),
    ),
    "sunday-hoops": (
        (("a", "ball is pumped, I am not"), ("b", "one out of two is enough to start")),
        (("a", "who guards {b} next time?"), ("b", "everybody has tried"), ("c", "I have not tried yet"),
         ("b", "bring knees")),
    ),
}  # fmt: skip

TO_SOMEBODY: tuple[str, ...] = (
    "good to see you here, {name}", "{name} gets it", "I was about to say the same, {name}, only slower",
    "{name}, we should print that on the bibs", "noted. also: agreed", "say no more, {name}, I am putting my shoes on",
    "that is the best thing I read today, and I read the rota",
)  # fmt: skip
TO_A_QUESTION: tuple[str, ...] = (
    "yes from me, {name}", "I can, if it is after six", "good question. somebody sensible will know, so not me",
    "count me in, {name}", "I asked the same last week and the answer was cake",
    "I think so. give me ten minutes, {name}",
)  # fmt: skip

COMMENTS: tuple[str, ...] = (
    "I was there and it was even better.", "Saving this for a grey day.", "Who took this one? Lovely light.",
    "I laughed on the tram. People moved away.", "More of this, please.", "I needed that today.",
    "Next time I am coming along.", "This is why I pay my fee. Nearly on time, too.",
)  # fmt: skip

POSTS: dict[str, tuple[str, ...]] = {
    "riverside-fc": ("Lost and found: one shin pad, left, optimistic. Ask at the clubhouse.",
                     "Twenty minutes of extra finishing after training. Two went in. We celebrate both."),
    "night-runners": ("Tonight the river was so still that we ran twice, once upside down.",
                      "New rule: whoever complains about the hill leads up the hill."),
    "boulder-collective": ("Rest day. I only came to look. I have looked at four problems so far, with my hands.",),
    "harbour-rowing": ("Heard today from the bank: 'look, they all sneeze at the same time.' Catch timing, thanks.",),
    "corner-chess": ("A game of nine moves and a coffee of two hours. A perfect ratio.",),
    "sunday-hoops": ("The scoreboard is broken, so everybody won today.",),
}  # fmt: skip
