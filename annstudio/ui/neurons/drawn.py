"""A network ready to be painted: what an edit changes, and what training changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from annstudio.project.model import Project
from annstudio.project.shapes import Flow
from annstudio.ui.neurons.biases import Biases
from annstudio.ui.neurons.layout import LABEL_ROOM, TITLE_ROOM, Form, Group, Layout, layout_of
from annstudio.ui.neurons.links import Detour, Ends, bundles_of, detours_of, passing_lines
from annstudio.ui.neurons.picking import Picker
from annstudio.ui.neurons.strands import Strands
from annstudio.ui.neurons.things import Neuron
from annstudio.ui.neurons.walking import Walker
from annstudio.ui.neurons.words import Words

TITLE_WIDTH = 146.0
_AROUND = 6.0


@dataclass(frozen=True, eq=False)
class Drawn:
    """Everything about a project that is drawn and that training does not change.

    Args:
        layout: where the groups are.
        picker: finds things by their places.
        walker: knows where the keyboard goes.
        words: names and descriptions.
        strands: the links with weights.
        biases: the dots at the neurons.
        passing: lines without weights.
        detours: wires around layers.
        titles: two lines for each layer, by node id.
        labels: what stands beside neurons, by node id.
        symbols: what stands in neurons, by node id.
        gaps: how many neurons are not drawn, by node id.
    """

    layout: Layout
    picker: Picker
    walker: Walker
    words: Words
    strands: Strands
    biases: Biases
    passing: Ends
    detours: list[Detour]
    titles: Mapping[str, tuple[str, str]]
    labels: Mapping[str, list[str]]
    symbols: Mapping[str, list[str]]
    gaps: Mapping[str, str]

    def content(self) -> QRectF:
        """Return what all of it covers, in scene units."""
        covered = QRectF()
        for group in self.layout.groups.values():
            covered = covered.united(self.area(group))
        lane = min((detour.lane for detour in self.detours), default=covered.top())
        covered.setTop(min(covered.top(), lane))
        return covered

    def area(self, group: Group) -> QRectF:
        """Return what a group covers with all that is written about it."""
        side = self.layout.half_width(group) + _AROUND
        box = QRectF(group.center.x - side, group.top, 2 * side, group.height)
        if group.form is not Form.BAR:
            title = QRectF(group.center.x - TITLE_WIDTH / 2, group.top - TITLE_ROOM, TITLE_WIDTH, TITLE_ROOM)
            box = box.united(title)
        if self.labels[group.node_id]:
            # The names of the inputs stand on the left, those of the outputs on the right.
            left, right = (0.0, LABEL_ROOM) if group.weighted else (-LABEL_ROOM, 0.0)
            box = box.united(QRectF(group.center.x + left, group.center.y, right - left, 1))
        return box


def drawn_of(project: Project, flows: Mapping[str, Flow]) -> Drawn:
    """Return a project as it is drawn.

    Args:
        project: any graph will do, finished or not.
        flows: of its nodes.
    """
    layout, words = layout_of(project, flows), Words(project, flows)
    bundles = bundles_of(project, layout)
    groups = layout.groups
    return Drawn(
        layout,
        Picker(layout, bundles),
        Walker(layout, bundles),
        words,
        Strands(bundles),
        Biases(layout),
        passing_lines(project, layout),
        detours_of(project, layout),
        titles={node_id: (words.title(node_id), words.subtitle(node_id)) for node_id in groups},
        labels={node_id: words.labels(node_id, group.shown) for node_id, group in groups.items()},
        symbols={
            node_id: [words.symbol(Neuron(node_id, number)) for number in group.shown]
            for node_id, group in groups.items()
        },
        gaps={node_id: words.more(group.hidden) for node_id, group in groups.items()},
    )
