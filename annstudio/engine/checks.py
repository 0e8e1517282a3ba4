"""What is checked before training, and what is found out after it failed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from annstudio.core.calls import Array, run
from annstudio.core.errors import UserError
from annstudio.core.params import Choice
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.arguments import whole
from annstudio.engine.board import Board
from annstudio.engine.layers.base import shown_shape
from annstudio.engine.network import Network

_INPUTS = Text(QT_TRANSLATE_NOOP("annstudio", "inputs"))
_TARGETS = Text(QT_TRANSLATE_NOOP("annstudio", "targets"))
_WEIGHTS = Text(QT_TRANSLATE_NOOP("annstudio", "weights"))
_PRECISION = Choice(
    "precision",
    QT_TRANSLATE_NOOP("annstudio", "The precision"),
    options=(
        ("float32", QT_TRANSLATE_NOOP("annstudio", "single (32 bit)")),
        ("float64", QT_TRANSLATE_NOOP("annstudio", "double (64 bit)")),
    ),
)


def check_data(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    batch_size: int | None,
    precision: DTypeLike | None = None,
) -> tuple[Array, Array]:
    """Return data that can train this network in batches of this size.

    Args:
        network: what is to be trained.
        inputs: (samples, features).
        targets: (samples, outputs).
        batch_size: samples per step; None for all of them.
        precision: of what is returned; None leaves the numbers as they are.

    Raises:
        UserError: they cannot; the sentence says what came and what was expected.
    """
    x, t = check_samples(network, inputs, targets, precision)
    samples = len(x)
    if samples < 2:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "Training needs at least two samples, and there are {samples}."),
                samples=samples,
            )
        )
    _check_batch_size(network, samples, samples if batch_size is None else batch_size)
    network.objective.loss.check_targets(t)
    return x, t


def check_samples(
    network: Network, inputs: ArrayLike, targets: ArrayLike, precision: DTypeLike | None = None
) -> tuple[Array, Array]:
    """Return samples that have the shapes of a network and hold numbers; arguments as for check_data.

    Raises:
        UserError: they do not.
    """
    x = check_inputs(network, inputs, precision)
    given = _numbers(_TARGETS, targets)
    _check_columns_of_classes(network, given, len(x))
    _check_rows(_TARGETS, given, network.outputs)
    if len(x) != len(given):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "There are {inputs} rows of inputs but {targets} rows of targets."),
                inputs=len(x),
                targets=len(given),
            )
        )
    return x, _finite(_TARGETS, given, precision)


def check_inputs(network: Network, inputs: ArrayLike, precision: DTypeLike | None = None) -> Array:
    """Return inputs, (samples, features), that a network can answer; arguments and errors as for check_data."""
    given = _numbers(_INPUTS, inputs)
    _check_rows(_INPUTS, given, network.inputs)
    return _finite(_INPUTS, given, precision)


def check_weights(network: Network, weights: ArrayLike, precision: DTypeLike) -> Array:
    """Return a flat vector for all parameters and statistics of a network, in a precision; a copy.

    Raises:
        UserError: it is of another length, or holds something that is no number.
    """
    given = _numbers(_WEIGHTS, weights)
    if given.shape != (network.size,):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "The weights are {came}, but the network takes {size} in a row: make them as its starting weights "
                    "are made.",
                ),
                came=shown_shape(given.shape),
                size=network.size,
            )
        )
    return _finite(_WEIGHTS, given, precision).copy()


def check_trainable(network: Network) -> None:
    """Refuse a network without anything that training may change.

    Raises:
        UserError: it is one.
    """
    if not network.trainable_count:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "There is nothing to train: no layer has weights that training may change. Make one trainable.",
                )
            )
        )


def check_seed(seed: object) -> int:
    """Return a seed of random numbers.

    Raises:
        UserError: it is no whole number from 0 on.
    """
    return whole(QT_TRANSLATE_NOOP("annstudio", "The seed"), seed, least=0)


def check_precision(precision: object) -> str:
    """Return the name of the type that all numbers of a training have.

    Raises:
        UserError: it is neither float32 nor float64.
    """
    return _PRECISION.check(precision)


def culprit(network: Network, weights: Array, earlier: Array, h: Array) -> int:
    """Return the place of the layer where numbers stop being finite in a batch.

    If every layer is still finite and only the loss has overflowed, it is the layer whose mean |a| has grown most
    since an earlier moment.

    Args:
        network: what was trained.
        weights: its flat vector at the failure.
        earlier: the same from before.
        h: the batch, with its row of ones, (features + 1, batch).
    """
    now, before = _sizes(network, weights, h), _sizes(network, earlier, h)
    for place, size in enumerate(now):
        if not np.isfinite(size):
            return place
    growth = [new / max(old, np.finfo(np.float64).tiny) for new, old in zip(now, before, strict=True)]
    return int(np.argmax(growth))


def _sizes(network: Network, weights: Array, h: Array) -> list[float]:
    """Return the mean |a| of every layer."""
    board = Board(network, weights, h.shape[1])
    np.copyto(board.input.a, h[:-1])
    with np.errstate(all="ignore"):
        for place in range(len(network.layers)):
            run(board.step(place, np.empty_like).forward)
        return [float(np.abs(stage.out.a, dtype=np.float64).mean()) for stage in board.stages]


def _numbers(what: Text, values: ArrayLike) -> NDArray[np.number]:
    """Return an array of numbers, whatever its shape."""
    try:
        array = np.asarray(values)
        # What NumPy takes for objects may be numbers that are missing, None.
        numbers = array.astype(np.float64) if array.dtype == np.object_ else array
    except (TypeError, ValueError, OverflowError):
        numbers = None
    if numbers is None or numbers.dtype.kind not in "biuf":
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "The {what} are no table of numbers: give rows of equal length that hold nothing but numbers.",
                ),
                what=what,
            )
        )
    return numbers


def _check_rows(what: Text, values: NDArray[np.number], expected: int) -> None:
    if values.ndim == 2 and values.shape[1] == expected:
        return
    if values.ndim < 2:
        came: Text | str = text(QT_TRANSLATE_NOOP("annstudio", "{count} numbers without rows"), count=values.size)
    else:
        came = shown_shape(values.shape)
    shape = _reshaped(values, expected)
    template = (
        QT_TRANSLATE_NOOP("annstudio", "The {what} are {came}, but the network expects rows of {expected} values.")
        if shape is None
        else QT_TRANSLATE_NOOP(
            "annstudio",
            "The {what} are {came}, but the network expects rows of {expected} values: reshape them to {shape}.",
        )
    )
    raise UserError(text(template, what=what, came=came, expected=expected, shape=str(shape)))


def _reshaped(values: NDArray[np.number], columns: int) -> tuple[int, int] | None:
    """Return the shape that was surely meant; None if that cannot be told."""
    rows, left = divmod(values.size, columns)
    meant = rows == len(values) if values.ndim > 2 else values.ndim < 2 and 1 in (rows, columns)
    return (rows, columns) if meant and not left else None


def _check_columns_of_classes(network: Network, targets: NDArray[np.number], samples: int) -> None:
    """Refuse the numbers of classes, where each class needs a column."""
    loss, classes = network.objective.loss, network.outputs
    if loss.judges == "shares" and classes > 1 and targets.shape in ((samples,), (samples, 1)):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "{loss} needs a column for each of the {classes} classes, 1 where a sample is of the class and "
                    "else 0 (one-hot), but the targets are one number per sample: np.eye({classes})[targets] makes "
                    "columns of class numbers.",
                ),
                loss=Text(loss.info.label),
                classes=classes,
            )
        )


def _finite(what: Text, given: NDArray[np.number], precision: DTypeLike | None) -> Array:
    """Return numbers in a precision, all finite."""
    with np.errstate(over="ignore"):
        values: Array = given.astype(precision or given.dtype, copy=False)
    bad = np.argwhere(~np.isfinite(values))
    if not len(bad):
        return values
    first = tuple(bad[0])
    template = (
        QT_TRANSLATE_NOOP(
            "annstudio",
            "The {what} hold {value}, first in {place}, which single precision cannot: choose float64, or scale them.",
        )
        if np.isfinite(given[first])
        else QT_TRANSLATE_NOOP("annstudio", "The {what} hold something that is no number, first in {place}.")
    )
    raise UserError(text(template, what=what, value=f"{given[first]:g}", place=_place(first)))


def _place(index: Sequence[int]) -> Text:
    """Return where in an array, for people, who count from 1."""
    if len(index) == 1:
        return text(QT_TRANSLATE_NOOP("annstudio", "place {place}"), place=index[0] + 1)
    return text(QT_TRANSLATE_NOOP("annstudio", "row {row}, column {column}"), row=index[0] + 1, column=index[1] + 1)


def _check_batch_size(network: Network, samples: int, batch_size: int) -> None:
    if whole(QT_TRANSLATE_NOOP("annstudio", "The batch size"), batch_size) > samples:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "A batch of {batch_size} cannot be taken from {samples} samples: lower the batch size."
                ),
                batch_size=batch_size,
                samples=samples,
            )
        )
    _check_batch_of_one(network, samples, batch_size)


def _check_batch_of_one(network: Network, samples: int, batch_size: int) -> None:
    """Some layers measure a batch, which takes two samples at least."""
    if batch_size > 1 and samples % batch_size != 1:
        return
    for name, layer in zip(network.names, network.layers, strict=True):
        if layer.needs_batch:
            template = (
                QT_TRANSLATE_NOOP("annstudio", "{layer} needs at least two samples in a batch: raise the batch size.")
                if batch_size == 1
                else QT_TRANSLATE_NOOP(
                    "annstudio",
                    "{layer} needs at least two samples in a batch, but {samples} samples in batches of {batch_size} "
                    "leave one over: choose another batch size.",
                )
            )
            raise UserError(text(template, layer=name, samples=samples, batch_size=batch_size))
