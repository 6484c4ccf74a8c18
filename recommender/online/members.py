"""Members as the ranking knows them, in memory: what they did, their clubs, their place, their company."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Mapping

from clubkit.ids import ClubId, MemberId
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import ItemId, Place
from recommender.online.store import Entry, Window
from recommender.ranking.profile import Action, Profile

SETTLES = frozenset({"rsvp_yes", "rsvp_no", "rsvp_maybe", "check_in", "pick", "hide", "like", "comment", "share"})
UNSETTLES = frozenset({"unhide", "unlike"})
CHOOSES = frozenset({"rsvp_yes", "check_in", "like", "pick"})
UNCHOOSES = frozenset({"rsvp_no", "rsvp_maybe", "unlike", "hide"})
"""Only who chose a thing, and did not take it back, is company: a look at it is not."""
SAME_LIKES = 200
"""Members behind a very large item are no company, so only its last so many count."""

NewEntry = Callable[[MemberId, Entry, list[Entry]], None]
"""Told (member, entry, her likings before it, newest first) of each action not known before."""


class Members:
    """The people side of the ranking. Windows come whole; what is new in one is told to `on_new`."""

    def __init__(self, on_new: NewEntry) -> None:
        self._on_new = on_new
        self._windows: dict[MemberId, Window] = {}
        self._clubs: dict[MemberId, frozenset[ClubId]] = {}
        self._places: dict[MemberId, Place] = {}
        self._likes: dict[MemberId, set[str]] = defaultdict(set)
        self._likers: dict[str, deque[MemberId]] = defaultdict(lambda: deque(maxlen=SAME_LIKES))

    def set_clubs(self, clubs: Mapping[MemberId, Collection[ClubId]]) -> None:
        for member_id, mine in clubs.items():
            self._clubs[member_id] = frozenset(mine)

    def set_places(self, places: Mapping[MemberId, Place | None]) -> None:
        for member_id, place in places.items():
            if place is None:
                self._places.pop(member_id, None)
            else:
                self._places[member_id] = place

    def set_window(self, member_id: MemberId, window: Window) -> list[Entry]:
        """Replaces a member's window; answers what in it was not known before, oldest first."""
        known = set(self._windows.get(member_id, ()))
        fresh = [entry for entry in window if entry not in known]
        if not window:
            self._likes.pop(member_id, None)
        self._windows[member_id] = window
        for entry in fresh:
            self._choose(member_id, entry)
            self._on_new(member_id, entry, _likings_before(window, entry))
        return fresh

    def window(self, member_id: MemberId) -> Window:
        return self._windows.get(member_id, ())

    def profile(self, member_id: MemberId, catalogue: Catalogue) -> Profile:
        """What is known of a member, as one kind's engine wants it."""
        actions: list[Action] = []
        settled: dict[int, bool] = {}
        for kind, item_id, action, weight, at, _ in self._windows.get(member_id, ()):
            row = catalogue.find(ItemId(item_id)) if kind == catalogue.kind else None
            if row is not None:
                actions.append(Action(row, weight, at))
                if action in SETTLES or action in UNSETTLES:
                    settled[row] = action in SETTLES
        return Profile(
            actions=tuple(actions),
            clubs=frozenset(catalogue.club_row(club) for club in self._clubs.get(member_id, ())),
            place=self._places.get(member_id),
            settled=tuple(row for row, is_settled in settled.items() if is_settled),
            company=self._company(member_id, catalogue),
        )

    def _choose(self, member_id: MemberId, entry: Entry) -> None:
        _, item_id, action, *_ = entry
        mine = self._likes[member_id]
        if action in CHOOSES and item_id not in mine:
            mine.add(item_id)
            self._likers[item_id].append(member_id)
        elif action in UNCHOOSES:
            mine.discard(item_id)

    def _company(self, member_id: MemberId, catalogue: Catalogue) -> tuple[tuple[int, int], ...]:
        """Per row, how many of those go who chose something together with her before."""
        friends = {other for item in self._likes.get(member_id, ()) for other in self._likers[item]} - {member_id}
        going: Counter[str] = Counter()
        for friend in friends:
            going.update(self._likes[friend])
        rows = map(catalogue.find, map(ItemId, going))
        return tuple((row, count) for row, count in zip(rows, going.values(), strict=True) if row is not None)


def _likings_before(window: Window, entry: Entry) -> list[Entry]:
    earlier = [one for one in window if one[3] > 0 and one[4] < entry[4] and one[0] == entry[0]]
    return earlier[::-1][:5]
