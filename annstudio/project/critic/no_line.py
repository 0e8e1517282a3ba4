"""A single neuron where one line is not enough."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Array, Task
from annstudio.engine.activations import activations
from annstudio.project import edits
from annstudio.project.critic._data import training_part
from annstudio.project.critic._one_layer import takes_own_error
from annstudio.project.critic.base import Finding, Fix, Rule, Severity
from annstudio.project.graph import graph_of
from annstudio.project.model import Node, Project, Wire
from annstudio.project.names import title
from annstudio.project.settings import own_values, source_of

_PROBES = np.linspace(-20.0, 20.0, 81)[:, None]

_NO_LINE = QT_TRANSLATE_NOOP(
    "annstudio",
    "No straight line parts the classes of “{data}”, and {layer} alone can draw only one: put a Dense layer before it.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "A neuron weighs its inputs, adds them up, and says yes on one side of a line, no on the other. Wherever the line "
    "lies, a row of this table is on the wrong side. Hidden neurons draw more lines, and the Output joins them.",
)
_FIX = QT_TRANSLATE_NOOP("annstudio", "A hidden layer before {layer}")
_FIX_WITH_ADAM = QT_TRANSLATE_NOOP("annstudio", "A hidden layer before {layer}, trained by Adam")


class NoLine(Rule):
    """A neuron parts the plane by one line; XOR needs two.

    Asked of truth tables only, where it is decided exactly (see _line_parts). Measured samples overlap anyway, so
    that a line may be the best answer, and nothing is said.

    Measured on XOR: with what the fix puts in, all four rows are right within 1000 epochs, with each of five seeds.
    """

    info = Info(
        key="no_line",
        label=QT_TRANSLATE_NOOP("annstudio", "One line is not enough"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Without a hidden layer, a network parts its inputs by one line."),
        order=76,
        reference="Minsky & Papert 1969, Perceptrons",
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        source = source_of(project.data)
        if source.schema.task is not Task.BINARY or not source.exhaustive:
            return
        for output in project.design.of_kind("output"):
            if _sees_inputs_only(project, output) and _is_monotonic(output) and not _can_be_parted(project):
                message = text(_NO_LINE, data=Text(source.info.label), layer=title(output))
                yield self.finding(message, output.id, why=Text(_WHY), fix=_hidden_layer(project, output))


def _sees_inputs_only(project: Project, node: Node) -> bool:
    graph = graph_of(project)
    return [graph.nodes[source].kind for source in graph.sources[node.id]] == ["input"]


def _is_monotonic(node: Node) -> bool:
    """Return whether the activation has each value on one side of a line: a wave or a bell can do more."""
    values = own_values(node.settings.values, "activation")
    steps = np.diff(activations[str(node["activation"])](**values).value(_PROBES)[:, 0])
    return bool(np.all(steps >= 0) or np.all(steps <= 0))


def _can_be_parted(project: Project) -> bool:
    """Return whether a line parts the classes of the training samples, or it is not known."""
    part = training_part(project)
    if part is None or not np.array_equal(part.raw, part.raw.round()):
        return True
    return _line_parts(part.raw, part.targets[:, 0])


def _line_parts(inputs: Array, targets: Array) -> bool:
    """Return whether a line has all samples of one class on each side.

    Rosenblatt's rule finds it if there is one. If there is none, the weights stay bounded; they are whole numbers as
    the inputs are, so sooner or later they are what they were, and everything comes again.

    Args:
        inputs: whole numbers, (samples, features).
        targets: 0 or 1, (samples,).

    Source: Novikoff 1962, On convergence proofs on perceptrons; Block & Levin 1970, On the boundedness of an
    iterative procedure for solving a system of linear inequalities.
    """
    signed = np.column_stack([inputs, np.ones(len(inputs))]) * (2 * targets - 1)[:, np.newaxis]
    weights = np.zeros(signed.shape[1])
    seen: set[tuple[float, ...]] = set()
    while tuple(weights) not in seen:
        seen.add(tuple(weights))
        for sample in signed:
            if weights @ sample <= 0:
                weights += sample
        if np.all(signed @ weights > 0):
            return True
    return False


def _hidden_layer(project: Project, output: Node) -> Fix:
    """Return the fix that puts a layer in between; Rosenblatt's rule could not train it."""
    template = _FIX_WITH_ADAM if takes_own_error(project) else _FIX
    return Fix(text(template, layer=title(output)), partial(_with_hidden_layer, output=output.id))


def _with_hidden_layer(project: Project, output: str) -> Project:
    (source,) = project.design.sources(output)
    fixed, _ = edits.insert_node(project, "dense", Wire(source, output))
    if takes_own_error(project):
        fixed = edits.set_value(fixed, "training", "optimizer", "adam")
        fixed = edits.unpin(edits.unpin(fixed, "training", "loss"), output, "activation")
    return fixed
