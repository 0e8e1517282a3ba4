"""A network's answers to whatever samples the window asks about."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.engine.plan import Evaluator
from annstudio.project.compile import Compiled
from annstudio.training.snapshot import Snapshot

_FEW = 16
"""So many samples need no buffers worth speaking of."""


class Predictor:
    """Computes with copies of weights, so it may run beside the training; call it from one thread.

    Single points are asked for at every move of the mouse, and anew with every snapshot. Their buffers, of which a deep
    network has hundreds, are kept as long as the network stays.
    """

    def __init__(self) -> None:
        self._compiled: Compiled | None = None
        self._weights: Array = np.empty(0)
        self._evaluator: Evaluator | None = None

    def predict(self, snapshot: Snapshot, raw: NDArray[Any]) -> Array | None:
        """Return the outputs, (samples, outputs), of the network as a snapshot holds it; None before there is one.

        They are readable: see Objective.readable.

        Args:
            snapshot: with its own copy of the weights.
            raw: inputs in the data's own units, (samples, features).
        """
        compiled, prepared, flat = snapshot.compiled, snapshot.prepared, snapshot.flat
        if compiled is None or prepared is None or flat is None:
            return None
        inputs = prepared.scaler.transform(np.asarray(raw, np.float64)).astype(flat.dtype)
        evaluator = self._shared(compiled, flat) if len(inputs) <= _FEW else Evaluator(compiled.network, flat)
        return compiled.network.objective.readable(evaluator.outputs(inputs)[1])

    def _shared(self, compiled: Compiled, flat: Array) -> Evaluator:
        if self._evaluator is None or self._compiled is not compiled or self._weights.dtype != flat.dtype:
            self._compiled, self._weights = compiled, flat.copy()
            self._evaluator = Evaluator(compiled.network, self._weights)
        np.copyto(self._weights, flat)
        return self._evaluator
