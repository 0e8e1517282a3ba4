"""More layers in a row than learn together."""

import math
from collections.abc import Iterator, Sequence

from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.optimizers import optimizers
from annstudio.project.build import initializer_for
from annstudio.project.critic._gains import FLAT, passed, steepest
from annstudio.project.critic._rows import longest_row, originals
from annstudio.project.critic.base import Finding, Fix, Rule, Severity
from annstudio.project.fixes import setting
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.shapes import flow

Kernel = tuple[int, int]
"""Inputs of each unit, and units; 1 each while they are unknown."""

_FEW = 10
"""So many layers learn however they start, unless their activations are flat."""
_FADED, _GONE = 1e-5, 1e-9
_NARROW = 7.0
"""One over the units, added up over the layers."""
_LONG = 1000
"""The square of the number of layers, times the learning rate as a part of the optimizer's default."""

_FADING = QT_TRANSLATE_NOOP(
    "annstudio",
    "Through the {count} layers from {layer} on the gradient fades to one part in {shrunk}, so they hardly learn: "
    "choose ReLU with He normal weights, or fewer layers.",
)
_WHY_FADING = QT_TRANSLATE_NOOP(
    "annstudio",
    "On its way back the gradient is multiplied layer by layer, by the weights and by the slopes. These starting "
    "weights are too small for this activation: each layer takes a part of the gradient away, and many take all of it.",
)
_THIN = QT_TRANSLATE_NOOP(
    "annstudio",
    "The {count} layers from {layer} on are too narrow for so long a row, so they often learn nothing: choose more "
    "units, or fewer layers.",
)
_WHY_THIN = QT_TRANSLATE_NOOP(
    "annstudio",
    "The gradient is multiplied layer by layer, and with few units each factor is a matter of luck: now and then "
    "hardly a ReLU is on, and little gets through. Over many layers the misfortunes multiply.",
)
_TOO_MANY = QT_TRANSLATE_NOOP(
    "annstudio",
    "{count} layers in a row, from {layer} on, often learn nothing at this learning rate: take fewer, or lead wires "
    "around them into Add layers.",
)
_WHY_TOO_MANY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Signals and gradients are multiplied layer by layer, so what a step changes in each layer is multiplied too: "
    "together the changes are far larger than any of them was meant to be. A wire around layers gives signal and "
    "gradient a way that nothing is multiplied on.",
)
_RECTIFIED = (("activation", "relu"), ("initializer", "he_normal"))
_FIX = QT_TRANSLATE_NOOP("annstudio", "ReLU, He normal, Adam")
_FIX_WIDER = QT_TRANSLATE_NOOP("annstudio", "ReLU, He, Adam, {units} units")


