"""The inspector's page about the selected layer."""

from PySide6.QtWidgets import QLabel, QWidget

from annstudio.core.texts import Text
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.ui.document import Document
from annstudio.ui.inspector.form import Form
from annstudio.ui.inspector.notes import Notes, formula_label, label
from annstudio.ui.inspector.page import Page
from annstudio.ui.problems.notes import LayerProblems
from annstudio.ui.translate import translate
from annstudio.ui.views.activation_view import ActivationView

_CURVE_HEIGHT = 180


class LayerPage(Page):
    """Name, formula and settings of a layer, and its activation's curve."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent)
        self._node_id: str | None = None
        self._shown: Node | None = None

    def _build(self) -> None:
        self._document.changed.connect(self._on_document_changed)
        self._title = label("title")
        self._summary = label("muted")
        self._problems = LayerProblems(self._document)
        self._formula = formula_label()
        self._settings = self.form = Form(self._document, self._node_id or "")
        self._curve = ActivationView()
        self._curve.setFixedHeight(_CURVE_HEIGHT)
        self._activation_formula = formula_label()
        self._notes = Notes()
        for widget in self._widgets():
            self.column.addWidget(widget)
        self._show()

    def show_node(self, node_id: str | None) -> None:
        """Show this layer, or how to select one."""
        self._node_id = node_id
        if self.form is not None:
            self.form.show_owner(node_id or "")
            self._show()

    def _widgets(self) -> list[QWidget]:
        return [
            self._title,
            self._summary,
            self._problems,
            self._formula,
            self._settings,
            self._activation_formula,
            self._curve,
            self._notes,
        ]

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if after.computes_as(before):
            return
        if self._shown is None or self._shown is not self._node():
            self._show()
        else:
            self._problems.show_node(self._shown.id)

    def _show(self) -> None:
        self._shown = node = self._node()
        for widget in self._widgets()[2:]:
            widget.setVisible(node is not None)
        if node is None:
            self._title.setText(self.tr("No layer selected"))
            self._summary.setText(self.tr("Click a layer on the canvas to see and change its settings."))
            return
        info = layers[node.kind].info
        _say(self._title, title(node))
        _say(self._summary, info.summary)
        self._problems.show_node(node.id)
        _say(self._formula, info.formula)
        self._show_activation(node)

    def _node(self) -> Node | None:
        nodes = self._document.project.design.nodes
        return next((node for node in nodes if node.id == self._node_id), None)

    def _show_activation(self, node: Node) -> None:
        key = node.settings.values.get("activation")
        has_activation = isinstance(key, str)
        self._curve.setVisible(has_activation)
        self._activation_formula.setVisible(has_activation)
        info = activations[key].info if isinstance(key, str) else layers[node.kind].info
        self._notes.show_notes(
            [
                (self.tr("When to use."), info.when_to_use),
                (self.tr("Good."), info.pros),
                (self.tr("Mind."), info.cons),
            ]
        )
        if not has_activation:
            return
        _say(self._activation_formula, info.formula)
        self._curve.show_project(self._document.project, None)
        self._curve.select_node(node.id)


def _say(shown: QLabel, marked: str | Text) -> None:
    shown.setText(translate(marked))
