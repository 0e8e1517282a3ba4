"""Dropout."""

from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Calls, scalar
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers.base import Layer, Shape, only
from annstudio.engine.stage import Stage


class Dropout(Layer):
    """a = x·m/(1 − p): in training, every value is dropped (m = 0) with probability p, else kept (m = 1).

    Dividing by 1 − p, the share that is kept, leaves the expected value as it is; so afterwards, when nothing is
    dropped any more, a = x ("inverted dropout").

    Args:
        rate: p, the probability to be dropped.
    """

    info = Info(
        key="dropout",
        label=QT_TRANSLATE_NOOP("annstudio", "Dropout"),
        order=60,
        category=QT_TRANSLATE_NOOP("annstudio", "Layers"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Sets randomly chosen values to zero in training; at every step it chooses anew."
        ),
        formula="a = x · m / (1 − p), P(m = 0) = p",
        reference="Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014, Dropout",
        params=(
            Real(
                "rate",
                QT_TRANSLATE_NOOP("annstudio", "Rate p"),
                default=0.5,
                minimum=0,
                maximum=0.99,
                help=QT_TRANSLATE_NOOP(
                    "annstudio", "The share of values that are set to zero; 0 leaves all as they are."
                ),
                tunes=True,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "When a large network gets much better on the training data than on the test data."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "No unit can rely on a single other one, which curbs overfitting."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Training gets noisy and takes longer; small networks learn too little."),
    )
    icon = "dices"
    letter = "P"
    draws = True

    def __init__(self, rate: float = 0.5) -> None:
        self.rate = rate

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return the shape that comes in; see Layer.output."""
        return only(inputs)

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return a = x·mask and dJ/dx = dJ/da·mask, the mask new at every run; a = x after training.

        A value is kept where a random number u of 0 ≤ u < 1 lies below 1 − p: where the sign of 1 − p − u is 1.
        """
        (x,) = stage.inputs
        a = stage.out.a
        if not stage.training:
            return [(np.copyto, (a, x.a))], []
        mask = stage.new(a)
        kept = 1 - self.rate
        forward: Calls = [
            (stage.rng.random, (None, a.dtype, mask)),
            (np.subtract, (scalar(kept, a), mask, mask)),
            (np.heaviside, (mask, scalar(0, a), mask)),
            (np.multiply, (mask, scalar(1 / kept, a), mask)),
            (np.multiply, (x.a, mask, a)),
        ]
        if x.error is None:
            return forward, []
        return forward, [(np.multiply, (stage.error, mask, x.error))]
