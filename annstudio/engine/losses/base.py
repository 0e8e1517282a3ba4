"""What a loss is."""

from typing import ClassVar, Literal

from annstudio.core.calls import Array, Calls, New
from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import Text
from annstudio.engine.losses._targets import check_targets

Judged = Literal["quantities", "probabilities", "shares", "scores"]


class Loss:
    """How wrong one prediction is; the cost J of many samples is the mean (or the sum) of their losses.

    A file of this package holds one subclass. It states its formula as `per_sample` and, as prepared calls for whole
    batches, its derivative: ∂J/∂a = `scale` · `slope`. The constant factor is apart, so that whoever trains can put
    one of their own in the same multiplication.

    Attributes:
        judges: what it takes the outputs for: quantities, which may be anything; probabilities, of which it takes
            the logarithm; shares, which are probabilities that add up to 1; or scores, whose sign names the class
            and whose size says how surely.
        answers: the outputs that targets of 0 and of 1 ask for.
        sums: the cost is the sum over samples instead of their mean, so its gradient grows with the batch.
        fused_with: keys of the output activations with which ∂J/∂z has a simple and stable form of its own.
        fused_with_logs: likewise those whose outputs are the logarithms of such outputs.
        term: what one output adds to its sample's loss, as people read it: a formula of the output ŷ, the target y (or
            q, what is asked for in its place; see asked) and the parameters; empty where there is none so short.
        averages: a sample's loss is the mean of its outputs' terms, else their sum.
    """

    info: ClassVar[Info]
    judges: ClassVar[Judged] = "quantities"
    answers: ClassVar[tuple[float, float]] = (0.0, 1.0)
    sums: ClassVar[bool] = False
    fused_with: ClassVar[frozenset[str]] = frozenset()
    fused_with_logs: ClassVar[frozenset[str]] = frozenset()
    term: ClassVar[str] = ""
    averages: ClassVar[bool] = True

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    @classmethod
    def threshold(cls) -> float:
        """Return the output half way between the two answers: what lies above says class 1."""
        return sum(cls.answers) / 2

    def check_outputs(self, outputs: int) -> None:
        """Refuse a number of outputs that does not suit the parameters; most losses take any.

        Raises:
            UserError: what does not fit what.
        """

    def check_targets(self, targets: Array) -> None:
        """Refuse targets, (samples, outputs), of another kind than the loss judges.

        Raises:
            UserError: what came, and what was expected.
        """
        check_targets(Text(self.info.label), self.judges, targets)

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return each sample's loss, (batch,).

        Args:
            y_pred: outputs a of the network, (batch, outputs).
            y_true: targets, same shape.
        """
        raise NotImplementedError

    def asked(self, y_true: Array) -> Array:
        """Return q, what the parameters make of the targets, (batch, outputs); mostly the targets themselves."""
        return y_true

    def sample_weights(self, y_true: Array) -> Array | None:
        """Return for how many samples each one counts in the mean, (batch,); None where each counts for one.

        Its loss has been multiplied by it already.
        """
        return None

    def scale(self, batch: int, outputs: int) -> float:
        """Return the constant factor of the batch's gradient: for a mean over all N·K elements, 1/(N·K)."""
        return 1 / (batch * outputs)

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Return the calls that write ∂J/∂a of the whole batch, but for the factor `scale`, into grad.

        Args:
            a: outputs, feature-major: (outputs, batch).
            t: targets, same shape.
            grad: result, same shape.
            new: gives scratch buffers.
        """
        raise NotImplementedError

    def per_sample_fused(self, z: Array, y_true: Array) -> Array:
        """Return each sample's loss, (batch,), straight from the output layer's pre-activations z (batch, outputs).

        Only for activations in fused_with or fused_with_logs: it stays exact where the activation has rounded to 0
        or 1.
        """
        raise NotImplementedError

    def slope_fused(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Return the calls that write ∂J/∂z, but for the factor `scale`, into grad.

        Arguments as in slope; a is the output of an activation in fused_with, or the exponential of the output of one
        in fused_with_logs.
        """
        raise NotImplementedError
