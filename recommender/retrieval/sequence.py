"""The sequence model at serving time: a causal transformer over the last actions, in plain numpy.

Source: Kang, McAuley, "Self-Attentive Sequential Recommendation", ICDM 2018, with two changes: an item's
embedding is the sum of its own and its club's, so that a new event of a known club is no stranger, and the
scores are trained with a full softmax. The arrays come from recommender.training.sequence_torch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from recommender.catalogue.schemas import Floats

Arrays = Mapping[str, Floats]
EPS = np.float32(1e-5)


@dataclass(frozen=True, slots=True)
class SequenceModel:
    """positions: (length, d) learned positions, the newest action at the last; blocks: parameters by name."""

    positions: Floats
    blocks: tuple[Arrays, ...]
    final: Arrays
    heads: int

    @property
    def dim(self) -> int:
        return int(self.positions.shape[1])

    def state(self, tokens: Floats) -> Floats:
        """(d,) where she stands after her actions. tokens: (n, d) item embeddings, oldest first; none gives zeros."""
        if not len(tokens):
            return np.zeros(self.dim, np.float32)
        tokens = tokens[-len(self.positions) :]
        x = tokens * np.float32(np.sqrt(self.dim)) + self.positions[-len(tokens) :]
        for block in self.blocks[:-1]:
            x = _block(x, block, self.heads, queries=slice(None))
        # Only the newest position is read, so the last block computes no other.
        x = _block(x, self.blocks[-1], self.heads, queries=slice(-1, None))
        return np.asarray(_norm(x, self.final, "norm")[-1])


def _block(x: Floats, p: Arrays, heads: int, *, queries: slice) -> Floats:
    """Pre-norm attention and feed-forward. x: (n, d) → (queries, d)."""
    n, d = x.shape
    inner = _norm(x, p, "norm1")
    q = (inner[queries] @ p["wq"] + p["bq"]).reshape(-1, heads, d // heads).transpose(1, 0, 2)
    k = (inner @ p["wk"] + p["bk"]).reshape(n, heads, -1).transpose(1, 2, 0)
    v = (inner @ p["wv"] + p["bv"]).reshape(n, heads, -1).transpose(1, 0, 2)
    logits = np.asarray((q @ k) / np.float32(np.sqrt(d // heads)), np.float32)
    mixed = (_softmax(np.asarray(logits + _future(n)[queries], np.float32)) @ v).transpose(1, 0, 2).reshape(-1, d)
    x = np.asarray(x[queries] + mixed @ p["wo"] + p["bo"], np.float32)
    hidden = np.maximum(_norm(x, p, "norm2") @ p["w1"] + p["b1"], np.float32(0))
    return np.asarray(x + hidden @ p["w2"] + p["b2"])


@cache
def _future(n: int) -> Floats:
    """(n, n) what no action may see of those after it."""
    return np.triu(np.full((n, n), -np.inf, np.float32), 1)


def _norm(x: Floats, p: Arrays, name: str) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + EPS)
    return np.asarray(centred / spread * p[f"{name}_scale"] + p[f"{name}_shift"])


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
