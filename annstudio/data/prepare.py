"""From the choice of a data set to arrays that a network can learn from."""

from collections.abc import Mapping
from dataclasses import dataclass

from annstudio.core.random import stream
from annstudio.data.dataset import Array, DataSet, Indices
from annstudio.data.scale import Scaler
from annstudio.data.sources import sources
from annstudio.data.split import Shares, split_indices


@dataclass(frozen=True, eq=False)
class Part:
    """The samples of one part; there may be none.

    Args:
        inputs: what the network gets, scaled if asked for, (samples, features).
        targets: what it should answer, (samples, outputs).
        raw: the inputs in the units of their columns, (samples, features).
    """

    inputs: Array
    targets: Array
    raw: Array


@dataclass(frozen=True, eq=False)
class Prepared:
    """A data set made ready: split, and scaled by what the training part shows."""

    data: DataSet
    train: Part
    validation: Part
    test: Part
    scaler: Scaler


def prepare(key: str, params: Mapping[str, object], seed: int, shares: Shares, standardize: bool) -> Prepared:
    """Return the data set of this key, ready to train on; the same arguments give the same numbers.

    Args:
        key: key of the source, see annstudio.data.sources.
        params: settings of the source; those left out take their defaults.
        seed: the student's seed, 0 or more. Data and split draw from streams of their own.
        shares: how the samples are shared out.
        standardize: whether to bring the features to mean 0 and standard deviation 1.

    Raises:
        UserError: there is no such source or setting, or a setting is out of range.
    """
    source = sources.resolve(key)
    data = source().make(source.info.check(params), stream(seed, "data"))
    train, validation, test = split_indices(data, shares, seed)
    scaler = Scaler.fit(data.inputs[train]) if standardize else Scaler.identity(data.schema.inputs)
    return Prepared(
        data, _part(data, scaler, train), _part(data, scaler, validation), _part(data, scaler, test), scaler
    )


def _part(data: DataSet, scaler: Scaler, chosen: Indices) -> Part:
    raw = data.inputs[chosen]
    return Part(scaler.transform(raw), data.targets[chosen], raw)
