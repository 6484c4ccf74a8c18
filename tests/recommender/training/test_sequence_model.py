from dataclasses import replace

import numpy as np
import pytest

from recommender.training.settings import SequenceSettings

torch = pytest.importorskip("torch", reason="the sequence model is an extra: install with torch to train it")

from recommender.retrieval.sequence import SequenceModel  # noqa: E402
from recommender.training.sequence_torch import SequenceNet, exported, train  # noqa: E402

TINY = SequenceSettings(
    dim=16, blocks=2, heads=2, length=8, epochs=40, batch=16, dropout=0.0, id_dropout=0.0, threads=1
)


@pytest.fixture(params=[1, 2, 3])
def net(request: pytest.FixtureRequest) -> SequenceNet:
    """Random weights, biases and norms, so that a swapped or forgotten array shows."""
    torch.manual_seed(request.param)
    net = SequenceNet(20, 4, replace(TINY, blocks=request.param))
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.3)
    return net.eval()


def states(net: SequenceNet, items: list[int], *, width: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The newest state by torch, and by numpy."""
    width = width or len(items)
    padded = torch.zeros(1, width, dtype=torch.long)
    padded[0, width - len(items) :] = torch.tensor(items)
    clubs = torch.where(padded > 0, padded % 4 + 1, 0)
    with torch.no_grad():
        theirs = net(padded, clubs)[0, -1].numpy()
        tokens = net.tokens(torch.tensor(items), torch.tensor(items) % 4 + 1).numpy()
    return theirs, exported(net).state(tokens)


@pytest.mark.parametrize("items", [[3], [1, 2], [5, 4, 3, 2, 1, 6, 7, 8]])
def test_numpy_and_torch_agree(net: SequenceNet, items: list[int]) -> None:
    theirs, ours = states(net, items)

    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_padding_changes_nothing(net: SequenceNet) -> None:
    theirs, ours = states(net, [7, 9, 11], width=8)

    np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_only_the_newest_actions_within_the_length_count(net: SequenceNet) -> None:
    model = exported(net)
    tokens = np.random.default_rng(0).normal(size=(20, 16)).astype(np.float32)

    np.testing.assert_array_equal(model.state(tokens), model.state(tokens[-8:]))
    assert not np.allclose(model.state(tokens), model.state(tokens[-7:]))


def test_no_action_means_no_state(net: SequenceNet) -> None:
    np.testing.assert_array_equal(exported(net).state(np.zeros((0, 16), np.float32)), 0)


def test_the_state_does_not_look_into_the_future(net: SequenceNet) -> None:
    items = torch.tensor([[1, 2, 3, 4]])
    other = torch.tensor([[1, 2, 3, 9]])
    with torch.no_grad():
        a, b = net(items, items % 4 + 1)[0], net(other, other % 4 + 1)[0]

    np.testing.assert_allclose(a[:3].numpy(), b[:3].numpy(), atol=1e-6)
    assert not np.allclose(a[3].numpy(), b[3].numpy())


def cycles() -> tuple[list[np.ndarray], np.ndarray]:
    """Everyone goes 1 → 2 → … → 12 → 1, starting anywhere."""
    sequences = [np.asarray([(start + step) % 12 + 1 for step in range(8)], np.int32) for start in range(12)] * 8
    return sequences, np.asarray([0, *([1] * 6), *([2] * 6)], np.int32)


@pytest.fixture(scope="module")
def trained() -> tuple[SequenceModel, np.ndarray, np.ndarray]:
    sequences, club_of = cycles()
    return train(sequences, club_of, TINY, seed=1)


def test_it_learns_what_comes_next(trained: tuple[SequenceModel, np.ndarray, np.ndarray]) -> None:
    model, items, clubs = trained
    _, club_of = cycles()
    table = items + clubs[club_of[1:] - 1]

    right = 0
    for last in range(12):
        past = [(last - back) % 12 for back in (2, 1, 0)]
        right += int(np.argmax(table @ model.state(table[past])) == (last + 1) % 12)

    assert right >= 10


def test_the_same_seed_trains_the_same_model(trained: tuple[SequenceModel, np.ndarray, np.ndarray]) -> None:
    again = train(*cycles(), TINY, seed=1)

    np.testing.assert_allclose(again[1], trained[1], atol=1e-4)


def test_training_leaves_the_dice_of_others_alone() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    train(*cycles(), replace(TINY, epochs=1), seed=1)

    assert torch.equal(torch.rand(3), expected)
