"""What is checked before training, and what is found out after it failed."""

import numpy as np

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.board import Board
from annstudio.engine.calls import Array, run
from annstudio.engine.layers.base import shown_shape
from annstudio.engine.network import Network


def check_data(network: Network, inputs: Array, targets: Array, batch_size: int) -> None:
    """Check that these data can train this network in batches of this size.

    Args:
        network: what is to be trained.
        inputs: (samples, features).
        targets: (samples, outputs).
        batch_size: samples per step.

    Raises:
        UserError: they cannot; the sentence says what came and what was expected.
    """
    check_samples(network, inputs, targets)
    samples = len(inputs)
    if samples < 2:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "Training needs at least two samples, and there are {samples}."),
                samples=samples,
            )
        )
    if not 1 <= batch_size <= samples:
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
    network.objective.loss.check_targets(targets)


def check_samples(network: Network, inputs: Array, targets: Array) -> None:
    """Check that samples have the shapes of a network and hold numbers.

    Raises:
        UserError: they do not.
    """
    _check_columns(Text(QT_TRANSLATE_NOOP("annstudio", "inputs")), inputs, network.inputs)
    _check_columns(Text(QT_TRANSLATE_NOOP("annstudio", "targets")), targets, network.outputs)
    if len(inputs) != len(targets):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "There are {inputs} rows of inputs but {targets} rows of targets."),
                inputs=len(inputs),
                targets=len(targets),
            )
        )


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


def _check_columns(what: Text, values: Array, expected: int) -> None:
    if values.ndim != 2 or values.shape[1] != expected:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "The {what} are {came}, but the network expects rows of {expected} values."
                ),
                what=what,
                came=shown_shape(values.shape),
                expected=expected,
            )
        )
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "The {what} hold something that is no number, first in row {row}, column {column}."
                ),
                what=what,
                row=int(bad[0][0]) + 1,
                column=int(bad[0][1]) + 1,
            )
        )


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
