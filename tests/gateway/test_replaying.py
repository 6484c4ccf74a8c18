"""`hub replay`: which models there are, and one made anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from clubkit.settings import Settings
from gateway.embedded import SERVICES
from gateway.main import app
from gateway.replaying import models

Run = Callable[..., Result]


@pytest.fixture
def hub(own_data: Path) -> Run:

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, list(words))

    return run


def test_without_a_name_it_lists_the_models(hub: Run) -> None:
    listed = hub("replay").output
    for name in ("chat.membership", "chat.search", "features", "recommender.catalogue", "search"):
        assert name in listed


def test_a_model_is_compared_and_made_anew(hub: Run) -> None:
    compared = hub("replay", "chat.membership", "--compare")
    assert compared.exit_code == 0, compared.output
    assert "equals the live one." in compared.output
    assert "which it replaced" in hub("replay", "recommender.catalogue").output


def test_a_model_that_is_not_there_is_refused_in_a_sentence(hub: Run) -> None:
    refused = hub("replay", "horoscopes")
    assert refused.exit_code == 1
    assert "no read model 'horoscopes'" in refused.output
    assert not Settings.load().data_dir.exists()


def test_each_model_has_a_name_of_its_own_and_a_consumer_of_its_service() -> None:
    assert len(models()) == sum(len(module.read_models) for module in SERVICES)
    for module in SERVICES:
        assert all(model.consumer in module.consumers for model in module.read_models)
