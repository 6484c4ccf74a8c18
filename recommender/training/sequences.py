"""Members' likings in order, as the sequence model wants them, and its training when torch is here."""

from collections import defaultdict

import numpy as np

from clubkit.ids import ClubId
from recommender.catalogue.schemas import Ints, ItemId
from recommender.evaluation.corpus import Corpus
from recommender.ranking.bundle import SequenceTable
from recommender.retrieval.sequence import SequenceModel
from recommender.training.settings import SequenceSettings


def fit_sequence(
    corpus: Corpus, settings: SequenceSettings, *, seed: int, min_sequences: int
) -> tuple[SequenceModel, SequenceTable] | None:
    """None when fewer than min_sequences members did two things or more: there is no order to learn from."""
    clubs_of = {item.id: item.club_id for item in corpus.items}
    by_member: dict[str, list[ItemId]] = defaultdict(list)
    for one in corpus.interactions:
        if one.weight > 0 and one.item_id in clubs_of:
            by_member[one.member].append(one.item_id)
    told = [line for line in by_member.values() if len(line) > 1]
    if len(told) < min_sequences:
        return None
    items: dict[ItemId, int] = {}
    clubs: dict[ClubId, int] = {}
    for line in told:
        for item in line:
            items.setdefault(item, len(items))
            clubs.setdefault(clubs_of[item], len(clubs))
    club_of = np.zeros(len(items) + 1, np.int32)
    for item, index in items.items():
        club_of[index + 1] = clubs[clubs_of[item]] + 1
    return _train(told, items, clubs, club_of, settings, seed)


def _train(
    told: list[list[ItemId]],
    items: dict[ItemId, int],
    clubs: dict[ClubId, int],
    club_of: Ints,
    settings: SequenceSettings,
    seed: int,
) -> tuple[SequenceModel, SequenceTable]:
    # Five gigabytes of library that serving must never load.
    from recommender.training.sequence_torch import train

    numbered = [np.asarray([items[item] + 1 for item in line], np.int32) for line in told]
    model, own, shared = train(numbered, club_of, settings, seed=seed)
    shifted = {club: len(items) + index for club, index in clubs.items()}
    return model, SequenceTable(items, shifted, np.concatenate([own, shared]))
