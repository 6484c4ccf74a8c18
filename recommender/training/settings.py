"""How models are fitted. Defaults are small enough for two cores and a few minutes."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FactorSettings:
    """dim: k; ridge: λ; alpha: confidence per liking; threads: 0 takes all cores."""

    dim: int = 64
    ridge: float = 20.0
    alpha: float = 40.0
    iterations: int = 15
    content_ridge: float = 1.0
    threads: int = 0


@dataclass(frozen=True, slots=True)
class SequenceSettings:
    """id_dropout: how often an item's own embedding is hidden in training, so that its club's learns to stand alone."""

    dim: int = 64
    blocks: int = 2
    heads: int = 2
    length: int = 50
    epochs: int = 15
    rivals: int = 1024
    batch: int = 128
    learning_rate: float = 1e-3
    dropout: float = 0.2
    id_dropout: float = 0.3
    threads: int = 2


@dataclass(frozen=True, slots=True)
class BlendSettings:
    """held_out: the last share of the data, on which the weights are learned with models of the rest;

    hard, random: negatives per example; prior_strength: how many examples the hand-set weights are worth;
    floors: least weights (docs/decisions/0020-one-linear-blend.md); without: features that must not count.
    """

    held_out: float = 0.25
    hard: int = 100
    random: int = 100
    rounds: int = 2
    prior_strength: float = 5.0
    min_examples: int = 100
    max_examples: int = 6_000
    floors: Mapping[str, float] = field(default_factory=lambda: {"factor_item": 0.3, "sequence": 0.05, "company": 0.2})
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """sequence None leaves the sequence model out (no torch on this machine)."""

    factors: FactorSettings = field(default_factory=FactorSettings)
    sequence: SequenceSettings | None = field(default_factory=SequenceSettings)
    blend: BlendSettings = field(default_factory=BlendSettings)
    content_dim: int = 128
    min_sequences: int = 20