class DeepStack(Rule):
    """What every layer does to the gradient is multiplied; see _gains.passed for how it is computed.

    Measured on the circle, 80 to 100 epochs, one to three seeds, training accuracy; .50 is guessing:

    - Adam at 0.001, ReLU from Xavier's start: 20 layers (gradient 4·10⁻⁴) 1.00, 25 layers .97 to 1.00, 30 layers
      (2·10⁻⁵) .50 in five of six, 40 layers (10⁻⁶) .50 always. From He's start 40 layers of 8, 16 or 32: 1.00.
    - tanh, 8 and 16 units: 20 layers 1.00, 30 layers .50 to 1.00, 40 and 60 layers .50 to .64. At 0.0003, 40 layers
      1.00 and 60 layers .50 to .65; at 0.0001, 60 layers .96 and 1.00. With an Add around every two layers, 60
      layers 1.00. 40 layers of ELU .56 to 1.00, of SELU .50 to 1.00, of tanh with orthogonal weights .67 to 1.00.
    - ReLU from He's start: 30 and 40 layers of 4 units .50, 60 layers of 8 .50 and 1.00, of 16 1.00 and 1.00.
    - The fix, on the circle, three seeds each: 60 layers of 8 tanh or ReLU, 30 of GELU, 40 of ReLU from Xavier's start,
      40 of tanh by SGD: from .50 to 1.00. The spiral is harder: 20 layers of 16 ReLU 1.00, 30 .50 and .79, and 40 or
      60 stay at .50, of which nothing is said since they learn the circle.
    - SGD at 0.03: tanh 20 layers 1.00, 30 and 40 layers .50; ReLU from He's start, 40 of 8 and 60 of 16, .50.
    """

    info = Info(
        key="deep_stack",
        label=QT_TRANSLATE_NOOP("annstudio", "Too many layers in a row"),
        summary=QT_TRANSLATE_NOOP("annstudio", "What layers do to the gradient is multiplied."),
        order=77,
        reference="Glorot & Bengio 2010; He et al. 2015; Hanin 2018, Which neural net architectures give rise to "
        "exploding and vanishing gradients?",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; flat activations have a rule of their own."""
        row = longest_row(project, _bends)
        if len(row) <= _FEW or any(steepest(node) <= FLAT for node in row):
            return
        kernels = _kernels(project, row)
        gradient = _gradient(row, kernels)
        if gradient < _FADED:
            template, why = _FADING, _WHY_FADING
        elif _rectifies(row) and _thinness(kernels) >= _NARROW:
            template, why = _THIN, _WHY_THIN
        elif len(row) ** 2 * _pace(project, row) >= _LONG:
            template, why = _TOO_MANY, _WHY_TOO_MANY
        else:
            return
        first = originals(project, row)[0]
        shrunk = f"{1 / gradient:,.0f}"
        message = text(template, layer=title(first), count=len(row), shrunk=shrunk)
        yield self.finding(message, first.id, why=Text(why), fix=_fix(project, row, _thinness(kernels) >= _NARROW))


def _bends(node: Node) -> bool:
    values = node.settings.values
    return "initializer" in values and values["activation"] != "identity"


def _rectifies(row: Sequence[Node]) -> bool:
    return all(initializer_for(str(node["activation"])) == "he_normal" for node in row)


def _kernels(project: Project, row: Sequence[Node]) -> list[Kernel]:
    flows = flow(project)
    shapes = [flows[node.id].tensors.get("kernel", (1, 1)) for node in row]
    return [(math.prod(shape[:-1]), shape[-1]) for shape in shapes]


def _gradient(row: Sequence[Node], kernels: Sequence[Kernel]) -> float:
    """Return the length that a gradient of length 1 has at the first layer, as a rule, before anything is learned."""
    size, gradient = 1.0, 1.0
    for node, kernel in zip(row, kernels, strict=True):
        size, factor = passed(node, *kernel, size)
        gradient *= factor
        if gradient < _GONE:
            return _GONE
    return gradient


def _thinness(kernels: Sequence[Kernel]) -> float:
    """Return the variance of the gradient's logarithm, up to a factor (Hanin 2018)."""
    return sum(1 / units for _, units in kernels)


def _pace(project: Project, row: Sequence[Node]) -> float:
    """Return how large the steps are: those of the optimizer's default are 1, as are all that are larger.

    Those of an optimizer that follows the gradient's size are too small in one layer and too large in another, whatever
    the rate. One that does not, brings rectifiers through. Where any learning rate will do, nothing is known.
    """
    optimizer = optimizers[str(project.training["optimizer"])]
    rate = next((each for each in optimizer.info.params if each.key == "learning_rate"), None)
    if not isinstance(rate, Real) or rate.usual is None:
        return 0.0
    if optimizer.proportional:
        return 1.0
    return 0.0 if _rectifies(row) else min(1.0, float(project.training["optimizer.learning_rate"]) / rate.default)


def _fix(project: Project, row: Sequence[Node], thin: bool) -> Fix:
    """Return the fix that lets them learn; layers that are too thin become wider."""
    nodes = originals(project, row)
    changes = [(node.id, key, value) for node in nodes for key, value in _RECTIFIED]
    changes += [("training", "optimizer", "adam")] * (project.training["optimizer"] != "adam")
    if not thin:
        return setting(Text(_FIX), *changes)
    units = math.ceil(len(row) / 4)
    wider = [(node.id, "units", units) for node in nodes if int(node.settings.values.get("units", units)) < units]
    return setting(text(_FIX_WIDER, units=units), *changes, *wider)
