"""The Huber loss."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, minimum
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses.base import Loss


class Huber(Loss):
    """J = 1/(N·K) Σ h(ŷ − y) over N samples and K outputs; h(e) = ½e² for |e| ≤ δ, and δ(|e| − ½δ) beyond."""

    info = Info(
        key="huber",
        label=QT_TRANSLATE_NOOP("annstudio", "Huber loss"),
        order=60,
        summary=QT_TRANSLATE_NOOP("annstudio", "Squares small errors and takes large ones as they are."),
        formula="J = 1/(N·K) Σ h(e),  e = ŷ − y;  h = ½e² where |e| ≤ δ, else δ(|e| − ½δ)",
        derivative="∂J/∂ŷ = max(−δ, min(e, δ))/(N·K)",
        range="[0, ∞)",
        reference="Huber 1964, Robust estimation of a location parameter",
        params=(
            Real(
                "delta",
                QT_TRANSLATE_NOOP("annstudio", "δ"),
                default=1.0,
                minimum=1e-6,
                maximum=1e6,
                help=QT_TRANSLATE_NOOP("annstudio", "Errors up to this size are squared, in the unit of the target."),
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Regression on data of which a few values are far off."),
        pros=QT_TRANSLATE_NOOP("annstudio", "As smooth as MSE near the minimum, as calm as MAE about outliers."),
        cons=QT_TRANSLATE_NOOP("annstudio", "One more number to choose, and it depends on the unit of the target."),
        more=True,
    )
    term = "min(abs(ŷ − y), δ)·(abs(ŷ − y) − 0.5·min(abs(ŷ − y), δ))"

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the mean over the outputs of h(ŷ − y); see Loss.per_sample.

        With c = min(|e|, δ) both branches are c(|e| − ½c).
        """
        size = np.abs(y_pred - y_true)
        cut = np.minimum(size, self._delta)
        with np.errstate(over="ignore"):
            losses: Array = (cut * (size - cut / 2)).mean(axis=1)
        return losses

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write ŷ − y, cut off at ±δ; see Loss.slope."""
        return [
            (np.subtract, (a, t, grad)),
            minimum(grad, constant(self._delta, a), grad),
            maximum(grad, constant(-self._delta, a), grad),
        ]

    @property
    def _delta(self) -> float:
        return float(self.params["delta"])
