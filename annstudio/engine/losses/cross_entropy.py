"""The categorical cross-entropy."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, scalar
from annstudio.core.errors import UserError
from annstudio.core.params import Numbers, Real, Value, numbers_in
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.losses._limits import LOWEST_LOG, SMALLEST_DIVISOR
from annstudio.engine.losses.base import Loss


class CrossEntropy(Loss):
    """J = −1/N Σₙ Σₖ y ln ŷ over N samples and K classes; the targets of a sample add up to 1.

    Two parameters change what each sample asks for, q in place of y (both as in PyTorch):

        label smoothing ε    q = (1 − ε) y + ε/K       (Szegedy et al. 2016, Rethinking the Inception architecture)
        class weights w      q = w y, and J is divided by Σₙ Σₖ w y in place of N
    """

    info = Info(
        key="cross_entropy",
        label=QT_TRANSLATE_NOOP("annstudio", "Cross-entropy (categorical)"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "How little probability the true class was given."),
        formula="J = −1/N Σₙ Σₖ y ln ŷ",
        derivative="∂J/∂ŷ = −y/ŷ/N",
        range="[0, ∞)",
        reference="Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
        params=(
            Real(
                "label_smoothing",
                QT_TRANSLATE_NOOP("annstudio", "Label smoothing"),
                default=0.0,
                minimum=0.0,
                maximum=0.99,
                help=QT_TRANSLATE_NOOP(
                    "annstudio",
                    "The share of each target that is spread over all classes, so that the network is never asked "
                    "to be quite sure.",
                ),
                more=True,
            ),
            Numbers(
                "class_weights",
                QT_TRANSLATE_NOOP("annstudio", "Class weights"),
                help=QT_TRANSLATE_NOOP(
                    "annstudio",
                    "How much a sample of each class counts, as in 1, 2, 0.5. Left empty, all count the same.",
                ),
                hint=QT_TRANSLATE_NOOP("annstudio", "1, 2, … per class"),
                more=True,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Three or more classes with a softmax output."),
        pros=QT_TRANSLATE_NOOP(
            "annstudio", "With softmax the gradient is just ŷ − y: large wherever the network is wrong."
        ),
        cons=QT_TRANSLATE_NOOP("annstudio", "It says nothing of samples with several true classes."),
        aliases=("categorical_cross_entropy",),
    )
    term = "−q·log(ŷ)"
    averages = False
    judges = "shares"
    fused_with = frozenset({"softmax"})
    fused_with_logs = frozenset({"log_softmax"})

    def __init__(self, **values: Value) -> None:
        super().__init__(**values)
        self._smoothing = float(self.params["label_smoothing"])
        self._weights = np.array(numbers_in(str(self.params["class_weights"])))

    def check_outputs(self, outputs: int) -> None:
        """Refuse class weights that are not one for each class; see Loss.check_outputs."""
        if self._weighted and len(self._weights) != outputs:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "Class weights: {weights} given, but there are {classes} classes. Give one for each, or none.",
                    ),
                    weights=len(self._weights),
                    classes=outputs,
                )
            )

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return −Σ q ln ŷ over the classes; see Loss.per_sample."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._expected(-np.maximum(np.log(y_pred), LOWEST_LOG), y_true)

    def asked(self, y_true: Array) -> Array:
        """Return q: the targets smoothed, and as heavy as their class; see Loss.asked."""
        q = y_true
        if self._smoothing:
            q = (1 - self._smoothing) * q + self._smoothing / q.shape[1]
        if self._weighted:
            q = q * self._weights.astype(q.dtype)
        return q

    def sample_weights(self, y_true: Array) -> Array | None:
        """Return the weight of each sample's class, Σ w y; see Loss.sample_weights."""
        return y_true @ self._weights.astype(y_true.dtype) if self._weighted else None

    def scale(self, batch: int, outputs: int) -> float:
        """Return 1/N; see Loss.scale. With class weights it is 1: their sum over the batch is divided by on the way."""
        return 1.0 if self._weighted else 1 / batch

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write −q / a; see Loss.slope."""
        asked, q = self._asked(t, new)
        return [
            *asked,
            maximum(a, constant(SMALLEST_DIVISOR, a), grad),
            (np.divide, (q, grad, grad)),
            (np.negative, (grad, grad)),
            *self._mean(t, grad, new),
        ]

    def per_sample_fused(self, z: Array, y_true: Array) -> Array:
        """Return Σ q (ln Σⱼ exp(zⱼ) − z) over the classes; see Loss.per_sample_fused.

        With the largest z subtracted, its own power is 1; ln(1 + the others) keeps what they add to it.
        """
        with np.errstate(over="ignore"):
            below = z - z.max(axis=1, keepdims=True)
        lower = below != 0
        # Where several are the largest, all but one of them are others.
        others = (np.exp(below) * lower).sum(axis=1) + (z.shape[1] - 1 - lower.sum(axis=1, dtype=z.dtype))
        return self._expected(np.log1p(others)[:, np.newaxis] - below, y_true)

    def slope_fused(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write a Σq − q, in which Σq, over the classes, is 1 without class weights; see Loss.slope_fused."""
        asked, q = self._asked(t, new)
        if not self._weighted:
            return [*asked, (np.subtract, (a, q, grad))]
        total = new(t[0])
        return [
            *asked,
            (constant(1, t[:, 0]).dot, (q, total)),
            (np.multiply, (a, total, grad)),
            (np.subtract, (grad, q, grad)),
            *self._mean(t, grad, new),
        ]

    @property
    def _weighted(self) -> bool:
        return bool(self._weights.size)

    def _asked(self, t: Array, new: New) -> tuple[Calls, Array]:
        """Return the calls that compute q from the targets, and where it stands: mostly the targets themselves."""
        if not self._smoothing and not self._weighted:
            return [], t
        q = new(t)
        calls: Calls = [
            (np.multiply, (t, scalar(1 - self._smoothing, t), q)),
            (np.add, (q, scalar(self._smoothing / len(t), t), q)),
        ]
        if self._weighted:
            calls.append((np.multiply, (q, self._weights.astype(t.dtype)[:, np.newaxis], q)))
        return calls, q

    def _mean(self, t: Array, grad: Array, new: New) -> Calls:
        """Return the calls that divide grad by the batch's sum of weights, which is another in each batch."""
        if not self._weighted:
            return []
        weights, total = new(t[0]), new(t[0, :1])
        return [
            (self._weights.astype(t.dtype).dot, (t, weights)),
            (np.add.reduce, (weights, 0, None, total, True)),
            (np.divide, (grad, total, grad)),
        ]

    def _expected(self, surprise: Array, y_true: Array) -> Array:
        """Return Σ q·surprise over the classes; those with q = 0 do not count, however large their surprise."""
        q = self.asked(y_true)
        with np.errstate(invalid="ignore"):
            losses: Array = (q * surprise).sum(axis=1)
        if not np.isfinite(losses).all():
            losses = np.multiply(q, surprise, out=np.zeros_like(surprise), where=q != 0).sum(axis=1)
        return losses
