"""What a layer, and what the whole network costs, in words."""

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers.base import shown_shape
from annstudio.engine.optimizers import optimizers
from annstudio.project.footprint import Footprint
from annstudio.project.model import Project
from annstudio.project.shapes import Flow
from annstudio.ui.canvas.words import compact, short
from annstudio.ui.translate import translate

_KILO = 1000.0
_UNITS = ("B", "KB", "MB", "GB")


def layer_facts(flow: Flow) -> tuple[str, ...]:
    """Return what flows through a layer, its parameters and its work, a sentence each; what is unknown is left out."""
    facts = []
    if flow.inputs is not None and flow.output is not None:
        incoming, output = " + ".join(map(shown_shape, flow.inputs)), shown_shape(flow.output)
        template = QT_TRANSLATE_NOOP("annstudio", "Shape: {incoming} → {output}")
        facts.append(text(template, incoming=incoming, output=output))
    if flow.parameters:
        template = QT_TRANSLATE_NOOP("annstudio", "Parameters: {count}")
        frozen = QT_TRANSLATE_NOOP("annstudio", "Parameters: {count}, frozen")
        facts.append(text(template if flow.trained else frozen, count=f"{flow.parameters:,}"))
    if flow.multiply_adds:
        template = QT_TRANSLATE_NOOP("annstudio", "Multiply-adds per sample: {count}")
        facts.append(text(template, count=f"{flow.multiply_adds:,}"))
    return tuple(map(translate, facts))


def cost_line(cost: Footprint) -> tuple[str, ...]:
    """Return the memory and the work of a network, for the line that sums it up."""
    work = text(QT_TRANSLATE_NOOP("annstudio", "{count} multiply-adds"), count=compact(cost.multiply_adds))
    return shown_bytes(cost.memory), translate(work)


def cost_facts(project: Project, cost: Footprint) -> tuple[str, ...]:
    """Return what each figure of a network's cost means, a paragraph each."""
    parameters = text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "{count} parameters: the weights, biases and other numbers that the network consists of. "
            "Training looks for good values.",
        ),
        count=f"{cost.parameters:,}",
    )
    memory = text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "{memory} of memory while it trains: {weights} for the weights, {gradients} for their gradients, "
            "{state} for what {optimizer} remembers from step to step, and {activations} for what the layers give for "
            "a batch of {batch}.",
        ),
        memory=shown_bytes(cost.memory),
        weights=shown_bytes(cost.weights),
        gradients=shown_bytes(cost.gradients),
        state=shown_bytes(cost.optimizer),
        optimizer=short(optimizers[str(project.training["optimizer"])].info.label),
        activations=shown_bytes(cost.activations),
        batch=f"{project.training['batch_size']:,}",
    )
    work = text(
        QT_TRANSLATE_NOOP(
            "annstudio",
            "{count} multiply-adds for every sample: a weight times a value, added to a sum. They say how long "
            "the network computes; on the way back, training takes about twice as many again.",
        ),
        count=f"{cost.multiply_adds:,}",
    )
    return tuple(translate(part) for part in (parameters, memory, work))


def shown_bytes(count: int) -> str:
    """Return a size of memory in three figures at most: 640 B, 3.1 KB, 320 MB."""
    size, unit = float(count), 0
    while size >= _KILO - 0.5 and unit < len(_UNITS) - 1:
        size, unit = size / _KILO, unit + 1
    figures = f"{size:.1f}" if unit and size < 9.95 else f"{size:.0f}"
    return f"{figures} {_UNITS[unit]}"
