"""What holds for every data set of the program, whichever there are."""

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

import annstudio.data.sources as package
from annstudio.core.params import Integer, Real
from annstudio.core.random import stream
from annstudio.data.dataset import Task
from annstudio.data.sources import sources

EVERY = pytest.mark.parametrize("source", sources.values(), ids=list(sources))
GENERATED = [source for source in sources.values() if source.info.params]


def make(source, seed=0, **params):
    return source().make(source.info.check(params), stream(seed, "data"))


def extremes(source):
    """Every combination of the smallest and the largest value of each parameter."""
    params = source.info.params
    assert all(isinstance(param, Integer | Real) for param in params)
    for values in product(*[(param.minimum, param.maximum) for param in params]):
        yield dict(zip([param.key for param in params], values, strict=True))


def test_files_on_disk_are_the_registry_keys():
    files = {path.stem for path in Path(package.__path__[0]).glob("*.py")}
    assert set(sources) == {name for name in files if not name.startswith("_") and name != "base"}


def test_lists_begin_with_the_lecture_and_keep_categories_together():
    categories = [source.info.category for source in sources.values()]
    assert next(iter(sources)) == "exam"
    assert list(dict.fromkeys(categories)) == [
        "Lecture",
        "Logic gates",
        "Playground",
        "Regression",
        "Real data",
    ]
    changes = sum(a != b for a, b in pairwise(categories))
    assert changes == len(set(categories)) - 1


def test_labels_and_orders_are_unique():
    infos = [source.info for source in sources.values()]
    assert len({info.label for info in infos}) == len({info.order for info in infos}) == len(infos)


@EVERY
def test_every_set_says_what_it_is(source):
    info = source.info
    assert all([info.label, info.summary, info.category, info.when_to_use, source.origin, source.license])
    assert info.formula or info.reference
    assert all(param.label and param.help for param in info.params)
    assert source.schema.target.name
    assert all(column.name for column in source.schema.features)


@EVERY
def test_data_fit_the_schema(source):
    data = make(source)
    assert data.schema is source.schema
    assert data.inputs.shape == (data.samples, source.schema.inputs)
    assert data.targets.shape == (data.samples, source.schema.outputs)


@EVERY
def test_every_class_occurs(source):
    if source.schema.task is not Task.REGRESSION:
        assert set(make(source).labels) == set(range(len(source.schema.classes)))


@EVERY
def test_the_extremes_of_every_setting_work(source):
    for params in extremes(source):
        data = make(source, **params)
        assert data.samples == params.get("samples", data.samples)
        assert np.isfinite(data.inputs).all()


@pytest.mark.parametrize("source", GENERATED, ids=[source.info.key for source in GENERATED])
def test_the_seed_decides_the_numbers(source):
    settings = {"noise": source.info.param("noise").maximum / 2}
    first, again, other = (make(source, seed, **settings) for seed in (1, 1, 2))
    assert np.array_equal(first.inputs, again.inputs)
    assert np.array_equal(first.targets, again.targets)
    assert not np.array_equal(first.inputs, other.inputs)


@pytest.mark.parametrize("source", GENERATED, ids=[source.info.key for source in GENERATED])
def test_an_odd_number_of_samples_is_kept(source):
    assert make(source, samples=11).samples == 11


@pytest.mark.parametrize("source", GENERATED, ids=[source.info.key for source in GENERATED])
def test_drawing_a_set_takes_less_than_5_ms(source, fastest):
    assert fastest(lambda: make(source)) < 0.005
