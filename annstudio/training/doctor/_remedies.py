"""What helps, as edits of the project."""

from collections.abc import Sequence

from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.optimizers import optimizers
from annstudio.project.critic.base import Fix
from annstudio.project.fixes import set_batch_size, setting
from annstudio.project.model import Node, Project

_RATE = "optimizer.learning_rate"


def learning_rate(project: Project) -> str:
    """Return the learning rate of a project, as it is written."""
    return f"{float(project.training[_RATE]):g}"


def lower_rate(project: Project, factor: float) -> Fix:
    """Return the fix that shortens the steps: by a factor below 1, or to the usual where that is still too much."""
    rate, usual, default = _rates(project)
    wanted = rate * factor
    return set_rate(default if usual is not None and wanted > usual[1] else wanted)


def raise_rate(project: Project) -> Fix:
    """Return the fix that makes the steps ten times as long, or the usual ones where that is still too little."""
    rate, usual, default = _rates(project)
    wanted = 10 * rate
    return set_rate(default if usual is not None and wanted < usual[0] else wanted)


def set_rate(rate: float) -> Fix:
    """Return the fix that makes steps so long."""
    rate = float(f"{rate:.1g}")
    label = text(QT_TRANSLATE_NOOP("annstudio", "Learning rate {rate}"), rate=f"{rate:g}")
    return setting(label, ("training", _RATE, rate))


def _rates(project: Project) -> tuple[float, tuple[float, float] | None, float]:
    """Return the learning rate, the range that is usual for the optimizer, and its default."""
    params = optimizers[str(project.training["optimizer"])].info.params
    param = next(each for each in params if each.key == "learning_rate")
    assert isinstance(param, Real)
    return float(project.training[_RATE]), param.usual, float(param.default)


def clip_gradient() -> Fix:
    """Return the fix that keeps gradients short."""
    label = Text(QT_TRANSLATE_NOOP("annstudio", "Clip the gradient to norm 1"))
    return setting(label, ("training", "clip_norm", 1.0))


def larger_batches(project: Project) -> Fix:
    """Return the fix that lets more samples decide about each step."""
    return set_batch_size(4 * int(project.training["batch_size"]))


def begin_with(initializer: str, node: Node) -> Fix | None:
    """Return the fix that starts a layer anew with weights drawn in this way; None where they are drawn so."""
    if node.settings.values.get("initializer", initializer) == initializer:
        return None
    return setting(Text(initializers[initializer].info.label), (node.id, "initializer", initializer))


def bend_by(activation: str, initializer: str, nodes: Sequence[Node]) -> Fix:
    """Return the fix that gives these layers another activation, and weights that suit it.

    Some of them have others.
    """
    label = text(
        QT_TRANSLATE_NOOP("annstudio", "{activation}, {initializer}"),
        activation=Text(activations[activation].info.label),
        initializer=Text(initializers[initializer].info.label),
    )
    wanted = (("activation", activation), ("initializer", initializer))
    changes = [(node.id, key, value) for node in nodes for key, value in wanted if key in node.settings.values]
    return setting(label, *changes)
