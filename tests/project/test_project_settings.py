"""Declared settings: completed, checked, changed."""

import pytest

from annstudio.core.errors import UserError
from annstudio.core.params import Choice
from annstudio.data.sources import sources
from annstudio.engine.layers import layers
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.project.model import Settings
from annstudio.project.settings import (
    DATA,
    REGISTRIES,
    TRAINING,
    checked,
    declared,
    own_values,
    preferred_by,
    replaced,
    settings,
    shares_of,
    source_of,
)


def test_defaults_complete_the_settings():
    training = checked(TRAINING, {})
    assert training["optimizer"] == "adam"
    assert training["optimizer.learning_rate"] == 0.001
    assert training["schedule"] == "constant"
    assert set(training) == set(declared(TRAINING, {}))


@pytest.mark.parametrize(
    ("setting", "entry"),
    [
        pytest.param(setting, entry, id=f"{setting}-{entry.info.key}")
        for setting, registry in (("optimizer", optimizers), ("schedule", schedules))
        for entry in registry.values()
    ],
)
def test_an_entry_brings_all_its_parameters(setting, entry):
    training = checked(TRAINING, {setting: entry.info.key})
    assert own_values(training, setting) == entry.info.check({})


@pytest.mark.parametrize("key", sources)
def test_every_source_can_be_chosen_with_what_it_prefers(key):
    data = settings(DATA, {"source": key, **preferred_by(sources[key])})
    shares = shares_of(data)
    assert shares == sources[key].shares
    assert source_of(data) is sources[key]


def test_every_choice_of_an_entry_names_a_registry_with_its_default():
    everything = [*DATA, *TRAINING, *(param for layer in layers.values() for param in layer.info.params)]
    for param in everything:
        if isinstance(param, Choice) and param.registry:
            assert param.default in REGISTRIES[param.registry]


def test_aliases_become_keys():
    assert checked(layers["dense"].info.params, {"initializer": "he"})["initializer"] == "he_normal"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"optimizer": "newton"}, "no optimizer “newton”"),
        ({"optimizer": 3}, "no optimizer “3”"),
        ({"optimizer.momentum": 0.5}, "no setting “optimizer.momentum”"),
        ({"schedule": "later"}, "no schedule “later”"),
        ({"schedule.period": 3}, "no setting “schedule.period”"),
        ({"schedule": "step", "schedule.period": 0}, "Period T cannot be 0"),
        ({"batch_size": 0}, "Batch size cannot be 0"),
        ({"batch_size": True}, "Batch size must be a whole number"),
        ({"seed": -1}, "Seed cannot be -1"),
        ({"precision": "float16"}, "Precision cannot be float16"),
    ],
)
def test_wrong_values_are_refused_by_name(values, reason):
    with pytest.raises(UserError, match=reason):
        checked(TRAINING, values)


def test_replacing_drops_what_belonged_to_the_earlier_entry():
    before = settings(TRAINING, {"optimizer": "sgd", "optimizer.momentum": 0.9, "seed": 5}, ["loss"])
    after = replaced(TRAINING, before, "optimizer", "adam")
    assert own_values(after.values, "optimizer") == optimizers["adam"].info.check({})
    assert (after["seed"], after.pinned) == (5, ("loss",))
    assert replaced(TRAINING, before, "optimizer", "sgd") is before
    assert before["optimizer.momentum"] == 0.9


def test_own_values_are_those_under_the_key_alone():
    values = {"loss": "mse", "loss.a": 1, "lossless.a": 2, "optimizer.a": 3}
    assert own_values(values, "loss") == {"a": 1}


@pytest.mark.parametrize(("train", "validation", "test"), [(0.7, 0.3, 0.0), (0.6, 0.2, 0.2), (0.1, 0.2, 0.7)])
def test_the_test_share_is_what_is_left(train, validation, test):
    shares = shares_of(settings(DATA, {"train": train, "validation": validation}))
    assert (shares.train, shares.validation, shares.test) == (train, validation, test)


def test_shares_cannot_take_more_than_there_is():
    with pytest.raises(UserError, match="130 percent together"):
        shares_of(Settings(checked(DATA, {"train": 0.8, "validation": 0.5})))
