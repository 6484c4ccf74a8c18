"""The past, played again in order: what the engine knew before each action, and nothing later."""

from collections import Counter, defaultdict, deque

from recommender.evaluation.corpus import Corpus, Interaction
from recommender.ranking.engine import RankingEngine
from recommender.ranking.profile import Action, Profile

REMEMBERED = 100
SAME_LIKES = 200
"""Members behind a very large item are no company, so only its last so many count."""


class Replay:
    """Profiles and trends as the online service would hold them. Items must be in the catalogue already."""

    def __init__(self, engine: RankingEngine, corpus: Corpus) -> None:
        self.engine = engine
        self._corpus = corpus
        self._actions: dict[str, deque[Action]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._settled: dict[str, set[int]] = defaultdict(set)
        self._likes: dict[str, list[int]] = defaultdict(list)
        self._likers: dict[int, deque[str]] = defaultdict(lambda: deque(maxlen=SAME_LIKES))

    def profile(self, member: str) -> Profile:
        clubs = self._corpus.clubs.get(member, frozenset())
        return Profile(
            actions=tuple(self._actions.get(member, ())),
            clubs=frozenset(self.engine.catalogue.club_row(club) for club in clubs),
            place=self._corpus.places.get(member),
            settled=tuple(self._settled.get(member, ())),
            company=self._company(member),
        )

    def observe(self, one: Interaction, *, profile: bool = True, trends: bool = True) -> None:
        """Let it have happened: for the member's own profile, for the trends, or for both."""
        row = self.engine.catalogue.row(one.item_id)
        club_of = self.engine.catalogue.club
        if trends:
            newest = [a for a in reversed(self._actions.get(one.member, ())) if a.liking > 0]
            before = [(a.row, int(club_of[a.row])) for a in newest[:5]]
            self.engine.trends.observe(row, int(club_of[row]), one.at, weight=one.weight, before=before)
        if profile:
            self._remember(one, row)

    def _remember(self, one: Interaction, row: int) -> None:
        self._actions[one.member].append(Action(row, one.weight, one.at))
        if one.settles:
            self._settled[one.member].add(row)
        if one.weight > 0:
            self._likes[one.member].append(row)
            self._likers[row].append(one.member)

    def _company(self, member: str) -> tuple[tuple[int, int], ...]:
        """Per row, how many of those go who chose something together with her before."""
        friends = {other for row in self._likes.get(member, ()) for other in self._likers[row]} - {member}
        going = Counter(row for friend in friends for row in set(self._likes[friend]))
        return tuple(going.items())
