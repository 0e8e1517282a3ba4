"""What is wrong with one layer, where its settings are."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from annstudio.project.critic import criticize
from annstudio.ui.document import Document
from annstudio.ui.problems.row import ProblemRow


class LayerProblems(QWidget):
    """The critic's findings about a layer, with their reasons and their fixes; nothing where all is well.

    Args:
        document: whose layer it is, and what fixes are applied to.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[ProblemRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_node(self, node_id: str) -> None:
        """Show what is wrong with this layer now."""
        findings = [finding for finding in criticize(self._document.project) if finding.node == node_id]
        while len(self._rows) < len(findings):
            self._rows.append(ProblemRow(self._document, listed=False))
            self._column.addWidget(self._rows[-1])
        for row, finding in zip(self._rows, findings, strict=False):
            row.show_finding(finding)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(findings))
        self.setVisible(bool(findings))
