"""What the drawing of neurons says: names, values, and what connects what."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.data.dataset import Schema, Task
from annstudio.engine.layers import layers
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.settings import source_of
from annstudio.project.shapes import Flow
from annstudio.training.trained import LayerWeights
from annstudio.ui.canvas.face import face_of
from annstudio.ui.neurons.things import Bias, Link, Neuron, Thing, Weight, Whole
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure, subscript
from annstudio.ui.views.painting import Line
from annstudio.ui.views.reading import axis_name

_FEW = 3
"""Inputs, at most, of a neuron whose weighted sum is written out."""


class Words:
    """Names and descriptions for one project.

    Args:
        project: names the layers and the data.
        flows: of its nodes.
    """

    def __init__(self, project: Project, flows: Mapping[str, Flow]) -> None:
        self._project = project
        self._schema: Schema = source_of(project.data).schema
        self._nodes = {node.id: node for node in project.design.nodes}
        self._faces = {node.id: face_of(project, node, flows[node.id]) for node in project.design.nodes}

    def title(self, node_id: str) -> str:
        """Return the name of a layer."""
        return translate(title(self._nodes[node_id]))

    def subtitle(self, node_id: str) -> str:
        """Return what a layer is, in a few signs: “8 · tanh”."""
        return (self._faces[node_id].subtitles or ("",))[0]

    def labels(self, node_id: str, numbers: tuple[int, ...]) -> list[str]:
        """Return what is written beside the neurons of the Input and of the Output; nothing for other layers."""
        node = self._nodes[node_id]
        if _is_data(node):
            return [self._feature(number) for number in numbers]
        return [] if layers[node.kind].gives_output else [self._answer(number) for number in numbers]

    def symbol(self, thing: Thing) -> str:
        """Return how formulas call it: “w₂₁” leads from the second value to the first neuron."""
        match thing:
            case Link(_, source, unit):
                comma = "," if max(source, unit) > 8 else ""
                return f"w{subscript(source + 1)}{comma}{subscript(unit + 1)}"
            case Bias(_, unit):
                return f"b{subscript(unit + 1)}"
            case Neuron(node_id, number):
                return f"{self._letter(node_id)}{subscript(number + 1)}"
            case Whole(node_id):
                return self.title(node_id)

    def is_data(self, node_id: str) -> bool:
        """Return whether a layer's values are the features of the data."""
        return _is_data(self._nodes[node_id])

    def lines(self, thing: Thing, known: Mapping[str, LayerWeights]) -> list[Line]:
        """Return what can be read about it, the first line the most telling.

        Args:
            thing: of this project.
            known: the weights of this moment.
        """
        match thing:
            case Link() | Bias():
                return [Line(self._equation(thing, known), bold=True), Line(self._way(thing), "muted")]
            case Neuron():
                return self._neuron_lines(thing, known)
            case Whole(node_id):
                first, *rest = self._faces[node_id].spoken.split(", ")
                return [Line(first, bold=True), *(Line(part, "muted") for part in rest)]

    def more(self, hidden: int) -> str:
        """Return how many neurons are not drawn."""
        return translate(text(QT_TRANSLATE_NOOP("annstudio", "⋮ {count} more ⋮"), count=f"{hidden:,}"))

    def _neuron_lines(self, neuron: Neuron, known: Mapping[str, LayerWeights]) -> list[Line]:
        lines = [Line(self._value_of(neuron.node_id, neuron.number), bold=True)]
        if not layers[self._nodes[neuron.node_id].kind].gives_output:
            lines.append(Line(self._answer(neuron.number), "muted"))
        total = self._sum(neuron, known)
        return [*lines, Line(total, "muted")] if total else lines

    def _equation(self, weight: Weight, known: Mapping[str, LayerWeights]) -> str:
        value = value_of(weight, known)
        if value is None:
            unknown = QT_TRANSLATE_NOOP("annstudio", "{weight}: known when the network is ready")
            return translate(text(unknown, weight=self.symbol(weight)))
        return f"{self.symbol(weight)} = {exact(value)}"

    def _way(self, weight: Weight) -> str:
        neuron = self._value_of(weight.node_id, weight.unit)
        if isinstance(weight, Bias):
            return translate(text(QT_TRANSLATE_NOOP("annstudio", "bias of {neuron}"), neuron=neuron))
        source = self._project.design.sources(weight.node_id)[0]
        template = QT_TRANSLATE_NOOP("annstudio", "from {value} to {neuron}")
        return translate(text(template, value=self._value_of(source, weight.source), neuron=neuron))

    def _value_of(self, node_id: str, number: int) -> str:
        """Return one value of a layer in words."""
        node = self._nodes[node_id]
        if _is_data(node):
            template = QT_TRANSLATE_NOOP("annstudio", "{symbol}: {name}")
            return translate(text(template, symbol=self.symbol(Neuron(node_id, number)), name=self._feature(number)))
        template = (
            QT_TRANSLATE_NOOP("annstudio", "neuron {number} of {layer}")
            if "units" in node.settings.values or not layers[node.kind].gives_output
            else QT_TRANSLATE_NOOP("annstudio", "value {number} of {layer}")
        )
        return translate(text(template, number=number + 1, layer=title(node)))

    def _sum(self, neuron: Neuron, known: Mapping[str, LayerWeights]) -> str:
        """Return the weighted sum of a neuron with few inputs, with its numbers: “z₁ = 0.7·x₁ − 1.2·x₂ + 0.1”."""
        sources = self._project.design.sources(neuron.node_id)
        parts = known[neuron.node_id].parts if neuron.node_id in known else {}
        kernel = parts.get("kernel")
        if kernel is None or len(sources) != 1 or len(kernel) > _FEW or neuron.number >= kernel.shape[1]:
            return ""
        letter = self._letter(sources[0])
        terms = [(float(kernel[row, neuron.number]), f"·{letter}{subscript(row + 1)}") for row in range(len(kernel))]
        if "bias" in parts:
            terms.append((float(parts["bias"][neuron.number]), ""))
        (first, factor), *others = terms
        rest = "".join(f" {'−' if value < 0 else '+'} {figure(abs(value))}{sign}" for value, sign in others)
        return f"z{subscript(neuron.number + 1)} = {figure(first)}{factor}{rest}"

    def _feature(self, number: int) -> str:
        if self._schema.image_shape is not None:
            row, column = divmod(number, self._schema.image_shape[1])
            template = QT_TRANSLATE_NOOP("annstudio", "pixel ({row}, {column})")
            return translate(text(template, row=row + 1, column=column + 1))
        return axis_name(self._schema.features[number])

    def _answer(self, number: int) -> str:
        if self._schema.task is Task.REGRESSION:
            answers = self._schema.answers
            return axis_name(answers[number]) if number < len(answers) else ""
        # A single output of two classes is about class 1.
        classes = self._schema.classes[1:] if self._schema.task is Task.BINARY else self._schema.classes
        return translate(classes[number]) if number < len(classes) else ""

    def _letter(self, node_id: str) -> str:
        node = self._nodes[node_id]
        if _is_data(node):
            return "x"
        return "a" if layers[node.kind].gives_output else "ŷ"


def value_of(weight: Weight, known: Mapping[str, LayerWeights]) -> "np.floating[Any] | None":
    """Return the number at a weight, in the precision it has; None where it is not known."""
    place = weight.place
    part = known[place.node_id].parts.get(place.part) if place.node_id in known else None
    if part is None or part.ndim != len(place.index):
        return None
    if any(index >= size for index, size in zip(place.index, part.shape, strict=True)):
        return None
    number: np.floating[Any] = part[place.index]
    return number


def exact(value: "np.floating[Any]") -> str:
    """Return a number with every digit that its precision holds, and no more: 0.73105857."""
    plain = value == 0 or 1e-4 <= abs(value) < 1e9
    write = np.format_float_positional if plain else np.format_float_scientific
    return write(value, trim="-").replace("-", "−").replace("e+", "e")


def _is_data(node: Node) -> bool:
    return not layers[node.kind].takes_input
