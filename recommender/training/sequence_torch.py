"""Training the sequence model in PyTorch. The only module that imports torch; jobs import it lazily.

The network mirrors recommender.retrieval.sequence line by line; a test holds the two together.
"""

import math
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from recommender.catalogue.schemas import Floats, Ints
from recommender.retrieval.sequence import SequenceModel
from recommender.training.settings import SequenceSettings


class Block(nn.Module):
    """Pre-norm causal attention and feed-forward."""

    def __init__(self, settings: SequenceSettings) -> None:
        super().__init__()
        dim = settings.dim
        self.heads, self.rate = settings.heads, settings.dropout
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.q, self.k = nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.v, self.o = nn.Linear(dim, dim), nn.Linear(dim, dim)
        self.up, self.down = nn.Linear(dim, 2 * dim), nn.Linear(2 * dim, dim)

    def layers(self) -> dict[str, nn.Linear]:
        """The weights by their names in the serving model."""
        return {"q": self.q, "k": self.k, "v": self.v, "o": self.o, "1": self.up, "2": self.down}

    def forward(self, x: torch.Tensor, blocked: torch.Tensor) -> torch.Tensor:
        """x: (batch, n, d); blocked: (batch, 1, n, n), true where a query must not look."""
        batch, n, dim = x.shape
        inner = self.norm1(x)
        q, k, v = (f(inner).view(batch, n, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        logits = q @ k.transpose(-1, -2) / math.sqrt(dim // self.heads)
        mixed = torch.softmax(logits.masked_fill(blocked, -1e9), -1) @ v
        x = x + functional.dropout(self.o(mixed.transpose(1, 2).reshape(batch, n, dim)), self.rate, self.training)
        hidden = functional.relu(self.up(self.norm2(x)))
        out: torch.Tensor = x + functional.dropout(self.down(hidden), self.rate, self.training)
        return out


class SequenceNet(nn.Module):
    """Rows 0 of both embeddings are padding. items, clubs: how many of each training knows."""

    def __init__(self, items: int, clubs: int, settings: SequenceSettings) -> None:
        super().__init__()
        self.settings = settings
        self.item = nn.Embedding(items + 1, settings.dim, padding_idx=0)
        self.club = nn.Embedding(clubs + 1, settings.dim, padding_idx=0)
        self.position = nn.Parameter(torch.zeros(settings.length, settings.dim))
        self.stack = [Block(settings) for _ in range(settings.blocks)]
        self.blocks = nn.ModuleList(self.stack)
        self.final = nn.LayerNorm(settings.dim)
        for table in (self.item, self.club):
            nn.init.normal_(table.weight, std=0.02)
            with torch.no_grad():
                table.weight[0] = 0
        nn.init.normal_(self.position, std=0.02)

    def tokens(self, items: torch.Tensor, clubs: torch.Tensor) -> torch.Tensor:
        own = self.item(items)
        if self.training:
            own = own * (torch.rand(items.shape).unsqueeze(-1) >= self.settings.id_dropout)
        total: torch.Tensor = own + self.club(clubs)
        return total

    def forward(self, items: torch.Tensor, clubs: torch.Tensor) -> torch.Tensor:
        """States (batch, n, d) for left-padded tokens (batch, n), n ≤ length."""
        n = items.shape[1]
        x = self.tokens(items, clubs) * math.sqrt(self.settings.dim) + self.position[-n:]
        x = functional.dropout(x, self.settings.dropout, self.training)
        future = torch.triu(torch.ones(n, n, dtype=torch.bool), 1)
        padded = (clubs == 0).unsqueeze(1).unsqueeze(1)
        # A padded query may look at itself, or its softmax would have nothing to stand on.
        blocked = (future | padded) & ~torch.eye(n, dtype=torch.bool)
        for block in self.stack:
            x = block(x, blocked)
        states: torch.Tensor = self.final(x)
        return states


def train(
    sequences: list[Ints], club_of: Ints, settings: SequenceSettings, *, seed: int
) -> tuple[SequenceModel, Floats, Floats]:
    """Fit on sequences of item numbers 1…items, oldest first, each of two or more.

    club_of: (items + 1,) the club number of each item number.

    Returns the serving model and the embeddings of items (items, d) and clubs (clubs, d).
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        torch.set_num_threads(settings.threads)
        net = SequenceNet(len(club_of) - 1, int(club_of.max()), settings)
        optimizer = torch.optim.AdamW(net.parameters(), lr=settings.learning_rate, weight_decay=0.01)
        clubs = torch.from_numpy(club_of.astype(np.int64))
        rng = np.random.default_rng(seed)
        for _ in range(settings.epochs):
            net.train()
            for batch in _batches(sequences, settings, rng):
                optimizer.zero_grad()
                torch.autograd.backward(loss(net, batch, clubs))
                nn.utils.clip_grad_norm_(net.parameters(), 5.0)
                optimizer.step()
    return exported(net), _array(net.item.weight)[1:], _array(net.club.weight)[1:]


def loss(net: SequenceNet, batch: torch.Tensor, clubs: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of each next item among the batch's own and `rivals` others, drawn evenly.

    batch: (batch, n + 1), left-padded with 0.
    """
    before, after = batch[:, :-1], batch[:, 1:]
    states = net(before, clubs[before])[before > 0]
    drawn = 1 + torch.randperm(len(clubs) - 1)[: net.settings.rivals]
    among, target = torch.unique(torch.cat([after[before > 0], drawn]), return_inverse=True)
    logits = states @ net.tokens(among, clubs[among]).T
    return functional.cross_entropy(logits, target[: len(states)])


def _batches(sequences: list[Ints], settings: SequenceSettings, rng: np.random.Generator) -> Iterator[torch.Tensor]:
    """Members of like length together, so that padding is little; batches in random order."""
    order = sorted(rng.permutation(len(sequences)), key=lambda index: min(len(sequences[index]), settings.length + 1))
    starts = list(range(0, len(order), settings.batch))
    for start in rng.permutation(starts):
        chosen = [sequences[index][-(settings.length + 1) :] for index in order[start : start + settings.batch]]
        width = max(map(len, chosen))
        padded = np.zeros((len(chosen), width), np.int64)
        for line, sequence in enumerate(chosen):
            padded[line, width - len(sequence) :] = sequence
        yield torch.from_numpy(padded)


def exported(net: SequenceNet) -> SequenceModel:
    """The same network as arrays for recommender.retrieval.sequence."""
    blocks = []
    for block in net.stack:
        arrays: dict[str, Floats] = {}
        for name, layer in block.layers().items():
            arrays[f"w{name}"], arrays[f"b{name}"] = np.ascontiguousarray(_array(layer.weight).T), _array(layer.bias)
        for name, norm in (("norm1", block.norm1), ("norm2", block.norm2)):
            arrays[f"{name}_scale"], arrays[f"{name}_shift"] = _array(norm.weight), _array(norm.bias)
        blocks.append(arrays)
    final = {"norm_scale": _array(net.final.weight), "norm_shift": _array(net.final.bias)}
    return SequenceModel(_array(net.position), tuple(blocks), final, net.settings.heads)


def _array(tensor: torch.Tensor) -> Floats:
    return np.array(tensor.detach().numpy(), np.float32)
